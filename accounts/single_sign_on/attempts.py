"""Sign-on attempts: state, nonce and PKCE verifier of one browser, good once and for ten minutes (against CSRF and replay)."""

# Bulk write: one conditional UPDATE decides whose answer counts.

# Note [Bound to the browser]
# An answer of a provider must come to the browser that asked for it, or somebody has another's browser sign on as themself
# (login CSRF), or uses an answer that they stole. So `state` alone is worth nothing: the browser holds a random secret in a
# `__Host-` cookie, which no script reads and no neighbouring host can set, and the row has a keyed hash of both. Nonce and PKCE
# verifier are derived from the secret and the state: they are in no table, and can't be those of another attempt.
#
# The row is used up by one conditional UPDATE before anything of the answer is looked at.

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from accounts.models import IdentityProvider, SignOn, SignOnPurpose
from accounts.tokens import signed_tokens
from accounts.tokens.signed_tokens import Subject
from quotas.rate_limits import Limit, client, count_attempt
from workix.config.keyed_hash import keyed_hash
from workix.core.current import Current
from workix.core.errors import Invalid

LIFETIME = timedelta(minutes=10)
#: Of one client, which may be an office of many.
BEGUN = Limit("sign_ons", most=600, window=timedelta(minutes=10))
STATE, TICKET = "sign-on", "step-up ticket"
_NO_BROWSER = ""


class AttemptNotValid(Invalid):
    code = "sign_on_expired"
    detail = (
        "This sign-on was begun in another browser, more than ten minutes ago, or was answered already. Begin again."
    )


@dataclass(frozen=True, slots=True)
class Attempt:
    """A sign-on under way, with what only the browser that began it holds."""

    row: SignOn
    state: str
    browser: str

    @property
    def provider(self) -> IdentityProvider:
        return self.row.provider

    @property
    def is_step_up(self) -> bool:
        """Whether the provider has to ask who it is although somebody is signed on there."""
        return self.row.purpose == SignOnPurpose.STEP_UP

    @property
    def nonce(self) -> str:
        return keyed_hash("sign-on nonce", f"{self.browser} {self.state}")

    @property
    def code_verifier(self) -> str:
        """64 characters (RFC 7636, section 4.1)."""
        return keyed_hash("sign-on verifier", f"{self.browser} {self.state}")


def begin(row: SignOn, *, now: datetime) -> Attempt:
    """Begin the sign-on that this row, which is not saved yet, is about. See Note [Bound to the browser].

    :raises TooMany: when one client begins too many.
    """
    count_attempt(BEGUN, client(), now=now)
    subject, browser = Subject(Current.organization.id, row.id), secrets.token_urlsafe(32)
    state = signed_tokens.write(STATE, subject)
    row.state_hash, row.browser_hash = signed_tokens.hash_of(STATE, state), _browser_hash(browser)
    row.expires_at = now + LIFETIME
    row.save(force_insert=True)
    return Attempt(row, state, browser)


def hand_over(ticket: str, *, provider: IdentityProvider, now: datetime) -> Attempt:
    """Give an attempt that a client of the API began to the browser that brings its ticket, the first one.

    :raises AttemptNotValid: when the ticket is for another provider, over, or was brought before.
    """
    subject = _subject(TICKET, ticket)
    state, browser = signed_tokens.write(STATE, subject), secrets.token_urlsafe(32)
    found = SignOn.objects.filter(
        id=subject.row_id,
        provider=provider,
        state_hash=signed_tokens.hash_of(TICKET, ticket),
        used_at__isnull=True,
        expires_at__gt=now,
    )
    begins = {"state_hash": signed_tokens.hash_of(STATE, state), "browser_hash": _browser_hash(browser)}
    if not found.update(created_at=now, **begins):  # for a request that is of now, and a proof that is not older
        raise AttemptNotValid
    return Attempt(SignOn.objects.select_related("provider").get(id=subject.row_id), state, browser)


def issue_ticket(row: SignOn, *, now: datetime) -> str:
    """Begin the sign-on that this row is about, whose browser is yet to come: it brings the ticket.

    :raises TooMany: when one client begins too many.
    """
    count_attempt(BEGUN, client(), now=now)
    ticket = signed_tokens.write(TICKET, Subject(Current.organization.id, row.id))
    row.state_hash, row.expires_at = signed_tokens.hash_of(TICKET, ticket), now + LIFETIME
    row.save(force_insert=True)
    return ticket


def use_up(state: str, browser: str, *, provider: IdentityProvider, now: datetime) -> Attempt:
    """Use up the attempt that an answer of `provider` is for. Of two who try at once, one gets through.

    :raises AttemptNotValid: when it is of another browser, another provider, over, or was used up.
    """
    subject = _subject(STATE, state)
    if browser == _NO_BROWSER:
        raise AttemptNotValid
    found = SignOn.objects.filter(
        id=subject.row_id,
        provider=provider,
        state_hash=signed_tokens.hash_of(STATE, state),
        browser_hash=_browser_hash(browser),
        used_at__isnull=True,
        expires_at__gt=now,
    )
    if not found.update(used_at=now):
        raise AttemptNotValid
    return Attempt(SignOn.objects.select_related("provider", "begun_by").get(id=subject.row_id), state, browser)


def challenge_of(code_verifier: str) -> str:
    """Write the S256 challenge of a PKCE verifier (RFC 7636, section 4.2)."""
    digest = hashlib.sha256(code_verifier.encode("utf-8", "replace")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def remember(response: HttpResponseBase, attempt: Attempt) -> None:
    """Have the browser hold its part."""
    response.set_cookie(
        cookie_name(),
        attempt.browser,
        max_age=int(LIFETIME.total_seconds()),
        secure=settings.WORKIX.secure,
        httponly=True,
        samesite="Lax",
    )


def forget(response: HttpResponseBase) -> None:
    """Have the browser hold its part no longer."""
    response.delete_cookie(cookie_name(), samesite="Lax")


def browser_of(request: HttpRequest) -> str:
    """Return what this browser holds; "" where it holds nothing."""
    return request.COOKIES.get(cookie_name(), _NO_BROWSER)


def cookie_name() -> str:
    return "__Host-workix-sign-on" if settings.WORKIX.secure else "workix-sign-on"


def _subject(purpose: str, token: str) -> Subject:
    """Return what a token is about, in the organization that is entered.

    :raises AttemptNotValid: when it is none of ours, or of another organization.
    """
    subject = signed_tokens.read(purpose, token)
    if subject is None or subject.organization_id != Current.organization.id:
        raise AttemptNotValid
    return subject


def _browser_hash(browser: str) -> str:
    return keyed_hash("sign-on browser", browser)
