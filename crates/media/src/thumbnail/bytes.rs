//! A set of thumbnails as bytes: `docs/formats/thumbnails.md`, version 1.

use super::{MAX_THUMBNAIL_SIDE, MAX_THUMBNAILS, Thumbnail};
use crate::time::FrameNo;

const MAGIC: [u8; 8] = *b"FWTHUMBS";
const VERSION: u16 = 1;

/// Why bytes are not a set of thumbnails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadThumbnails {
    /// They do not begin as one.
    #[error("not a set of thumbnails")]
    Magic,
    /// Written by a newer program.
    #[error("thumbnails of version {0} are not known here")]
    Version(u16),
    /// Cut short, with bytes left over, or with sizes or an order that are never written.
    #[error("the set of thumbnails is damaged")]
    Damaged,
}

/// The byte form of a set, in the order given.
pub fn thumbnails_to_bytes(thumbnails: &[Thumbnail]) -> Vec<u8> {
    let mut bytes = Vec::new();
    bytes.extend(MAGIC);
    bytes.extend(VERSION.to_le_bytes());
    bytes.extend((thumbnails.len() as u16).to_le_bytes());
    for thumbnail in thumbnails {
        bytes.extend(thumbnail.no.0.to_le_bytes());
        bytes.extend(thumbnail.width.to_le_bytes());
        bytes.extend(thumbnail.height.to_le_bytes());
        bytes.extend(&thumbnail.grey);
    }
    bytes
}

/// Reads the byte form. Allocates only for pixels that are there.
///
/// # Errors
/// [`BadThumbnails`] for anything that a [`super::Collector`]'s set would not have given.
pub fn thumbnails_from_bytes(bytes: &[u8]) -> Result<Vec<Thumbnail>, BadThumbnails> {
    let mut rest = bytes;
    if take(&mut rest) != Some(MAGIC) {
        return Err(BadThumbnails::Magic);
    }
    let version = u16::from_le_bytes(take(&mut rest).ok_or(BadThumbnails::Damaged)?);
    if version != VERSION {
        return Err(BadThumbnails::Version(version));
    }
    let count = usize::from(u16::from_le_bytes(
        take(&mut rest).ok_or(BadThumbnails::Damaged)?,
    ));
    if count > MAX_THUMBNAILS {
        return Err(BadThumbnails::Damaged);
    }
    let thumbnails: Vec<_> = (0..count)
        .map(|_| one(&mut rest).ok_or(BadThumbnails::Damaged))
        .collect::<Result<_, _>>()?;
    let in_order = thumbnails.is_sorted_by(|a, b| a.no < b.no);
    if in_order && rest.is_empty() {
        Ok(thumbnails)
    } else {
        Err(BadThumbnails::Damaged)
    }
}

fn one(rest: &mut &[u8]) -> Option<Thumbnail> {
    let no = FrameNo(u32::from_le_bytes(take(rest)?));
    let width = u16::from_le_bytes(take(rest)?);
    let height = u16::from_le_bytes(take(rest)?);
    let plausible = 1..=MAX_THUMBNAIL_SIDE;
    if !plausible.contains(&width) || !plausible.contains(&height) {
        return None;
    }
    let (grey, after) = rest.split_at_checked(usize::from(width) * usize::from(height))?;
    *rest = after;
    Some(Thumbnail {
        no,
        width,
        height,
        grey: grey.to_vec(),
    })
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (field, after) = rest.split_first_chunk::<N>()?;
    *rest = after;
    Some(*field)
}
