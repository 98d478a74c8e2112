//! Asking `framewitness-credentials`, a jailed program like the decoder, for content credentials.

use std::collections::BTreeMap;
use std::fs::File;

use crate::decoder::{Decoder, Heard, Session};
use crate::facts::Credentials;
use crate::protocol::{Record, Task};

/// What came of looking, and the versions of the readers that looked.
pub(super) fn look(
    decoder: &Decoder,
    file: &File,
    size: u64,
) -> (Credentials, BTreeMap<String, String>) {
    let not_looked = |reason: String| (Credentials::NotLookedFor { reason }, BTreeMap::new());
    let Some(reader) = decoder.reader_of_credentials(size) else {
        return (Credentials::NotInstalled, BTreeMap::new());
    };
    if !decoder.jailed() {
        return not_looked("the reader is run in its jail only, which was left out".to_owned());
    }
    let mut session = match Session::start(&reader, file, size, Task::Credentials, 1) {
        Ok(session) => session,
        Err(error) => return not_looked(error.to_string()),
    };
    let versions = session.hello().versions.clone();
    let credentials = match session.hear() {
        Heard::Record(Record::Credentials(credentials)) => credentials,
        Heard::Record(_) => {
            let reason = session.nonsense("an unexpected record").to_string();
            Credentials::Stopped { reason }
        }
        Heard::Gone(gone) => Credentials::Stopped {
            reason: gone.to_string(),
        },
    };
    (credentials, versions)
}
