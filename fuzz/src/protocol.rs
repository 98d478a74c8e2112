//! Messages between `framewitness` and its decoder, both ways.

use std::fmt::Debug;

use media::protocol::{MAX_MESSAGE, Record, Request, read_message, write_message};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::memory::bounded;

/// A stream of messages: what a decoder that a file has taken over may say to us, and what we say.
pub fn messages(bytes: &[u8]) {
    all_of::<Record>(bytes);
    all_of::<Request>(bytes);
    // The same bytes as one message, so that the length need not be guessed.
    let length = (bytes.len() as u32).to_le_bytes();
    let framed = [&length[..], bytes].concat();
    all_of::<Record>(&framed);
    all_of::<Request>(&framed);
}

fn all_of<T: DeserializeOwned + Serialize + PartialEq + Debug>(bytes: &[u8]) {
    let mut rest = bytes;
    loop {
        let before = rest.len();
        // The bytes of one message are reserved before they are there.
        let most = MAX_MESSAGE + 4096 + 64 * before;
        let Ok(Some(message)) = bounded(most, || read_message::<T>(&mut rest)) else {
            return;
        };
        assert!(
            rest.len() + 4 <= before,
            "a message takes its length at least"
        );
        let mut written = Vec::new();
        write_message(&mut written, &message).expect("as short as it was, or nearly");
        let again = read_message::<T>(&mut &written[..]).expect("our own");
        assert_eq!(again, Some(message));
    }
}
