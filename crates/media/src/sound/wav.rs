//! WAVE files around decoded samples.

use super::{Pcm, SoundForm};

const PCM: u16 = 1;
const FLOAT: u16 = 3;
const EXTENSIBLE: u16 = 0xFFFE;

/// Behind the two bytes of the code in an extensible header: a name for "as in the short form".
const SUBFORMAT: [u8; 14] = [
    0x00, 0x00, 0x00, 0x00, 0x10, 0x00, 0x80, 0x00, 0x00, 0xAA, 0x00, 0x38, 0x9B, 0x71,
];

/// Header of a WAVE file that holds `samples` samples. The samples follow it, channels interleaved,
/// in the form given. `None` when they would be more than such a file can hold (4 GiB).
pub fn header(form: &SoundForm, samples: u64) -> Option<Vec<u8>> {
    let (block, bits) = (form.frame_bytes(), form.pcm.bytes() * 8);
    let data = u32::try_from(samples.checked_mul(block as u64)?).ok()?;
    let code = match form.pcm {
        Pcm::U8 | Pcm::S16 | Pcm::S32 => PCM,
        Pcm::F32 | Pcm::F64 => FLOAT,
    };
    let long = form.channels > 2;
    let mut format = Vec::new();
    format.extend(if long { EXTENSIBLE } else { code }.to_le_bytes());
    format.extend(u16::try_from(form.channels).ok()?.to_le_bytes());
    format.extend(form.rate.to_le_bytes());
    format.extend(
        form.rate
            .checked_mul(u32::try_from(block).ok()?)?
            .to_le_bytes(),
    );
    format.extend((block as u16).to_le_bytes());
    format.extend((bits as u16).to_le_bytes());
    if long {
        format.extend(22_u16.to_le_bytes());
        format.extend((bits as u16).to_le_bytes());
        format.extend(form.mask.to_le_bytes());
        format.extend(code.to_le_bytes());
        format.extend(SUBFORMAT);
    }
    let mut header = Vec::with_capacity(68);
    let chunk = |header: &mut Vec<u8>, name: &[u8; 4], length: u32| {
        header.extend(name);
        header.extend(length.to_le_bytes());
    };
    // A chunk of odd length is followed by a byte that is not counted in it.
    let rest = 4 + 8 + format.len() as u32 + 8;
    chunk(
        &mut header,
        b"RIFF",
        data.checked_add(data % 2)?.checked_add(rest)?,
    );
    header.extend(b"WAVE");
    chunk(&mut header, b"fmt ", format.len() as u32);
    header.extend(format);
    chunk(&mut header, b"data", data);
    Some(header)
}

/// A whole WAVE file around samples; `None` when they are more than such a file can hold.
pub fn file(form: &SoundForm, samples: &[u8]) -> Option<Vec<u8>> {
    let mut file = header(form, (samples.len() / form.frame_bytes()) as u64)?;
    file.extend(samples);
    if samples.len() % 2 == 1 {
        file.push(0);
    }
    Some(file)
}
