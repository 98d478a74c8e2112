//! Models, kind and hostile, run as the program is installed.

mod desk;
mod found;
mod hostile;
mod layout;
mod onnx;
