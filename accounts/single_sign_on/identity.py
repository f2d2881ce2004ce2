"""Identity: what an identity provider said of somebody, once a protocol (OpenID Connect, SAML) has verified that it did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import IdentityProvider
from audit.registry import record_about
from workix.core.errors import Denied, ProblemError

#: Characters.
_MOST_KEPT = 500


class SignOnRefused(Denied):
    """The provider's word was good, and is not enough here."""

    code = "sign_on_refused"


class SignOnFailed(Denied):
    """The provider's answer is none that we take: it is wrong, or somebody made it up."""

    code = "sign_on_failed"
    detail = "What your identity provider answered can't be trusted. Begin again; if it stays so, tell an admin."

    def __init__(self, because: str = "") -> None:
        """Refuse; `because` is for the organization's trail and for an admin who tests, and is told to nobody else."""
        self.because = because
        super().__init__()


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is to a provider. `authenticated_at` is when they last proved it to the provider, where it says so."""

    provider: IdentityProvider
    subject: str
    email: str = ""
    is_email_verified: bool = False
    first_name: str = ""
    last_name: str = ""
    groups: frozenset[str] = frozenset()
    authenticated_at: datetime | None = None


def record_refusal(provider: IdentityProvider, refusal: ProblemError, *, email: str = "") -> None:
    """Add to the trail who was refused, and why."""
    because = refusal.because if isinstance(refusal, SignOnFailed) and refusal.because else refusal.detail
    changes = {"because": because, "email": email} if email else {"because": because}
    with transaction.atomic():
        kept = {name: readable(text, _MOST_KEPT) for name, text in changes.items()}
        record_about(provider, "sign_on.refused", kept)


def readable(said: str, most: int) -> str:
    """Keep of what a provider or a stranger said what can be read, and so many characters at most."""
    return "".join(character for character in said if character.isprintable()).strip()[:most]
