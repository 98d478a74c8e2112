//! Landlock: no path, no port, no abstract socket, no signal to anyone outside.

use landlock::{
    ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, Ruleset, RulesetAttr,
    RulesetCreated, RulesetError, RulesetStatus, Scope,
};

use super::Missing;

/// Denies everything that the kernel's Landlock can deny. File access is required; kernels before
/// 6.7 know no network rules and before 6.12 no scopes, and there seccomp alone closes both.
pub(super) fn close() -> Result<String, Missing> {
    told(restrict())
}

/// How far the kernel enforces a ruleset.
pub(super) fn told(status: Result<RulesetStatus, RulesetError>) -> Result<String, Missing> {
    match status {
        Ok(RulesetStatus::FullyEnforced) => Ok("paths, ports and scopes".to_owned()),
        Ok(RulesetStatus::PartiallyEnforced) => {
            Ok("paths; this kernel's Landlock knows no more".to_owned())
        }
        Ok(RulesetStatus::NotEnforced) => Err(Missing::new("landlock", "not enforced")),
        Err(error) => Err(Missing::new("landlock", error)),
    }
}

fn restrict() -> Result<RulesetStatus, RulesetError> {
    Ok(ruleset()?.restrict_self()?.ruleset)
}

/// A ruleset that takes everything, to which exceptions may be added: paths on every kernel that has
/// Landlock, ports and scopes where it knows them.
pub(super) fn ruleset() -> Result<RulesetCreated, RulesetError> {
    Ruleset::default()
        .set_compatibility(CompatLevel::HardRequirement)
        .handle_access(AccessFs::from_all(ABI::V1))?
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(ABI::V6))?
        .handle_access(AccessNet::from_all(ABI::V6))?
        .scope(Scope::from_all(ABI::V6))?
        .create()
}
