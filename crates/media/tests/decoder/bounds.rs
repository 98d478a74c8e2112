//! Files that say more than a message holds are read all the same.

use std::fmt::Write;

use super::clips::{Studio, look};

#[test]
fn more_tags_than_fit_hide_nothing_else() {
    let studio = Studio::new();
    let long = "\u{1}é".repeat(2000);
    let mut tags = ";FFMETADATA1\n".to_owned();
    for number in 0..256 {
        writeln!(tags, "tag{number}={long}").expect("a string");
    }
    let listed = studio.write("tags.txt", tags.as_bytes());
    let made = format!(
        "-f lavfi -i testsrc2=s=64x64:r=5:d=1 -i {} -map 0 -map_metadata 1 -c:v libx264",
        listed.display()
    );
    let inspection = look(&studio.shoot("tags.mkv", &made));
    assert_eq!(inspection.frames.frames.len(), 5);
    assert!(inspection.complete);
    let facts = inspection.facts;
    assert!(facts.tags.len() > 20, "{} tags", facts.tags.len());
    assert!(
        facts.tags_left_out > 100,
        "{} left out",
        facts.tags_left_out
    );
}

#[test]
fn sound_in_pieces_of_one_sample_is_heard_to_its_end() {
    let studio = Studio::new();
    let made = "-f lavfi -i sine=r=8000:d=40,asetnsamples=n=1 -c:a pcm_u8";
    let inspection = look(&studio.shoot("pieces.mkv", made));
    assert!(inspection.complete);
    let sound = inspection.sound.expect("sound");
    assert_eq!(sound.samples, 320_000);
}
