//! The reader in its jail, as an inspection starts it, on files signed here.

mod desk;
mod harmless;
mod manifest;
mod signed;
