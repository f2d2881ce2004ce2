"""Description: what is known of a SAML identity provider: its entity ID, where it signs people on, its certificates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Description:
    """Typed in by an admin, or read of the provider's metadata. `certificates` are PEM, one after the other."""

    entity_id: str
    sso_url: str
    certificates: str
    valid_until: datetime | None = None
