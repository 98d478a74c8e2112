//! What exiftool reads in the file of a copy: a second reader beside FFmpeg, which passes over boxes it does not know.

use std::io::{Seek, SeekFrom};

use serde::{Deserialize, Serialize};

use super::{Check, LeakKind, LeakReport, Side};
use crate::decoder::Error;
use crate::exiftool;
use crate::facts::{Exiftool, ExiftoolField};

/// Words in the names of fields, as `GPSLatitude`, `CreateDate` and `CameraModel` are made of them, that say where a file
/// comes from, when, of whom or of what, or what somebody wrote in it.
const TELLING: &[&str] = &[
    "album",
    "android",
    "artist",
    "author",
    "camera",
    "city",
    "comment",
    "copyright",
    "country",
    "creator",
    "date",
    "description",
    "device",
    "digitized",
    "firmware",
    "geotag",
    "gps",
    "identifier",
    "keywords",
    "lens",
    "location",
    "make",
    "maker",
    "model",
    "owner",
    "serial",
    "software",
    "state",
    "subject",
    "title",
    "user",
];

/// Fields whose names hold such a word and that say how a file is to be read.
const FORM: &[&str] = &["HandlerDescription"];

/// Whether exiftool read the copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "lowercase")]
pub enum FieldsRead {
    /// It did.
    Read {
        /// Version of exiftool, by its own word.
        version: String,
        /// Fields that it read in the bytes of the copy.
        fields: u32,
    },
    /// It did not.
    Absent {
        /// Why, as part of a sentence.
        reason: String,
    },
}

impl Check<'_> {
    /// Tells every field of the copy that says where it comes from. Without exiftool that is not looked at, and said.
    pub(super) fn fields(&self, report: &mut LeakReport) -> Result<(), Error> {
        report.exiftool = Some(match self.asked(&self.copy)? {
            Exiftool::Absent { reason } => FieldsRead::Absent { reason },
            Exiftool::Read {
                version,
                fields,
                left_out,
            } => {
                for field in fields.iter().filter(|it| tells(it)) {
                    let says = format!(
                        "exiftool reads {}:{} in it: {:?}",
                        field.group,
                        field.name,
                        super::words::short(&field.value)
                    );
                    report.tell(LeakKind::Metadata, None, says);
                }
                if left_out > 0 {
                    let says = format!("exiftool reads {left_out} fields more than are looked at");
                    report.tell(LeakKind::Metadata, None, says);
                }
                let kept = u32::try_from(fields.len()).unwrap_or(u32::MAX);
                FieldsRead::Read {
                    version,
                    fields: kept.saturating_add(left_out),
                }
            }
        });
        Ok(())
    }

    /// What such fields of the original say: it must be nowhere in the bytes of the copy, whatever field it is in.
    pub(super) fn telling(&self) -> Result<Vec<String>, Error> {
        let told = match &self.original.facts.exiftool {
            Some(told @ Exiftool::Read { .. }) => told.clone(),
            // Inspected where there was none.
            _ => self.asked(&self.original)?,
        };
        Ok(match told {
            Exiftool::Absent { .. } => Vec::new(),
            Exiftool::Read { fields, .. } => { fields.into_iter() }
                .filter(|it| tells(it) && it.group != "Composite")
                .map(|it| it.value)
                .collect(),
        })
    }

    fn asked(&self, side: &Side<'_>) -> Result<Exiftool, Error> {
        let mut file = side.file.try_clone().map_err(Error::io("open the file"))?;
        file.seek(SeekFrom::Start(0))
            .map_err(Error::io("read the file"))?;
        Ok(exiftool::read(self.decoder, self.exiftool, &file))
    }
}

/// Whether a field says something of where a file comes from. An empty date does not.
fn tells(field: &ExiftoolField) -> bool {
    let value = field.value.trim();
    let empty = value.chars().all(|c| "0: +-.".contains(c));
    let named =
        words(&field.name).any(|word| TELLING.contains(&word.to_ascii_lowercase().as_str()));
    named && !empty && !FORM.contains(&field.name.as_str())
}

/// The words of a name such as `GPSLatitudeRef`, `CreateDate` or `com.android.version`.
fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_ascii_alphanumeric())
        .flat_map(|part| {
            let bytes = part.as_bytes();
            let begins = |at: &usize| {
                let at = *at;
                let upper = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_uppercase);
                let lower = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_lowercase);
                at == 0 || upper(at) && (lower(at - 1) || lower(at + 1))
            };
            let starts: Vec<usize> = (0..bytes.len()).filter(begins).collect();
            let ends = starts.iter().copied().skip(1).chain([bytes.len()]);
            let pieces: Vec<&str> = { starts.iter().zip(ends) }
                .filter_map(|(from, to)| part.get(*from..to))
                .collect();
            pieces
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_taken_apart_into_its_words() {
        let apart = |name: &'static str| words(name).collect::<Vec<_>>();
        assert_eq!(apart("GPSLatitudeRef"), ["GPS", "Latitude", "Ref"]);
        assert_eq!(apart("DateTimeOriginal"), ["Date", "Time", "Original"]);
        assert_eq!(apart("com.android.version"), ["com", "android", "version"]);
        assert_eq!(apart("XPTitle"), ["XP", "Title"]);
        assert_eq!(apart("UUID"), ["UUID"]);
        assert_eq!(apart(""), [""; 0]);
    }

    #[test]
    fn what_says_where_a_file_comes_from_is_told_from_its_form() {
        let told = |name: &str, value: &str| {
            tells(&ExiftoolField {
                group: "QuickTime".to_owned(),
                name: name.to_owned(),
                value: value.to_owned(),
                cut: false,
            })
        };
        for (name, value) in [
            ("GPSCoordinates", "-15.8355 -48.0153"),
            ("CreateDate", "2019:12:20 20:08:34"),
            ("Make", "Example"),
            ("Model", "Phone 7"),
            ("AndroidVersion", "9"),
            ("Title", "Anna"),
            ("UserComment", "for Anna"),
        ] {
            assert!(told(name, value), "{name}");
        }
        for (name, value) in [
            ("CreateDate", "0000:00:00 00:00:00"),
            ("HandlerDescription", "VideoHandler"),
            ("TimeScale", "1000"),
            ("MakerNoteless", ""),
            ("CompatibleBrands", "isom"),
            ("Duration", "3.5"),
        ] {
            assert!(!told(name, value), "{name}");
        }
    }
}
