"""Opens organizations with people who are logged in, and prints an access token of each as JSON."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from typing import Any

import django

ORGANIZATIONS, PEOPLE_EACH = 100, 10
#: As on the stock side: whatever is measured with them may take longer than tokens live.
LIFETIME = timedelta(hours=12)


def main(organizations: int = ORGANIZATIONS, people_each: int = PEOPLE_EACH) -> None:
    django.setup()
    from accounts.tokens.access_tokens import AccessToken  # noqa: PLC0415  # models come first

    AccessToken.lifetime = LIFETIME  # of this process's own
    print(json.dumps(open_crowd(organizations, people_each)))


def open_crowd(organizations: int, people_each: int) -> list[str]:
    """Open organizations, and return a token of each person in turns: one of each organization, before a second of any."""
    opened = [_open(f"crowd-{number}", people_each) for number in range(organizations)]
    tokens = map(_log_in, opened)
    return [token for turn in zip(*tokens, strict=True) for token in turn]


def _open(slug: str, people: int) -> Any:
    """Open an active organization with room for so many, and let them in."""
    # Models are there once Django is set up, and not before.
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
    return organization


def _log_in(organization: Any) -> list[str]:
    """Begin a session of each person, and return their access tokens."""
    from django.utils import timezone  # noqa: PLC0415

    from accounts.login.sessions import begin  # noqa: PLC0415
    from accounts.models import User  # noqa: PLC0415
    from tenants.scope import use_tenant  # noqa: PLC0415

    with use_tenant(organization):
        return [begin(organization, user, now=timezone.now()).access for user in User.objects.all()]


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
