//! Sealed pieces one behind the other in a file.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;

use ring::hmac;

/// Longest piece that is read.
const LONGEST: usize = 16 << 20;

/// Bytes of a length and of a seal.
const LENGTH: usize = 4;
const SEAL: usize = 32;

/// First read, then appended to. The seal of a piece covers that of the piece before, so that whatever
/// follows a torn, changed or foreign piece counts for nothing.
#[derive(Debug)]
pub(in crate::inspect) struct Pieces {
    file: File,
    key: hmac::Key,
    seal: [u8; SEAL],
    /// End of the last whole piece.
    end: u64,
    cut: bool,
}

impl Pieces {
    pub(super) fn new(file: File, key: hmac::Key) -> Self {
        Self {
            file,
            key,
            seal: [0; SEAL],
            end: 0,
            cut: false,
        }
    }

    /// The next piece, if it is whole and follows from those before.
    pub(in crate::inspect) fn read(&mut self) -> Option<Vec<u8>> {
        let mut length = [0; LENGTH];
        self.file.read_exact_at(&mut length, self.end).ok()?;
        let length = u32::from_le_bytes(length) as usize;
        if length > LONGEST {
            return None;
        }
        let mut piece = vec![0; length + SEAL];
        let start = self.end + LENGTH as u64;
        self.file.read_exact_at(&mut piece, start).ok()?;
        let seal = piece.split_off(length);
        let expected = self.seal_of(&piece);
        if seal != expected {
            return None;
        }
        self.seal = expected;
        self.end = start + (length + SEAL) as u64;
        Some(piece)
    }

    /// Appends a piece behind those that were read or appended, in place of what is there.
    pub(super) fn append(&mut self, piece: &[u8]) -> io::Result<()> {
        if !self.cut {
            self.file.set_len(self.end)?;
            self.cut = true;
        }
        let seal = self.seal_of(piece);
        let length = u32::try_from(piece.len()).map_err(|_| io::ErrorKind::InvalidInput)?;
        let bytes = [&length.to_le_bytes(), piece, &seal].concat();
        self.file.write_all_at(&bytes, self.end)?;
        self.seal = seal;
        self.end += bytes.len() as u64;
        Ok(())
    }

    /// Forgets all pieces.
    pub(super) fn clear(&mut self) {
        self.seal = [0; SEAL];
        self.end = 0;
        self.cut = false;
    }

    fn seal_of(&self, piece: &[u8]) -> [u8; SEAL] {
        let mut context = hmac::Context::with_key(&self.key);
        context.update(&self.seal);
        context.update(piece);
        let mut seal = [0; SEAL];
        seal.copy_from_slice(context.sign().as_ref());
        seal
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(file: &File, key: u8) -> Pieces {
        let file = file.try_clone().expect("clone");
        Pieces::new(file, hmac::Key::new(hmac::HMAC_SHA256, &[key; 32]))
    }

    fn read(file: &File, key: u8) -> Vec<Vec<u8>> {
        let mut pieces = pieces(file, key);
        std::iter::from_fn(|| pieces.read()).collect()
    }

    fn written() -> (File, Vec<Vec<u8>>) {
        let file = tempfile::tempfile().expect("file");
        let texts: Vec<Vec<u8>> = (0..5).map(|n| vec![n; 10 + usize::from(n)]).collect();
        let mut pieces = pieces(&file, 1);
        for text in &texts {
            pieces.append(text).expect("append");
        }
        (file, texts)
    }

    #[test]
    fn a_torn_end_is_left_out_and_written_over() {
        let (file, texts) = written();
        let length = file.metadata().expect("metadata").len();
        for cut in 0..length {
            file.set_len(cut).expect("cut");
            let (file, _) = (&file, ());
            let whole = read(file, 1);
            assert!(
                whole.len() < texts.len() && texts.starts_with(&whole),
                "{cut}"
            );
            let mut pieces = pieces(file, 1);
            while pieces.read().is_some() {}
            pieces.append(b"on").expect("append");
            let last = read(file, 1).pop();
            assert_eq!(last.as_deref(), Some(&b"on"[..]), "{cut}");
            let (fresh, _) = written();
            let mut bytes = vec![0; length as usize];
            fresh.read_exact_at(&mut bytes, 0).expect("read");
            file.write_all_at(&bytes, 0).expect("write");
        }
    }

    #[test]
    fn a_flipped_bit_ends_what_is_read() {
        let (file, texts) = written();
        let length = file.metadata().expect("metadata").len();
        for at in 0..length {
            let mut byte = [0];
            file.read_exact_at(&mut byte, at).expect("read");
            file.write_all_at(&[byte[0] ^ 4], at).expect("write");
            let whole = read(&file, 1);
            assert!(
                whole.len() < texts.len() && texts.starts_with(&whole),
                "{at}"
            );
            file.write_all_at(&byte, at).expect("write");
        }
        assert_eq!(read(&file, 1), texts);
    }

    #[test]
    fn without_the_key_nothing_is_believed() {
        let (file, _) = written();
        assert!(read(&file, 2).is_empty());
    }
}
