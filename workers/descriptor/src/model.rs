//! The model, read and run.

use std::fmt::Display;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use media::protocol::ModelForm;
use rten::{Dimension, NodeId, RunOptions, ThreadPool, Value};
use rten_tensor::{AsView, Layout, NdTensor, Tensor};

use crate::picture;

/// Characters of the runtime's own words that are passed on.
const WORDS: usize = 300;

pub(crate) struct Model {
    form: ModelForm,
    model: rten::Model,
    input: NodeId,
    output: NodeId,
    options: RunOptions,
}

impl Model {
    /// Takes a model apart. What is wrong with it comes back in words.
    pub(crate) fn read(bytes: Vec<u8>, form: ModelForm) -> Result<Self, String> {
        let mut options = rten::ModelOptions::with_all_ops();
        options.prepack_weights(true);
        let model = guarded(|| options.load(bytes).map_err(|why| unreadable(&why)))?;
        let input = one(&model, form.input.as_deref(), model.input_ids(), "input")?;
        let output = one(&model, form.output.as_deref(), model.output_ids(), "output")?;
        check_input(&model, input, &form)?;
        let mut run = RunOptions::default();
        // Others work beside this program, which is left the processor that it is on.
        run.thread_pool = Some(Arc::new(ThreadPool::with_num_threads(1)));
        Ok(Self {
            form,
            model,
            input,
            output,
            options: run,
        })
    }

    pub(crate) fn form(&self) -> &ModelForm {
        &self.form
    }

    /// The vector of a picture: as many numbers as the form says, all finite.
    pub(crate) fn describe(&self, rgb: &[u8]) -> Result<Vec<f32>, String> {
        let samples = picture::samples(rgb, &self.form);
        let input: Tensor<f32> =
            NdTensor::from_data(picture::shape(&self.form), samples).into_dyn();
        let value = guarded(|| {
            let inputs = vec![(self.input, input.into())];
            let run = self
                .model
                .run_n(inputs, [self.output], Some(self.options.clone()));
            run.map(|[value]| value)
                .map_err(|why| format!("it cannot be run on a picture: {}", short(&why)))
        })?;
        self.vector(value)
    }

    fn vector(&self, value: Value) -> Result<Vec<f32>, String> {
        let kind = value.dtype();
        let Ok(tensor) = Tensor::<f32>::try_from(value) else {
            return Err(format!(
                "its output is of {kind:?}; a vector is of 32-bit floating point numbers"
            ));
        };
        let expected = self.form.dimensions as usize;
        if tensor.len() != expected {
            return Err(format!(
                "its output has the shape {:?}, {} numbers, and `dimensions` says {expected}",
                tensor.shape(),
                tensor.len()
            ));
        }
        let vector = tensor.to_vec();
        if vector.iter().all(|number| number.is_finite()) {
            Ok(vector)
        } else {
            Err("its output holds numbers that are none (NaN or infinite)".to_owned())
        }
    }
}

/// The input or output that is named, or the only one.
fn one(
    model: &rten::Model,
    name: Option<&str>,
    all: &[NodeId],
    what: &str,
) -> Result<NodeId, String> {
    if let Some(name) = name {
        let found = model.find_node(name);
        return found
            .ok_or_else(|| format!("it has no {what} {name:?}; it has {}", names(model, all)));
    }
    match all {
        [only] => Ok(*only),
        _ => Err(format!(
            "it has {} {what}s, of which one must be named: {}",
            all.len(),
            names(model, all)
        )),
    }
}

fn names(model: &rten::Model, ids: &[NodeId]) -> String {
    let name = |id: &NodeId| model.node_info(*id)?.name().map(|name| format!("{name:?}"));
    let names: Vec<String> = ids.iter().filter_map(name).collect();
    short(&names.join(", "))
}

/// Refuses a model that says itself that it takes other pictures.
fn check_input(model: &rten::Model, input: NodeId, form: &ModelForm) -> Result<(), String> {
    let Some(declared) = model.node_info(input).and_then(|node| node.shape()) else {
        return Ok(());
    };
    let given = picture::shape(form);
    let fits = declared.len() == given.len()
        && declared.iter().zip(given).all(|(one, size)| match one {
            Dimension::Fixed(fixed) => *fixed == size,
            Dimension::Symbolic(_) => true,
        });
    if fits {
        return Ok(());
    }
    let told: Vec<String> = declared
        .iter()
        .map(|one| match one {
            Dimension::Fixed(size) => size.to_string(),
            Dimension::Symbolic(name) => short(name),
        })
        .collect();
    Err(format!(
        "its input has the shape [{}], and descriptor.json makes pictures of {given:?}",
        told.join(", ")
    ))
}

fn unreadable(why: &dyn Display) -> String {
    format!(
        "it is no ONNX model that can be read ({}); weights must lie in the file itself",
        short(why)
    )
}

/// The runtime may panic over what it did not expect.
fn guarded<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    let panicked = |_| Err("the runtime broke off over it".to_owned());
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(panicked)
}

fn short(why: &dyn Display) -> String {
    why.to_string().chars().take(WORDS).collect()
}
