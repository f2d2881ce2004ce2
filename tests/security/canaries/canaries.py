"""Canaries: a secret of every kind, in its real form, which nothing that is kept or shown may hold."""

from __future__ import annotations

import hashlib
import string
from dataclasses import dataclass

LETTERS, HEX = string.ascii_letters + string.digits, "0123456789abcdef"
BASE32, CROCKFORD = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789abcdefghjkmnpqrstvwxyz"
PEM = "-----{} {}PRIVATE KEY-----"


def drawn(what: str, length: int, alphabet: str = LETTERS) -> str:
    """Draw so many characters, the same in each run, with capitals and small letters where the alphabet has both."""
    digest = hashlib.shake_256(what.encode()).digest(length)
    return "".join(alphabet[byte % len(alphabet)] for byte in digest)


@dataclass(frozen=True)
class Canary:
    """A secret that travels under `name`. `core` is the part of it that is looked for, the same however it is quoted.

    `has_form`: it is known by its looks, where no name is beside it.
    """

    kind: str
    name: str
    value: str
    core: str
    has_form: bool = True

    def __repr__(self) -> str:
        return self.kind


def _of(kind: str, name: str, around: str, length: int, alphabet: str = LETTERS, *, has_form: bool = True) -> Canary:
    core = drawn(kind, length, alphabet)
    return Canary(kind, name, around.replace("*", core), core, has_form)


def _pem(kind: str, name: str, algorithm: str) -> Canary:
    core = drawn(kind, 64)
    begin, end = (PEM.format(word, algorithm) for word in ("BEGIN", "END"))
    return Canary(kind, name, f"{begin}\n{core}\n{core[::-1]}\n{end}\n", core)


def _recovery_code() -> Canary:
    groups = [drawn(f"recovery {number}", 4, CROCKFORD) for number in range(4)]
    return Canary("recovery code", "recovery_code", "-".join(groups), "-".join(groups))


CANARIES = [
    _of("password", "password", "kestrel *!", 12, has_form=False),
    _of("new password", "new_password", "*\"with'quotes", 12, has_form=False),
    _of("temporary password", "temporaryPassword", "*", 16, has_form=False),
    _of("access token", "access", "eyJhbGciOiJFZERTQSJ9.*.c2lnbmF0dXJl", 60),
    _of("refresh token", "refresh", "*", 86),
    _of("link of a mail", "token", "*", 86),
    _of("invitation", "invitation_token", "*", 86),
    _of("challenge", "challenge_token", "*", 86),
    _of("link to an archive", "link_token", "*", 43),
    _of("known device", "device_token", "*", 86),
    _of("api key", "api_key", "wxk_*", 65),
    _of("scim token", "Authorization", "Bearer wxk_*", 65),
    _of("opaque bearer", "Authorization", "Bearer 7*", 30),
    _of("basic credentials", "Authorization", "Basic 7*=", 30),
    _of("webhook secret", "webhook_secret", "whsec_*=", 43),
    _of("webhook signature", "webhook-signature", "v1,*=", 43),
    _of("totp secret", "secret", "*", 32, BASE32),
    _of("totp address", "totp_secret_uri", "otpauth://totp/Workix:a?secret=*&issuer=Workix", 32, BASE32),
    # Eight digits: six of a moment could be those of a code.
    _of("totp code", "code", "*", 8, "0123456789", has_form=False),
    _recovery_code(),
    _of("client secret of a provider", "client_secret", "*", 24, has_form=False),
    _of("saml response", "SAMLResponse", "PHNhbWxwO*", 60, has_form=False),
    _pem("saml key", "private_key", "RSA "),
    _pem("signing key", "signing_keys", ""),
    _pem("encrypted key", "private_key", "ENCRYPTED "),
    _of("database url", "DATABASE_URL", "postgresql://workix:*@db:5432/workix", 32),
    _of("email url", "EMAIL_URL", "smtp://mailer:*@mail.example:587", 32),
    _of("redis url", "REDIS_URL", "redis://:*@redis:6379/0", 32),
    _of("master secret", "WORKIX_MASTER_SECRET", "*", 43),
    _of("secret key", "SECRET_KEY", "*", 50, has_form=False),
    _of("directory key", "directory_key", "*", 43),
    _of("sentry dsn", "SENTRY_DSN", "https://*@sentry.example/1", 32, has_form=False),
    _of("scram verifier", "verifier", "SCRAM-SHA-256$4096:c2FsdA==$*:c2VydmVy", 43),
    _of("md5 verifier", "verifier", "md5*", 32, HEX),
    _of("hash of django", "password_hash", "argon2$argon2id$v=19$m=102400,t=2,p=8$c2FsdHNhbHQ$*", 43),
    _of("hash of argon2", "password_hash", "$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHQ$*", 43),
    _of("hash of bcrypt", "password_hash", "$2b$12$*", 53),
    _of("hash of pbkdf2", "password_hash", "pbkdf2_sha256$600000$c2FsdA$*=", 43),
    _of(
        "session cookie",
        "Cookie",
        "other=1; workix=*; more=2",
        32,
        string.ascii_lowercase + string.digits,
        has_form=False,
    ),
    _of("csrf token", "csrfmiddlewaretoken", "*", 64, has_form=False),
    _of("idempotency key", "Idempotency-Key", "*", 36, has_form=False),
]
