"""TOTP (RFC 6238): codes of an authenticator app, of SHA-1, 6 digits and 30 seconds; one step of clock drift either way."""

# Note [The secret at rest]
# A code is worked out of a secret that both sides have, so it can't be a hash. It is encrypted under a key that is derived from
# WORKIX_MASTER_SECRET for this one row: the ciphertext of another person, which a statement might write in its place, opens
# nothing, and neither does a copy of the database. It rotates as the rest of what that secret derives does, which is not at all
# while it is the same: with another one no code is right any more, and people enrol again (docs/operations.md). It is shown once.

from __future__ import annotations

import hmac
import re
from datetime import datetime

import pyotp

from accounts.models import SecondFactor
from workix.config.encryption import DecryptionError, decrypt, encrypt

#: Steps of 30 seconds that the two clocks may be apart, as RFC 6238, section 5.2, advises.
DRIFT = 1
#: To look at before anything else is: Unicode has more digits than these.
_SIX_DIGITS = re.compile(r"[0-9]{6}")


def make_secret() -> str:
    """Draw a secret of 160 bits (RFC 4226, section 4), in base 32."""
    return pyotp.random_base32()


def keep_secret(factor: SecondFactor, secret: str) -> None:
    """Keep the secret of a factor. See Note [The secret at rest]."""
    factor.encrypted_secret = encrypt(_purpose(factor), secret)


def uri_of(secret: str, *, account: str, issuer: str) -> str:
    """Write an `otpauth://` URI, which authenticator apps read."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=issuer)


def find_step(factor: SecondFactor, code: str, *, now: datetime) -> int | None:
    """Find the time step that a code is of, where it is one that may still be used: the earliest such."""
    if not _SIX_DIGITS.fullmatch(code):
        return None
    try:
        generator = pyotp.TOTP(decrypt(_purpose(factor), factor.encrypted_secret, lifetime=None))
    except DecryptionError:
        return None
    now_step = generator.timecode(now)
    steps = [now_step + drift for drift in range(-DRIFT, DRIFT + 1)]
    right = [step for step in steps if hmac.compare_digest(generator.generate_otp(step), code)]
    return min((step for step in right if step > factor.last_step), default=None)


def _purpose(factor: SecondFactor) -> str:
    return f"totp {factor.user.organization_id} {factor.user_id} {factor.id}"
