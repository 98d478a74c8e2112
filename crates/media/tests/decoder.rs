//! The real decoder process on real files.

mod decoder {
    mod bounds;
    mod clip;
    mod clips;
    mod container;
    mod damage;
    mod essence;
    mod exact;
    mod jail;
    mod listing;
    mod made_damage;
    mod pictures;
    mod sound;
    mod stored;
    mod structure;
    mod tracks;
    mod watch;
}
