//! A case made by the command line, and a server on it.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::client::{Answer, ask};

const PROGRAM: &str = env!("CARGO_BIN_EXE_framewitness");
const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures");

/// A running server on a case in a temporary folder; both end with it.
pub(crate) struct Served {
    folder: TempDir,
    server: Child,
    pub(crate) address: SocketAddr,
    pub(crate) token: String,
    cookie: String,
}

impl Served {
    /// A case with these fixtures, inspected, and somebody who came in.
    pub(crate) fn with(clips: &[&str]) -> Self {
        let paths: Vec<_> = clips
            .iter()
            .map(|clip| Path::new(FIXTURES).join(clip))
            .collect();
        Self::of(&paths.iter().map(PathBuf::as_path).collect::<Vec<_>>())
    }

    /// The same with files from anywhere.
    pub(crate) fn of(clips: &[&Path]) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        run(folder.path(), &["init", "case", "--name", "Served"]);
        for clip in clips {
            run(folder.path(), &["add", clip.to_str().expect("a path")]);
        }
        if !clips.is_empty() {
            run(folder.path(), &["inspect", "--all"]);
        }
        let (server, address, token) = serve(folder.path(), "0");
        let mut served = Self {
            folder,
            server,
            address,
            token,
            cookie: String::new(),
        };
        served.cookie = served.enter();
        served
    }

    /// A new session: the pair to send back.
    pub(crate) fn enter(&self) -> String {
        let body = format!("{{\"token\":\"{}\"}}", self.token);
        let headers = [
            ("host", self.host()),
            ("x-framewitness", "1".to_owned()),
            ("content-type", "application/json".to_owned()),
        ];
        let headers = headers
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        let answer = ask(
            self.address,
            "POST",
            "/api/session",
            &headers,
            body.as_bytes(),
        );
        assert_eq!(answer.status, 204);
        let cookie = answer.header("set-cookie").expect("a cookie");
        cookie.split(';').next().expect("a pair").to_owned()
    }

    pub(crate) fn host(&self) -> String {
        self.address.to_string()
    }

    /// Process of the server.
    pub(crate) fn process(&self) -> u32 {
        self.server.id()
    }

    pub(crate) fn cookie(&self) -> &str {
        &self.cookie
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.get_with(path, &[])
    }

    pub(crate) fn get_with(&self, path: &str, more: &[(&str, &str)]) -> Answer {
        let host = self.host();
        let mut headers = vec![("host", host.as_str()), ("cookie", &self.cookie)];
        headers.extend(more);
        ask(self.address, "GET", path, &headers, b"")
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Answer {
        let host = self.host();
        let headers = [
            ("host", host.as_str()),
            ("cookie", &self.cookie),
            ("x-framewitness", "1"),
            ("content-type", "application/json"),
        ];
        ask(
            self.address,
            "POST",
            path,
            &headers,
            body.to_string().as_bytes(),
        )
    }

    pub(crate) fn post_bytes(&self, path: &str, bytes: &[u8]) -> Answer {
        let host = self.host();
        let headers = [
            ("host", host.as_str()),
            ("cookie", &self.cookie),
            ("x-framewitness", "1"),
            ("content-type", "application/octet-stream"),
        ];
        ask(self.address, "POST", path, &headers, bytes)
    }

    /// The command line on the same case, while it is served.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        run(self.folder.path(), arguments)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Kills the server at once, and starts another on the same port.
    pub(crate) fn killed(&mut self) {
        self.server.kill().expect("it runs");
        self.server.wait().expect("it ends");
        let port = self.address.port().to_string();
        (self.server, self.address, self.token) = serve(self.folder.path(), &port);
        self.cookie = self.enter();
    }

    /// Sends a signal to the server and waits for its end.
    pub(crate) fn stop(mut self, signal: &str) -> Option<i32> {
        let told = Command::new("kill")
            .args(["-s", signal, &self.server.id().to_string()])
            .status()
            .expect("kill runs");
        assert!(told.success());
        self.server.wait().expect("the server ends").code()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// A server, its address and its token.
fn serve(folder: &Path, port: &str) -> (Child, SocketAddr, String) {
    let mut server = program(folder, &["serve", "--port", port])
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut line = String::new();
    BufReader::new(server.stdout.take().expect("a pipe"))
        .read_line(&mut line)
        .expect("an address");
    let (address, token) = line
        .trim()
        .strip_prefix("http://")
        .and_then(|rest| rest.split_once("/#token="))
        .expect("an address");
    let address = address.parse().expect("an address");
    (server, address, token.to_owned())
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let output = program(folder, arguments)
        .output()
        .expect("the program runs");
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    output
}

fn program(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).current_dir(folder).env_clear();
    command
        .env("FRAMEWITNESS_HOME", folder.join("home"))
        .env("FRAMEWITNESS_ACTOR", "Ada");
    command.env(
        "FRAMEWITNESS_DECODER",
        Path::new(PROGRAM).with_file_name("framewitness-decoder"),
    );
    if arguments[0] != "init" {
        command.env("FRAMEWITNESS_CASE", folder.join("case"));
    }
    command
}
