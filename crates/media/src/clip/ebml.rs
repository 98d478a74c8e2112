//! Elements of EBML (RFC 8794), as bytes.

/// The data of a master element, being filled.
#[derive(Default)]
pub(super) struct Elements(Vec<u8>);

/// A size that says: until the end of the file.
pub(super) const UNKNOWN_SIZE: [u8; 8] = [0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF];

impl Elements {
    /// An unsigned number in as few bytes as it needs.
    pub(super) fn uint(&mut self, id: u32, value: u64) -> &mut Self {
        let spare = (value.leading_zeros() / 8).min(7) as usize;
        self.bytes(id, &value.to_be_bytes()[spare..])
    }

    /// A floating-point number of 64 bits.
    pub(super) fn float(&mut self, id: u32, value: f64) -> &mut Self {
        self.bytes(id, &value.to_be_bytes())
    }

    pub(super) fn text(&mut self, id: u32, value: &str) -> &mut Self {
        self.bytes(id, value.as_bytes())
    }

    pub(super) fn bytes(&mut self, id: u32, value: &[u8]) -> &mut Self {
        head(&mut self.0, id, value.len() as u64);
        self.0.extend(value);
        self
    }

    /// A master element with what `fill` puts into it.
    pub(super) fn master(&mut self, id: u32, fill: impl FnOnce(&mut Self)) -> &mut Self {
        let mut inner = Self::default();
        fill(&mut inner);
        self.bytes(id, &inner.0)
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.0
    }
}

/// Appends id and size of an element. Ids carry their own length mark.
pub(super) fn head(to: &mut Vec<u8>, id: u32, size: u64) {
    let spare = (id.leading_zeros() / 8).min(3) as usize;
    to.extend(&id.to_be_bytes()[spare..]);
    to.extend(vint(size));
}

/// A size with its length mark, in as few bytes as it needs; all ones are kept for "unknown".
fn vint(value: u64) -> Vec<u8> {
    let length = (1..8)
        .find(|length| value < (1 << (7 * length)) - 1)
        .unwrap_or(8);
    let marked = value | 1 << (7 * length);
    marked.to_be_bytes()[8 - length..].to_vec()
}

/// A size in eight bytes, for places that are filled in later.
pub(super) fn wide(value: u64) -> [u8; 8] {
    (value | 1 << 56).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_take_as_few_bytes_as_the_standard_allows() {
        // RFC 8794, section 6.1, and the value that all ones would be taken for.
        assert_eq!(vint(1), [0x81]);
        assert_eq!(vint(126), [0xFE]);
        assert_eq!(vint(127), [0x40, 0x7F]);
        assert_eq!(vint(16_382), [0x7F, 0xFE]);
        assert_eq!(vint(16_383), [0x20, 0x3F, 0xFF]);
        assert_eq!(wide(1), [1, 0, 0, 0, 0, 0, 0, 1]);
    }

    #[test]
    fn an_element_is_id_size_and_data() {
        let mut elements = Elements::default();
        elements.master(0x1A45_DFA3, |header| {
            header.uint(0x4286, 1).text(0x4282, "matroska");
        });
        let bytes = elements.finish();
        assert_eq!(bytes[..5], [0x1A, 0x45, 0xDF, 0xA3, 0x8F]);
        assert_eq!(bytes[5..9], [0x42, 0x86, 0x81, 1]);
        assert_eq!(bytes[9..12], [0x42, 0x82, 0x88]);
        assert_eq!(&bytes[12..], b"matroska");
    }
}
