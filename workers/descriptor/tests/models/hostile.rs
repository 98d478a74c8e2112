//! What models cannot do, and what is said of those that try.

use std::fs::{self, File};
use std::time::{Duration, Instant};

use media::decoder::{Decoder, Limits, PROGRAM};
use media::describe::{Error, PROGRAM as WORKER};
use serde_json::json;

use super::desk::{Desk, form};
use super::layout;
use super::onnx::{Attribute, BOOL, FLOAT, Graph, INT64};

/// A model of one step on the picture: its vector is what `step` makes of it.
fn model(kind: i64, step: impl FnOnce(&mut Graph, &str) -> String) -> Vec<u8> {
    let mut graph = Graph::default();
    let picture = graph.input("picture", FLOAT, &[1, 1, 64, 64]);
    let made = step(&mut graph, &picture);
    graph.output(&made, kind, &[1, layout::DIMENSIONS]);
    graph.model()
}

/// The mean of the picture as many times as a vector has numbers.
fn plain(graph: &mut Graph, picture: &str) -> String {
    let mean = graph.node("GlobalAveragePool", &[picture], vec![]);
    let row = graph.node("Flatten", &[&mean], vec![Attribute::Int("axis", 1)]);
    let shape = graph.ints(&[1, layout::DIMENSIONS]);
    graph.node("Expand", &[&row, &shape], vec![])
}

fn refusal(what: &str, came: Result<Vec<f32>, Error>) -> String {
    match came {
        Err(Error::Refused { reason } | Error::Stopped { reason }) => reason,
        other => panic!("{what}: {other:?}"),
    }
}

#[test]
fn a_model_does_what_is_said_of_it() {
    let desk = Desk::new();
    let model = layout::model();
    let vector = desk.describe(&model, &form(&model)).expect("a vector");
    assert_eq!(vector.len() as i64, layout::DIMENSIONS);
    // Light and detail are each about their mean and on one scale.
    for part in [&vector[..64], &vector[64..]] {
        let sum: f32 = part.iter().sum();
        let squares: f32 = part.iter().map(|number| number * number).sum();
        let count = part.len() as f32;
        assert!(sum.abs() < 0.01 && (squares / count - 1.0).abs() < 0.01);
    }
}

#[test]
fn models_that_give_something_else_are_refused_in_words() {
    let desk = Desk::new();
    let told = |model: &[u8]| refusal("a wrong model", desk.describe(model, &form(model)));
    let short = model(FLOAT, |graph, picture| {
        let mean = graph.node("GlobalAveragePool", &[picture], vec![]);
        graph.node("Flatten", &[&mean], vec![Attribute::Int("axis", 1)])
    });
    let said = told(&short);
    assert!(
        said.contains("[1, 1], 1 numbers, and `dimensions` says 80"),
        "{said}"
    );
    let nothing = model(FLOAT, |graph, picture| {
        let row = plain(graph, picture);
        let below = graph.floats(&[1], &[1000.0]);
        let below = graph.node("Sub", &[&row, &below], vec![]);
        graph.node("Sqrt", &[&below], vec![])
    });
    let said = told(&nothing);
    assert!(said.contains("NaN"), "{said}");
    let whole = model(INT64, |graph, picture| {
        graph.node("Shape", &[picture], vec![])
    });
    let said = told(&whole);
    assert!(said.contains("32-bit floating point"), "{said}");
    let unknown = model(FLOAT, |graph, picture| {
        graph.node("Conjure", &[picture], vec![])
    });
    let said = told(&unknown);
    assert!(said.contains("Conjure"), "{said}");
    let layout = layout::model();
    let mut other = form(&layout);
    (other.width, other.height) = (32, 48);
    let said = refusal("another size", desk.describe(&layout, &other));
    assert!(
        said.contains("[1, 1, 64, 64]") && said.contains("[1, 1, 48, 32]"),
        "{said}"
    );
    let mut other = form(&layout);
    other.output = Some("embedding".to_owned());
    let said = refusal("another output", desk.describe(&layout, &other));
    assert!(
        said.contains("no output \"embedding\"") && said.contains("\"layout\""),
        "{said}"
    );
}

#[test]
fn models_that_want_too_much_are_stopped() {
    let desk = Desk::new();
    let giant = model(FLOAT, |graph, picture| {
        let row = plain(graph, picture);
        let shape = graph.ints(&[1 << 16, 1 << 14, layout::DIMENSIONS]);
        graph.node("Expand", &[&row, &shape], vec![])
    });
    let lying = model(FLOAT, |graph, picture| {
        let weights = graph.weights(FLOAT, &[1 << 40, 1 << 20], &[0; 16]);
        graph.node("Add", &[picture, &weights], vec![])
    });
    let endless = model(FLOAT, |graph, picture| {
        let row = plain(graph, picture);
        let always = graph.weights(BOOL, &[], &[1]);
        let mut body = Graph::default();
        body.input("turn", INT64, &[]);
        let go_on = body.input("go_on", BOOL, &[]);
        let carried = body.input("carried", FLOAT, &[1, layout::DIMENSIONS]);
        let go_on = body.node("Identity", &[&go_on], vec![]);
        let carried = body.node("Add", &[&carried, &carried], vec![]);
        body.output(&go_on, BOOL, &[]);
        body.output(&carried, FLOAT, &[1, layout::DIMENSIONS]);
        let body = vec![Attribute::Graph("body", body)];
        graph.node("Loop", &["", &always, &row], body)
    });
    let heavy = model(FLOAT, |graph, picture| {
        let mean = graph.node("GlobalAveragePool", &[picture], vec![]);
        let shape = graph.ints(&[1, 1, 3000, 3000]);
        let square = graph.node("Expand", &[&mean, &shape], vec![]);
        (0..500).fold(square.clone(), |product, _| {
            graph.node("MatMul", &[&product, &square], vec![])
        })
    });
    let tried = [
        ("giant", giant, "more memory than the 3072 MiB"),
        ("lying", lying, "no ONNX model"),
        ("endless", endless, "more than the 3 s"),
        ("heavy", heavy, "more than the 3 s"),
    ];
    for (what, model, expected) in &tried {
        let begun = Instant::now();
        let said = refusal(what, desk.describe(model, &form(model)));
        assert!(begun.elapsed() < Duration::from_secs(20), "{what}: {said}");
        assert!(!said.contains("jail"), "{what}: {said}");
        assert!(said.contains(expected), "{what}: {said}");
    }
}

#[test]
fn damaged_models_do_no_harm() {
    let desk = Desk::new();
    let whole = layout::model();
    let (mut ran, mut refused) = (0, 0);
    let mut try_one = |what: &str, bytes: &[u8]| match desk.describe(bytes, &form(bytes)) {
        Ok(_) => ran += 1,
        Err(Error::Refused { .. }) => refused += 1,
        // Some bits make a model too large or too slow; none makes it try the jail.
        Err(Error::Stopped { reason }) => {
            assert!(!reason.contains("jail"), "{what}: {reason}");
            refused += 1;
        }
        Err(other) => panic!("{what}: {other}"),
    };
    for at in (0..whole.len()).step_by(5) {
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (at % 8);
        try_one(&format!("bit of byte {at}"), &bytes);
    }
    for length in (0..whole.len()).step_by(97) {
        try_one(&format!("{length} bytes"), &whole[..length]);
    }
    let mut state = 1u32;
    let random: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    })
    .take(64 << 10)
    .collect();
    try_one("random bytes", &random);
    // Names and the bits of a weight change nothing that a shape tells.
    assert!(
        ran > 50 && refused > 100,
        "{ran} ran, {refused} were refused"
    );
}

#[test]
fn the_program_is_in_the_jail_of_the_decoder() {
    let desk = Desk::new();
    let jail = |program| {
        let started = Decoder::new(desk.path(program), Limits::default());
        started.jail().expect("a jail")
    };
    assert_eq!(jail(WORKER), jail(PROGRAM));
    let unjailed = Decoder::new(desk.path(PROGRAM), Limits::default()).without_jail();
    let model = layout::model();
    fs::write(desk.path("m.onnx"), &model).expect("write");
    let file = File::open(desk.path("m.onnx")).expect("open");
    let came = media::describe::Describer::start(&unjailed, &file, &form(&model));
    assert!(matches!(came, Err(Error::NoJail)));
}

/// Each refusal has a sentence, what to do, and the exit code for it.
#[test]
fn folders_that_cannot_be_used_are_refused_with_what_to_do() {
    let desk = Desk::new();
    let model = layout::model();
    let refused = |folder: &str, code: i32, words: &str| {
        let said = desk.run(&["match", "--descriptor", folder]);
        assert_eq!(said.code, Some(code), "{}", said.err);
        assert!(said.err.contains(words), "{words}: {}", said.err);
        assert!(said.err.contains("hint: ") || code == 4, "{}", said.err);
        assert!(said.out.is_empty());
    };
    refused("nowhere", 4, "nowhere is no folder");
    let wrong = |name: &str, words: &str, change: &dyn Fn(&mut serde_json::Value)| {
        refused(&desk.folder(name, &model, change), 2, words);
    };
    wrong("later", "`format` is", &|json| {
        json["format"] = json!("framewitness-descriptor/2")
    });
    wrong("alike", "`alike` is 1", &|json| json["alike"] = json!(1));
    wrong("more", "unknown field", &|json| {
        json["input"]["mode"] = json!("fast")
    });
    wrong("huge", "`input.width` is 4000000000", &|json| {
        json["input"]["width"] = json!(4_000_000_000u32);
    });
    wrong("many", "`output.dimensions` is 99999", &|json| {
        json["output"]["dimensions"] = json!(99_999);
    });
    wrong("means", "`input.mean` has 3 numbers", &|json| {
        json["input"]["mean"] = json!([0.4, 0.5, 0.6]);
    });
    wrong("flat", "each of `std` is over 0", &|json| {
        json["input"]["std"] = json!([0.0])
    });
    wrong("name", "`name` must have", &|json| {
        json["name"] = json!("two\nlines")
    });
    wrong("hash", "64 lower-case hexadecimal digits", &|json| {
        json["sha256"] = json!("abc")
    });
    let other = desk.folder("other", &model, |json| {
        json["sha256"] = json!("0".repeat(64))
    });
    refused(&other, 3, "its SHA-256 is");
    let short = desk.folder("short", &model, |json| {
        json["output"]["dimensions"] = json!(79)
    });
    refused(&short, 5, "`dimensions` says 79");
    let random = desk.folder("random", b"no model at all", |_| {});
    refused(&random, 5, "no ONNX model");
    let sparse = desk.folder("sparse", b"", |_| {});
    let file = File::options()
        .write(true)
        .open(desk.path("sparse/model.onnx"))
        .expect("open");
    file.set_len(2 << 30).expect("a sparse file");
    refused(&sparse, 5, "it has 2048 MiB, and at most 512 are read");
    let gone = desk.folder("gone", &model, |_| {});
    fs::remove_file(desk.path("gone/model.onnx")).expect("remove");
    refused(&gone, 4, "model.onnx");
    fs::remove_file(desk.path(WORKER)).expect("remove");
    refused(&other, 5, "make descriptor");
}
