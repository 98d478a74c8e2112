//! As much of ONNX's protobuf as small models take, written by hand: tests need no framework for that.

/// A protobuf message.
#[derive(Clone, Default)]
pub struct Message(Vec<u8>);

impl Message {
    pub fn bytes(self) -> Vec<u8> {
        self.0
    }

    pub fn number(mut self, field: u64, value: i64) -> Self {
        self.varint(field << 3);
        self.varint(value.cast_unsigned());
        self
    }

    pub fn data(mut self, field: u64, bytes: &[u8]) -> Self {
        self.varint(field << 3 | 2);
        self.varint(bytes.len() as u64);
        self.0.extend_from_slice(bytes);
        self
    }

    pub fn text(self, field: u64, text: &str) -> Self {
        self.data(field, text.as_bytes())
    }

    pub fn message(self, field: u64, message: Message) -> Self {
        self.data(field, &message.0)
    }

    fn varint(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.0.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.0.push(value as u8);
    }
}

/// ONNX's number for an element type.
pub const FLOAT: i64 = 1;
pub const INT64: i64 = 7;
pub const BOOL: i64 = 9;

/// A graph that grows node by node.
#[derive(Clone, Default)]
pub struct Graph {
    nodes: Vec<Message>,
    weights: Vec<Message>,
    inputs: Vec<Message>,
    outputs: Vec<Message>,
    count: usize,
}

/// An attribute of a node.
pub enum Attribute<'a> {
    Int(&'a str, i64),
    Ints(&'a str, &'a [i64]),
    Graph(&'a str, Graph),
}

impl Graph {
    pub fn input(&mut self, name: &str, kind: i64, shape: &[i64]) -> String {
        self.inputs.push(value(name, kind, shape));
        name.to_owned()
    }

    pub fn output(&mut self, name: &str, kind: i64, shape: &[i64]) {
        self.outputs.push(value(name, kind, shape));
    }

    /// A node with one output, which is named after its number unless a name is given.
    pub fn node(&mut self, kind: &str, inputs: &[&str], attributes: Vec<Attribute<'_>>) -> String {
        let name = format!("{}{}", kind.to_lowercase(), self.count);
        self.node_to(kind, inputs, attributes, &[&name]);
        name
    }

    pub fn node_to(
        &mut self,
        kind: &str,
        inputs: &[&str],
        attributes: Vec<Attribute<'_>>,
        outputs: &[&str],
    ) {
        self.count += 1;
        let mut node = Message::default();
        node = inputs.iter().fold(node, |node, input| node.text(1, input));
        node = outputs
            .iter()
            .fold(node, |node, output| node.text(2, output));
        node = node.text(3, &format!("n{}", self.count)).text(4, kind);
        node = attributes
            .into_iter()
            .fold(node, |node, one| node.message(5, attribute(one)));
        self.nodes.push(node);
    }

    pub fn floats(&mut self, shape: &[i64], values: &[f32]) -> String {
        let bytes: Vec<u8> = values
            .iter()
            .flat_map(|value| value.to_le_bytes())
            .collect();
        self.weights(FLOAT, shape, &bytes)
    }

    pub fn ints(&mut self, values: &[i64]) -> String {
        let bytes: Vec<u8> = values
            .iter()
            .flat_map(|value| value.to_le_bytes())
            .collect();
        self.weights(INT64, &[values.len() as i64], &bytes)
    }

    /// Weights whose shape and bytes need not agree.
    pub fn weights(&mut self, kind: i64, shape: &[i64], bytes: &[u8]) -> String {
        let name = format!("w{}", self.weights.len());
        let tensor = shape
            .iter()
            .fold(Message::default(), |t, size| t.number(1, *size));
        let tensor = tensor.number(2, kind).text(8, &name).data(9, bytes);
        self.weights.push(tensor);
        name
    }

    fn message(self) -> Message {
        let mut graph = Message::default();
        graph = self.nodes.into_iter().fold(graph, |g, it| g.message(1, it));
        graph = graph.text(2, "graph");
        graph = self
            .weights
            .into_iter()
            .fold(graph, |g, it| g.message(5, it));
        graph = self
            .inputs
            .into_iter()
            .fold(graph, |g, it| g.message(11, it));
        self.outputs
            .into_iter()
            .fold(graph, |g, it| g.message(12, it))
    }

    /// The whole model, of operator set 13.
    pub fn model(self) -> Vec<u8> {
        let operators = Message::default().text(1, "").number(2, 13);
        Message::default()
            .number(1, 8)
            .text(2, "framewitness tests")
            .message(7, self.message())
            .message(8, operators)
            .bytes()
    }
}

fn attribute(attribute: Attribute<'_>) -> Message {
    let named = |name: &str| Message::default().text(1, name);
    match attribute {
        Attribute::Int(name, value) => named(name).number(3, value).number(20, 2),
        Attribute::Ints(name, values) => {
            let each = values
                .iter()
                .fold(named(name), |m, value| m.number(8, *value));
            each.number(20, 7)
        }
        Attribute::Graph(name, graph) => named(name).message(6, graph.message()).number(20, 5),
    }
}

fn value(name: &str, kind: i64, shape: &[i64]) -> Message {
    let dimension = |size: &i64| Message::default().number(1, *size);
    let shape = shape
        .iter()
        .fold(Message::default(), |m, size| m.message(1, dimension(size)));
    let tensor = Message::default().number(1, kind).message(2, shape);
    let kind = Message::default().message(1, tensor);
    Message::default().text(1, name).message(2, kind)
}
