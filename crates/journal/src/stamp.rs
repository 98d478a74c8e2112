//! RFC 3161 time stamps: what an authority says existed at a time.
//!
//! A token proves that its digest was there when the authority signed, as far as the authority is
//! trusted. It does not prove that its own bytes are the ones that the authority sent: the certificates
//! within and what is signed by nobody can be changed. Whoever keeps a token hashes its bytes.

mod certificate;
mod cms;
mod der;
mod oid;
mod time;

use sha2::{Digest, Sha256, Sha384, Sha512};

use certificate::Certificate;
use cms::{Info, Signed};
use der::{BOOLEAN, INTEGER, Malformed, OCTETS, OID, SEQUENCE, write};

/// Longest token that is read: authorities send some kilobytes.
pub const LONGEST: usize = 1 << 20;

/// A time stamp was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadToken {
    /// No response or token of RFC 3161 in DER, with one signature.
    #[error("it is no time stamp (RFC 3161, in DER)")]
    Form,
    /// The authority answered that it does not stamp.
    #[error("the authority did not grant it (status {0})")]
    NotGranted(u8),
    /// It stamps something else.
    #[error("it stamps other bytes")]
    OtherData,
    /// The answer to another request.
    #[error("it answers another request: its nonce is not the one that was sent")]
    Nonce,
    /// A digest or signature that is not understood, or no longer to be relied on, such as SHA-1.
    #[error("its digest or signature algorithm is not one that is relied on here")]
    Algorithm,
    /// The certificate that signed is not within, or not named by its SHA-2 (ESSCertIDv2, RFC 5816).
    #[error("it does not hold and name the certificate that signed it (ask for it with certReq)")]
    NoCertificate,
    /// The signature does not verify.
    #[error("its signature does not verify")]
    Signature,
    /// The certificate may not sign time stamps: its extended key usage is not critical, or not time
    /// stamping alone.
    #[error("the certificate that signed it is not one for time stamps alone")]
    Usage,
    /// No path of certificates leads to a root that was given.
    #[error("none of the given roots vouches for the authority")]
    Foreign,
    /// A path leads there, and something on it is wrong, such as a certificate that was not valid then.
    #[error("the certificates of the authority do not hold: {0}")]
    Path(String),
}

impl From<Malformed> for BadToken {
    fn from(_: Malformed) -> Self {
        Self::Form
    }
}

/// What a time stamp proves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// When, RFC 3339 in UTC, as precisely as the authority says.
    pub at: String,
    /// Name of the authority: the common name in its certificate.
    pub authority: String,
    /// Name of the root that vouches for it.
    pub root_name: String,
    /// That root, DER.
    pub root: Vec<u8>,
    /// Serial number that the authority gave, hexadecimal.
    pub serial: String,
}

/// A token whose form was checked, and nothing else.
pub struct Token<'a> {
    signed: Signed<'a>,
    info: Info<'a>,
}

impl<'a> Token<'a> {
    /// Reads a response (`.tsr`) or the token within.
    ///
    /// # Errors
    /// [`BadToken::Form`], or [`BadToken::NotGranted`] for a response without token.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, BadToken> {
        if bytes.len() > LONGEST {
            return Err(BadToken::Form);
        }
        let signed = Signed::parse(cms::token(bytes)?)?;
        let info = Info::parse(signed.content)?;
        Ok(Self { signed, info })
    }

    /// When the authority says that it signed; nothing of it is checked.
    pub fn says_at(&self) -> &str {
        &self.info.at
    }

    /// Whether it is over the digest of `data`.
    ///
    /// # Errors
    /// [`BadToken::Algorithm`] for digests other than SHA-256, SHA-384 and SHA-512.
    pub fn is_over(&self, data: &[u8]) -> Result<bool, BadToken> {
        Ok(digest(self.info.algorithm, data)? == self.info.digest)
    }

    /// Whether it answers the request with this nonce.
    pub fn answers(&self, nonce: &[u8; 8]) -> bool {
        // Of eight digits, so that the length takes one byte.
        let sent = integer(nonce);
        self.info.nonce.is_some_and(|found| sent[2..] == *found)
    }

    /// What it proves of `data`, if `roots` (certificates, DER) are trusted.
    ///
    /// The time must lie within the validity of every certificate on the path; whether one of them was
    /// revoked, nobody is asked.
    ///
    /// # Errors
    /// [`BadToken`] says what does not hold.
    pub fn verify(&self, data: &[u8], roots: &[Vec<u8>]) -> Result<Stamp, BadToken> {
        if !self.is_over(data)? {
            return Err(BadToken::OtherData);
        }
        let signer = self.signed.signer()?;
        let certificate = Certificate::parse(signer)?;
        if !certificate.is_for_stamps() {
            return Err(BadToken::Usage);
        }
        let unix = crate::time::unix_seconds(&self.info.at).ok_or(BadToken::Form)?;
        let root = certificate::path(signer, &self.signed.certificates, roots, unix)?;
        Ok(Stamp {
            at: self.info.at.clone(),
            authority: certificate.name(),
            root_name: Certificate::parse(root)?.name(),
            root: root.to_vec(),
            serial: hex::encode(self.info.serial),
        })
    }
}

/// A request for a time stamp on `data`, in DER (`.tsq`): over its SHA-256, with `nonce`, asking for the
/// certificate.
pub fn request(data: &[u8], nonce: &[u8; 8]) -> Vec<u8> {
    let algorithm = write(SEQUENCE, &[&write(OID, &[oid::SHA256]), &[0x05, 0]]);
    let imprint = write(
        SEQUENCE,
        &[&algorithm, &write(OCTETS, &[&Sha256::digest(data)])],
    );
    let certificate_please = write(BOOLEAN, &[&[0xff]]);
    let parts: [&[u8]; 4] = [
        &write(INTEGER, &[&[1]]),
        &imprint,
        &integer(nonce),
        &certificate_please,
    ];
    write(SEQUENCE, &parts)
}

/// The certificates in a file: PEM, any number of them, or one in DER.
pub fn certificates(bytes: &[u8]) -> Vec<Vec<u8>> {
    use rustls_pki_types::CertificateDer;
    use rustls_pki_types::pem::PemObject;
    let pem = CertificateDer::pem_slice_iter(bytes).flatten();
    let found: Vec<Vec<u8>> = pem.map(|certificate| certificate.to_vec()).collect();
    let plain = || Certificate::parse(bytes).is_ok().then(|| bytes.to_vec());
    match found.is_empty() {
        true => plain().into_iter().collect(),
        false => found,
    }
}

/// What a certificate is called, for whoever is to trust it; nothing when it is none.
pub fn certificate_name(der: &[u8]) -> Option<String> {
    Certificate::parse(der).ok().map(|it| it.name())
}

/// A number that is not negative, in its shortest form.
fn integer(digits: &[u8]) -> Vec<u8> {
    let zeros = digits.iter().take_while(|d| **d == 0).count();
    let digits = &digits[zeros.min(digits.len() - 1)..];
    let sign: &[u8] = if digits[0] >= 0x80 { &[0] } else { &[] };
    write(INTEGER, &[sign, digits])
}

fn digest(algorithm: &[u8], data: &[u8]) -> Result<Vec<u8>, BadToken> {
    Ok(match algorithm {
        oid::SHA256 => Sha256::digest(data).to_vec(),
        oid::SHA384 => Sha384::digest(data).to_vec(),
        oid::SHA512 => Sha512::digest(data).to_vec(),
        _ => return Err(BadToken::Algorithm),
    })
}
