//! Hash, quality and all orientations equal to what Meta's own code says of the same pictures, with
//! every set of vector instructions that this machine has. `pdq/make.py` made `pdq/expected.txt`.

use fearless_simd::Level;
use reuse::Luma;
use reuse::pdq::{Dihedral, Hasher};

struct Vector<'a> {
    name: &'a str,
    luma: Vec<u8>,
    size: (usize, usize),
    expected: &'a str,
}

fn vectors() -> impl Iterator<Item = Vector<'static>> {
    include_str!("pdq/expected.txt").lines().map(|line| {
        let words: Vec<&str> = line.splitn(5, ' ').collect();
        let [width, height, seed] = [1, 2, 3].map(|at| words[at].parse().expect("a number"));
        let expected = words[4];
        Vector {
            name: &line[..line.len() - expected.len()],
            luma: picture(words[0], width, height, seed),
            size: (width, height),
            expected,
        }
    })
}

/// As `picture` of `pdq/make.py`.
fn picture(kind: &str, width: usize, height: usize, seed: usize) -> Vec<u8> {
    let mut state = seed as u64;
    let mut noise = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 56) as u8
    };
    let mut at = |x: usize, y: usize| match kind {
        "noise" => noise(),
        "across" => (x * 255 / (width - 1)) as u8,
        "down" => (y * 255 / (height - 1)) as u8,
        "slope" => (x * 3 + y * 5 + seed) as u8,
        "ruled" if x / 8 % 2 == y / 8 % 2 => 235,
        "ruled" => 16,
        "flat" => 77,
        _ => panic!("there is no picture {kind}"),
    };
    let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    places.map(|(x, y)| at(x, y)).collect()
}

/// The instructions that this machine has, the widest first.
fn levels() -> Vec<Level> {
    let widest = Level::new();
    #[cfg(target_arch = "x86_64")]
    let levels = [
        widest.as_avx512().map(Level::Avx512),
        widest.as_avx2().map(Level::Avx2),
        widest.as_sse4_2().map(Level::Sse4_2),
        widest.as_sse2().map(Level::Sse2),
    ];
    #[cfg(not(target_arch = "x86_64"))]
    let levels = [Some(widest)];
    levels.into_iter().flatten().collect()
}

fn told(hasher: &mut Hasher, luma: Luma<'_>) -> String {
    let spectrum = hasher.spectrum(luma);
    let plain = hasher.hash(luma);
    let turned = Dihedral::ALL.map(|orientation| spectrum.hash(orientation).to_string());
    format!("{} {plain} {}", plain.quality, turned.join(" "))
}

#[test]
fn hashes_are_those_of_the_reference_at_every_level() {
    let levels = levels();
    assert!(!levels.is_empty());
    for vector in vectors() {
        let (width, height) = vector.size;
        for &level in &levels {
            let luma = Luma {
                data: &vector.luma,
                width,
                height,
                stride: width,
            };
            let told = told(&mut Hasher::on(level), luma);
            assert_eq!(told, vector.expected, "{}at {level:?}", vector.name);
        }
    }
}

/// What an earlier picture left in a hasher does not show in the next, of whatever size.
#[test]
fn a_hasher_may_be_used_again() {
    let mut hasher = Hasher::new();
    let small = |vector: &Vector<'_>| vector.size.0 * vector.size.1 < 500_000;
    let vectors: Vec<_> = vectors().filter(small).collect();
    for vector in vectors.iter().chain(vectors.iter().rev()) {
        let (width, height) = vector.size;
        // Rows further apart than wide, with what is no picture between them.
        let stride = width + 13;
        let mut data = vec![255; stride * height];
        for (wide, row) in data.chunks_mut(stride).zip(vector.luma.chunks(width)) {
            wide[..width].copy_from_slice(row);
        }
        let luma = Luma {
            data: &data,
            width,
            height,
            stride,
        };
        let told = told(&mut hasher, luma);
        assert_eq!(told, vector.expected, "{}", vector.name);
    }
}

/// A row of more than 65,535 under one box: by a picture of two halves, which has one edge.
#[test]
fn very_wide_pictures_are_summed_without_overflow() {
    let width = 40_000;
    let row: Vec<u8> = (0..width)
        .map(|x| if x < width / 2 { 255 } else { 0 })
        .collect();
    let hash = Hasher::new().hash(Luma {
        data: &row.repeat(8),
        width,
        height: 8,
        stride: width,
    });
    // 64 rows with one step of a hundred hundredths.
    assert_eq!(hash.quality, (64 * 100 / 90) as u8);
}
