"""Logging in by a passkey alone (discoverable credential): request_options() asks for one, log_in() opens the session."""

# Note [No password]
# A passkey is two factors, so its session counts as one with a second factor. It does not say that its person reads the mailbox
# (accounts/tokens/mailbox_proofs.py): who was given a password could have added it, and whoever reads the mailbox has set
# another password since. So such a session switches to no other organization.
# A lock on the address does not hold it up: what is guessed at is the password, and strangers must not keep its owner out.

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest

from accounts.login import attempts
from accounts.login.login import find_person, open_for, require_welcome
from accounts.login.sessions import LoggedIn
from accounts.models import User
from accounts.passkeys import options
from accounts.passkeys.assertions import proven
from accounts.passkeys.challenges import Ceremony, PasskeyNotValid, Purpose
from accounts.passkeys.relying_party import RelyingParty
from accounts.passkeys.webauthn import Assertion
from tenants.models import Organization
from workix.core.current import Current
from workix.core.errors import NotAuthenticated
from workix.observability import metrics


class PasskeyRefused(NotAuthenticated):
    """It never says why. See PasskeyNotValid."""

    code = "passkey_not_valid"
    detail = PasskeyNotValid.detail


def request_options(rp: RelyingParty) -> dict[str, Any]:
    """Return the options for whoever comes: nothing of anybody is in them, and nothing is written down."""
    return options.request_options(_ceremony(rp))


@metrics.outcome_counted(metrics.LOGINS)
def log_in(sent: Assertion, rp: RelyingParty, *, in_cookie: bool, request: HttpRequest, now: datetime) -> LoggedIn:
    """Open a session for whoever signed with their passkey, in the realm that is entered. See Note [No password].

    :raises TooMany: after too many failures from this client.
    :raises PasskeyRefused: when what they sent is not right, or its person may not log in.
    :raises EmailNotConfirmed: and the other refusals of a log-in that come after a right password.
    """
    user, realm = identify(sent, rp, now=now), Current.find_organization()
    assert realm is None or isinstance(realm, Organization)
    opened = open_for(
        realm, user, in_cookie=in_cookie, by_password=False, by_second_factor=True, request=request, now=now
    )
    attempts.passkey_was_right(user, now=now)
    return opened


def identify(sent: Assertion, rp: RelyingParty, *, now: datetime) -> User:
    """Return who signed, and may come in.

    :raises PasskeyRefused: and the other refusals of `log_in`.
    """
    try:
        with proven(sent, _ceremony(rp), now=now) as passkey:
            found = passkey.user_id
    except PasskeyNotValid as error:
        raise PasskeyRefused from error
    user = find_person(id=found)
    if user is None:
        raise PasskeyRefused
    require_welcome(user, by_password=False, now=now)
    return user


def _ceremony(rp: RelyingParty) -> Ceremony:
    return Ceremony(Purpose.LOG_IN, rp)
