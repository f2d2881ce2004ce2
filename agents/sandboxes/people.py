"""Who is in a sandbox: somebody of each role with one password, and people who only stand in lists."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.hashers import make_password

from accounts.models import User
from tenants.models import Organization
from workix.core.permissions import Role

#: RFC 2606: no mail server is found under it, ever.
DOMAIN = "sandbox.invalid"
_NAMES = {Role.ADMIN: ("Ada", "Admin"), Role.USER: ("Uma", "User"), Role.VIEWER: ("Vito", "Viewer")}
_EXTRAS = (("Ines", Role.USER), ("Jonas", Role.USER), ("Kira", Role.VIEWER))


def drafts(password_hash: str, *, now: datetime) -> dict[Role, User]:
    """Describe somebody of each role who may log in."""
    return {
        role: User(
            email=f"{role}@{DOMAIN}",
            first_name=first,
            last_name=last,
            role=role.value,
            password=password_hash,
            email_confirmed_at=now,
        )
        for role, (first, last) in _NAMES.items()
    }


def write(people: dict[Role, User], organization: Organization) -> None:
    """Put them into the organization that is being opened."""
    for user in people.values():
        user.organization_id = organization.id
        user.save(force_insert=True)


def add_extras() -> None:
    """Add people who can't log in: they have no password, and never confirmed their address."""
    for name, role in _EXTRAS:
        User(
            email=f"{name.lower()}@{DOMAIN}",
            first_name=name,
            last_name="Sample",
            role=role.value,
            password=make_password(None),
        ).save(force_insert=True)
