//! Who may come in: whoever holds the launch token gets a session cookie for it.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use axum::http::HeaderMap;
use axum::http::header::COOKIE;
use subtle::ConstantTimeEq;
use workbench::{Error, Kind, Result};

/// Sessions remembered; the oldest is forgotten first.
const MOST_SESSIONS: usize = 64;

/// 32 bytes that nobody can guess, written as 64 hexadecimal digits.
struct Secret([u8; 32]);

/// The launch token of this run, and the sessions it was swapped for.
pub(super) struct Door {
    token: Secret,
    sessions: Mutex<VecDeque<Secret>>,
    cookie: String,
}

impl Secret {
    fn new() -> Result<Self> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|why| {
            Error::new(
                Kind::Failed,
                format!("this machine gives no random bytes: {why}"),
            )
        })?;
        Ok(Self(bytes))
    }

    /// Takes the same time wherever a guess goes wrong.
    fn is(&self, guess: &str) -> bool {
        let mut bytes = [0; 32];
        hex::decode_to_slice(guess, &mut bytes).is_ok() && bool::from(self.0.ct_eq(&bytes))
    }
}

impl Door {
    /// For a server on `port`. Browsers share cookies between the ports of a host, so the port is
    /// part of the cookie's name: two cases open at once keep their sessions apart.
    pub(super) fn new(port: u16) -> Result<Self> {
        Ok(Self {
            token: Secret::new()?,
            sessions: Mutex::default(),
            cookie: format!("framewitness-{port}"),
        })
    }

    /// The launch token, for the address that is shown to the person who started the server.
    pub(super) fn token(&self) -> String {
        hex::encode(self.token.0)
    }

    /// A `Set-Cookie` for a new session, if `token` is the launch token.
    pub(super) fn enter(&self, token: &str) -> Result<Option<String>> {
        if !self.token.is(token) {
            return Ok(None);
        }
        let session = Secret::new()?;
        let cookie = format!(
            "{}={}; HttpOnly; SameSite=Strict; Path=/",
            self.cookie,
            hex::encode(session.0)
        );
        let mut sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        if sessions.len() >= MOST_SESSIONS {
            sessions.pop_front();
        }
        sessions.push_back(session);
        Ok(Some(cookie))
    }

    /// Whether a request carries the cookie of a session of this run.
    pub(super) fn knows(&self, headers: &HeaderMap) -> bool {
        let sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        let cookies = headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|header| header.to_str().ok());
        let mut pairs = cookies
            .flat_map(|header| header.split(';'))
            .filter_map(|pair| pair.trim().split_once('='));
        pairs.any(|(name, value)| {
            name == self.cookie && sessions.iter().any(|session| session.is(value))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(cookie: &str) -> HeaderMap {
        HeaderMap::from_iter([(COOKIE, cookie.parse().expect("a header"))])
    }

    #[test]
    fn swaps_the_token_for_a_session() {
        let door = Door::new(4000).expect("random bytes");
        let cookie = door
            .enter(&door.token())
            .expect("random bytes")
            .expect("a cookie");
        let (pair, attributes) = cookie.split_once("; ").expect("attributes");
        assert_eq!(attributes, "HttpOnly; SameSite=Strict; Path=/");
        assert!(door.knows(&headers(pair)));
        assert!(door.knows(&headers(&format!("other=1; {pair}"))));
        assert!(
            !pair.contains(&door.token()),
            "the session is not the token"
        );
        assert!(
            !Door::new(4000).expect("random bytes").knows(&headers(pair)),
            "another run knows nobody"
        );
    }

    #[test]
    fn refuses_every_other_token_and_cookie() {
        let door = Door::new(4000).expect("random bytes");
        let token = door.token();
        for guess in [
            "",
            "0",
            &token[1..],
            &format!("{token}0"),
            &"0".repeat(64),
            &"é".repeat(32),
        ] {
            assert!(
                door.enter(guess).expect("random bytes").is_none(),
                "{guess}"
            );
        }
        for cookie in [
            "",
            "framewitness-4000=",
            &format!("framewitness-4000={token}"),
            "framewitness-4000",
        ] {
            assert!(!door.knows(&headers(cookie)), "{cookie}");
        }
    }

    #[test]
    fn forgets_the_oldest_session() {
        let door = Door::new(1).expect("random bytes");
        let enter = || {
            door.enter(&door.token())
                .expect("random bytes")
                .expect("a cookie")
        };
        let first = enter();
        for _ in 0..MOST_SESSIONS {
            enter();
        }
        assert!(!door.knows(&headers(first.split(';').next().expect("a pair"))));
    }
}
