//! The manifest: which files make up the index. Replacing it is what makes a change happen.

use super::error::{Error, Result};
use super::files::Files;

pub(super) const FILE: &str = "manifest";
const MAGIC: [u8; 8] = *b"FWINDMAN";
const VERSION: u16 = 1;

/// Which files make up the index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    /// How the prints were made; others are not comparable with them.
    pub(super) recipe: String,
    /// The number of the log, and of the next file.
    pub(super) log: u64,
    pub(super) next: u64,
    /// Numbers of segments, each with its removed videos.
    pub(super) segments: Vec<(u64, Vec<u32>)>,
}

impl Manifest {
    /// The manifest of an empty index, written.
    pub(super) fn first(recipe: &str, files: &dyn Files) -> Result<Self> {
        let manifest = Self {
            recipe: recipe.to_owned(),
            log: 0,
            next: 1,
            segments: Vec::new(),
        };
        manifest.write(files)?;
        Ok(manifest)
    }

    /// A number that no file has.
    pub(super) fn number(&mut self) -> u64 {
        self.next += 1;
        self.next - 1
    }

    /// Reads the manifest; `None` where there is none.
    pub(super) fn read(files: &dyn Files) -> Result<Option<Self>> {
        let file = match files.open(FILE) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            other => other.map_err(Error::io("opening", FILE))?,
        };
        let length = file.length().map_err(Error::io("reading", FILE))?;
        let mut bytes = vec![0; usize::try_from(length).map_err(|_| Error::TooMany)?];
        file.read_at(0, &mut bytes)
            .map_err(Error::io("reading", FILE))?;
        Self::from_bytes(&bytes).map(Some)
    }

    pub(super) fn write(&self, files: &dyn Files) -> Result<()> {
        let bytes = self.to_bytes();
        files
            .write(FILE, &mut |out| out.write_all(&bytes))
            .map_err(Error::io("writing", FILE))
    }

    fn to_bytes(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.extend_from_slice(&VERSION.to_le_bytes());
        let mut number = |n: u64| out.extend_from_slice(&n.to_le_bytes());
        number(self.log);
        number(self.next);
        number(self.segments.len() as u64);
        for (segment, dead) in &self.segments {
            number(*segment);
            number(dead.len() as u64);
            dead.iter().for_each(|row| number(u64::from(*row)));
        }
        number(self.recipe.len() as u64);
        out.extend_from_slice(self.recipe.as_bytes());
        let sum = crc32fast::hash(&out);
        out.extend_from_slice(&sum.to_le_bytes());
        out
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let damaged = |what| Error::damaged(FILE, what);
        let whole = bytes.split_last_chunk::<4>();
        let (body, sum) = whole.ok_or_else(|| damaged("it is cut short"))?;
        let rest = body
            .strip_prefix(&MAGIC)
            .ok_or_else(|| damaged("it does not begin as a manifest does"))?;
        let versioned = rest.split_first_chunk();
        let (version, rest) = versioned.ok_or_else(|| damaged("it is cut short"))?;
        let version = u16::from_le_bytes(*version);
        if version != VERSION {
            return Err(Error::Version(version));
        }
        if crc32fast::hash(body).to_le_bytes() != *sum {
            return Err(damaged("it is not what was written"));
        }
        Self::parse(&mut Input(rest)).ok_or_else(|| damaged("it contradicts itself"))
    }

    fn parse(input: &mut Input<'_>) -> Option<Self> {
        let mut manifest = Self {
            log: input.number()?,
            next: input.number()?,
            ..Self::default()
        };
        for _ in 0..input.number()? {
            let segment = input.number()?;
            let count = input.number()?;
            let dead = (0..count)
                .map(|_| input.number()?.try_into().ok())
                .collect::<Option<_>>()?;
            manifest.segments.push((segment, dead));
        }
        let length = input.number()?;
        (length == input.0.len() as u64).then_some(())?;
        manifest.recipe = String::from_utf8(input.0.to_vec()).ok()?;
        let numbers = manifest.segments.iter().map(|(number, _)| *number);
        let mut numbers: Vec<u64> = numbers.chain([manifest.log]).collect();
        numbers.sort_unstable();
        let sound = numbers.windows(2).all(|pair| pair[0] < pair[1])
            && numbers.iter().all(|number| *number < manifest.next);
        sound.then_some(manifest)
    }

    /// Whether `name` is a file that the manifest needs.
    pub(super) fn needs(&self, name: &str) -> bool {
        let segment = |number: u64| super::segment::file_name(number) == name;
        name == FILE
            || super::log::file_name(self.log) == name
            || self.segments.iter().any(|(number, _)| segment(*number))
    }
}

/// Bytes not yet read.
struct Input<'a>(&'a [u8]);

impl Input<'_> {
    fn number(&mut self) -> Option<u64> {
        let (number, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(u64::from_le_bytes(*number))
    }
}
