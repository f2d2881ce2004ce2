"""Versions of people (RFC 7644, section 3.14): weak entity tags for ETag, If-Match and If-None-Match."""

from __future__ import annotations

from accounts.models import User
from accounts.scim.errors import PreconditionFailed


def version_of(user: User) -> str:
    """Return the version of a person, as a weak entity tag (RFC 9110, section 8.8.3). Every change moves `updated_at`."""
    return f'W/"{int(user.updated_at.timestamp() * 1_000_000):x}"'


def require_version(user: User, wanted: str | None) -> None:
    """Make sure that somebody is still as who asks has seen them (If-Match).

    :raises PreconditionFailed: when they are not.
    """
    if wanted is not None and not names_version(wanted, user):
        raise PreconditionFailed


def names_version(header: str, user: User) -> bool:
    """Say whether If-Match or If-None-Match names the version somebody has. Ours are weak, and compared as such."""
    version = version_of(user).removeprefix("W/")
    return header.strip() == "*" or version in (each.strip().removeprefix("W/") for each in header.split(","))
