"""Known devices (OWASP device cookies): a signed token for a client that completed a log-in as this person."""

# Note [Known devices]
# Whoever knows an address can use up its log-ins. So a client that completed one as this person gets a signed token, and what
# comes with it is counted apart: strangers never lock it out. It opens nothing by itself. It is bound to the address and the
# organization, so that an admin of another one, who may add anybody's address there, gets none that counts here.
# Source: OWASP, "Slow down online guessing attacks with device cookies".

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.http.response import HttpResponseBase

from accounts.models import User
from accounts.tokens import signed_tokens
from accounts.tokens.signed_tokens import Subject
from workix.core.models import uuid7

LIFETIME = timedelta(days=180)


def issue(user: User) -> str:
    """Make a token for the client that logged in as somebody just now."""
    return signed_tokens.write(_purpose(user.email), Subject(user.organization_id, uuid7()))


def find(token: str, *, address: str, organization_id: UUID | None, now: datetime) -> str | None:
    """Return the id of a known device, where the token is one for this address in this realm."""
    subject = signed_tokens.read(_purpose(address), token) if token else None
    if subject is None or subject.organization_id != organization_id or _made_at(subject.row_id) + LIFETIME < now:
        return None
    return subject.row_id.hex


def remember(response: HttpResponseBase, token: str) -> None:
    """Have the browser keep it; no script reads it."""
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        token,
        max_age=int(LIFETIME.total_seconds()),
        secure=settings.WORKIX.secure,
        httponly=True,
        samesite="Lax",
    )


def _purpose(address: str) -> str:
    return f"device:{address}"


def _made_at(identity: UUID) -> datetime:
    """Read the time in a UUIDv7 of ours."""
    return datetime.fromtimestamp((identity.int >> 80) / 1_000, UTC)
