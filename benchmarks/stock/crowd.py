"""Opens tenants with people, and prints the host and an access token of each person as JSON."""

import json
import sys

import django


def main(organizations: int, people_each: int) -> None:
    django.setup()
    opened = [_open(f"crowd-{number}", people_each) for number in range(organizations)]
    # Tenant after tenant, as benchmarks.crowd.people does.
    print(json.dumps([person for turn in zip(*opened, strict=True) for person in turn]))


def _open(slug: str, people: int) -> list[tuple[str, str]]:
    from django_tenants.utils import schema_context  # noqa: PLC0415  # models are there once Django is set up
    from rest_framework_simplejwt.tokens import AccessToken  # noqa: PLC0415

    from benchmarks.stock.opening import open_stock  # noqa: PLC0415
    from benchmarks.stock.people.models import User  # noqa: PLC0415

    open_stock(slug, password="!", people=people)
    with schema_context(slug.replace("-", "_")):
        return [(f"{slug}.localhost", str(AccessToken.for_user(user))) for user in User.objects.all()]


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
