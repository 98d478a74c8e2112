//! Time stamps of a real authority, OpenSSL's, and everything that is wrong with others.

#![allow(clippy::unwrap_used)]

mod authority;

use authority::Authority;
use journal::stamp::{BadToken, Stamp, Token, request};

const DATA: &[u8] =
    b"desk.example/market-square\n6\nWc4KNtK6TQyW4XruTNh6FDOUgZ2lziZsZFizzJiurWk=\n";
const NONCE: [u8; 8] = [0x8f, 1, 2, 3, 4, 5, 6, 7];
const EC: &str = "-algorithm EC -pkeyopt ec_paramgen_curve:P-256";

fn verify(token: &[u8], root: Vec<u8>) -> Result<Stamp, BadToken> {
    Token::parse(token)?.verify(DATA, &[root])
}

#[test]
fn what_openssl_stamps_is_accepted() {
    for (name, algorithm) in [
        ("rsa", "-algorithm RSA -pkeyopt rsa_keygen_bits:2048"),
        ("p256", EC),
        ("p384", "-algorithm EC -pkeyopt ec_paramgen_curve:P-384"),
    ] {
        let authority = Authority::new(name, algorithm, 0);
        let answer = authority.answer(&request(DATA, &NONCE));
        assert!(authority.openssl_accepts(DATA, &answer), "{name}");
        let stamp = verify(&answer, authority.root()).unwrap();
        assert_eq!(stamp.authority, "signer");
        assert_eq!(stamp.root_name, format!("{name}-root"));
        assert_eq!(stamp.root, authority.root());
        assert!(journal::time::is_utc(&stamp.at), "{}", stamp.at);
        let token = Token::parse(&answer).unwrap();
        assert!(token.answers(&NONCE) && !token.answers(&[1; 8]));
        assert_eq!(
            token.verify(b"other", &[authority.root()]),
            Err(BadToken::OtherData)
        );
    }
}

#[test]
fn fractions_of_a_second_are_legal() {
    let authority = Authority::new("fractions", EC, 3);
    let request = request(DATA, &[0, 0, 0, 0, 0, 0, 0, 1]);
    // An authority that happens to hit a whole second leaves the fraction out.
    let answers = (0..3).map(|_| authority.answer(&request));
    let stamps: Vec<Stamp> = answers
        .map(|answer| verify(&answer, authority.root()).unwrap())
        .collect();
    assert!(
        stamps.iter().any(|stamp| stamp.at.contains('.')),
        "{stamps:?}"
    );
}

#[test]
fn a_foreign_chain_vouches_for_nothing() {
    let (one, other) = (Authority::new("one", EC, 0), Authority::new("other", EC, 0));
    let answer = one.answer(&request(DATA, &NONCE));
    assert_eq!(verify(&answer, other.root()), Err(BadToken::Foreign));
    assert_eq!(
        Token::parse(&answer).unwrap().verify(DATA, &[]),
        Err(BadToken::Foreign)
    );
    let both = [b"no certificate".to_vec(), other.root(), one.root()];
    let stamp = Token::parse(&answer).unwrap().verify(DATA, &both).unwrap();
    assert_eq!(stamp.root, one.root());
}

#[test]
fn a_certificate_that_is_not_for_stamps_alone_stamps_nothing() {
    let authority = Authority::new("usages", EC, 0);
    let kinds = [
        ("stamps", None),
        ("lenient", Some(BadToken::Usage)),
        ("both", Some(BadToken::Usage)),
        ("mail", Some(BadToken::Usage)),
    ];
    // Before the stamp, which none of them may be younger than.
    for (kind, _) in &kinds {
        authority.certify(kind, kind);
    }
    let info = authority.info(&authority.answer(&request(DATA, &NONCE)));
    for (kind, expected) in kinds {
        let token = authority.forge(&info, kind, "-cades");
        assert_eq!(verify(&token, authority.root()).err(), expected, "{kind}");
    }
}

#[test]
fn a_stamp_outside_the_validity_of_its_certificate_is_refused() {
    let authority = Authority::new("expired", EC, 0);
    let info = authority.info(&authority.answer(&request(DATA, &NONCE)));
    let year = info.windows(4).position(|four| {
        four == b"2026" || four.starts_with(b"20") && four[2..].iter().all(u8::is_ascii_digit)
    });
    let year = year.expect("the year of the stamp");
    for (when, told) in [(b"2010", "NotValidYet"), (b"2090", "Expired")] {
        let mut moved = info.clone();
        moved[year..year + 4].copy_from_slice(when);
        let said = verify(
            &authority.forge(&moved, "signer", "-cades"),
            authority.root(),
        );
        assert!(
            matches!(&said, Err(BadToken::Path(why)) if why.contains(told)),
            "{said:?}"
        );
    }
}

#[test]
fn a_certificate_that_is_not_named_by_its_hash_does_not_count() {
    let authority = Authority::new("unnamed", EC, 0);
    let info = authority.info(&authority.answer(&request(DATA, &NONCE)));
    let unnamed = authority.forge(&info, "signer", "");
    assert_eq!(
        verify(&unnamed, authority.root()),
        Err(BadToken::NoCertificate)
    );
    let absent = authority.forge(&info, "signer", "-cades -nocerts");
    assert_eq!(
        verify(&absent, authority.root()),
        Err(BadToken::NoCertificate)
    );
}

/// Flipped bits never crash, and never give another stamp: a token is malleable, but not in what it says.
#[test]
fn a_flipped_bit_changes_no_stamp() {
    let authority = Authority::new("flips", EC, 0);
    let answer = authority.answer(&request(DATA, &NONCE));
    let root = authority.root();
    let whole = verify(&answer, root.clone()).unwrap();
    let (mut refused, mut same) = (0, 0);
    for bit in 0..answer.len() * 8 {
        let mut flipped = answer.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        match verify(&flipped, root.clone()) {
            Err(_) => refused += 1,
            Ok(stamp) => {
                assert_eq!(stamp, whole, "bit {bit}");
                same += 1;
            }
        }
    }
    // Where it has no meaning, such as the status text: that is why the journal hashes tokens.
    assert!(same * 10 < refused, "{same} of {refused}");
    for length in 0..answer.len() {
        assert!(verify(&answer[..length], root.clone()).is_err(), "{length}");
    }
}
