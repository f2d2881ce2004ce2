"""WebAuthn options: what a page hands to navigator.credentials, as parseCreationOptionsFromJSON and its like read it."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import Any

from accounts.models import Passkey, User
from accounts.passkeys import challenges
from accounts.passkeys.challenges import LIFETIME, Ceremony
from accounts.passkeys.webauthn import ALGORITHMS

_TIMEOUT = int(LIFETIME.total_seconds() * 1_000)


def creation_options(ceremony: Ceremony, user: User, known: Iterable[Passkey]) -> dict[str, Any]:
    """Say what to make: a discoverable credential, of a person who is verified, on no authenticator that has one of theirs."""
    return {
        "rp": {"id": ceremony.rp.id, "name": ceremony.rp.name},
        "user": {"id": handle_of(user), "name": user.email, "displayName": user.full_name},
        "challenge": challenges.make(ceremony),
        "pubKeyCredParams": [{"type": "public-key", "alg": algorithm} for algorithm in ALGORITHMS],
        "timeout": _TIMEOUT,
        "excludeCredentials": _descriptors(known),
        "authenticatorSelection": {
            "residentKey": "required",
            "requireResidentKey": True,
            "userVerification": "required",
        },
        "attestation": "none",
        "extensions": {"credProps": True},
    }


def request_options(ceremony: Ceremony, allowed: Iterable[Passkey] = ()) -> dict[str, Any]:
    """Say what to sign, with one of these, or with whichever the person chooses."""
    return {
        "challenge": challenges.make(ceremony),
        "timeout": _TIMEOUT,
        "rpId": ceremony.rp.id,
        "allowCredentials": _descriptors(allowed),
        "userVerification": "required",
    }


def handle_of(user: User) -> str:
    """Return what an authenticator keeps of whose a passkey is: an id that says nothing (WebAuthn, 14.6.1)."""
    return base64.urlsafe_b64encode(user.id.bytes).rstrip(b"=").decode()


def _descriptors(passkeys: Iterable[Passkey]) -> list[dict[str, Any]]:
    return [
        {"type": "public-key", "id": passkey.credential_id, "transports": passkey.transports.split()}
        for passkey in passkeys
    ]
