//! Fingerprints raw grey video and matches the prints, for trying the method without a decoder.
//!
//! ```sh
//! ffprobe -v error -select_streams v:0 -show_entries frame=pts -of csv=p=0 a.mp4 > a.pts
//! ffmpeg -v error -i a.mp4 -map 0:v:0 -fps_mode passthrough -f rawvideo -pix_fmt gray - |
//!     luma_match print 1280x720 1/12800 a.pts a.mp4.prints
//! luma_match match query.mp4.prints … -- a.mp4.prints …
//! ```
//!
//! Matches are JSON Lines in seconds; names are those of the files of prints, less `.prints`.

use std::error::Error;
use std::io::{self, Read};
use std::path::Path;
use std::{env, fs};

use reuse::{Alignment, Fingerprinter, Luma, Part, Prints, Side, find};

const USAGE: &str =
    "luma_match print WxH NUM/DEN TIMES OUT < RAW | luma_match match QUERY… -- REFERENCE…";

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = env::args().skip(1).collect();
    match words
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .as_slice()
    {
        ["print", size, time_base, times, out] => {
            print(pair(size, 'x')?, pair(time_base, '/')?, times, out)
        }
        ["match", files @ ..] => compare(files),
        _ => Err(USAGE.into()),
    }
}

fn pair(text: &str, between: char) -> Result<(u32, u32), Box<dyn Error>> {
    let (a, b) = text.split_once(between).ok_or(USAGE)?;
    Ok((a.parse()?, b.parse()?))
}

fn print(
    size: (u32, u32),
    time_base: (u32, u32),
    times: &str,
    out: &str,
) -> Result<(), Box<dyn Error>> {
    let (width, height) = (size.0 as usize, size.1 as usize);
    let mut picture = vec![0; width * height];
    let mut input = io::stdin().lock();
    let mut maker = Fingerprinter::new(time_base);
    for (frame, line) in (0..).zip(fs::read_to_string(times)?.lines()) {
        if input.read_exact(&mut picture).is_err() {
            break;
        }
        let pts = line.trim_end_matches(',').parse().unwrap_or_default();
        maker.push(
            frame,
            pts,
            Luma {
                data: &picture,
                width,
                height,
                stride: width,
            },
        );
    }
    Ok(fs::write(out, maker.finish().to_bytes())?)
}

fn compare(files: &[&str]) -> Result<(), Box<dyn Error>> {
    let split = files.iter().position(|word| *word == "--").ok_or(USAGE)?;
    let load = |file: &&str| -> Result<Prints, Box<dyn Error>> {
        Ok(Prints::from_bytes(&fs::read(file)?)?)
    };
    let names = &files[split + 1..];
    let references = names.iter().map(load).collect::<Result<Vec<_>, _>>()?;
    let references: Vec<&Prints> = references.iter().collect();
    for file in &files[..split] {
        let query = load(file)?;
        for found in find(&query, &references) {
            let reference = names[found.reference];
            println!(
                "{}",
                line(file, &query, reference, references[found.reference], &found)
            );
        }
    }
    Ok(())
}

fn line(
    query: &str,
    prints: &Prints,
    reference: &str,
    other: &Prints,
    found: &Alignment,
) -> String {
    format!(
        r#"{{"query":{:?},"reference":{:?},"query_span":{},"reference_span":{},"score":{:.4},"mirrored":{},"speed":{:.3},"in_query":{},"in_reference":{}}}"#,
        name(query),
        name(reference),
        seconds(prints, &found.query),
        seconds(other, &found.reference_side),
        found.score,
        found.mirrored,
        found.speed,
        part(found.alteration.map(|it| it.in_query)),
        part(found.alteration.map(|it| it.in_reference)),
    )
}

fn part(part: Option<Part>) -> String {
    part.map_or("null".to_owned(), |it| {
        format!("[{:.3},{:.3},{:.3},{:.3}]", it.x, it.y, it.width, it.height)
    })
}

fn name(file: &str) -> String {
    Path::new(file)
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default()
}

fn seconds(prints: &Prints, side: &Side) -> String {
    let (num, den) = prints.time_base();
    let at = |ticks: i64| ticks as f64 * f64::from(num) / f64::from(den);
    format!("[{:.4},{:.4}]", at(side.start), at(side.end))
}
