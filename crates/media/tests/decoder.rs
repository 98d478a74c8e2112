//! The real decoder process on real files.

mod decoder {
    mod clips;
    mod container;
    mod damage;
    mod exact;
    mod jail;
    mod listing;
    mod pictures;
    mod structure;
}
