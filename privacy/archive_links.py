"""The link to an archive (a person's data, or a compliance report): good for an hour, or until another is made."""

# Note [The link to an archive]
# The token of a link is shown once, to who asked for it, and never stands in an address: it is sent in the body of a POST by
# somebody who is logged in and may have the archive anyway. So a copied link alone opens nothing, and neither does a session
# that was left open. A keyed hash of it is kept. A new link ends the one before.

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta
from typing import TypeVar

from privacy.models import ComplianceReport, PrivacyExport
from workix.config.keyed_hash import keyed_hash
from workix.core.errors import NotFound

LIFETIME = timedelta(hours=1)

Archive = TypeVar("Archive", PrivacyExport, ComplianceReport)
#: What the hash of a token is of: a link of one kind is none of another.
_PURPOSES = {PrivacyExport: "privacy-export", ComplianceReport: "compliance-report"}


class LinkOver(NotFound):
    detail = "This link is over, or another one took its place. Ask for a new one."


def new_link(archive: Archive, *, now: datetime) -> str:
    """Make a link to an archive, which ends the one before; return its token. See Note [The link to an archive]."""
    token = secrets.token_urlsafe(32)
    archive.link_hash = _hash_of(archive, token)
    archive.link_expires_at = min(now + LIFETIME, archive.expires_at)
    archive.save(update_fields=["link_hash", "link_expires_at", "updated_at"])
    return token


def require_link(archive: Archive, token: str, *, now: datetime) -> None:
    """Make sure that a token is that of the archive's link.

    :raises LinkOver: when it is not, or no more.
    """
    is_its = hmac.compare_digest(_hash_of(archive, token), archive.link_hash)
    if not is_its or archive.link_expires_at is None or archive.link_expires_at <= now:
        raise LinkOver


def _hash_of(archive: Archive, token: str) -> str:
    return keyed_hash(_PURPOSES[type(archive)], token)
