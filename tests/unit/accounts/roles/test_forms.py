"""The checkboxes of an own role: grouped by what they are about, and no operator's among them."""

from __future__ import annotations

from accounts.roles.forms import permissions_by_thing
from workix.core.apps import grantable, permissions


def test_each_permission_of_people_is_offered_once_under_its_thing_with_what_it_allows() -> None:
    groups = dict(permissions_by_thing())
    offered = [name for choices in groups.values() for name, _ in choices]
    assert (offered, len(groups)) == (sorted(grantable()), len({name.partition(":")[0] for name in grantable()}))
    assert groups["Users"] == [
        (name, f"{name}: {permissions()[name].description}") for name in ("users:read", "users:write")
    ]
