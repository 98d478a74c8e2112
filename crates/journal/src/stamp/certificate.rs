//! X.509 certificates of time-stamping authorities: who they are, and whether they may.

use rustls_pki_types::{CertificateDer, SignatureVerificationAlgorithm, UnixTime};
use webpki::{EndEntityCert, KeyUsage, anchor_from_trusted_cert, ring};

use super::BadToken;
use super::der::{
    BOOLEAN, CONTEXT_0, CONTEXT_3, Der, INTEGER, Malformed, OCTETS, OID, SEQUENCE, SET,
};
use super::oid;

/// The public key algorithms and signatures that are understood.
static ALGORITHMS: &[&dyn SignatureVerificationAlgorithm] = webpki::ALL_VERIFICATION_ALGS;

/// What is read of a certificate besides what the path needs.
pub(super) struct Certificate<'a> {
    subject: &'a [u8],
    /// Critical, and its content.
    usage: Option<(bool, &'a [u8])>,
}

impl<'a> Certificate<'a> {
    pub(super) fn parse(bytes: &'a [u8]) -> Result<Self, Malformed> {
        let mut signed = Der::only(bytes, SEQUENCE)?.within(SEQUENCE)?;
        signed.optional(CONTEXT_0)?;
        signed.take(INTEGER)?;
        signed.take(SEQUENCE)?;
        let _issuer = signed.take(SEQUENCE)?;
        let _validity = signed.take(SEQUENCE)?;
        let subject = signed.take(SEQUENCE)?;
        let mut usage = None;
        for part in signed.rest() {
            let part = part?;
            if part.tag == CONTEXT_3 {
                usage = extended_usage(part.content)?;
            }
        }
        Ok(Self { subject, usage })
    }

    /// RFC 3161, 2.3: the extended key usage is critical and names time stamping, alone.
    pub(super) fn is_for_stamps(&self) -> bool {
        let Some((true, content)) = self.usage else {
            return false;
        };
        let purposes = Der::only(content, SEQUENCE).map(Der::rest);
        let purposes: Option<Vec<&[u8]>> = purposes
            .ok()
            .and_then(|all| all.map(|it| it.ok().map(|it| it.content)).collect());
        purposes.is_some_and(|all| all == [oid::TIME_STAMPING])
    }

    /// Common name, else the organisation, as text that can be shown.
    pub(super) fn name(&self) -> String {
        let found = |wanted| {
            Der::new(self.subject).rest().flatten().find_map(|set| {
                let mut pair = Der::new(set.content).within(SEQUENCE).ok()?;
                let kind = pair.take(OID).ok()?;
                (set.tag == SET && kind == wanted).then(|| pair.next().ok())?
            })
        };
        let value = found(oid::COMMON_NAME).or_else(|| found(oid::ORGANISATION));
        let text = value.map_or_else(String::new, |value| match value.tag {
            // BMPString: UTF-16.
            0x1e => {
                let units = value.content.chunks_exact(2);
                let units: Vec<u16> = units.map(|u| u16::from_be_bytes([u[0], u[1]])).collect();
                String::from_utf16_lossy(&units)
            }
            _ => String::from_utf8_lossy(value.content).into_owned(),
        });
        let shown: String = text.chars().filter(|c| !c.is_control()).take(200).collect();
        match shown.trim() {
            "" => "an authority without a name".to_owned(),
            name => name.to_owned(),
        }
    }
}

fn extended_usage(extensions: &[u8]) -> Result<Option<(bool, &[u8])>, Malformed> {
    for extension in Der::only(extensions, SEQUENCE)?.rest() {
        let mut parts = Der::new(extension?.content);
        let kind = parts.take(OID)?;
        let critical = parts
            .optional(BOOLEAN)?
            .is_some_and(|it| it.content == [0xff]);
        if kind == oid::EXTENDED_KEY_USAGE {
            return Ok(Some((critical, parts.take(OCTETS)?)));
        }
    }
    Ok(None)
}

/// Whether the key of `certificate` signed `message`. `signature` and `digest` are the object
/// identifiers that the signature names.
pub(super) fn signed(
    certificate: &[u8],
    (signature_algorithm, digest): (&[u8], &[u8]),
    message: &[u8],
    signature: &[u8],
) -> Result<(), BadToken> {
    let der = CertificateDer::from(certificate);
    let certificate =
        EndEntityCert::try_from(&der).map_err(|why| BadToken::Path(why.to_string()))?;
    let candidates = algorithms(signature_algorithm, digest).ok_or(BadToken::Algorithm)?;
    let fits = |algorithm: &&'static dyn SignatureVerificationAlgorithm| {
        certificate
            .verify_signature(*algorithm, message, signature)
            .is_ok()
    };
    match candidates.iter().any(fits) {
        true => Ok(()),
        false => Err(BadToken::Signature),
    }
}

/// What a signature named so may be; which of them, the key decides.
fn algorithms(
    signature: &[u8],
    digest: &[u8],
) -> Option<Vec<&'static dyn SignatureVerificationAlgorithm>> {
    let digests = [oid::SHA256, oid::SHA384, oid::SHA512];
    let number = digests.iter().position(|oid| *oid == digest)?;
    let rsa = [
        ring::RSA_PKCS1_2048_8192_SHA256,
        ring::RSA_PKCS1_2048_8192_SHA384,
        ring::RSA_PKCS1_2048_8192_SHA512,
    ];
    let pss = [
        ring::RSA_PSS_2048_8192_SHA256_LEGACY_KEY,
        ring::RSA_PSS_2048_8192_SHA384_LEGACY_KEY,
        ring::RSA_PSS_2048_8192_SHA512_LEGACY_KEY,
    ];
    let curves = [
        vec![ring::ECDSA_P256_SHA256, ring::ECDSA_P384_SHA256],
        vec![ring::ECDSA_P256_SHA384, ring::ECDSA_P384_SHA384],
    ];
    match signature {
        oid::RSA => Some(vec![rsa[number]]),
        oid::RSA_SHA256 => Some(vec![rsa[0]]),
        oid::RSA_SHA384 => Some(vec![rsa[1]]),
        oid::RSA_SHA512 => Some(vec![rsa[2]]),
        oid::RSA_PSS => Some(vec![pss[number]]),
        oid::EC => curves.get(number).cloned(),
        oid::ECDSA_SHA256 => Some(curves[0].clone()),
        oid::ECDSA_SHA384 => Some(curves[1].clone()),
        oid::ED25519 => Some(vec![ring::ED25519]),
        _ => None,
    }
}

/// The first of `roots` to which a path leads from `certificate`, by way of `others`, every certificate
/// of which was valid at `unix` seconds.
pub(super) fn path<'r>(
    certificate: &[u8],
    others: &[&[u8]],
    roots: &'r [Vec<u8>],
    unix: u64,
) -> Result<&'r [u8], BadToken> {
    let der = CertificateDer::from(certificate);
    let end = EndEntityCert::try_from(&der).map_err(|why| BadToken::Path(why.to_string()))?;
    let others: Vec<CertificateDer<'_>> =
        others.iter().copied().map(CertificateDer::from).collect();
    let time = UnixTime::since_unix_epoch(std::time::Duration::from_secs(unix));
    let usage = KeyUsage::required(oid::TIME_STAMPING);
    let mut reason = webpki::Error::UnknownIssuer;
    for root in roots {
        let root_der = CertificateDer::from(root.as_slice());
        let Ok(anchor) = anchor_from_trusted_cert(&root_der) else {
            continue;
        };
        match end.verify_for_usage(ALGORITHMS, &[anchor], &others, time, usage, None, None) {
            Ok(_) if valid_at(root, unix) => return Ok(root),
            Ok(_) => reason = webpki::Error::InvalidCertValidity,
            Err(webpki::Error::UnknownIssuer) => {}
            Err(why) => reason = why,
        }
    }
    Err(match reason {
        webpki::Error::UnknownIssuer => BadToken::Foreign,
        why => BadToken::Path(why.to_string()),
    })
}

/// Whether a root was valid then: path building takes an anchor as it is.
fn valid_at(root: &[u8], unix: u64) -> bool {
    let within = || {
        let mut signed = Der::only(root, SEQUENCE)?.within(SEQUENCE)?;
        signed.optional(CONTEXT_0)?;
        signed.take(INTEGER)?;
        signed.take(SEQUENCE)?;
        signed.take(SEQUENCE)?;
        let mut validity = signed.within(SEQUENCE)?;
        let (from, until) = (validity.next()?, validity.next()?);
        let from = super::time::of_certificate(from).ok_or(Malformed)?;
        let until = super::time::of_certificate(until).ok_or(Malformed)?;
        Ok::<_, Malformed>((from..=until).contains(&unix))
    };
    within().unwrap_or(false)
}
