//! The model in `fixtures/descriptor`: how light and detail are laid out in a picture, whichever way it is
//! turned by a quarter. It has learned nothing, and its weights are those of Sobel's operator.

use super::onnx::{Attribute, FLOAT, Graph};

/// Width and height of the picture.
const SIDE: i64 = 64;

/// Numbers of the vector.
pub const DIMENSIONS: i64 = 64 + 16;

pub fn model() -> Vec<u8> {
    let mut graph = Graph::default();
    let picture = graph.input("picture", FLOAT, &[1, 1, SIDE, SIDE]);
    let light = pooled(&mut graph, &picture, 4);
    let detail = detail(&mut graph, &picture);
    let detail = pooled(&mut graph, &detail, 8);
    let light = quarter(&mut graph, &light, 16);
    let detail = quarter(&mut graph, &detail, 8);
    let axis = vec![Attribute::Int("axis", 1)];
    graph.node_to("Concat", &[&light, &detail], axis, &["layout"]);
    graph.output("layout", FLOAT, &[1, DIMENSIONS]);
    graph.model()
}

/// How steep the picture is at each place.
fn detail(graph: &mut Graph, picture: &str) -> String {
    let across = [-1.0, 0.0, 1.0, -2.0, 0.0, 2.0, -1.0, 0.0, 1.0];
    let down = [-1.0, -2.0, -1.0, 0.0, 0.0, 0.0, 1.0, 2.0, 1.0];
    let sobel = graph.floats(&[2, 1, 3, 3], &[across, down].concat());
    let whole = vec![
        Attribute::Ints("pads", &[1, 1, 1, 1]),
        Attribute::Ints("strides", &[1, 1]),
        Attribute::Ints("dilations", &[1, 1]),
    ];
    let slopes = graph.node("Conv", &[picture, &sobel], whole);
    let squares = graph.node("Mul", &[&slopes, &slopes], vec![]);
    let channels = graph.ints(&[1]);
    let sum = graph.node("ReduceSum", &[&squares, &channels], vec![]);
    graph.node("Sqrt", &[&sum], vec![])
}

fn pooled(graph: &mut Graph, map: &str, by: i64) -> String {
    let sides = [by, by];
    let by = vec![
        Attribute::Ints("kernel_shape", &sides),
        Attribute::Ints("strides", &sides),
    ];
    graph.node("AveragePool", &[map], by)
}

/// The sum of a square map and of it turned by one, two and three quarters, of which a quarter tells all;
/// about its mean and on a scale of its own, as a row.
fn quarter(graph: &mut Graph, map: &str, side: i64) -> String {
    let backwards: Vec<i64> = (0..side).rev().collect();
    let backwards = graph.ints(&backwards);
    let (mut turned, mut sum) = (map.to_owned(), map.to_owned());
    for _ in 0..3 {
        let flipped = vec![Attribute::Ints("perm", &[0, 1, 3, 2])];
        let flipped = graph.node("Transpose", &[&turned], flipped);
        let columns = vec![Attribute::Int("axis", 3)];
        turned = graph.node("Gather", &[&flipped, &backwards], columns);
        sum = graph.node("Add", &[&sum, &turned], vec![]);
    }
    let (from, to, axes) = (
        graph.ints(&[0, 0]),
        graph.ints(&[side / 2; 2]),
        graph.ints(&[2, 3]),
    );
    let part = graph.node("Slice", &[&sum, &from, &to, &axes], vec![]);
    let row = graph.node("Flatten", &[&part], vec![Attribute::Int("axis", 1)]);
    let along = || vec![Attribute::Ints("axes", &[1])];
    let mean = graph.node("ReduceMean", &[&row], along());
    let about = graph.node("Sub", &[&row, &mean], vec![]);
    let squares = graph.node("Mul", &[&about, &about], vec![]);
    let variance = graph.node("ReduceMean", &[&squares], along());
    // A plain picture has no layout, and is not to be divided by nothing.
    let least = graph.floats(&[1], &[1e-6]);
    let variance = graph.node("Add", &[&variance, &least], vec![]);
    let scale = graph.node("Sqrt", &[&variance], vec![]);
    graph.node("Div", &[&about, &scale], vec![])
}
