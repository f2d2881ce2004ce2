"""Versions (ETag) of a person, who has own roles among their groups."""

from __future__ import annotations

from datetime import timedelta

from accounts.models import User
from accounts.scim.versions import names_version, version_of
from tenants.scope import use_tenant
from tests.cast import Cast


def test_every_change_of_a_person_is_another_version(acme: Cast) -> None:
    with use_tenant(acme.organization):
        user = User.objects.get(id=acme.people["bob"].id)
        before = version_of(user)
        user.updated_at += timedelta(microseconds=1)
        after = version_of(user)
    named = [names_version(header, after) for header in (before, after, "*", f"{before}, {after}")]
    assert (before != after, named) == (True, [False, True, True, True])
