"""Versions (RFC 7644, section 3.14): weak entity tags for ETag, If-Match and If-None-Match."""

from __future__ import annotations

from hashlib import sha256

from django.db.models import prefetch_related_objects

from accounts.models import User
from accounts.scim.errors import PreconditionFailed


def version_of(user: User) -> str:
    """Return the version of a person, as a weak entity tag (RFC 9110, section 8.8.3).

    Every change of theirs moves `updated_at`; own roles, which are among their groups, are added to it.
    """
    prefetch_related_objects([user], "role_members")
    own = sorted(f"{each.id} {each.name}" for each in user.role_members.all())
    roles = f"-{sha256(chr(10).join(own).encode()).hexdigest()[:16]}" if own else ""
    return f'W/"{int(user.updated_at.timestamp() * 1_000_000):x}{roles}"'


def require_version(user: User, wanted: str | None) -> None:
    """Make sure that somebody is still as who asks has seen them (If-Match).

    :raises PreconditionFailed: when they are not.
    """
    if wanted is not None:
        require_tag(wanted, version_of(user))


def require_tag(wanted: str, version: str) -> None:
    """Make sure that If-Match names this version.

    :raises PreconditionFailed: when it does not.
    """
    if not names_version(wanted, version):
        raise PreconditionFailed


def names_version(header: str, version: str) -> bool:
    """Say whether If-Match or If-None-Match names a version. Ours are weak, and compared as such."""
    tag = version.removeprefix("W/")
    return header.strip() == "*" or tag in (each.strip().removeprefix("W/") for each in header.split(","))
