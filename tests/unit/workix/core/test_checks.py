"""System checks: an app that leaves something out is refused by name, with everything else that is missing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import models

from accounts.api.users import PersonViewSet
from accounts.models import User
from audit.registry import AUDITED
from quotas.admin import QuotaAdmin
from quotas.models import Quota
from workix.admin.sites import console
from workix.core.apps import TenantAppConfig, permissions, resources
from workix.core.checks import TAG, VIEWS, IncompleteApps, refuse_incomplete_apps
from workix.core.models import NOT_AUDITED
from workix.core.permissions import ADMIN, OPERATORS, Permission
from workix.core.privileges import EVERY_ROW, Privilege
from workix.core.resources import STOCK, Resource

Break = Callable[[pytest.MonkeyPatch], None]
QUOTAS = apps.get_app_config("quotas")


@pytest.fixture(autouse=True)
def _nothing_is_remembered(monkeypatch: pytest.MonkeyPatch) -> Any:
    """What is collected is kept, since apps do not change; here they do."""
    permissions.cache_clear()
    resources.cache_clear()
    yield
    monkeypatch.undo()
    permissions.cache_clear()
    resources.cache_clear()


def declares(name: str, value: Any) -> Break:
    """Let the quotas app declare something else, or more."""

    def change(patch: pytest.MonkeyPatch) -> None:
        before = getattr(QUOTAS, name)
        patch.setattr(QUOTAS, name, {**before, **value} if isinstance(before, dict) else (*before, *value))

    return change


def permission(name: str, description: str = "Do things.", held_by: frozenset[str] = ADMIN) -> Break:
    return declares("permissions", {name: Permission(description, held_by)})


def resource(name: str, **default: int) -> Break:
    return declares("resources", [Resource(name, kind=STOCK, default=default)])


def bursting(**burst: int) -> Break:
    return declares("resources", [Resource("cores", kind=STOCK, default={"free": 1, "pro": 2}, burst=burst)])


def action(name: str, needed: str | None) -> Break:
    def change(patch: pytest.MonkeyPatch) -> None:
        table = {each: value for each, value in PersonViewSet.required_permissions.items() if each != name}
        patch.setattr(PersonViewSet, "required_permissions", table | ({name: needed} if needed else {}))

    return change


def in_the_console(patch: pytest.MonkeyPatch) -> None:
    page = QuotaAdmin(Quota, console)
    patch.setattr(page, "required_permissions", {"view": "quotas:look"})
    patch.setitem(console._registry, Quota, page)


def as_a_feature_app(patch: pytest.MonkeyPatch) -> None:
    """Lists of the foundation are held to their plans; those of a feature app to this check."""
    patch.setattr(apps.get_app_config("accounts"), "__class__", TenantAppConfig)


def without_indexes(patch: pytest.MonkeyPatch) -> None:
    as_a_feature_app(patch)
    patch.setattr(apps.get_model("accounts.User")._meta, "indexes", [])


BROKEN: dict[str, tuple[Break, str, str]] = {
    "a feature app that declares nothing": (
        lambda patch: patch.setattr("django.conf.settings.FEATURE_APPS", ["django.contrib.humanize"]),
        "django.contrib.humanize",
        "E001",
    ),
    "a permission of another app": (permission("users:read"), "users:read", "E002"),
    "a permission with a name of its own kind": (permission("LookAtThings"), "quotas: LookAtThings", "E003"),
    "a permission nobody described": (permission("quotas:move", description=" "), "quotas: quotas:move", "E004"),
    "a permission that is nobody's": (permission("quotas:move", held_by=frozenset()), "quotas: quotas:move", "E005"),
    "a permission of a role there is not": (
        permission("quotas:move", held_by=frozenset({"boss"})),
        "quotas: quotas:move",
        "E005",
    ),
    "a scope that no admin can give": (
        declares("permissions", {"quotas:move": Permission("Move.", OPERATORS, scope=True)}),
        "quotas: quotas:move",
        "E011",
    ),
    "a resource with a strange name": (resource("Cloud Cores", free=1, pro=2), "quotas: Cloud Cores", "E006"),
    "a resource without a limit for a plan": (resource("cores", free=1), "quotas: cores", "E007"),
    "a limit below nothing": (resource("cores", free=-1, pro=1), "quotas: cores", "E007"),
    "a limit no column holds": (resource("cores", free=1, pro=2**31), "quotas: cores", "E007"),
    "a burst of no plan": (bursting(team=10), "quotas: cores", "E012"),
    "a burst that is more than the limit": (bursting(pro=101), "quotas: cores", "E012"),
    "privileges on another app's table": (declares("privileges", {"users": EVERY_ROW}), "quotas: users", "E008"),
    "a privilege that is more than usual": (
        declares("privileges", {"quotas": (Privilege("TRUNCATE"),)}),
        "quotas: quotas",
        "E008",
    ),
    "a column nobody classified": (
        lambda patch: patch.delattr(User._meta.get_field("email"), "sensitivity"),
        "accounts.User.email",
        "E009",
    ),
    "a key that counts": (
        lambda patch: patch.setattr(User._meta, "pk", models.AutoField(primary_key=True)),
        "accounts.User",
        "E010",
    ),
    "a model nobody audits": (lambda patch: patch.delitem(AUDITED, User), "accounts.User", "E020"),
    "a model that is audited and excused": (
        lambda patch: patch.setitem(NOT_AUDITED, User, "there are two minds about it"),
        "accounts.User",
        "E021",
    ),
    "an action without a permission": (
        action("destroy", None),
        "accounts.api.users.PersonViewSet.destroy",
        "E030",
    ),
    "an action with a permission nobody declared": (
        action("destroy", "users:fire"),
        "accounts.api.users.PersonViewSet.destroy",
        "E031",
    ),
    "a view that asks for no permission": (
        lambda patch: patch.setattr(PersonViewSet, "permission_classes", []),
        "accounts.api.users.PersonViewSet",
        "E032",
    ),
    "a permission for an action that is not there": (
        action("explode", "users:write"),
        "accounts.api.users.PersonViewSet.explode",
        "E033",
    ),
    "a filter no index serves": (without_indexes, "accounts.api.users.PersonViewSet: role", "E034"),
    "a page that names a permission nobody declared": (in_the_console, "quotas.admin.QuotaAdmin", "E041"),
}


def found() -> list[tuple[str, str]]:
    return [(str(each.obj), str(each.id).removeprefix(f"{TAG}.")) for each in run_checks(tags=[TAG, VIEWS])]


@pytest.mark.parametrize(("spoil", "place", "number"), BROKEN.values(), ids=BROKEN)
def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, spoil: Break, place: str, number: str) -> None:
    assert found() == []
    spoil(monkeypatch)
    assert (place, number) in found()


def test_a_server_does_not_start_and_says_everything_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_incomplete_apps()
    monkeypatch.delattr(User._meta.get_field("email"), "sensitivity")
    monkeypatch.delitem(AUDITED, User)
    with pytest.raises(IncompleteApps) as refused:
        refuse_incomplete_apps()
    said = str(refused.value)
    assert [each in said for each in ("accounts.User.email: (workix.E009) Rule: every column", "E020", "Mend: ")] == [
        True
    ] * 3


@pytest.mark.parametrize("command", ["migrate", "run_worker"])
def test_a_command_that_would_work_with_it_does_nothing_either(monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.delattr(User._meta.get_field("email"), "sensitivity")
    with pytest.raises(SystemCheckError, match=r"accounts\.User\.email"):
        call_command(command, skip_checks=False)
