//! Where passphrases come from: the environment, a file, or whoever sits at the terminal.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use workbench::{Error, Kind, Result};

const GIVEN: &str = "FRAMEWITNESS_PASSPHRASE";
const GIVEN_IN: &str = "FRAMEWITNESS_PASSPHRASE_FILE";

const OF_EXPORT: &str = "FRAMEWITNESS_EXPORT_PASSPHRASE";
const OF_IDENTITY: &str = "FRAMEWITNESS_IDENTITY_PASSPHRASE";

/// What was typed for a key.
static TYPED: Mutex<Option<String>> = Mutex::new(None);

/// The passphrase that opens the key in `path`.
pub fn of_key(path: &Path) -> std::result::Result<String, String> {
    if let Some(passphrase) = given()? {
        return Ok(passphrase);
    }
    // A new key is put under the passphrase of the one before: nobody is asked twice.
    let mut typed = TYPED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(passphrase) = &*typed {
        return Ok(passphrase.clone());
    }
    let passphrase = ask(&format!("Passphrase of the key in {}: ", path.display()))?;
    Ok(typed.insert(passphrase).clone())
}

/// A passphrase for a key from now on, typed twice where it is typed.
pub fn fresh() -> Result<String> {
    let refused = |why: String| Error::new(Kind::Usage, why);
    let chosen = match given().map_err(refused)? {
        Some(passphrase) => passphrase,
        None => {
            let chosen = ask("New passphrase: ").map_err(refused)?;
            if ask("The same again: ").map_err(refused)? != chosen {
                return Err(refused("the two passphrases differ".to_owned()));
            }
            chosen
        }
    };
    match chosen.is_empty() {
        true => Err(refused("an empty passphrase protects nothing".to_owned())
            .hint("`framewitness key protect --remove` takes a passphrase away")),
        false => Ok(chosen),
    }
}

/// A passphrase for an export, typed twice where it is typed.
pub fn of_new_export() -> Result<String> {
    if let Ok(given) = std::env::var(OF_EXPORT) {
        return not_empty(given);
    }
    let refused = |why: String| Error::new(Kind::Usage, why);
    let chosen = ask("Passphrase for the export: ").map_err(refused)?;
    if ask("The same again: ").map_err(refused)? != chosen {
        return Err(refused("the two passphrases differ".to_owned()));
    }
    not_empty(chosen)
}

/// The passphrase that opens an export.
pub fn of_export() -> Result<String> {
    match std::env::var(OF_EXPORT) {
        Ok(given) => Ok(given),
        Err(_) => ask("Passphrase of the export: ").map_err(|why| Error::new(Kind::Usage, why)),
    }
}

/// The passphrase of the key in a file that opens an export.
pub fn of_identity(file: &str) -> Result<String> {
    match std::env::var(OF_IDENTITY) {
        Ok(given) => Ok(given),
        Err(_) => {
            ask(&format!("Passphrase of {file}: ")).map_err(|why| Error::new(Kind::Usage, why))
        }
    }
}

fn not_empty(chosen: String) -> Result<String> {
    match chosen.is_empty() {
        true => Err(Error::usage("an empty passphrase protects nothing")),
        false => Ok(chosen),
    }
}

fn given() -> std::result::Result<Option<String>, String> {
    if let Ok(passphrase) = std::env::var(GIVEN) {
        return Ok(Some(passphrase));
    }
    let Some(path) = std::env::var_os(GIVEN_IN) else {
        return Ok(None);
    };
    let text = std::fs::read_to_string(&path)
        .map_err(|error| format!("reading {}: {error}", path.display()))?;
    let text = text.strip_suffix('\n').unwrap_or(&text);
    Ok(Some(text.strip_suffix('\r').unwrap_or(text).to_owned()))
}

/// Asks on the terminal, which does not show what is typed.
fn ask(question: &str) -> std::result::Result<String, String> {
    rpassword::prompt_password(question).map_err(|error| {
        format!("a passphrase is needed, and nobody could be asked for it: {error}")
    })
}
