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

from accounts.models import IdentityProvider, SignOn, SignOnPurpose, User
from accounts.tokens import signed_tokens
from accounts.tokens.signed_tokens import Subject
from quotas.rate_limits import Limit, client, count_attempt
from workix.config.keyed_hash import keyed_hash
from workix.core.current import Current
from workix.core.errors import Invalid
from workix.core.models import uuid7

LIFETIME = timedelta(minutes=10)
#: Of one client, which may be an office of many.
BEGUN = Limit("sign_ons", most=600, window=timedelta(minutes=10))
STATE = "sign-on"
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
    def nonce(self) -> str:
        return keyed_hash("sign-on nonce", f"{self.browser} {self.state}")

    @property
    def code_verifier(self) -> str:
        """64 characters (RFC 7636, section 4.1)."""
        return keyed_hash("sign-on verifier", f"{self.browser} {self.state}")


def begin(
    provider: IdentityProvider,
    *,
    purpose: SignOnPurpose,
    return_to: str = "",
    code_challenge: str = "",
    begun_by: User | None = None,
    now: datetime,
) -> Attempt:
    """Begin a sign-on. See Note [Bound to the browser].

    :raises TooMany: when one client begins too many.
    """
    count_attempt(BEGUN, client(), now=now)
    row_id, browser = uuid7(), secrets.token_urlsafe(32)
    state = signed_tokens.write(STATE, Subject(Current.organization.id, row_id))
    row = SignOn.objects.create(
        id=row_id,
        provider=provider,
        purpose=purpose,
        state_hash=signed_tokens.hash_of(STATE, state),
        browser_hash=_browser_hash(browser),
        return_to=return_to,
        code_challenge=code_challenge,
        begun_by=begun_by,
        expires_at=now + LIFETIME,
    )
    return Attempt(row, state, browser)


def use_up(state: str, browser: str, *, provider: IdentityProvider, now: datetime) -> Attempt:
    """Use up the attempt that an answer of `provider` is for. Of two who try at once, one gets through.

    :raises AttemptNotValid: when it is of another browser, another provider, over, or was used up.
    """
    subject = signed_tokens.read(STATE, state)
    if subject is None or browser == _NO_BROWSER or subject.organization_id != Current.organization.id:
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


def _browser_hash(browser: str) -> str:
    return keyed_hash("sign-on browser", browser)
