//! The index beside a look at every print, over archives that grow, shrink, merge and break.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::prelude::*;

use super::*;
use crate::pdq::Pdq;

const RECIPE: &str = "test/1";

/// Sizes small enough that a test seals, merges and uses tables all the time.
const SMALL: Tuning = Tuning {
    seal: 40,
    tables: 150,
    most: 400,
    plan: Plan::Quicker,
};

const PLANS: [Plan; 3] = [Plan::Quicker, Plan::Tables, Plan::All];

/// The cost of what can fail half way.
const STEP: usize = 100;

/// A look at every print: what answers must be.
#[derive(Default, Clone)]
struct All(BTreeMap<VideoId, Vec<Entry>>);

impl Candidates for All {
    fn near(&self, queries: &[Bits], radius: u32, most: usize) -> Result<Vec<Answer>> {
        let answer = |query: &Bits| {
            let mut hits: Vec<Hit> = Vec::new();
            for (video, entries) in &self.0 {
                for entry in entries {
                    let bits = |bits: Bits| Pdq { bits, quality: 0 };
                    let differ = bits(entry.bits).distance(&bits(*query));
                    hits.push(Hit {
                        distance: differ,
                        video: *video,
                        frame: entry.frame,
                        view: entry.view,
                        quality: entry.quality,
                    });
                }
            }
            hits.retain(|hit| hit.distance <= radius);
            hits.sort();
            let more = hits.len().saturating_sub(most) as u64;
            hits.truncate(most);
            Answer { hits, more }
        };
        Ok(queries.iter().map(answer).collect())
    }
}

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn bits(&mut self) -> Bits {
        std::array::from_fn(|_| self.next())
    }

    /// `bits` with up to `most` changed, half of the time all of them near each other.
    fn like(&mut self, bits: &Bits, most: u64) -> Bits {
        let (mut out, count) = (*bits, self.next() % (most + 1));
        let (start, spread) = (
            self.next() % 256,
            if self.next().is_multiple_of(2) {
                256
            } else {
                24
            },
        );
        for _ in 0..count {
            let bit = ((start + self.next() % spread) % 256) as usize;
            out[bit / 64] ^= 1 << (bit % 64);
        }
        out
    }

    /// Prints of a video: shots that drift, stills, and prints like `known` ones.
    fn video(&mut self, known: &[Bits], length: usize) -> Vec<Entry> {
        let mut bits = self.bits();
        (0..length as u32)
            .map(|frame| {
                bits = match self.next() % 8 {
                    0 => self.bits(),
                    1 if !known.is_empty() => {
                        let at = self.next() as usize % known.len();
                        self.like(&known[at], 40)
                    }
                    2..4 => bits,
                    _ => self.like(&bits, 6),
                };
                Entry {
                    frame: frame / 2,
                    view: (frame % 2) as u8,
                    quality: (self.next() % 101) as u8,
                    bits,
                }
            })
            .collect()
    }
}

fn id(number: u64) -> VideoId {
    let mut id = [0; 32];
    id[..8].copy_from_slice(&number.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes());
    id[8..16].copy_from_slice(&number.to_be_bytes());
    VideoId(id)
}

/// An archive of so many videos.
fn archive(dice: &mut Dice, videos: u64) -> All {
    let mut all = All::default();
    let mut known: Vec<Bits> = vec![[0; 4], [u64::MAX; 4]];
    for number in 0..videos {
        let length = dice.next() as usize % 60;
        let entries = dice.video(&known, length);
        known.extend(entries.iter().step_by(7).map(|entry| entry.bits));
        all.0.insert(id(number), entries);
    }
    all
}

fn open(files: &Memory) -> Index {
    Index::open(Box::new(files.clone()), RECIPE, SMALL).unwrap()
}

fn filled(files: &Memory, all: &All, order: impl IntoIterator<Item = VideoId>) -> Index {
    let mut index = open(files);
    for id in order {
        index.add(&[(id, &all.0[&id])]).unwrap();
    }
    index
}

/// Queries like prints of the archive, and some unlike any.
fn queries(dice: &mut Dice, all: &All) -> Vec<Bits> {
    let mut queries = vec![[0; 4], dice.bits()];
    for entry in all.0.values().flatten().step_by(17) {
        queries.push(entry.bits);
        queries.push(dice.like(&entry.bits, 50));
    }
    queries
}

/// The index answers as a look at every print does, however it looks.
fn assert_same(index: &mut Index, all: &All, dice: &mut Dice) {
    for plan in PLANS {
        index.tuning.plan = plan;
        assert_answers(index, all, dice);
    }
    index.tuning.plan = Plan::Quicker;
    assert_eq!(index.videos(), all.0.keys().copied().collect::<Vec<_>>());
    assert_eq!(index.prints() as usize, all.0.values().flatten().count());
    for (id, entries) in &all.0 {
        assert_eq!(index.entries(*id).unwrap().as_ref(), Some(entries));
    }
}

fn assert_answers(index: &Index, all: &All, dice: &mut Dice) {
    let queries = queries(dice, all);
    let radii = [
        (31, usize::MAX),
        (0, 3),
        (15, 5),
        (47, 9),
        (90, 40),
        (256, 2),
        (31, 0),
    ];
    // By tables, a large radius looks up every value that there is.
    let tables = matches!(index.tuning.plan, Plan::Tables);
    for (radius, most) in radii.into_iter().filter(|it| it.0 < 40 || !tables) {
        let (found, expected) = (
            index.near(&queries, radius, most).unwrap(),
            all.near(&queries, radius, most).unwrap(),
        );
        for (at, (found, expected)) in found.iter().zip(&expected).enumerate() {
            assert_eq!(found, expected, "radius {radius}, query {at}");
        }
        // Alone, a query may be answered another way.
        let alone = index.near(&queries[2..3], radius, most).unwrap();
        assert_eq!(alone[..], expected[2..3], "radius {radius}");
    }
}

#[test]
fn answers_are_those_of_a_look_at_every_print() {
    let mut dice = Dice(88_172_645_463_325_252);
    let all = archive(&mut dice, 90);
    let files = Memory::default();
    let mut index = filled(&files, &all, all.0.keys().copied());
    assert!(index.segments() > 1, "segments and a log");
    assert_same(&mut index, &all, &mut dice);
    index.compact().unwrap();
    assert_same(&mut index, &all, &mut dice);
    drop(index);
    assert_same(&mut open(&files), &all, &mut dice);
}

#[test]
fn removed_videos_are_gone_at_once_and_for_ever() {
    let mut dice = Dice(4_101_842_887_655_102_017);
    let mut all = archive(&mut dice, 80);
    let files = Memory::default();
    let mut index = filled(&files, &all, all.0.keys().copied());
    for number in (0..80).step_by(3) {
        assert!(index.remove(id(number)).unwrap());
        assert!(!index.remove(id(number)).unwrap());
        all.0.remove(&id(number));
    }
    assert_same(&mut index, &all, &mut dice);
    drop(index);
    let mut index = open(&files);
    assert_same(&mut index, &all, &mut dice);
    // What was removed can come again, as something else.
    let again = dice.video(&[], 30);
    index.add(&[(id(0), &again)]).unwrap();
    all.0.insert(id(0), again);
    assert_same(&mut index, &all, &mut dice);
    index.compact().unwrap();
    assert_same(&mut index, &all, &mut dice);
    for number in 0..80 {
        index.remove(id(number)).unwrap();
    }
    index.compact().unwrap();
    assert_eq!((index.prints(), index.segments()), (0, 0));
    assert_eq!(files.names().unwrap().len(), 1, "the manifest alone");
}

/// A print whose bits differ from `bits` as evenly over the chunks as 31 can, one chunk with one less
/// than the others: it can be found by that chunk alone.
fn spread(bits: &Bits, least: usize) -> Bits {
    let mut out = *bits;
    for chunk in 0..chunks::CHUNKS {
        for row in 0..if chunk == least { 1 } else { 2 } {
            let bit = 16 * row + (chunk + 5 * row) % 16;
            out[bit / 64] ^= 1 << (bit % 64);
        }
    }
    out
}

#[test]
fn differences_spread_over_all_chunks_are_found() {
    let mut dice = Dice(9);
    let all = archive(&mut dice, 30);
    let mut index = filled(&Memory::default(), &all, all.0.keys().copied());
    index.compact().unwrap();
    let bits = dice.bits();
    let entry = |bits| Entry {
        frame: 0,
        view: 0,
        quality: 50,
        bits,
    };
    let entries: Vec<Entry> = (0..16).map(|least| entry(spread(&bits, least))).collect();
    let more = dice.video(&[], 200);
    index.add(&[(id(900), &entries), (id(901), &more)]).unwrap();
    index.compact().unwrap();
    for plan in PLANS {
        index.tuning.plan = plan;
        let answer = &index.near(&[bits], 31, 99).unwrap()[0];
        assert_eq!(answer.hits.len(), 16, "{plan:?}");
        assert!(answer.hits.iter().all(|hit| hit.distance == 31));
        assert_eq!(index.near(&[bits], 30, 99).unwrap()[0].hits, []);
    }
}

#[test]
fn a_video_is_added_once() {
    let mut index = open(&Memory::default());
    index.add(&[(id(1), &[])]).unwrap();
    let again = index.add(&[(id(2), &[]), (id(1), &[])]);
    assert!(matches!(again, Err(Error::Present(it)) if it == id(1)));
    let twice = index.add(&[(id(3), &[]), (id(3), &[])]);
    assert!(matches!(twice, Err(Error::Present(it)) if it == id(3)));
    assert_eq!(index.videos(), [id(1)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    /// The same videos give the same answers, and after merging the same bytes, in any order.
    #[test]
    fn the_order_of_adding_does_not_matter(
        seed in 1_u64..,
        order in Just((0_u64..40).collect::<Vec<_>>()).prop_shuffle(),
        removed in prop::collection::btree_set(0_u64..40, 0..20),
    ) {
        let mut dice = Dice(seed);
        let mut all = archive(&mut dice, 40);
        let (some, other) = (Memory::default(), Memory::default());
        let mut index = filled(&some, &all, all.0.keys().copied());
        let mut another = filled(&other, &all, order.into_iter().map(id));
        for number in removed {
            index.remove(id(number)).unwrap();
            another.remove(id(number)).unwrap();
            all.0.remove(&id(number));
        }
        let queries = queries(&mut dice, &all);
        for radius in [12, 31, 36] {
            let expected = all.near(&queries, radius, 6).unwrap();
            for plan in PLANS {
                (index.tuning.plan, another.tuning.plan) = (plan, plan);
                prop_assert_eq!(&index.near(&queries, radius, 6).unwrap(), &expected);
                prop_assert_eq!(&another.near(&queries, radius, 6).unwrap(), &expected);
            }
        }
        index.compact().unwrap();
        another.compact().unwrap();
        prop_assert_eq!(segment_bytes(&some), segment_bytes(&other));
    }
}

/// The bytes of all segments, in order of their names, which count up.
fn segment_bytes(files: &Memory) -> Vec<Vec<u8>> {
    let names = files.names().unwrap();
    let segments = names.iter().filter(|name| name.ends_with(".segment"));
    segments.map(|name| bytes(files, name)).collect()
}

fn bytes(files: &Memory, name: &str) -> Vec<u8> {
    let file = files.open(name).unwrap();
    let mut bytes = vec![0; file.length().unwrap() as usize];
    file.read_at(0, &mut bytes).unwrap();
    bytes
}

fn put(files: &Memory, name: &str, bytes: &[u8]) {
    files.write(name, &mut |out| out.write_all(bytes)).unwrap();
}

/// Files that lose power after so much was done: what is being done stops half way, and nothing is
/// done any more.
#[derive(Clone)]
struct Failing {
    files: Memory,
    left: Arc<AtomicUsize>,
}

impl Failing {
    /// Begins something; how much of it gets done, of [`STEP`].
    fn spend(&self) -> io::Result<usize> {
        let left = self.left.load(Ordering::Relaxed);
        self.left
            .store(left.saturating_sub(STEP), Ordering::Relaxed);
        match left {
            0 => Err(lost()),
            left => Ok(left.min(STEP)),
        }
    }
}

fn lost() -> io::Error {
    io::Error::other("no power")
}

impl Files for Failing {
    fn names(&self) -> io::Result<Vec<String>> {
        self.files.names()
    }

    fn open(&self, name: &str) -> io::Result<Box<dyn ReadAt>> {
        self.files.open(name)
    }

    fn write(
        &self,
        name: &str,
        fill: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        // A file is there under its name whole or not at all, whatever becomes of the writer.
        let done = self.spend()?;
        if done > STEP / 2 {
            self.files.write(name, fill)?;
        }
        if done < STEP { Err(lost()) } else { Ok(()) }
    }

    fn append(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let done = self.spend()?;
        // It may be there whole, and nobody was told.
        let written = (done + STEP / 3 + 1).min(STEP);
        self.files
            .append(name, &bytes[..bytes.len() * written / STEP])?;
        if done < STEP { Err(lost()) } else { Ok(()) }
    }

    fn cut(&self, name: &str, length: u64) -> io::Result<()> {
        self.spend()?;
        self.files.cut(name, length)
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        self.spend()?;
        self.files.remove(name)
    }
}

#[test]
fn losing_power_at_any_moment_loses_nothing_that_was_acknowledged() {
    let mut dice = Dice(2_685_821_657_736_338_717);
    let all = archive(&mut dice, 24);
    let order: Vec<VideoId> = all.0.keys().copied().collect();
    let (mut stops, mut torn, mut silent) = (0, 0, 0);
    for budget in (1..).step_by(STEP / 3) {
        let failing = Failing {
            files: Memory::default(),
            left: Arc::new(AtomicUsize::new(budget)),
        };
        let (mut known, mut maybe) = (All::default(), All::default());
        let done = fill(&failing, &all, &order, &mut known, &mut maybe).is_ok();
        let index = open(&failing.files);
        let found: Vec<VideoId> = index.videos();
        let is = |of: &All| found == of.0.keys().copied().collect::<Vec<_>>();
        assert!(is(&known) || is(&maybe), "at {budget}");
        silent += usize::from(!is(&known));
        torn += usize::from(failing.files.names().unwrap().len() > 1 && !done);
        let truth = if is(&known) { known } else { maybe };
        let expected = truth.near(&[[0; 4]], 256, 9).unwrap();
        assert_eq!(index.near(&[[0; 4]], 256, 9).unwrap(), expected);
        if done {
            break;
        }
        stops += 1;
    }
    assert!(
        stops > 100 && torn > 50 && silent > 2,
        "{stops} stops, {torn} with files, {silent} after a change that was not acknowledged"
    );
}

/// Adds everything and removes every third; `known` is what was acknowledged, `maybe` that and what
/// was being done.
fn fill(
    failing: &Failing,
    all: &All,
    order: &[VideoId],
    known: &mut All,
    maybe: &mut All,
) -> Result<()> {
    let mut index = Index::open(Box::new(failing.clone()), RECIPE, SMALL)?;
    for (at, id) in order.iter().enumerate() {
        maybe.0.insert(*id, all.0[id].clone());
        index.add(&[(*id, &all.0[id])])?;
        known.clone_from(maybe);
        if at % 3 == 2 {
            maybe.0.remove(&order[at - 1]);
            index.remove(order[at - 1])?;
            known.clone_from(maybe);
        }
        if at == 15 {
            index.compact()?;
        }
    }
    Ok(())
}

#[test]
fn a_torn_end_is_cut_off_and_a_harmed_record_is_told() {
    let mut dice = Dice(77);
    let files = Memory::default();
    let mut index = open(&files);
    for number in 0..3 {
        let entries = dice.video(&[], 5);
        index.add(&[(id(number), &entries)]).unwrap();
    }
    let log = log::file_name(index.manifest.log);
    drop(index);
    let whole = bytes(&files, &log);
    let third = whole.len() / 3;
    for end in 2 * third..whole.len() {
        for tail in [&[][..], &[0; 99], &whole[..70]] {
            put(&files, &log, &[&whole[..end], tail].concat());
            let index = open(&files);
            assert_eq!(index.videos().len(), 2);
            assert_eq!(index.logged, 2 * third as u64);
            assert_eq!(bytes(&files, &log), whole[..2 * third]);
        }
    }
    for at in 0..2 * third {
        let mut harmed = whole.clone();
        harmed[at] ^= 4;
        put(&files, &log, &harmed);
        let opened = Index::open(Box::new(files.clone()), RECIPE, SMALL);
        assert!(matches!(opened, Err(Error::Damaged { .. })), "byte {at}");
    }
}

/// Opens an index and asks it everything.
fn ask(files: &Memory) -> Result<Vec<Answer>> {
    let mut index = Index::open(Box::new(files.clone()), RECIPE, SMALL)?;
    for id in index.videos() {
        index.entries(id)?;
    }
    let queries = [[0; 4], [u64::MAX; 4], [0x1234_5678_9abc_def0; 4]];
    let mut answers = index.near(&queries, 31, 5)?;
    index.tuning.plan = Plan::Tables;
    answers.extend(index.near(&queries, 31, 5)?);
    answers.extend(index.near(&queries[..1], 256, 5)?);
    Ok(answers)
}

#[test]
fn a_harmed_segment_is_told_and_made_anew() {
    let mut dice = Dice(3);
    let all = archive(&mut dice, 12);
    let files = Memory::default();
    filled(&files, &all, all.0.keys().copied())
        .compact()
        .unwrap();
    let name = files.names().unwrap();
    let name = name.iter().find(|it| it.ends_with(".segment")).unwrap();
    let whole = bytes(&files, name);
    let expected = ask(&files).unwrap();
    let mut told = 0;
    for at in (0..whole.len()).step_by(whole.len() / 997) {
        let mut harmed = whole.clone();
        harmed[at] ^= 0x10;
        put(&files, name, &harmed);
        match ask(&files) {
            Err(Error::Damaged { .. } | Error::Version(_)) => told += 1,
            Ok(answers) => assert_eq!(answers, expected, "byte {at} was never read"),
            Err(other) => panic!("byte {at}: {other}"),
        }
    }
    assert!(told > 30, "only {told} were seen");
    for end in [0, 1, 63, 64, 5000, whole.len() - 1] {
        put(&files, name, &whole[..end]);
        assert!(matches!(ask(&files), Err(Error::Damaged { .. })), "{end}");
    }
    files.remove(name).unwrap();
    assert!(matches!(ask(&files), Err(Error::Damaged { .. })));
    files.remove(manifest::FILE).unwrap();
    put(&files, "0000000007.log", b"");
    assert!(matches!(ask(&files), Err(Error::Damaged { .. })));
    let index = Index::make_anew(Box::new(files), RECIPE, SMALL).unwrap();
    assert_eq!(index.videos(), []);
}

#[test]
fn prints_of_another_recipe_are_refused() {
    let files = Memory::default();
    drop(open(&files));
    let opened = Index::open(Box::new(files), "test/2", SMALL);
    assert!(matches!(opened, Err(Error::Recipe(it)) if it == RECIPE));
}

/// Puts right the checksums of whatever file this is, where its lengths let that be.
fn sum_up(bytes: &mut Vec<u8>) {
    segment::sum_up(bytes);
    log::sum_up(bytes);
    if bytes.starts_with(b"FWINDMAN") {
        let body = bytes.len() - 4;
        let sum = crc32fast::hash(&bytes[..body]);
        bytes[body..].copy_from_slice(&sum.to_le_bytes());
    }
}

proptest! {
    /// Any bytes in the place of any file are an index or an error; never a panic, nor more memory
    /// than the bytes are worth.
    #[test]
    fn hostile_files_are_refused(
        which in 0_usize..3,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
        cut in any::<prop::sample::Index>(),
        shorten: bool,
        sums: bool,
    ) {
        let mut dice = Dice(5);
        let all = archive(&mut dice, 12);
        let files = Memory::default();
        let mut index = filled(&files, &all, all.0.keys().copied());
        index.compact().unwrap();
        index.add(&[(id(99), &dice.video(&[], 4))]).unwrap();
        drop(index);
        let name = files.names().unwrap().swap_remove(which);
        let mut bytes = bytes(&files, &name);
        for (at, value) in changes {
            // Half of the changes to the first bytes, where the counts are.
            let at = at.index(bytes.len());
            let at = if value % 2 == 0 { at % 128 } else { at };
            let at = at.min(bytes.len() - 1);
            bytes[at] = value;
        }
        if shorten {
            bytes.truncate(cut.index(bytes.len()));
        }
        if sums {
            sum_up(&mut bytes);
        }
        put(&files, &name, &bytes);
        let _ = ask(&files);
    }
}
