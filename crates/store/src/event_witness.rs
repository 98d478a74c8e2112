//! Events about keys, and about what others say of the journal.

use serde::{Deserialize, Serialize};

/// An actor's key hands over to another, which signs the entry too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyRotated {
    /// Name of the actor, who signs.
    pub actor: String,
    /// The key that signs from now on, OpenSSH, `ssh-ed25519 …`.
    pub public_key: String,
    /// Why.
    pub reason: Option<String>,
}

/// A key signs nothing more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyRevoked {
    /// Name of the actor, whoever signs.
    pub actor: String,
    /// Fingerprint of its key, `SHA256:…`.
    pub fingerprint: String,
    /// Why: lost, stolen, left. Not empty.
    pub reason: String,
}
