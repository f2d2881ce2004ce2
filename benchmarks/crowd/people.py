"""Opens organizations with people who are logged in, and prints an access token of each as JSON."""

from __future__ import annotations

import json
import sys

import django

ORGANIZATIONS, PEOPLE_EACH = 100, 10


def main(organizations: int = ORGANIZATIONS, people_each: int = PEOPLE_EACH) -> None:
    django.setup()
    print(json.dumps(open_crowd(organizations, people_each)))


def open_crowd(organizations: int, people_each: int) -> list[str]:
    """Open organizations, and return a token of each person in turns: one of each organization, before a second of any."""
    opened = [_open(f"crowd-{number}", people_each) for number in range(organizations)]
    return [token for turn in zip(*opened, strict=True) for token in turn]


def _open(slug: str, people: int) -> list[str]:
    """Open an active organization with room for so many, let them log in, and return their access tokens."""
    # Models are there once Django is set up, and not before.
    from django.utils import timezone  # noqa: PLC0415

    from accounts.login.sessions import begin  # noqa: PLC0415
    from accounts.models import User  # noqa: PLC0415
    from accounts.signup import FirstAdmin, open_with_admin  # noqa: PLC0415
    from tenants.isolation import owner  # noqa: PLC0415
    from tenants.scope import use_tenant  # noqa: PLC0415

    organization = open_with_admin(name=slug, slug=slug, admin=FirstAdmin(f"0@{slug}.example", "!"))
    with owner.connect() as connection:
        connection.execute("UPDATE public.organizations SET status = 'active' WHERE id = %s", [organization.id])
        room = 'UPDATE public.quotas SET "limit" = %s WHERE organization_id = %s'
        connection.execute(room, [people, organization.id])
    with use_tenant(organization):
        for number in range(1, people):
            User.objects.create(email=f"{number}@{slug}.example", password="!", role="viewer")  # noqa: S106  # unusable
        return [begin(organization, user, now=timezone.now()).access for user in User.objects.all()]


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
