//! The real decoder process on real files.

mod decoder {
    mod clips;
    mod damage;
    mod essence;
    mod exact;
    mod jail;
    mod listing;
    mod stored;
    mod structure;
}
