//! The readers of picture headers. They belong to the decoder program, whose sources are taken in here so
//! that they can run without libav.

use media::facts::QuantiserScale;

use crate::memory::bounded;

#[path = "../../crates/media/src/bin/framewitness-decoder/quantiser/mod.rs"]
mod reader;

const CODECS: [&str; 7] = ["h264", "hevc", "mpeg2video", "mpeg4", "vp8", "vp9", "av1"];

/// Behind one byte that names the codec: what the container keeps beside the packets, and packets, each
/// behind its length in two bytes.
pub fn quantisers(bytes: &[u8]) {
    let Some((&codec, mut rest)) = bytes.split_first() else {
        return;
    };
    let codec = CODECS[usize::from(codec) % CODECS.len()];
    let mut packets = Vec::new();
    while let Some((length, behind)) = rest.split_first_chunk() {
        let length = usize::from(u16::from_be_bytes(*length)).min(behind.len());
        let packet;
        (packet, rest) = behind.split_at(length);
        packets.push(packet);
    }
    let Some((extradata, packets)) = packets.split_first() else {
        return;
    };
    // Samples of 14 bits go deepest below zero; MPEG-4 may state a number of nine bits.
    let scale = QuantiserScale::of(codec, 16).expect("a codec that is read");
    let most = if codec == "mpeg4" { 511 } else { scale.most };
    // Parameter sets are kept; each of what it states takes a bit at least.
    bounded((1 << 16) + 1024 * bytes.len(), || {
        let mut reader = reader::Quantisers::of(codec, extradata).expect("a codec that is read");
        for packet in packets {
            // Every third renews what is beside the packets.
            let renewed = if packet.len() % 3 == 0 { *packet } else { &[] };
            if let Some(found) = reader.picture(packet, renewed) {
                assert!(found.least() <= found.most());
                assert!(
                    found.least() >= scale.least && found.most() <= most,
                    "{found:?}"
                );
            }
        }
    });
}
