//! Asking exiftool, where it is installed. It parses bytes from strangers in Perl, so it runs in a jail of
//! its own, which [`crate::jail`] closes before perl starts, and nothing that it says is believed.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;
use std::time::Duration;

use serde_json::Value;

use crate::decoder::{Decoder, Error, Gone, Limits, Session};
use crate::facts::{Exiftool, ExiftoolField};
use crate::protocol::{PERL, Task};

/// Most bytes that are read of its answer.
const MOST_OUTPUT: usize = 4 << 20;
/// Most fields that are kept.
const MOST_FIELDS: usize = 2_000;
/// Most characters of a value that are kept.
const MOST_VALUE: usize = 2_000;
/// Most characters of a group or a name.
const MOST_NAME: usize = 120;

/// Processor time; it mostly needs a tenth of a second.
const CPU_SECONDS: u64 = 5;
/// Time by the clock, on a machine with much else to do.
const WALL: Duration = Duration::from_secs(20);
const ADDRESS_SPACE: u64 = 1 << 30;

/// Groups of what does not come of the bytes: name, dates and rights of the file they happen to lie in.
const OUTSIDE: [&str; 2] = ["System", "ExifTool"];
/// Of the program's own group, what is about the file.
const REMARKS: [&str; 2] = ["Warning", "Error"];

/// Has the exiftool at `script` read `file`, in its jail. It uses the descriptor's position. Never fails:
/// what kept it from answering is the reason in what comes back.
pub fn read(decoder: &Decoder, script: Option<&Path>, file: &File) -> Exiftool {
    match ask(decoder, script, file) {
        Ok(read) => read,
        Err(reason) => Exiftool::Absent { reason },
    }
}

fn ask(decoder: &Decoder, script: Option<&Path>, file: &File) -> Result<Exiftool, String> {
    let script = script.ok_or("it is not installed")?;
    if !script.is_file() {
        return Err(format!("there is none at {}", script.display()));
    }
    if !Path::new(PERL).is_file() {
        return Err(format!("there is no {PERL} to run it"));
    }
    if !decoder.jailed() {
        return Err("it is run in its jail only, which was left out".to_owned());
    }
    let limits = Limits {
        address_space: ADDRESS_SPACE,
        cpu_seconds: CPU_SECONDS,
        wall: WALL,
        stall: WALL,
        ..decoder.limits().clone()
    };
    let decoder = decoder.running(script, limits);
    answer(&decoder, file).map_err(|error| error.to_string())?
}

fn answer(decoder: &Decoder, file: &File) -> Result<Result<Exiftool, String>, Error> {
    let size = file
        .metadata()
        .map_err(Error::io("look at the file"))?
        .len();
    let mut session = Session::start(decoder, file, size, Task::Exiftool, 1)?;
    let (output, end) = session.rest(MOST_OUTPUT);
    Ok(match end {
        // It ends with 1 where it does not know the format, and says so.
        Gone::Exit(0 | 1) => parse(&output),
        gone => Err(gone.to_string()),
    })
}

/// The fields in what it printed: a list of one object, with names such as `Track1:CompressorID`.
fn parse(output: &[u8]) -> Result<Exiftool, String> {
    let [found]: [BTreeMap<String, Value>; 1] = serde_json::from_slice(output)
        .map_err(|error| format!("its answer makes no sense: {error}"))?;
    let mut version = None;
    let mut fields = Vec::new();
    for (tag, value) in &found {
        // Only what names the file has no group.
        let Some((group, name)) = tag.rsplit_once(':') else {
            continue;
        };
        if (group, name) == ("ExifTool", "ExifToolVersion") {
            version = Some(shorten(&plain(value), MOST_NAME).0);
        } else if !OUTSIDE.contains(&group) || REMARKS.contains(&name) {
            fields.push(field(group, name, value));
        }
    }
    let version = version.ok_or("it does not say its version")?;
    // Names were sorted with their colon, which is not the order of groups.
    fields.sort_by(|a, b| (&a.group, &a.name).cmp(&(&b.group, &b.name)));
    let left_out = fields.len().saturating_sub(MOST_FIELDS);
    fields.truncate(MOST_FIELDS);
    Ok(Exiftool::Read {
        version,
        fields,
        left_out: u32::try_from(left_out).unwrap_or(u32::MAX),
    })
}

fn field(group: &str, name: &str, value: &Value) -> ExiftoolField {
    let (value, cut) = shorten(&plain(value), MOST_VALUE);
    ExiftoolField {
        group: shorten(group, MOST_NAME).0,
        name: shorten(name, MOST_NAME).0,
        value,
        cut,
    }
}

/// The text of a string, and of anything else its JSON.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The beginning of a text, and whether that is less than all.
fn shorten(text: &str, most: usize) -> (String, bool) {
    match text.char_indices().nth(most) {
        Some((end, _)) => (text[..end].to_owned(), true),
        None => (text.to_owned(), false),
    }
}
