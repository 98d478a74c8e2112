//! As much of DER (X.690) as time stamps and their certificates need: definite lengths in their
//! shortest form, tags of one byte. The bytes come from strangers: nothing here recurses or allocates.

/// The bytes are no DER of the form that is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Malformed;

pub(super) const BOOLEAN: u8 = 0x01;
pub(super) const INTEGER: u8 = 0x02;
pub(super) const OCTETS: u8 = 0x04;
pub(super) const OID: u8 = 0x06;
pub(super) const TIME: u8 = 0x18;
pub(super) const SEQUENCE: u8 = 0x30;
pub(super) const SET: u8 = 0x31;
/// `[0]`, `[1]`, `[3]`, constructed.
pub(super) const CONTEXT_0: u8 = 0xa0;
pub(super) const CONTEXT_1: u8 = 0xa1;
pub(super) const CONTEXT_3: u8 = 0xa3;

/// One value.
#[derive(Clone, Copy)]
pub(super) struct Value<'a> {
    pub(super) tag: u8,
    /// What is in it.
    pub(super) content: &'a [u8],
    /// The same with tag and length.
    pub(super) whole: &'a [u8],
}

/// Values one after another.
#[derive(Clone, Copy)]
pub(super) struct Der<'a>(&'a [u8]);

impl<'a> Der<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// The values within the one value that `bytes` are.
    pub(super) fn only(bytes: &'a [u8], tag: u8) -> Result<Self, Malformed> {
        let mut outer = Self(bytes);
        let inner = outer.within(tag)?;
        outer.end()?;
        Ok(inner)
    }

    pub(super) fn next(&mut self) -> Result<Value<'a>, Malformed> {
        let (&tag, rest) = self.0.split_first().ok_or(Malformed)?;
        let (&short, rest) = rest.split_first().ok_or(Malformed)?;
        let (length, header) = match short {
            0..=0x7f => (usize::from(short), 2),
            0x81..=0x84 => {
                let digits = usize::from(short & 0x0f);
                let digits = rest.get(..digits).ok_or(Malformed)?;
                let length = digits.iter().fold(0, |sum, d| sum << 8 | usize::from(*d));
                let shortest = digits[0] != 0 && length >= 0x80;
                (if shortest { length } else { usize::MAX }, 2 + digits.len())
            }
            _ => return Err(Malformed),
        };
        let end = header.checked_add(length).ok_or(Malformed)?;
        let whole = self.0.get(..end).ok_or(Malformed)?;
        if tag & 0x1f == 0x1f {
            return Err(Malformed);
        }
        self.0 = &self.0[end..];
        Ok(Value {
            tag,
            content: &whole[header..],
            whole,
        })
    }

    /// The content of the next value, which has this tag.
    pub(super) fn take(&mut self, tag: u8) -> Result<&'a [u8], Malformed> {
        match self.next()? {
            value if value.tag == tag => Ok(value.content),
            _ => Err(Malformed),
        }
    }

    /// The values within the next value, which has this tag.
    pub(super) fn within(&mut self, tag: u8) -> Result<Self, Malformed> {
        self.take(tag).map(Self)
    }

    /// The next value, if it has this tag.
    pub(super) fn optional(&mut self, tag: u8) -> Result<Option<Value<'a>>, Malformed> {
        match self.0.first() {
            Some(found) if *found == tag => self.next().map(Some),
            _ => Ok(None),
        }
    }

    /// What is still to be read; stops at the first that is malformed, which it gives.
    pub(super) fn rest(mut self) -> impl Iterator<Item = Result<Value<'a>, Malformed>> {
        std::iter::from_fn(move || {
            let next = (!self.0.is_empty()).then(|| self.next());
            if let Some(Err(_)) = next {
                self.0 = &[];
            }
            next
        })
    }

    pub(super) fn end(self) -> Result<(), Malformed> {
        match self.0 {
            [] => Ok(()),
            _ => Err(Malformed),
        }
    }
}

/// The first of an algorithm identifier: its object identifier.
pub(super) fn algorithm(identifier: &[u8]) -> Result<&[u8], Malformed> {
    Der::new(identifier).take(OID)
}

/// One value with its tag and length.
pub(super) fn write(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let digits = content.len().to_be_bytes();
    let digits = &digits[digits.iter().take_while(|d| **d == 0).count()..];
    let mut out = vec![tag];
    match u8::try_from(content.len()) {
        Ok(short) if short < 0x80 => out.push(short),
        // At most eight digits: a length in memory.
        _ => {
            out.push(0x80 | digits.len() as u8);
            out.extend(digits);
        }
    }
    out.extend(content);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_other_lengths_are_not() {
        for length in [0, 1, 127, 128, 255, 256, 70_000] {
            let content = vec![7; length];
            let bytes = write(OCTETS, &[&content]);
            let mut der = Der::new(&bytes);
            assert_eq!(der.take(OCTETS), Ok(content.as_slice()));
            assert_eq!(der.end(), Ok(()));
            assert_eq!(
                Der::new(&bytes[..bytes.len() - 1]).take(OCTETS),
                Err(Malformed)
            );
        }
        for bad in [
            &[4, 0x80, 0, 0][..],
            &[4, 0x81, 1, 0],
            &[4, 0x85, 0, 0, 0, 0, 0],
            &[0x1f, 1, 0],
            &[4],
            &[],
        ] {
            assert!(Der::new(bad).next().is_err(), "{bad:?}");
        }
    }
}
