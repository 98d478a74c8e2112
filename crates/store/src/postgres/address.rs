//! Which database, and which schema in it.

use std::env;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::time::Duration;

use postgres::Config;
use postgres::config::{Host, SslMode};

use crate::error::{Error, Refusal};

/// How long a server may take to answer at first, where the address does not say.
const PATIENCE: Duration = Duration::from_secs(10);

/// What an address says.
#[derive(Clone)]
pub(super) struct Address {
    /// The address as given, which holds no secret.
    pub(super) shown: String,
    /// The schema of the case: lower-case letters, digits and `_`.
    pub(super) schema: String,
    /// How to connect, with the password of the environment.
    pub(super) config: Config,
}

impl Address {
    /// Reads `postgres://USER@HOST/DATABASE?schema=NAME`, and finds the password for it.
    pub(super) fn parse(text: &str) -> Result<Self, Error> {
        let (schema, bare, named_mode) = split(text)?;
        let mut config: Config = bare.parse().map_err(|e: postgres::Error| {
            let why = std::error::Error::source(&e).map_or(e.to_string(), ToString::to_string);
            let hint = "write postgres://USER@HOST/DATABASE?schema=NAME";
            Refusal::invalid(format!("the address of the database: {why}"), hint)
        })?;
        if config.get_password().is_some() {
            let sentence = "the address of the database holds a password";
            let hint = "leave it out, and put it in PGPASSWORD or ~/.pgpass";
            return Err(Refusal::invalid(sentence, hint).into());
        }
        if config.get_hosts().is_empty() {
            let hint = "write postgres://USER@HOST/DATABASE?schema=NAME; a socket's folder as ?host=/FOLDER";
            return Err(
                Refusal::invalid("the address of the database names no server", hint).into(),
            );
        }
        if !named_mode {
            config.ssl_mode(if stays_here(&config) {
                SslMode::Disable
            } else {
                SslMode::Require
            });
        }
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(PATIENCE);
        }
        config.application_name("framewitness");
        if let Some(password) = password(&config) {
            config.password(password);
        }
        Ok(Self {
            shown: text.to_owned(),
            schema,
            config,
        })
    }

    /// A name of the schema's, as SQL writes it.
    pub(super) fn at(&self, name: &str) -> String {
        format!("\"{}\".{name}", self.schema)
    }
}

/// The schema; the address without what only we understand; and whether it says when to use TLS.
fn split(text: &str) -> Result<(String, String, bool), Error> {
    let (base, query) = text.split_once('?').unwrap_or((text, ""));
    let mut schema = None;
    let mut named_mode = false;
    let mut rest = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        match pair.split_once('=') {
            Some(("schema", name)) => schema = Some(name.to_owned()),
            Some(("sslmode", mode)) => {
                named_mode = true;
                // Certificates are always verified: the stricter words of libpq ask for no more.
                let strict = matches!(mode, "verify-full" | "verify-ca");
                rest.push(format!("sslmode={}", if strict { "require" } else { mode }));
            }
            _ => rest.push(pair.to_owned()),
        }
    }
    let schema = schema.filter(|name| is_plain(name)).ok_or_else(|| {
        let hint = "end it with ?schema=NAME: lower-case letters, digits and _, 63 at most";
        Refusal::invalid("the address of the database names no schema", hint)
    })?;
    Ok((schema, format!("{base}?{}", rest.join("&")), named_mode))
}

fn is_plain(name: &str) -> bool {
    let letter = |c: char| c.is_ascii_lowercase() || c == '_';
    name.starts_with(letter)
        && !name.starts_with("pg_")
        && name.len() <= 63
        && name.chars().all(|c| letter(c) || c.is_ascii_digit())
}

/// Whether every server is reached without leaving the machine.
fn stays_here(config: &Config) -> bool {
    config.get_hosts().iter().all(|host| match host {
        Host::Tcp(name) => {
            name == "localhost"
                || name
                    .parse::<std::net::IpAddr>()
                    .is_ok_and(|address| address.is_loopback())
        }
        Host::Unix(_) => true,
    })
}

/// `$PGPASSWORD`, else what the password file says.
fn password(config: &Config) -> Option<String> {
    if let Ok(password) = env::var("PGPASSWORD") {
        return Some(password);
    }
    let file = env::var_os("PGPASSFILE").map(PathBuf::from);
    let file = file.or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".pgpass")))?;
    // As libpq does: a file that others may read is not used.
    if fs::metadata(&file).ok()?.permissions().mode() & 0o077 != 0 {
        return None;
    }
    let host = match config.get_hosts().first()? {
        Host::Tcp(name) => name.clone(),
        Host::Unix(_) => "localhost".to_owned(),
    };
    let port = config.get_ports().first().unwrap_or(&5432).to_string();
    let user = config.get_user().unwrap_or_default();
    let wanted = [&host, &port, config.get_dbname().unwrap_or(user), user];
    let lines = fs::read_to_string(file).ok()?;
    lines.lines().find_map(|line| matching(line, &wanted))
}

/// The password of a line `host:port:database:user:password`, if the line is about `wanted`.
fn matching(line: &str, wanted: &[&str; 4]) -> Option<String> {
    let mut fields = vec![String::new()];
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => fields.last_mut()?.extend(letters.next()),
            ':' if fields.len() < 5 => fields.push(String::new()),
            other => fields.last_mut()?.push(other),
        }
    }
    let fits = |(field, wanted): (&String, &&str)| field == "*" || field == wanted;
    (fields.len() == 5 && fields.iter().zip(wanted).all(fits)).then(|| fields.remove(4))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> String {
        match Address::parse(text).map(|address| address.schema) {
            Err(Error::Refused(refusal)) => refusal.sentence,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn secrets_and_nameless_schemas_are_refused() {
        assert!(refusal("postgres://u:secret@h/d?schema=x").contains("holds a password"));
        for schema in [
            "",
            "schema=",
            "schema=Abc",
            "schema=pg_x",
            "schema=1a",
            "schema=a\"b",
        ] {
            assert!(refusal(&format!("postgres://u@h/d?{schema}")).contains("no schema"));
        }
        assert!(refusal("postgres:///d?schema=x").contains("names no server"));
    }

    #[test]
    fn what_leaves_the_machine_is_encrypted_unless_told_otherwise() {
        let mode = |text: &str| Address::parse(text).unwrap().config.get_ssl_mode();
        assert_eq!(mode("postgres://u@localhost/d?schema=x"), SslMode::Disable);
        assert_eq!(mode("postgres://u@[::1]/d?schema=x"), SslMode::Disable);
        assert_eq!(
            mode("postgres://u@/d?host=/run/pg&schema=x"),
            SslMode::Disable
        );
        assert_eq!(mode("postgres://u@db.example/d?schema=x"), SslMode::Require);
        assert_eq!(
            mode("postgres://u@localhost/d?sslmode=verify-full&schema=x"),
            SslMode::Require
        );
        assert_eq!(
            mode("postgres://u@db.example/d?schema=x&sslmode=disable"),
            SslMode::Disable
        );
    }

    #[test]
    fn lines_of_a_password_file_are_read_as_libpq_reads_them() {
        let wanted = ["db.example", "5432", "news", "ada"];
        let line = |line| matching(line, &wanted);
        assert_eq!(line("db.example:5432:news:ada:a:b"), Some("a:b".into()));
        assert_eq!(line("*:*:*:ada:a\\:b\\\\"), Some("a:b\\".into()));
        assert_eq!(line("db.example:5433:news:ada:x"), None);
        assert_eq!(line("# db.example"), None);
    }
}
