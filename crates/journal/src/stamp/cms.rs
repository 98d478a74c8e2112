//! The signed message around a time stamp (CMS, RFC 5652), and the stamp itself.

use super::BadToken;
use super::certificate;
use super::der::{
    CONTEXT_0, CONTEXT_1, Der, INTEGER, Malformed, OCTETS, OID, SEQUENCE, SET, TIME, Value,
    algorithm,
};
use super::{digest, oid, time};

/// The token in a response, or the token itself.
pub(super) fn token(bytes: &[u8]) -> Result<&[u8], BadToken> {
    let mut outer = Der::only(bytes, SEQUENCE)?;
    if outer.optional(OID)?.is_some() {
        return Ok(bytes);
    }
    let status = outer.within(SEQUENCE)?.take(INTEGER)?;
    // 0 granted, 1 granted with changes.
    match (status, outer.optional(SEQUENCE)?) {
        ([0 | 1], Some(token)) => Ok(token.whole),
        ([status], _) => Err(BadToken::NotGranted(*status)),
        _ => Err(BadToken::Form),
    }
}

/// SignedData with one signature.
pub(super) struct Signed<'a> {
    /// What is signed: TSTInfo.
    pub(super) content: &'a [u8],
    /// Every certificate within.
    pub(super) certificates: Vec<&'a [u8]>,
    digest: &'a [u8],
    /// `[0] IMPLICIT SET OF Attribute`, as it stands in the message.
    attributes: Value<'a>,
    algorithm: &'a [u8],
    signature: &'a [u8],
}

impl<'a> Signed<'a> {
    pub(super) fn parse(token: &'a [u8]) -> Result<Self, Malformed> {
        let mut outer = Der::only(token, SEQUENCE)?;
        if outer.take(OID)? != oid::SIGNED_DATA {
            return Err(Malformed);
        }
        let mut signed = outer.within(CONTEXT_0)?.within(SEQUENCE)?;
        signed.take(INTEGER)?;
        signed.take(SET)?;
        let mut content = signed.within(SEQUENCE)?;
        if content.take(OID)? != oid::TST_INFO {
            return Err(Malformed);
        }
        let content = content.within(CONTEXT_0)?.take(OCTETS)?;
        let certificates = match signed.optional(CONTEXT_0)? {
            Some(set) => Der::new(set.content).rest(),
            None => Der::new(&[]).rest(),
        };
        let certificates = certificates.map(|it| it.map(|it| it.whole));
        let certificates = certificates.collect::<Result<_, _>>()?;
        signed.optional(CONTEXT_1)?;
        let mut signers = signed.within(SET)?;
        signed.end()?;
        let mut signer = signers.within(SEQUENCE)?;
        signers.end()?;
        signer.take(INTEGER)?;
        // Who: the signed attributes say it better, by a hash.
        signer.next()?;
        let digest = algorithm(signer.take(SEQUENCE)?)?;
        let attributes = signer.optional(CONTEXT_0)?.ok_or(Malformed)?;
        let algorithm = algorithm(signer.take(SEQUENCE)?)?;
        let signature = signer.take(OCTETS)?;
        Ok(Self {
            content,
            certificates,
            digest,
            attributes,
            algorithm,
            signature,
        })
    }

    /// The certificate whose key signed, if the signature verifies.
    pub(super) fn signer(&self) -> Result<&'a [u8], BadToken> {
        if self.attribute(oid::CONTENT_TYPE, OID)? != oid::TST_INFO {
            return Err(BadToken::Form);
        }
        if self.attribute(oid::MESSAGE_DIGEST, OCTETS)? != digest(self.digest, self.content)? {
            return Err(BadToken::Signature);
        }
        let named = self.attribute(oid::SIGNING_CERTIFICATE_V2, SEQUENCE);
        let mut named = Der::new(named.map_err(|_| BadToken::NoCertificate)?)
            .within(SEQUENCE)?
            .within(SEQUENCE)?;
        let hash = match named.optional(SEQUENCE)? {
            Some(identifier) => algorithm(identifier.content)?,
            None => oid::SHA256,
        };
        let named = named.take(OCTETS)?;
        let mut held = self.certificates.iter().copied();
        let signer = held
            .find(|it| digest(hash, it).is_ok_and(|digest| digest == named))
            .ok_or(BadToken::NoCertificate)?;
        // Signed as a SET, with a tag of its own.
        let mut message = self.attributes.whole.to_vec();
        message[0] = SET;
        let algorithms = (self.algorithm, self.digest);
        certificate::signed(signer, algorithms, &message, self.signature)?;
        Ok(signer)
    }

    /// Content of the only value of the only attribute of a kind.
    fn attribute(&self, kind: &[u8], tag: u8) -> Result<&'a [u8], Malformed> {
        let mut found = None;
        for attribute in Der::new(self.attributes.content).rest() {
            let mut parts = Der::new(attribute?.content);
            if parts.take(OID)? == kind {
                let mut values = parts.within(SET)?;
                let value = values.take(tag)?;
                values.end()?;
                if found.replace(value).is_some() {
                    return Err(Malformed);
                }
            }
        }
        found.ok_or(Malformed)
    }
}

/// TSTInfo: what the authority says.
pub(super) struct Info<'a> {
    pub(super) algorithm: &'a [u8],
    pub(super) digest: &'a [u8],
    pub(super) serial: &'a [u8],
    /// RFC 3339.
    pub(super) at: String,
    pub(super) nonce: Option<&'a [u8]>,
}

impl<'a> Info<'a> {
    pub(super) fn parse(content: &'a [u8]) -> Result<Self, Malformed> {
        let mut info = Der::only(content, SEQUENCE)?;
        if info.take(INTEGER)? != [1] {
            return Err(Malformed);
        }
        info.take(OID)?;
        let mut imprint = info.within(SEQUENCE)?;
        let algorithm = algorithm(imprint.take(SEQUENCE)?)?;
        let digest = imprint.take(OCTETS)?;
        let serial = info.take(INTEGER)?;
        let at = time::to_rfc3339(info.take(TIME)?).ok_or(Malformed)?;
        info.optional(SEQUENCE)?;
        info.optional(super::BOOLEAN)?;
        let nonce = info.optional(INTEGER)?.map(|it| it.content);
        Ok(Self {
            algorithm,
            digest,
            serial,
            at,
            nonce,
        })
    }
}
