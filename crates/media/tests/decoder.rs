//! The real decoder process on real files.

mod decoder {
    mod bounds;
    mod clip;
    mod clips;
    mod container;
    mod credentials;
    mod damage;
    mod edits;
    mod essence;
    mod exact;
    mod exiftool;
    mod fields;
    mod jail;
    mod listing;
    mod made_damage;
    mod pictures;
    mod quantisers;
    mod resumed;
    mod single_fields;
    mod sound;
    mod stored;
    mod structure;
    mod tracks;
    mod watch;
}
