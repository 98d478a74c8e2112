//! Which blobs an event names.

use journal::ContentId;

use super::{Event, Proof, Testimony};

/// A blob that an event names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedBlob {
    /// What it is to the event, such as `facts`.
    pub what: String,
    /// Its content id.
    pub id: ContentId,
    /// Its size in bytes, where the event says it.
    pub size: Option<u64>,
    /// The item that it is, or was made of; none for what witnesses sent and what proves a source's state.
    pub item: Option<ContentId>,
}

impl Event {
    /// The blobs that the event brings into the case: each must be kept from then on, unless the item
    /// that it is of is removed. A tombstone names none.
    pub fn blobs(&self) -> Vec<NamedBlob> {
        let mut named = Vec::new();
        let mut name = |what: &str, id, size, item| {
            let what = what.to_owned();
            named.push(NamedBlob {
                what,
                id,
                size,
                item,
            });
        };
        match self {
            Self::ItemAcquired(kept) => {
                let what = format!("original {:?}", kept.name);
                name(&what, kept.item, Some(kept.size), Some(kept.item));
            }
            Self::ItemInspected(kept) => {
                let mut of = |what: &str, id| name(what, id, None, Some(kept.item));
                of("facts", kept.facts);
                of("frame index", kept.frames);
                of("fingerprints", kept.prints);
                of("thumbnails", kept.thumbnails);
                if let Some(sound) = kept.sound {
                    of("waveform", sound);
                }
                for track in &kept.tracks {
                    of("facts of a track", track.facts);
                    of("frame index of a track", track.frames);
                }
            }
            Self::SourceObserved(seen) => {
                for proof in &seen.proof {
                    if let Proof::Blob { blob, name: file } = proof {
                        name(&format!("proof {file:?}"), *blob, None, None);
                    }
                }
            }
            Self::MaskRendered(made) => {
                name("list of masks", made.list, None, Some(made.item));
                name("masked copy", made.video, Some(made.size), Some(made.item));
                name("check of a masked copy", made.check, None, Some(made.item));
            }
            Self::PublicationReceived(received) => received.files.iter().for_each(|file| {
                let what = format!("{:?} of a publication", file.path);
                name(&what, file.bytes, Some(file.size), file.item);
            }),
            // What is written of a removed item holds nothing of it, and stays.
            Self::ReportWritten {
                item,
                report,
                removed,
            } => name("report", *report, None, (!removed).then_some(*item)),
            Self::CheckpointWitnessed(kept) => {
                name("testimony of a witness", kept.proof, None, None);
                if let Testimony::Rfc3161 { root, .. } = kept.testimony {
                    name("root of a time stamp", root, None, None);
                }
            }
            _ => {}
        }
        named
    }
}
