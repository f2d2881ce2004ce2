"""Assertions: proven() judges what a passkey signed, and uses up its challenge together with what it opens."""

# Note [Sign count]
# An authenticator that counts its signatures and comes with a count it had before is two: somebody made a copy of its key
# (WebAuthn, 6.1.1). What it signed is refused, and stands in the trail. Synchronized passkeys do not count, and always say 0.
# One conditional UPDATE compares and writes, so of two with the same count one gets through.

# Bulk write: see Note [Sign count].

from __future__ import annotations

import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import Q
from fido2.webauthn import AuthenticatorData

from accounts.login import attempts
from accounts.models import Passkey, User
from accounts.passkeys import challenges, webauthn
from accounts.passkeys.challenges import Ceremony, PasskeyNotValid
from accounts.passkeys.options import handle_of
from accounts.passkeys.webauthn import Assertion
from audit.registry import record_about


class SignCountBack(PasskeyNotValid):
    """See Note [Sign count]."""


@contextmanager
def proven(sent: Assertion, ceremony: Ceremony, *, of: User | None = None, now: datetime) -> Iterator[Passkey]:
    """Work in the one transaction in which a signature of a passkey is used up; without `of`, of whoever it says.

    The client is counted before anything is looked at, as one that tries a password; whoever completes a log-in gives it back.

    :raises TooMany: after too many from this client.
    :raises PasskeyNotValid: when it is not right.
    """
    attempts.count_client(now=now)
    with attempts.given_back_if_unavailable(attempts.client_was_right):
        challenge_id = challenges.read(ceremony, webauthn.read_challenge(sent.client_data), now=now)
        passkey = _find(sent, ceremony.rp.id, of)
        try:
            signed = webauthn.verify_assertion(sent, passkey, ceremony.rp)
            with transaction.atomic():
                challenges.spend(challenge_id)
                _use(passkey, signed, now=now)
                yield passkey
        except PasskeyNotValid as refusal:
            _record_refusal(passkey, refusal)
            raise


def _find(sent: Assertion, rp_id: str, of: User | None) -> Passkey:
    found = Passkey.objects.select_related("user").filter(credential_id=sent.credential_id, rp_id=rp_id)
    passkey = (found if of is None else found.filter(user=of)).first()
    if passkey is None:
        raise PasskeyNotValid
    named = sent.user_handle or ("" if of is None else handle_of(passkey.user))
    if not hmac.compare_digest(named.encode(), handle_of(passkey.user).encode()):
        raise PasskeyNotValid  # a discoverable one says whose it is (WebAuthn, 7.2, step 6)
    return passkey


def _use(passkey: Passkey, signed: AuthenticatorData, *, now: datetime) -> None:
    """Write down that it signed, as long as it is the one that was read, and its count goes on."""
    same = Passkey.objects.filter(id=passkey.id, public_key=passkey.public_key, rp_id=passkey.rp_id)
    goes_on = (
        Q(sign_count__lt=signed.counter) | Q(sign_count=0) if signed.counter == 0 else Q(sign_count__lt=signed.counter)
    )
    used = same.filter(goes_on).update(
        sign_count=signed.counter, is_backed_up=signed.is_backed_up(), last_used_at=_day_of(now)
    )
    if not used:
        raise SignCountBack if same.exists() else PasskeyNotValid


def _day_of(now: datetime) -> datetime:
    return now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def _record_refusal(passkey: Passkey, refusal: PasskeyNotValid) -> None:
    because = "sign count went back" if isinstance(refusal, SignCountBack) else "not valid"
    with transaction.atomic():
        record_about(passkey, "passkey.refused", {"because": because})
