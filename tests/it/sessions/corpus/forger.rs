//! Who forges the tokens: everything the server would never issue.

use api::auth::keyring::{KeyPair, Keyring};
use aws_lc_rs::hmac::{self, HMAC_SHA256};
use aws_lc_rs::signature::Ed25519KeyPair;
use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use tests::runs;
use tests::server::TestServer;
use uuid::Uuid;

/// One hand at forging tokens: what it knows of the server, and an honest token to begin with.
pub(super) struct Forger {
    kid: String,
    public: Vec<u8>,
    private: Vec<u8>,
    pub(super) head: Value,
    pub(super) claims: Value,
    honest: String,
}

fn part(text: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(text)
}

fn read(token: &str, place: usize) -> Value {
    let part = token.split('.').nth(place).unwrap();
    serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

impl Forger {
    pub(super) fn at(server: &TestServer, honest: &str) -> Self {
        let keyring = Keyring::open(&server.site().data_directory()).unwrap();
        let KeyPair {
            kid,
            private_der,
            public,
            since: _,
        } = keyring.pairs().first().unwrap();
        Self {
            kid: kid.clone(),
            public: public.clone(),
            private: private_der.clone(),
            head: read(honest, 0),
            claims: read(honest, 1),
            honest: honest.to_owned(),
        }
    }

    /// Header and claims as texts, signed with the server's own key: whatever is refused is refused
    /// for what it says.
    pub(super) fn signed(&self, head: &str, claims: &str) -> String {
        let message = format!("{}.{}", part(head), part(claims));
        let pair = Ed25519KeyPair::from_pkcs8_maybe_unchecked(&self.private).unwrap();
        let signature = BASE64_URL_SAFE_NO_PAD.encode(pair.sign(message.as_bytes()));
        format!("{message}.{signature}")
    }

    fn with_head(&self, field: &str, value: Value) -> String {
        let mut head = self.head.clone();
        head[field] = value;
        self.signed(&head.to_string(), &self.claims.to_string())
    }

    fn with_claim(&self, field: &str, value: Value) -> String {
        let mut claims = self.claims.clone();
        claims[field] = value;
        self.signed(&self.head.to_string(), &claims.to_string())
    }

    fn without(&self, field: &str) -> String {
        let (mut head, mut claims) = (self.head.clone(), self.claims.clone());
        head.as_object_mut().unwrap().remove(field);
        claims.as_object_mut().unwrap().remove(field);
        self.signed(&head.to_string(), &claims.to_string())
    }

    /// With a second value of a field of the claims, before or after the first.
    fn twice(&self, field: &str, value: &Value) -> [String; 2] {
        let claims = self.claims.to_string();
        let inner = claims.trim_start_matches('{').trim_end_matches('}');
        [
            format!("{{\"{field}\":{value},{inner}}}"),
            format!("{{{inner},\"{field}\":{value}}}"),
        ]
        .map(|claims| self.signed(&self.head.to_string(), &claims))
    }

    /// The public key as the secret of a symmetric signature, in each spelling it has.
    pub(super) fn confused(&self) -> Vec<String> {
        let x = BASE64_URL_SAFE_NO_PAD.encode(&self.public);
        // SubjectPublicKeyInfo of Ed25519 (RFC 8410).
        let mut der = vec![
            0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
        ];
        der.extend_from_slice(&self.public);
        let pem = format!(
            "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n",
            BASE64_STANDARD.encode(&der)
        );
        let secrets = [
            self.public.clone(),
            x.into_bytes(),
            der,
            pem.into_bytes(),
            Vec::new(),
        ];
        let mut tokens = Vec::new();
        for secret in secrets {
            for typ in ["at+jwt", "JWT"] {
                let head = json!({ "alg": "HS256", "typ": typ, "kid": self.kid }).to_string();
                let message = format!("{}.{}", part(&head), part(&self.claims.to_string()));
                let key = hmac::Key::new(HMAC_SHA256, &secret);
                let signature = hmac::sign(&key, message.as_bytes());
                let signature = BASE64_URL_SAFE_NO_PAD.encode(signature.as_ref());
                tokens.push(format!("{message}.{signature}"));
            }
        }
        tokens
    }

    pub(super) fn unsigned(&self) -> Vec<String> {
        let signature = self.honest.rsplit('.').next().unwrap();
        let mut tokens = Vec::new();
        for alg in ["none", "None", "NONE", "nOnE", ""] {
            let mut head = self.head.clone();
            head["alg"] = json!(alg);
            let message = format!(
                "{}.{}",
                part(&head.to_string()),
                part(&self.claims.to_string())
            );
            tokens.extend([
                message.clone(),
                format!("{message}."),
                format!("{message}.{signature}"),
            ]);
        }
        tokens
    }

    /// What the header must not say.
    pub(super) fn heads(&self) -> Vec<String> {
        let jwk = json!({ "kty": "OKP", "crv": "Ed25519", "x": BASE64_URL_SAFE_NO_PAD.encode(&self.public) });
        let mut tokens = Vec::new();
        for (field, value) in [
            ("alg", json!("HS256")),
            ("alg", json!("RS256")),
            ("alg", json!("ES256")),
            ("alg", json!("eddsa")),
            ("alg", json!("Ed25519")),
            ("alg", json!(null)),
            ("alg", json!(["EdDSA"])),
            ("kid", json!("unknown")),
            ("kid", json!("")),
            ("kid", json!(null)),
            ("kid", json!(7)),
            ("kid", json!("../../../etc/passwd")),
            ("kid", json!("' OR 1=1 --")),
            ("typ", json!("JWT")),
            ("typ", json!("at+JWT")),
            ("typ", json!("refresh")),
            ("typ", json!(null)),
            ("jku", json!("https://evil.example/jwks.json")),
            ("jwk", jwk),
            ("x5u", json!("https://evil.example/cert.pem")),
            ("x5c", json!(["MIIB"])),
            ("x5t", json!("AA")),
            ("crit", json!(["exp"])),
            ("b64", json!(false)),
            ("zip", json!("DEF")),
            ("cty", json!("JWT")),
        ] {
            tokens.push(self.with_head(field, value));
        }
        let doubled = self
            .head
            .to_string()
            .replacen('{', "{\"alg\":\"EdDSA\",", 1);
        tokens.push(self.signed(&doubled, &self.claims.to_string()));
        tokens
    }

    /// What the claims must not say; `now` in seconds.
    pub(super) fn false_claims(&self, now: i64) -> Vec<String> {
        let mut tokens = Vec::new();
        for (field, value) in [
            ("iss", json!("https://evil.example")),
            ("iss", json!([self.claims["iss"]])),
            ("iss", json!("")),
            ("aud", json!("other")),
            ("aud", json!(["other"])),
            ("aud", json!("")),
            ("aud", json!(null)),
            ("exp", json!(now)),
            ("exp", json!(now - 1)),
            ("exp", json!(0)),
            ("exp", json!(-1)),
            ("exp", json!("2030-01-01T00:00:00Z")),
            ("exp", json!(1e300)),
            ("exp", json!(i64::MAX)),
            ("iat", json!(now + 61)),
            ("iat", json!(i64::MAX)),
            ("nbf", json!(now + 3600)),
            ("nbf", json!(0)),
            ("sub", json!("admin")),
            ("sub", json!(null)),
            ("sid", json!("x")),
            ("jti", json!(1)),
            ("kind", json!("system")),
            ("kind", json!("officer")),
            ("roles", json!(["receiver"])),
            ("roles", json!(["root"])),
            ("agency", json!(Uuid::now_v7())),
            ("admin", json!(true)),
            ("scope", json!("all")),
            ("act", json!({ "sub": "x" })),
        ] {
            tokens.push(self.with_claim(field, value));
        }
        tokens
    }

    /// Claims said twice, not at all, at great length, or not in JSON.
    pub(super) fn broken_claims(&self, now: i64) -> Vec<String> {
        let mut tokens = Vec::new();
        for (field, value) in [
            ("sub", json!(Uuid::now_v7())),
            ("exp", json!(now + 60)),
            ("kind", json!("officer")),
            ("aud", json!("motcua")),
            ("iss", self.claims["iss"].clone()),
        ] {
            tokens.extend(self.twice(field, &value));
        }
        let required = [
            "alg", "typ", "kid", "iss", "aud", "sub", "sid", "iat", "exp", "jti", "kind",
        ];
        tokens.extend(required.map(|field| self.without(field)));
        let padded = format!("{{{}\"", " ".repeat(3000));
        let padded = self.claims.to_string().replacen("{\"", &padded, 1);
        tokens.push(self.signed(&self.head.to_string(), &padded));
        for broken in ["", "null", "[]", "{}", "\"x\"", "{\"sub\":"] {
            tokens.push(self.signed(&self.head.to_string(), broken));
            tokens.push(self.signed(broken, &self.claims.to_string()));
        }
        tokens
    }

    /// The honest token cut short, grown, and with single bits turned over: all of them in the long
    /// run, else every so many.
    pub(super) fn damaged(&self) -> Vec<String> {
        let honest = &self.honest;
        let step = usize::try_from(runs(7, 1)).unwrap();
        let mut tokens: Vec<String> = (1..honest.len())
            .step_by(step)
            .map(|length| honest.get(..length).unwrap().to_owned())
            .collect();
        for (place, _) in honest.char_indices().step_by(step) {
            for bit in 0..7 {
                let mut bytes = honest.clone().into_bytes();
                *bytes.get_mut(place).unwrap() ^= 1 << bit;
                // What HTTP itself does not carry is no test of ours; a blank at the end is cut off.
                if bytes.iter().all(u8::is_ascii_graphic) {
                    tokens.push(String::from_utf8(bytes).unwrap());
                }
            }
        }
        // Unused bits of the last character, padding, other alphabets, more parts.
        let last = honest.chars().last().unwrap();
        for other in ('A'..='Z')
            .chain('a'..='z')
            .chain('0'..='9')
            .chain(['-', '_'])
        {
            if other != last {
                tokens.push(format!(
                    "{}{other}",
                    honest.get(..honest.len() - 1).unwrap()
                ));
            }
        }
        for suffix in ["=", "==", ".", ".x", "A", "%00"] {
            tokens.push(format!("{honest}{suffix}"));
        }
        let parts: Vec<_> = honest.split('.').collect();
        tokens.push(format!("{}.{}.{}", parts[1], parts[0], parts[2]));
        tokens.push(format!(".{honest}"));
        tokens.push("x".repeat(7000));
        tokens
    }
}
