//! A PostgreSQL server whose data lie on a disk whose power is cut, and which starts again on it.

use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use crate::processes::kill_tree;
use crate::servers::{as_user, initialise, programs, user};

/// Whatever the system's own settings: a small log, so that a server fits on a small disk.
const SETTINGS: [&str; 5] = [
    "listen_addresses=",
    "shared_buffers=16MB",
    "min_wal_size=2MB",
    "max_wal_size=8MB",
    "checkpoint_timeout=30s",
];

/// A server that may be running. It ends when this process does.
pub(crate) struct Server {
    programs: PathBuf,
    user: Option<(u32, u32)>,
    folder: PathBuf,
    /// What it is started through, such as a program that makes its syncs do nothing.
    through: Vec<&'static str>,
    warden: Option<Child>,
}

impl Server {
    /// Makes one with its data in a new folder below `place`, and starts it.
    pub(crate) fn start(place: &Path, through: &[&'static str]) -> Result<Self, String> {
        let mut server = Self {
            programs: programs()?,
            user: user()?,
            folder: place.join("server"),
            through: through.to_vec(),
            warden: None,
        };
        std::fs::create_dir(&server.folder).map_err(|e| e.to_string())?;
        if let Some((uid, gid)) = server.user {
            chown(&server.folder, Some(uid), Some(gid)).map_err(|e| e.to_string())?;
        }
        let data = server.folder.join("data");
        initialise(&server.programs, &data, server.user, &["--wal-segsize=1"])?;
        server.restart()?;
        Ok(server)
    }

    /// Starts it again, which recovers what its log holds.
    pub(crate) fn restart(&mut self) -> Result<(), String> {
        // After a cut nothing runs that these name. Here the number may still be that of a process which
        // is dead and which nobody has asked for.
        for lock in ["data/postmaster.pid", ".s.PGSQL.5432.lock"] {
            let _ = std::fs::remove_file(self.folder.join(lock));
        }
        // A shell that ends the server when its standard input, held by this process alone, ends.
        let script =
            r#"folder=$1; shift; "$@" > "$folder/log" 2>&1 & read -r _; kill -INT $!; wait"#;
        let mut warden = as_user(Command::new("sh"), self.user);
        warden.args(["-c", script, "sh"]).arg(&self.folder);
        warden.args(&self.through);
        warden
            .arg(self.programs.join("postgres"))
            .arg("-D")
            .arg(self.folder.join("data"))
            .arg("-k")
            .arg(&self.folder);
        for setting in SETTINGS {
            warden.args(["-c", setting]);
        }
        let warden = warden.stdin(Stdio::piped()).spawn();
        self.warden = Some(warden.map_err(|e| e.to_string())?);
        for _ in 0..3000 {
            if postgres::Client::connect(&self.url(), postgres::NoTls).is_ok() {
                return Ok(());
            }
            sleep(Duration::from_millis(10));
        }
        Err(std::fs::read_to_string(self.folder.join("log")).unwrap_or_default())
    }

    /// Ends it as a power cut does: it writes nothing more.
    pub(crate) fn kill(&mut self) {
        if let Some(warden) = self.warden.take() {
            kill_tree(warden);
        }
    }

    fn url(&self) -> String {
        let socket = self.folder.display().to_string().replace('/', "%2F");
        format!("postgres://tester@/postgres?host={socket}")
    }

    /// The address of case number `number` on it.
    pub(crate) fn case(&self, number: usize) -> String {
        format!("{}&schema=case_{number}", self.url())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}
