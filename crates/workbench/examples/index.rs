//! Makes archives of prints from real pictures, indexes and searches them, for `bench/index.py`.
//!
//! ```sh
//! ffmpeg … -f rawvideo -pix_fmt gray - | index make 320x180 10000000 FOLDER
//! index build FOLDER/prints FOLDER/videos COUNT INDEX
//! index search INDEX QUERIES RADIUS one|all
//! ```
//!
//! Prints are 32 bytes each, words little-endian; answers are lines of JSON.

use std::error::Error;
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::Path;
use std::time::Instant;

use reuse::Luma;
use reuse::index::{Answer, Bits, Candidates, Entry, Index, Tuning, VideoId};
use reuse::pdq::{self, Pdq};
use workbench::IndexFolder;

const USAGE: &str = "index make WxH COUNT FOLDER < RAW | index build PRINTS VIDEOS COUNT INDEX \
                     | index search INDEX QUERIES RADIUS one|all";
const RECIPE: &str = "bench/1";

/// Copies of each shot in an archive: uploads of the same footage, each altered in its own way.
const COPIES: u64 = 10;

/// Hits listed of each query; the others are counted.
const MOST: usize = 100_000;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["make", size, count, folder] => make(size, count.parse()?, Path::new(folder)),
        ["build", prints, videos, count, index] => {
            build(prints, videos, count.parse()?, Path::new(index))
        }
        ["search", index, queries, radius, how] => {
            search(Path::new(index), queries, radius.parse()?, how)
        }
        _ => Err(USAGE.into()),
    }
}

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

/// Frames of real clips, one after the other.
struct Frames {
    width: usize,
    height: usize,
    frames: Vec<Vec<u8>>,
}

impl Frames {
    /// A shot: up to a hundred frames through a window that drifts. Its prints.
    fn shot(&self, dice: &mut Dice) -> Vec<Bits> {
        let length = 10 + dice.below(91);
        let share = 30 + dice.below(70) as usize;
        let (width, height) = (self.width * share / 100, self.height * share / 100);
        let (free_x, free_y) = (self.width - width, self.height - height);
        let (mut x, mut y) = (
            dice.below(free_x as u64 + 1) as usize,
            dice.below(free_y as u64 + 1) as usize,
        );
        let mut at = dice.below(self.frames.len() as u64) as usize;
        let negative = dice.below(2) == 0;
        (0..length)
            .map(|_| {
                x = (x + dice.below(3) as usize).saturating_sub(1).min(free_x);
                y = (y + dice.below(3) as usize).saturating_sub(1).min(free_y);
                at = (at + 1) % self.frames.len();
                let data = &self.frames[at][y * self.width + x..];
                let (stride, height) = (self.width, height);
                let luma = Luma {
                    data,
                    width,
                    height,
                    stride,
                };
                let bits = pdq::hash(luma).bits;
                if negative {
                    bits.map(|word| !word)
                } else {
                    bits
                }
            })
            .collect()
    }
}

/// A shot as another upload has it: some bits that change easily are others in all of it (a logo, a
/// grading), some more in each frame (noise).
fn copy(shot: &[Bits], dice: &mut Dice) -> Vec<Bits> {
    let mut weak: Vec<u64> = (0..256)
        .filter(|bit| {
            let of = |print: &Bits| print[(bit / 64) as usize] >> (bit % 64) & 1;
            shot.iter().any(|print| of(print) != of(&shot[0]))
        })
        .collect();
    while weak.len() < 40 {
        weak.push(dice.below(256));
    }
    let flips = |most: u64, dice: &mut Dice| {
        let mut mask = Bits::default();
        for _ in 0..dice.below(most + 1) {
            let bit = weak[dice.below(weak.len() as u64) as usize];
            mask[(bit / 64) as usize] |= 1 << (bit % 64);
        }
        mask
    };
    let altered = flips(20, dice);
    let over = |print: &Bits, mask: &Bits| std::array::from_fn(|k| print[k] ^ mask[k]);
    shot.iter()
        .map(|print| over(&over(print, &altered), &flips(8, dice)))
        .collect()
}

fn make(size: &str, count: u64, folder: &Path) -> Outcome<()> {
    let (width, height) = size.split_once('x').ok_or(USAGE)?;
    let (width, height) = (width.parse()?, height.parse()?);
    let mut raw = Vec::new();
    std::io::stdin().lock().read_to_end(&mut raw)?;
    let frames = raw.chunks_exact(width * height).map(<[u8]>::to_vec);
    let frames = Frames {
        width,
        height,
        frames: frames.collect(),
    };
    fs::create_dir_all(folder)?;
    let create = |name: &str| File::create(folder.join(name)).map(BufWriter::new);
    let (mut prints, mut videos) = (create("prints")?, create("videos")?);
    let (mut written, mut queries) = (0, Vec::new());
    let mut dice = Dice(88_172_645_463_325_252);
    let mut shots = 0;
    while written < count {
        let shot = frames.shot(&mut dice);
        for _ in 0..COPIES {
            let video = copy(&shot, &mut dice);
            for print in &video {
                put(&mut prints, print)?;
            }
            videos.write_all(&(video.len() as u32).to_le_bytes())?;
            written += video.len() as u64;
        }
        // Of some shots one more upload is asked about, of as many others that are not there.
        if shots < 100 {
            queries.extend(copy(&shot, &mut dice));
            let mut unknown = frames.shot(&mut dice);
            unknown.truncate(shot.len());
            queries.extend(copy(&unknown, &mut dice));
        }
        shots += 1;
    }
    let one = queries.iter().step_by(queries.len() / 200).take(200);
    let mut out = create("one")?;
    for print in one {
        put(&mut out, print)?;
    }
    for (name, length) in [("video-300", 300), ("video-1500", 1500)] {
        let mut out = create(name)?;
        for bits in &queries[..length] {
            put(&mut out, bits)?;
            let print = Pdq {
                bits: *bits,
                quality: 100,
            };
            put(&mut out, &print.mirrored().bits)?;
        }
    }
    println!(r#"{{"frames":{},"prints":{written}}}"#, frames.frames.len());
    Ok(())
}

fn put(out: &mut impl Write, print: &Bits) -> Outcome<()> {
    for word in print {
        out.write_all(&word.to_le_bytes())?;
    }
    Ok(())
}

fn read(file: &mut impl Read) -> Outcome<Bits> {
    let mut bytes = [0; 32];
    file.read_exact(&mut bytes)?;
    let mut bits = Bits::default();
    for (word, bytes) in bits.iter_mut().zip(bytes.as_chunks().0) {
        *word = u64::from_le_bytes(*bytes);
    }
    Ok(bits)
}

fn build(prints: &str, videos: &str, count: u64, index: &Path) -> Outcome<()> {
    let start = Instant::now();
    let folder = IndexFolder::open(index)?;
    let mut index = Index::make_anew(Box::new(folder), RECIPE, Tuning::default())?;
    let mut prints = BufReader::new(File::open(prints)?);
    let (mut batch, mut number) = (Vec::new(), 0_u64);
    let mut held = 0;
    for length in fs::read(videos)?.as_chunks().0 {
        let length = u64::from(u32::from_le_bytes(*length)).min(count - held);
        let mut entries = Vec::new();
        for frame in 0..length as u32 {
            entries.push(Entry {
                frame,
                view: 0,
                quality: 100,
                bits: read(&mut prints)?,
            });
        }
        let mut id = [0; 32];
        id[..8].copy_from_slice(&number.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes());
        batch.push((VideoId(id), entries));
        (number, held) = (number + 1, held + length);
        if batch.len() == 200 || held == count {
            let videos: Vec<_> = batch
                .iter()
                .map(|(id, entries)| (*id, &entries[..]))
                .collect();
            index.add(&videos)?;
            batch.clear();
        }
        if held == count {
            break;
        }
    }
    let grown = (start.elapsed().as_secs_f64(), index.segments());
    index.compact()?;
    println!(
        r#"{{"prints":{},"videos":{number},"seconds_adding":{:.1},"segments":{},"seconds":{:.1},"peak_mb":{}}}"#,
        index.prints(),
        grown.0,
        grown.1,
        start.elapsed().as_secs_f64(),
        peak_mb()?
    );
    Ok(())
}

fn search(index: &Path, queries: &str, radius: u32, how: &str) -> Outcome<()> {
    let start = Instant::now();
    let folder = IndexFolder::open(index)?;
    let index = Index::open(Box::new(folder), RECIPE, Tuning::default())?;
    let opened = start.elapsed().as_secs_f64() * 1e3;
    let mut file = BufReader::new(File::open(queries)?);
    let mut queries = Vec::new();
    while let Ok(query) = read(&mut file) {
        queries.push(query);
    }
    let mut times = Vec::new();
    let mut answers = Vec::new();
    // The first round finds files that were not read lately, the second is what is told.
    for round in 0..2 {
        times.clear();
        answers.clear();
        let before = cpu_ms()?;
        for asked in queries.chunks(if how == "one" { 1 } else { queries.len() }) {
            let start = Instant::now();
            answers.extend(index.near(asked, radius, MOST)?);
            times.push(start.elapsed().as_secs_f64() * 1e3);
        }
        let cpu = (cpu_ms()? - before) / times.len() as f64;
        times.sort_by(f64::total_cmp);
        println!(
            r#"{{"round":{round},"opened_ms":{opened:.1},"cpu_ms":{cpu:.3},"median_ms":{:.3},"p99_ms":{:.3},"mean_ms":{:.3},"hits":{},"digest":"{:016x}","peak_mb":{}}}"#,
            times[times.len() / 2],
            times[times.len() * 99 / 100],
            times.iter().sum::<f64>() / times.len() as f64,
            hits(&answers),
            digest(&answers),
            peak_mb()?
        );
    }
    Ok(())
}

fn hits(answers: &[Answer]) -> u64 {
    let of = |answer: &Answer| answer.hits.len() as u64 + answer.more;
    answers.iter().map(of).sum()
}

/// Tells answers apart.
fn digest(answers: &[Answer]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for hit in answers.iter().flat_map(|answer| &answer.hits) {
        (hit.distance, hit.video, hit.frame, hit.view).hash(&mut hasher);
    }
    hasher.finish()
}

/// CPU time of all threads so far, to a hundredth of a second.
fn cpu_ms() -> Outcome<f64> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    // The name before may have spaces.
    let fields = stat.rsplit(") ").next().unwrap_or_default();
    let ticks: Vec<f64> = fields
        .split(' ')
        .skip(11)
        .take(2)
        .map(str::parse)
        .collect::<Result<_, _>>()?;
    Ok(ticks.iter().sum::<f64>() * 10.0)
}

/// The most memory that was resident, in MB.
fn peak_mb() -> Outcome<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|it| it.trim().strip_suffix(" kB"));
    Ok(kib.ok_or("no VmHWM")?.trim().parse::<u64>()? * 1024 / 1_000_000)
}
