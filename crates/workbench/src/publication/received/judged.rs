//! What a check of a bundle proves, and what it leaves to others, in sentences.

use super::Incoming;
use crate::publication::check::CheckedBundle;

pub(super) fn proven(checked: &CheckedBundle, files: usize) -> Vec<String> {
    let signer = checked.signer.as_deref().unwrap_or_default();
    let journal = checked.journal.as_deref().unwrap_or_default();
    let (entries, shown, size) = (checked.entries, checked.shown, checked.size);
    let mut proven = vec![
        format!("all {files} files are those that {signer} signed"),
        format!(
            "{entries} entries were among the {size} of {journal}, {shown} of them shown as they were signed"
        ),
    ];
    let stamped = checked.stamped.iter();
    proven.extend(stamped.map(|it| format!("the head of their journal existed by {it}")));
    proven
}

pub(super) fn unproven(checked: &CheckedBundle, told: &Incoming) -> Vec<String> {
    let signer = checked.signer.as_deref().unwrap_or_default();
    let mut unproven = Vec::new();
    if told.signers.is_empty() {
        unproven.push(format!(
            "whose key {signer} is: ask its owner by other means"
        ));
    }
    let hidden = checked.entries.saturating_sub(checked.shown);
    if hidden > 0 {
        unproven.push(format!(
            "what {hidden} entries say that are not shown: that they were there is proven, the rest is the word of who sealed it"
        ));
    }
    if checked.stamped.is_empty() {
        unproven.push("when their journal had this head: no authority stamped it".to_owned());
    } else if told.trust.roots.is_empty() {
        unproven
            .push("that the authorities of the time stamps are what they call themselves: name roots that you trust".to_owned());
    }
    unproven.extend(checked.unproven.iter().cloned());
    unproven.push("that the footage is true, and that their judgements are right".to_owned());
    unproven
}
