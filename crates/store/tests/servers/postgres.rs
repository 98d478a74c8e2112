//! A PostgreSQL server of the tests' own, on a socket in a temporary folder.

use std::fs;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use std::{process, thread};

use tempfile::TempDir;

/// A running server. It ends, and its folder goes, when this process does.
pub(crate) struct Cluster {
    folder: PathBuf,
    _warden: Child,
}

/// The server of this process, started when it is first asked for; or why there is none.
pub(crate) fn cluster() -> Result<&'static Cluster, String> {
    static CLUSTER: OnceLock<Result<Cluster, String>> = OnceLock::new();
    let started = CLUSTER.get_or_init(|| Cluster::start(&std::env::temp_dir(), &[]));
    started.as_ref().map_err(String::clone)
}

impl Cluster {
    /// Starts a server with its data in a new folder below `place`, with `settings` such as
    /// `fsync=off`.
    pub(crate) fn start(place: &Path, settings: &[&str]) -> Result<Self, String> {
        let programs = programs()?;
        let folder = TempDir::new_in(place).map_err(|e| e.to_string())?.keep();
        let user = user()?;
        if let Some((uid, gid)) = user {
            chown(&folder, Some(uid), Some(gid)).map_err(|e| e.to_string())?;
        }
        initialise(&programs, &folder.join("data"), user, &["-N"])?;
        let hba = folder.join("data/pg_hba.conf");
        let before = fs::read_to_string(&hba).map_err(|e| e.to_string())?;
        let locked = "local all locked_out scram-sha-256\n";
        fs::write(&hba, format!("{locked}{before}")).map_err(|e| e.to_string())?;
        let cluster = Self::serve(&programs, &folder, user, settings)?;
        cluster.wait()?;
        Ok(cluster)
    }

    /// A shell that ends the server when its standard input, held by this process alone, ends.
    fn serve(
        programs: &Path,
        folder: &Path,
        user: Option<(u32, u32)>,
        settings: &[&str],
    ) -> Result<Self, String> {
        let script = r#"folder=$1; shift
            "$@" > "$folder/log" 2>&1 &
            read -r _; kill -INT $!; wait; rm -rf "$folder""#;
        let mut warden = as_user(Command::new("sh"), user);
        warden.args(["-c", script, "sh"]).arg(folder);
        warden
            .arg(programs.join("postgres"))
            .arg("-D")
            .arg(folder.join("data"));
        warden.arg("-k").arg(folder);
        for setting in ["listen_addresses=", "shared_buffers=16MB"]
            .iter()
            .chain(settings)
        {
            warden.args(["-c", setting]);
        }
        let warden = warden.stdin(Stdio::piped()).spawn();
        Ok(Self {
            folder: folder.to_owned(),
            _warden: warden.map_err(|e| e.to_string())?,
        })
    }

    fn wait(&self) -> Result<(), String> {
        for _ in 0..300 {
            if postgres::Client::connect(&self.url("postgres", "tester"), postgres::NoTls).is_ok() {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(100));
        }
        Err(fs::read_to_string(self.folder.join("log")).unwrap_or_default())
    }

    /// The server's folder as an address names it.
    pub(crate) fn socket(&self) -> String {
        self.folder.display().to_string().replace('/', "%2F")
    }

    pub(crate) fn url(&self, database: &str, user: &str) -> String {
        format!("postgres://{user}@/{database}?host={}", self.socket())
    }

    /// The address of a case that nobody else has.
    #[allow(dead_code, reason = "not every test wants one")]
    pub(crate) fn case(&self) -> String {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let url = self.url("postgres", "tester");
        format!("{url}&schema=case_{}_{count}", process::id())
    }

    /// Does what SQL says, as somebody who needs no case for it.
    #[allow(dead_code, reason = "not every test wants it")]
    pub(crate) fn sql(&self, sql: &str) -> Result<(), postgres::Error> {
        let url = self.url("postgres", "tester");
        postgres::Client::connect(&url, postgres::NoTls)?.batch_execute(sql)
    }
}

/// Makes the data of a new server, whose user `tester` needs no password; `more` is for `initdb`.
pub(crate) fn initialise(
    programs: &Path,
    data: &Path,
    user: Option<(u32, u32)>,
    more: &[&str],
) -> Result<(), String> {
    let mut initdb = as_user(Command::new(programs.join("initdb")), user);
    initdb.args(["-A", "trust", "-U", "tester", "-E", "UTF8", "--locale=C"]);
    let made = initdb.args(more).arg("-D").arg(data).output();
    let made = made.map_err(|e| format!("initdb: {e}"))?;
    match made.status.success() {
        true => Ok(()),
        false => Err(String::from_utf8_lossy(&made.stderr).into_owned()),
    }
}

/// Where the newest server's programs lie.
pub(crate) fn programs() -> Result<PathBuf, String> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let mut found: Vec<PathBuf> = versions
        .filter_map(|version| Some(version.ok()?.path().join("bin")))
        .filter(|bin| bin.join("initdb").is_file())
        .collect();
    found.sort();
    found
        .pop()
        .ok_or_else(|| "no PostgreSQL server is installed (tools/setup test)".into())
}

/// Whom the server runs as: PostgreSQL refuses root.
pub(crate) fn user() -> Result<Option<(u32, u32)>, String> {
    let me = fs::metadata("/proc/self").map_err(|e| e.to_string())?;
    if std::os::unix::fs::MetadataExt::uid(&me) != 0 {
        return Ok(None);
    }
    let users = fs::read_to_string("/etc/passwd").map_err(|e| e.to_string())?;
    let line = users.lines().find(|line| line.starts_with("postgres:"));
    let mut ids = line.into_iter().flat_map(|line| line.split(':').skip(2));
    let mut id = || ids.next()?.parse().ok();
    match (id(), id()) {
        (Some(uid), Some(gid)) => Ok(Some((uid, gid))),
        _ => Err("there is no user postgres, and root may not run the server".into()),
    }
}

pub(crate) fn as_user(mut command: Command, user: Option<(u32, u32)>) -> Command {
    if let Some((uid, gid)) = user {
        command.gid(gid).uid(uid);
    }
    // The folder of whoever runs the tests may be closed to the server's user.
    command.current_dir("/").env("LC_ALL", "C");
    command
}
