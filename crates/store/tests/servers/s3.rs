//! S3 services of the tests' own, each a program that `tools/s3` installs. Neither is a real distributed
//! store, and each does something else wrong: what holds on both may hold elsewhere.

use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{self, Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

/// What the services know their user by.
pub(crate) const KEY: &str = "test-key";
pub(crate) const SECRET: &str = "not-a-secret";

/// A running service. It ends, and its folder goes, when this process does.
pub(crate) struct Service {
    address: SocketAddr,
    folder: PathBuf,
    keeps_buckets: bool,
    _warden: Child,
}

/// moto of this process: lets a wrong checksum and any key pass, keeps everything in memory.
pub(crate) fn moto() -> Result<&'static Service, String> {
    static MOTO: OnceLock<Result<Service, String>> = OnceLock::new();
    MOTO.get_or_init(|| Service::moto(&[]))
        .as_ref()
        .map_err(String::clone)
}

/// s3s-fs of this process: looks at checksums and keys, knows neither versions nor locks.
pub(crate) fn s3s() -> Result<&'static Service, String> {
    static S3S: OnceLock<Result<Service, String>> = OnceLock::new();
    S3S.get_or_init(Service::s3s)
        .as_ref()
        .map_err(String::clone)
}

impl Service {
    /// Starts moto, with what `lies.py` beside this file does to it.
    pub(crate) fn moto(lies: &[&str]) -> Result<Self, String> {
        let python = installed("python/bin/python")?;
        let script = repository().join("crates/store/tests/servers/lies.py");
        Self::start(false, |_, port| {
            let mut moto = Command::new(python);
            moto.arg(script).arg(port.to_string()).args(lies);
            moto
        })
    }

    fn s3s() -> Result<Self, String> {
        let program = installed("bin/s3s-fs")?;
        Self::start(true, |folder, port| {
            let mut s3s = Command::new(program);
            s3s.args(["--host", "127.0.0.1", "--port", &port.to_string()]);
            s3s.args(["--access-key", KEY, "--secret-key", SECRET]);
            s3s.arg(folder);
            s3s
        })
    }

    /// A shell that ends the service when its standard input, held by this process alone, ends.
    fn start(
        keeps_buckets: bool,
        service: impl FnOnce(&Path, u16) -> Command,
    ) -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(|e| e.to_string())?.keep();
        let buckets = folder.join("buckets");
        fs::create_dir(&buckets).map_err(|e| e.to_string())?;
        // Free now; whoever takes it meanwhile makes the service fail, and the test with it.
        let free = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr());
        let address = free.map_err(|e| e.to_string())?;
        let command = service(&buckets, address.port());
        let script = r#"folder=$1; shift
            "$@" > "$folder/log" 2>&1 < /dev/null &
            read -r _; kill $!; wait; rm -rf "$folder""#;
        let mut warden = Command::new("sh");
        warden.args(["-c", script, "sh"]).arg(&folder);
        warden.arg(command.get_program()).args(command.get_args());
        let warden = warden.stdin(Stdio::piped()).spawn();
        let service = Self {
            address,
            folder,
            keeps_buckets,
            _warden: warden.map_err(|e| e.to_string())?,
        };
        for _ in 0..300 {
            if TcpStream::connect(address).is_ok() {
                return Ok(service);
            }
            thread::sleep(Duration::from_millis(100));
        }
        Err(fs::read_to_string(service.folder.join("log")).unwrap_or_default())
    }

    /// Its address.
    pub(crate) fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The address of a place for blobs that nobody else has, in a bucket that is there.
    pub(crate) fn place(&self) -> String {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let bucket = format!("evidence-{}-{count}", process::id());
        if self.keeps_buckets {
            fs::create_dir(self.folder.join("buckets").join(&bucket)).unwrap();
        } else {
            let made = self.ask("PUT", &format!("/{bucket}"), b"");
            assert!(made.starts_with("HTTP/1.1 200"), "{made}");
        }
        format!("s3://{bucket}/cases/kherson")
    }

    /// Does to an object what whoever rules the service can: `name` is within a place of this service.
    #[allow(dead_code, reason = "not every test wants it")]
    pub(crate) fn overwrite(&self, place: &str, name: &str, bytes: Option<&[u8]>) {
        let object = format!("{}/{name}", place.strip_prefix("s3://").unwrap());
        if self.keeps_buckets {
            let path = self.folder.join("buckets").join(object);
            match bytes {
                Some(bytes) => fs::write(path, bytes).unwrap(),
                None => fs::remove_file(path).unwrap(),
            }
            return;
        }
        let done = match bytes {
            Some(bytes) => self.ask("PUT", &format!("/{object}"), bytes),
            None => self.ask("DELETE", &format!("/{object}"), b""),
        };
        assert!(done.starts_with("HTTP/1.1 20"), "{done}");
    }

    /// A request without signature, which moto does as well. It now and then resets a connection, before or after it
    /// answered: what it said counts, and where it said nothing the request, which may be repeated, is.
    fn ask(&self, method: &str, path: &str, body: &[u8]) -> String {
        for _ in 0..5 {
            let said = self.ask_once(method, path, body).unwrap();
            if !said.is_empty() {
                return String::from_utf8_lossy(&said).into_owned();
            }
        }
        panic!("no answer to {method} {path}");
    }

    fn ask_once(&self, method: &str, path: &str, body: &[u8]) -> std::io::Result<Vec<u8>> {
        let mut stream = TcpStream::connect(self.address)?;
        let length = body.len();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nAuthorization: AWS4-HMAC-SHA256 \
             Credential=x/20260503/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=x\r\n\
             Connection: close\r\nContent-Length: {length}\r\n\r\n",
            self.address
        );
        stream.write_all(head.as_bytes())?;
        stream.write_all(body)?;
        let mut said = Vec::new();
        match stream.read_to_end(&mut said) {
            Err(why) if why.kind() != std::io::ErrorKind::ConnectionReset => Err(why),
            _ => Ok(said),
        }
    }
}

/// What `tools/s3` put there.
fn installed(name: &str) -> Result<PathBuf, String> {
    let path = repository().join(".tools/s3").join(name);
    match path.is_file() {
        true => Ok(path),
        false => Err(format!("{} is not installed (tools/s3)", path.display())),
    }
}

fn repository() -> &'static Path {
    // Every crate lies two folders below.
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}
