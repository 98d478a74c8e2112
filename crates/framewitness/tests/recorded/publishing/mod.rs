//! What leaves a case: drafts and their reviews, bundles, and what strangers make of them.

mod bundles;
mod damage;
mod desk;
mod drafts;
mod papers;
mod received;
mod refused;
mod struck;
