//! The byte form of waveforms: frozen, and closed to anything else.

use media::sound::{BadWaveform, Lanes, Loudness, Meter, Pcm, SoundForm, Waveform, dat, wav};

const FROZEN: &[u8] = include_bytes!("data/waveform-v1.bin");

fn frozen() -> Waveform {
    Waveform::from_bytes(FROZEN).expect("a waveform")
}

#[test]
fn version_1_reads_and_writes_as_it_did() {
    let sound = frozen();
    assert_eq!(sound.to_bytes(), FROZEN);
    assert_eq!((sound.stream, sound.samples), (1, 24_000));
    assert_eq!(
        (sound.form.rate, sound.form.channels, sound.form.pcm),
        (48_000, 2, Pcm::S16)
    );
    assert_eq!(sound.peaks.lanes, Lanes::Two);
    assert_eq!((sound.peaks.len(), sound.anchors.all().len()), (94, 2));
    let Loudness {
        integrated,
        range,
        peak,
    } = sound.loudness;
    assert_eq!((integrated, range, peak), (Some(-1600), None, Some(-1204)));
    assert_eq!(sound.nanoseconds(12_000), Some(500_000_000));
}

#[test]
fn damaged_bytes_are_refused_and_never_trusted() {
    for length in 0..FROZEN.len() {
        assert!(
            Waveform::from_bytes(&FROZEN[..length]).is_err(),
            "{length} bytes"
        );
    }
    let longer = [FROZEN, &[0]].concat();
    assert_eq!(Waveform::from_bytes(&longer), Err(BadWaveform::Damaged));
    for at in 0..120 {
        for value in [0, 1, 127, 255] {
            let mut bytes = FROZEN.to_vec();
            bytes[at] = value;
            if let Ok(sound) = Waveform::from_bytes(&bytes) {
                assert_eq!(sound.to_bytes(), bytes);
                sound.sample_at(media::time::Pts(i64::MAX), sound.time_base);
                sound.nanoseconds(u64::MAX);
                dat(&sound, 3);
            }
        }
    }
    let mut newer = FROZEN.to_vec();
    newer[8] = 2;
    assert_eq!(Waveform::from_bytes(&newer), Err(BadWaveform::Version(2)));
}

#[test]
fn audiowaveform_files_have_its_header_and_the_same_outline() {
    let sound = frozen();
    let file = dat(&sound, 4);
    let numbers: Vec<u32> = file[..24]
        .as_chunks()
        .0
        .iter()
        .map(|it| u32::from_le_bytes(*it))
        .collect();
    assert_eq!(numbers, [2, 0, 48_000, 1024, 24, 2]);
    assert_eq!(file.len(), 24 + 24 * 2 * 2 * 2);
    let first = sound.peaks.outline(0, 0, 4).expect("there");
    assert_eq!(
        file[24..28],
        [first.min.to_le_bytes(), first.max.to_le_bytes()].concat()
    );
}

#[test]
fn silence_has_no_loudness() {
    let form = SoundForm {
        rate: 48_000,
        channels: 1,
        mask: 0,
        pcm: Pcm::F32,
    };
    let mut meter = Meter::new(&form);
    meter.take(&[0.0; 96_000]);
    assert_eq!(meter.finish(), Loudness::default());
}

#[test]
fn wave_files_say_how_long_they_are() {
    let form = SoundForm {
        rate: 8000,
        channels: 1,
        mask: 0,
        pcm: Pcm::U8,
    };
    let file = wav::file(&form, &[128; 5]).expect("small");
    assert_eq!(file.len(), 44 + 6);
    assert_eq!(file[4..8], (file.len() as u32 - 8).to_le_bytes());
    assert_eq!(file[40..44], 5_u32.to_le_bytes());
    assert_eq!(wav::header(&form, u64::from(u32::MAX)), None);
}
