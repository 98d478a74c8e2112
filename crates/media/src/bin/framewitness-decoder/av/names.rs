//! Names and texts of libav as Rust strings.

use std::collections::BTreeMap;
use std::ffi::{CStr, c_char};
use std::ptr;

use ffmpeg_the_third::ffi;

/// Longest tag value that is kept, in characters: tags are untrusted, and some hold whole pictures.
const MAX_TEXT: usize = 4096;

/// Most tags that are kept of one container or stream.
const MAX_TAGS: usize = 256;

/// A static or borrowed C string; `None` for a null pointer.
///
/// # Safety
/// `text` is null or ends with a zero.
pub(crate) unsafe fn text(text: *const c_char) -> Option<String> {
    if text.is_null() {
        return None;
    }
    // SAFETY: by contract.
    let text = unsafe { CStr::from_ptr(text) }.to_string_lossy();
    Some(text.chars().take(MAX_TEXT).collect())
}

/// Tags of a dictionary, each bounded.
///
/// # Safety
/// `dictionary` is null or valid.
pub(crate) unsafe fn tags(dictionary: *const ffi::AVDictionary) -> BTreeMap<String, String> {
    let mut tags = BTreeMap::new();
    let mut entry = ptr::null();
    while tags.len() < MAX_TAGS {
        // SAFETY: an empty key with this flag walks over all entries; null ends the walk.
        entry = unsafe {
            ffi::av_dict_get(dictionary, c"".as_ptr(), entry, ffi::AV_DICT_IGNORE_SUFFIX)
        };
        if entry.is_null() {
            break;
        }
        // SAFETY: entries hold two C strings.
        if let (Some(key), Some(value)) = unsafe { (text((*entry).key), text((*entry).value)) } {
            tags.insert(key, value);
        }
    }
    tags
}

/// Versions of the libraries in use, in the form `59.37.100`.
pub(crate) fn versions() -> BTreeMap<String, String> {
    // SAFETY: plain queries.
    let numbers = unsafe {
        [
            ("libavformat", ffi::avformat_version()),
            ("libavcodec", ffi::avcodec_version()),
            ("libavutil", ffi::avutil_version()),
            ("libswscale", ffi::swscale_version()),
        ]
    };
    numbers
        .into_iter()
        .map(|(name, version)| (name.to_owned(), dotted(version)))
        .collect()
}

/// A packed version number in dotted form.
pub(crate) fn dotted(version: u32) -> String {
    format!("{}.{}.{}", version >> 16, version >> 8 & 255, version & 255)
}
