"""Who is in a sandbox: somebody of each role with one password, and people who only stand in lists."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.hashers import make_password

from accounts.models import User
from tenants.models import Organization
from workix.core.permissions import Role

# Note [Addresses of a sandbox]
# They end in the sandbox's slug and `.invalid`, below which no mail server is found, ever (RFC 2606). Each sandbox has its own:
# failed log-ins are counted by address, over all organizations, and nobody locks the people of another sandbox out.

_NAMES = {Role.ADMIN: ("Ada", "Admin"), Role.USER: ("Uma", "User"), Role.VIEWER: ("Vito", "Viewer")}
_EXTRAS = (("Ines", Role.USER), ("Jonas", Role.USER), ("Kira", Role.VIEWER))


def domain_of(slug: str) -> str:
    """See Note [Addresses of a sandbox]."""
    return f"{slug}.invalid"


def drafts(slug: str, password_hash: str, *, now: datetime) -> dict[Role, User]:
    """Describe somebody of each role who may log in to the sandbox of a slug."""
    return {
        role: User(
            email=f"{role}@{domain_of(slug)}",
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


def add_extras(slug: str) -> None:
    """Add people who can't log in: they have no password, and never confirmed their address."""
    for name, role in _EXTRAS:
        User(
            email=f"{name.lower()}@{domain_of(slug)}",
            first_name=name,
            last_name="Sample",
            role=role.value,
            password=make_password(None),
        ).save(force_insert=True)
