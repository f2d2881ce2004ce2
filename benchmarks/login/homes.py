"""Makes addresses that are confirmed persons in so many organizations: `python -m benchmarks.login.homes 1 5 15`."""

from __future__ import annotations

import sys

import django

PASSWORD = "a password of nobody at all"


def main() -> None:
    """Open the organizations, each with the address as its confirmed admin."""
    django.setup()
    for organizations in map(int, sys.argv[1:]):
        for number in range(organizations):
            _open(f"of-{organizations}-{number}", address_of(organizations))


def address_of(organizations: int) -> str:
    return f"person-in-{organizations}@example.com"


def _open(slug: str, address: str) -> None:
    from django.contrib.auth.hashers import make_password  # noqa: PLC0415  # settings come first
    from django.utils import timezone  # noqa: PLC0415  # models come first

    from accounts import email_index  # noqa: PLC0415  # models come first
    from accounts.models import User  # noqa: PLC0415  # models come first
    from accounts.signup import FirstAdmin, open_with_admin  # noqa: PLC0415  # models come first
    from tenants.isolation.owner import acting_as_owner  # noqa: PLC0415  # models come first
    from tenants.models import Organization, Status  # noqa: PLC0415  # models come first
    from tenants.scope import use_tenant  # noqa: PLC0415  # models come first

    organization = open_with_admin(name=slug, slug=slug, admin=FirstAdmin(address, make_password(PASSWORD)))
    with acting_as_owner("public"):
        Organization.objects.filter(id=organization.id).update(status=Status.ACTIVE)
    with use_tenant(organization):
        User.objects.filter(email=address).update(email_confirmed_at=timezone.now())
        email_index.add(address)


if __name__ == "__main__":
    main()
