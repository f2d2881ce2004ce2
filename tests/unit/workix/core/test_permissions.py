"""Who may do what: one table, closed by default."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.test import RequestFactory
from rest_framework.request import Request

from workix.core.apps import permissions, permissions_of
from workix.core.permissions import KNOWN, OPEN, OPERATOR, AnonymousUser, RequirePermission, Role


class View:
    """A plain view that answers GET and POST."""

    def __init__(self, **permissions: str) -> None:
        self.required_permissions = permissions

    def get(self) -> None: ...

    head = get

    def post(self) -> None: ...


def may(view: View, method: str = "GET", *, permissions: frozenset[str] = frozenset()) -> bool:
    request = Request(RequestFactory().generic(method, "/"))
    request.user = SimpleNamespace(permissions=permissions, is_authenticated=False)
    return RequirePermission().has_permission(request, view)


def test_an_action_that_names_no_permission_is_open_to_nobody() -> None:
    everything = frozenset(permissions())
    assert may(View(), permissions=everything) is False
    assert may(View(get="users:read"), "POST", permissions=everything) is False


def test_a_named_permission_opens_to_who_holds_it() -> None:
    view = View(get="users:read")
    assert may(view, permissions=frozenset({"users:read"})) is True
    assert may(view, permissions=frozenset({"users:write"})) is False


def test_head_needs_what_get_needs() -> None:
    view = View(get="users:read")
    assert may(view, "HEAD", permissions=frozenset({"users:read"})) is True
    assert may(view, "HEAD") is False


def test_the_action_of_a_viewset_counts_rather_than_its_method() -> None:
    view = View(list="users:read")
    view.action = "list"  # type: ignore[attr-defined]  # as a viewset has
    assert may(view, permissions=frozenset({"users:read"})) is True
    view.action = "create"  # type: ignore[attr-defined]  # as a viewset has
    assert may(view, "POST", permissions=frozenset(permissions())) is False


def test_open_is_open_to_nobody_known_as_well() -> None:
    view = View(get=OPEN)
    request = Request(RequestFactory().get("/"))
    request.user = AnonymousUser()
    assert RequirePermission().has_permission(request, view) is True


def test_what_is_open_to_whoever_is_known_is_open_to_nobody_else() -> None:
    view, request = View(get=KNOWN), Request(RequestFactory().get("/"))
    for who, expected in ((SimpleNamespace(is_authenticated=True), True), (AnonymousUser(), False)):
        request.user = who
        assert RequirePermission().has_permission(request, view) is expected


def test_a_method_no_one_answers_is_left_to_be_refused_as_such() -> None:
    assert may(View(get=OPEN), "DELETE") is True


@pytest.mark.requirement("S13")
def test_the_table_of_roles() -> None:
    everyone = {"profile:read", "profile:write", "organization:read", "users:read", "quotas:read", "privacy:request"}
    of_agents = {"agents:read", "agents:write", "agents:report", "proposals:read"}
    assert {role.value: permissions_of(role) for role in Role} == {
        "admin": everyone
        | of_agents
        | {
            "agents:manage",
            "proposals:decide",
            "organization:write",
            *("policies:read", "policies:write"),
            "users:write",
            "roles:read",
            "roles:write",
            "identity_providers:read",
            "identity_providers:write",
            "scim:provision",
            "api_keys:read",
            "api_keys:write",
            "quotas:consume",
            "quotas:release_any",
            "audit:read",
            "privacy:manage",
            "compliance:report",
            "authz:read",
            "dashboard:enter",
            *("webhooks:read", "webhooks:write"),
            "credentials:introspect",
        },
        "user": everyone | of_agents,
        "viewer": everyone | {"dashboard:enter"},
    }
    assert permissions_of(OPERATOR) == {
        "profile:read",
        "profile:write",
        "organizations:open",
        "organizations:manage",
        "jobs:retry",
        "console:enter",
    }


def test_nobody_holds_nothing() -> None:
    assert (AnonymousUser.permissions, AnonymousUser.is_authenticated, AnonymousUser.is_active) == (
        frozenset(),
        False,
        False,
    )
