"""What an own role grants, what it does not any more, and what a person may do by both kinds of role."""

from __future__ import annotations

import pytest

from accounts.models import CustomRole, User
from workix.core.apps import permissions_of
from workix.core.models import uuid7
from workix.core.permissions import OPERATOR


def person(role: str, granted: str, *, is_active: bool = True) -> User:
    user = User(role=role, is_active=is_active, organization_id=uuid7())
    user.granted = granted
    return user


def test_a_role_grants_what_people_can_hold_and_nothing_else() -> None:
    role = CustomRole(permissions="audit:read console:enter gone:read profile:read")
    assert (role.granted, role.undeclared) == ({"audit:read", "profile:read"}, ["console:enter", "gone:read"])


@pytest.mark.parametrize("granted", ["", "  ", "gone:read", "console:enter jobs:retry", "users:read", "Audit:read"])
def test_what_grants_nothing_adds_nothing(granted: str) -> None:
    assert person("viewer", granted).permissions == permissions_of("viewer")


def test_a_role_adds_to_the_fixed_one_while_a_person_is_active() -> None:
    both = permissions_of("viewer") | {"audit:read", "users:write"}
    assert person("viewer", "audit:read users:write users:write").permissions == both
    shut_out = person("viewer", "audit:read users:write", is_active=False)
    assert (shut_out.permissions, shut_out.assigned_permissions) == (frozenset(), both)
    assert not shut_out.has_perm("users:read")


def test_an_operator_has_no_role_of_an_organization() -> None:
    operator = User(role="admin", organization_id=None)
    operator.granted = "audit:read"
    assert operator.permissions == permissions_of(OPERATOR)
