//! A file that nobody may open and ports that nobody may call.

use std::fs::{self, File, FileTimes};
use std::io::ErrorKind;
use std::net::{TcpListener, UdpSocket};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use tempfile::TempDir;

pub struct Bait {
    folder: TempDir,
    listener: TcpListener,
    datagrams: UdpSocket,
}

impl Bait {
    /// A real clip, last read long ago, and a port for streams and for datagrams.
    pub fn lay() -> Self {
        let folder = TempDir::new().expect("a folder");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let datagrams =
            UdpSocket::bind(listener.local_addr().expect("an address")).expect("a port");
        listener.set_nonblocking(true).expect("a setting");
        datagrams.set_nonblocking(true).expect("a setting");
        let bait = Self {
            folder,
            listener,
            datagrams,
        };
        fs::copy(Self::clip(), bait.path()).expect("copy");
        bait.forget();
        bait
    }

    fn clip() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/odd/rotated.mp4")
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().join("bait.mp4")
    }

    pub fn port(&self) -> u16 {
        self.listener.local_addr().expect("an address").port()
    }

    /// Sets the time of the last reading to long before the last writing, so that file systems that are
    /// sparing with it note the next one.
    pub fn forget(&self) {
        let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        let file = File::options()
            .append(true)
            .open(self.path())
            .expect("open");
        file.set_times(FileTimes::new().set_accessed(long_ago))
            .expect("times");
    }

    fn read_since(&self) -> bool {
        let accessed = fs::metadata(self.path())
            .and_then(|it| it.accessed())
            .expect("times");
        accessed > SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_001)
    }

    /// Whether this file system notes readings at all.
    pub fn tells_reading(&self) -> bool {
        fs::read(self.path()).expect("read");
        let tells = self.read_since();
        self.forget();
        tells
    }

    pub fn assert_untouched(&self) {
        assert!(!self.read_since(), "the bait was read");
        let same = fs::read(self.path()).expect("read") == fs::read(Self::clip()).expect("read");
        assert!(same, "the bait was changed");
        let called = self.listener.accept().map(|(_, who)| who);
        assert_eq!(called.map_err(|it| it.kind()), Err(ErrorKind::WouldBlock));
        let heard = self.datagrams.recv(&mut [0; 1500]);
        assert_eq!(heard.map_err(|it| it.kind()), Err(ErrorKind::WouldBlock));
    }

    /// Whether plain ffmpeg, with nothing forbidden, reads the bait through this file.
    pub fn is_read_by(&self, options: &[&str], file: &Path) -> bool {
        let read = happens(player(options, file), || self.read_since());
        self.forget();
        read
    }

    /// Whether plain ffmpeg calls the listener because of this file.
    pub fn is_called_by(&self, options: &[&str], file: &Path) -> bool {
        happens(player(options, file), || self.listener.accept().is_ok())
    }
}

/// Whether something comes about while the player runs, or soon after. One that waits for an answer
/// from a listener that gives none does not wait long.
fn happens(mut player: Child, something: impl Fn() -> bool) -> bool {
    let patience = Instant::now() + Duration::from_secs(30);
    let mut happened = false;
    while !happened && Instant::now() < patience {
        happened = something();
        std::thread::sleep(Duration::from_millis(20));
    }
    player.kill().expect("our own child");
    player.wait().expect("our own child");
    happened
}

fn player(options: &[&str], file: &Path) -> Child {
    Command::new("ffmpeg")
        .args([
            "-v",
            "quiet",
            "-nostdin",
            "-protocol_whitelist",
            "file,http,tcp,crypto,data",
        ])
        .args(options)
        .arg(file)
        .args(["-f", "null", "-"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .expect("ffmpeg is installed")
}
