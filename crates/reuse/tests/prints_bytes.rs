//! The byte form of prints: what goes in comes out, and nothing hostile gets through.

mod scene;

use proptest::prelude::*;
use reuse::{BadPrints, Prints};
use scene::Scene;

/// Bytes written by this version, which every later program must read or refuse by version.
const FROZEN: &[u8] = include_bytes!("frozen/prints-v2.bin");

#[test]
fn prints_survive_their_byte_form() {
    let prints = Scene::new(1).prints(0.0..6.0);
    let bytes = prints.to_bytes();
    assert_eq!(Prints::from_bytes(&bytes), Ok(prints));
}

#[test]
fn the_frozen_bytes_are_still_what_the_method_makes() {
    let prints = Prints::from_bytes(FROZEN).unwrap();
    assert_eq!(prints.frame_count(), 24);
    assert_eq!(prints.time_base(), (1, 1000));
    assert_eq!(prints.to_bytes(), FROZEN);
    assert_eq!(Scene::new(7).prints(0.0..1.2).to_bytes(), FROZEN);
}

#[test]
fn other_bytes_are_refused_by_name() {
    assert_eq!(Prints::from_bytes(b""), Err(BadPrints::Unrecognised));
    assert_eq!(
        Prints::from_bytes(b"RIFFxxxxAVI "),
        Err(BadPrints::Unrecognised)
    );
    let mut newer = FROZEN.to_vec();
    newer[8] = 99;
    assert_eq!(Prints::from_bytes(&newer), Err(BadPrints::Version(99)));
    let mut backwards = FROZEN.to_vec();
    backwards[30..34].copy_from_slice(&u32::MAX.to_le_bytes());
    assert!(matches!(
        Prints::from_bytes(&backwards),
        Err(BadPrints::Damaged(_))
    ));
}

proptest! {
    /// Any bytes are prints or an error; what is accepted is written back the same.
    #[test]
    fn altered_bytes_are_refused_or_kept_as_they_are(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        cut in any::<prop::sample::Index>(),
        shorten: bool,
    ) {
        let mut bytes = FROZEN.to_vec();
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        if shorten {
            bytes.truncate(cut.index(bytes.len()));
        }
        if let Ok(prints) = Prints::from_bytes(&bytes) {
            prop_assert_eq!(prints.to_bytes(), bytes.clone());
            // Times and places in accepted prints may be absurd; matching must survive them.
            let other = Prints::from_bytes(FROZEN).unwrap();
            reuse::find(&prints, &[&other, &prints]);
        }
    }
}
