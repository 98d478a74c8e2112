//! A time-stamping authority of OpenSSL's, with certificates of its own making.

#![allow(dead_code, reason = "each test needs another part")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const CONFIGURATION: &str = "
[req]
distinguished_name = none
[none]
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
[stamps]
extendedKeyUsage = critical, timeStamping
[lenient]
extendedKeyUsage = timeStamping
[both]
extendedKeyUsage = critical, timeStamping, clientAuth
[mail]
extendedKeyUsage = critical, emailProtection
[tsa]
default_tsa = now
[now]
serial = serial
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
signer_digest = sha256
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
clock_precision_digits = DIGITS
";

/// Keys and certificates in a folder: a root, and a signer that it vouches for.
pub struct Authority(PathBuf);

impl Authority {
    /// Makes one in `target`, whose root is called `name`. `algorithm` is of `openssl genpkey`.
    pub fn new(name: &str, algorithm: &str, digits: u32) -> Self {
        let authority =
            Self(Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("authority-{name}")));
        let _ = fs::remove_dir_all(&authority.0);
        fs::create_dir_all(&authority.0).unwrap();
        let configuration = CONFIGURATION.replace("DIGITS", &digits.to_string());
        authority.write("openssl.cnf", configuration.as_bytes());
        authority.write("serial", b"01\n");
        authority.key("root", algorithm);
        authority.openssl(&format!(
            "req -x509 -new -config openssl.cnf -key root.key -subj /CN={name}-root -days 30 -extensions root -out root.pem"
        ));
        authority.key("signer", algorithm);
        authority.certify("signer", "stamps");
        authority
    }

    fn key(&self, name: &str, algorithm: &str) {
        self.openssl(&format!("genpkey {algorithm} -out {name}.key"));
    }

    /// A certificate for the key `signer.key`, of one of the kinds above.
    pub fn certify(&self, name: &str, kind: &str) {
        self.openssl(&format!(
            "req -new -config openssl.cnf -key signer.key -subj /O=Clocks/CN={name} -out {name}.csr"
        ));
        self.openssl(&format!(
            "x509 -req -in {name}.csr -CA root.pem -CAkey root.key -CAcreateserial -days 20 -extfile openssl.cnf -extensions {kind} -out {name}.pem"
        ));
    }

    /// The root, DER.
    pub fn root(&self) -> Vec<u8> {
        self.openssl("x509 -in root.pem -outform DER -out root.der");
        self.read("root.der")
    }

    /// Answers a request as an authority does.
    pub fn answer(&self, request: &[u8]) -> Vec<u8> {
        self.write("request.tsq", request);
        self.openssl("ts -reply -config openssl.cnf -queryfile request.tsq -signer signer.pem -inkey signer.key -out answer.tsr");
        self.read("answer.tsr")
    }

    /// What is signed in an answer: the stamp itself.
    pub fn info(&self, answer: &[u8]) -> Vec<u8> {
        self.write("answer.tsr", answer);
        self.openssl("ts -reply -config openssl.cnf -in answer.tsr -token_out -out token.der");
        self.openssl("cms -verify -noverify -inform DER -in token.der -out info.der");
        self.read("info.der")
    }

    /// A token over any stamp, signed with any certificate: what OpenSSL's own authority refuses to do.
    pub fn forge(&self, info: &[u8], certificate: &str, more: &str) -> Vec<u8> {
        self.write("info.der", info);
        self.openssl(&format!(
            "cms -sign -binary -nodetach -outform DER -econtent_type 1.2.840.113549.1.9.16.1.4 -md sha256 {more} -signer {certificate}.pem -inkey signer.key -in info.der -out forged.der"
        ));
        self.read("forged.der")
    }

    /// Whether `openssl ts -verify` accepts an answer.
    pub fn openssl_accepts(&self, data: &[u8], answer: &[u8]) -> bool {
        self.write("data", data);
        self.write("answer.tsr", answer);
        self.run("ts -verify -data data -in answer.tsr -CAfile root.pem")
    }

    fn openssl(&self, line: &str) {
        assert!(self.run(line), "openssl {line}");
    }

    fn run(&self, line: &str) -> bool {
        let mut command = Command::new("openssl");
        command.args(line.split_whitespace()).current_dir(&self.0);
        command.output().unwrap().status.success()
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        fs::write(self.0.join(name), bytes).unwrap();
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.0.join(name)).unwrap()
    }
}
