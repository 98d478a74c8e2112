//! Lists of hashes as text, in the forms that ThreatExchange's tools write and read.
//!
//! One hash a line, as one of
//!
//! - `HASH` alone, or `hash=HASH`, with whatever else after a comma: `pdq-photo-hasher` and the index
//!   tools. That is the label; where it begins with a quality (`HASH,QUALITY,NAME`), what follows is;
//! - `FRAME,QUALITY,HASH,SECONDS`: vPDQ.
//!
//! HASH is 64 hexadecimal digits. Empty lines and such that begin with `#` are passed over.

use std::fmt;
use std::str::FromStr;

use super::Pdq;

/// A hash from a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The hash; its quality is 0 where the list does not say.
    pub pdq: Pdq,
    /// What the list says of it; empty where it says nothing.
    pub label: String,
}

/// A line that is none of the forms.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line} is no hash: it should be HASH,LABEL or FRAME,QUALITY,HASH,SECONDS")]
pub struct BadLine {
    /// Number of the line, from 1.
    pub line: usize,
}

/// Not 64 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a PDQ hash has 64 hexadecimal digits")]
pub struct BadHash;

/// Reads a list.
///
/// # Errors
/// A line is none of the forms; the first such is named.
pub fn read(text: &str) -> Result<Vec<Listed>, BadLine> {
    let lines = text.lines().enumerate();
    lines
        .map(|(at, line)| (at + 1, line.trim()))
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .map(|(number, line)| listed(line).ok_or(BadLine { line: number }))
        .collect()
}

fn listed(line: &str) -> Option<Listed> {
    let (first, rest) = line.split_once(',').unwrap_or((line, ""));
    let hash = first.strip_prefix("hash=").unwrap_or(first);
    let Ok(pdq) = hash.parse::<Pdq>() else {
        return of_video(line);
    };
    let (quality, name) = rest.split_once(',').unwrap_or((rest, ""));
    let (quality, label) = quality_of(quality).map_or((0, rest), |quality| (quality, name));
    Some(Listed {
        pdq: Pdq { quality, ..pdq },
        label: label.trim().to_owned(),
    })
}

/// vPDQ's form.
fn of_video(line: &str) -> Option<Listed> {
    let mut parts = line.split(',').map(str::trim);
    let frame: u32 = parts.next()?.parse().ok()?;
    let quality = quality_of(parts.next()?)?;
    let pdq: Pdq = parts.next()?.parse().ok()?;
    let seconds: f64 = parts.next()?.parse().ok()?;
    if parts.next().is_some() || !seconds.is_finite() {
        return None;
    }
    Some(Listed {
        pdq: Pdq { quality, ..pdq },
        label: format!("frame {frame} at {seconds:.3} s"),
    })
}

fn quality_of(text: &str) -> Option<u8> {
    text.trim().parse().ok().filter(|quality| *quality <= 100)
}

/// The text form of [`Pdq`]; the quality is 0.
impl FromStr for Pdq {
    type Err = BadHash;

    fn from_str(text: &str) -> Result<Self, BadHash> {
        if text.len() != 64 || !text.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(BadHash);
        }
        let mut bits = [0; 4];
        for (at, word) in bits.iter_mut().rev().enumerate() {
            *word = u64::from_str_radix(&text[16 * at..16 * at + 16], 16).map_err(|_| BadHash)?;
        }
        Ok(Self { bits, quality: 0 })
    }
}

/// `HASH,QUALITY,LABEL`, as `pdq-photo-hasher` prints it.
impl fmt::Display for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line_of = |c: char| if c.is_control() { ' ' } else { c };
        let label: String = self.label.chars().map(line_of).collect();
        write!(f, "{},{},{label}", self.pdq, self.pdq.quality)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HASH: &str = "e42926b9cb58d261383b699f0ff2e1076fe6183dff4986d82ca36da48034fc54";

    fn of(line: &str) -> Option<(u8, String)> {
        let mut list = read(line).ok()?;
        let listed = list.pop()?;
        assert_eq!(listed.pdq.to_string(), HASH);
        Some((listed.pdq.quality, listed.label))
    }

    #[test]
    fn every_form_of_the_reference_tools_is_read() {
        let forms = [
            (HASH.to_owned(), 0, ""),
            (format!("{HASH},idx=3"), 0, "idx=3"),
            (
                format!("hash={HASH},norm=128,delta=0,quality=100,filename=a.jpg"),
                0,
                "norm=128,delta=0,quality=100,filename=a.jpg",
            ),
            (format!("{HASH},97,dir/a, b.jpg"), 97, "dir/a, b.jpg"),
            (format!("12,100,{HASH},0.400"), 100, "frame 12 at 0.400 s"),
            (
                format!("# a list\n\n  {}  \r\n", HASH.to_uppercase()),
                0,
                "",
            ),
        ];
        for (line, quality, label) in forms {
            assert_eq!(of(&line), Some((quality, label.to_owned())), "{line}");
        }
    }

    #[test]
    fn a_line_that_is_no_hash_is_named() {
        for bad in [
            &HASH[1..],
            "x",
            "1,101,HASH,0",
            &format!("1,2,{HASH},x"),
            &format!("+{}", &HASH[1..]),
        ] {
            let text = format!("{HASH}\n\n{bad}\n");
            assert_eq!(read(&text), Err(BadLine { line: 3 }), "{bad}");
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let listed = Listed {
            pdq: Pdq {
                quality: 64,
                ..HASH.parse().unwrap()
            },
            label: "a, b\nc".to_owned(),
        };
        let again = read(&listed.to_string()).unwrap();
        assert_eq!(
            again,
            [Listed {
                label: "a, b c".to_owned(),
                ..listed
            }]
        );
    }
}
