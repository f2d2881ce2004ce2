"""Sandboxes where they are seen: on the command line, in dashboard and console, in metrics, and by apps that fill them."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from agents.sandboxes.signals import sandbox_filling
from tenants import metrics
from tenants.isolation import removal
from tenants.sandboxes.ending import SandboxesLeft, remove_expired
from tests.acts import rows
from tests.browsers import Browser
from tests.cast import OTTO, PASSWORD, Api, Cast, hire_otto
from tests.database import superuser
from workix.observability.readings import SANDBOXES_OVERDUE

pytestmark = pytest.mark.requirement("N11")


def opened(*options: str) -> Any:
    said = StringIO()
    call_command("open_sandbox", *options, "--json", stdout=said)
    return json.loads(said.getvalue())


def test_the_command_line_says_how_to_get_in(database: None) -> None:
    said = StringIO()
    call_command("open_sandbox", "--minutes=5", stdout=said)
    assert re.search(r"\nadmin      admin@sandbox-[0-9a-f]{12}\.invalid\n", said.getvalue())
    assert Api(opened()["people"][0]["access_token"]).get("organization/").status == 200


def test_the_command_line_opens_none_where_there_may_be_none(database: None, settings: Settings) -> None:
    settings.WORKIX = settings.WORKIX.model_copy(update={"sandboxes": 0})
    with pytest.raises(CommandError, match="WORKIX_SANDBOXES"):
        opened()


def test_who_logs_in_sees_that_nothing_stays(database: None) -> None:
    sandbox = opened()
    browser = Browser(f"{sandbox['organization']['slug']}.localhost")
    browser.log_in(sandbox["people"][0]["email"], sandbox["people"][0]["password"])
    assert "This is a sandbox. It ends on" in browser.get("/admin/").words


def test_operators_tell_it_from_a_customer(database: None) -> None:
    identity = opened()["organization"]["id"]
    hire_otto()
    console = Browser()
    console.log_in(OTTO, PASSWORD)
    page = f"/admin/tenants/organization/{identity}/change/"
    assert "It is nobody's." in console.get(page).words
    assert "1 organization" in console.get("/admin/tenants/organization/?sandbox_expires_at__isempty=0").words


def test_it_is_counted_apart(database: None) -> None:
    metrics._organizations.cache_clear()
    before = metrics.read_organizations(None)
    opened()
    metrics._organizations.cache_clear()
    assert metrics.read_organizations(None) == before
    counted = [each for each in metrics.read_platform(None) if each.reading.name == "workix_sandboxes"]
    assert [(each.labels, each.value) for each in counted] == [(("open",), 1), (("over",), 0)]


def test_how_long_one_that_is_over_waits_is_told(database: None) -> None:
    def waits() -> float:
        (told,) = (each.value for each in metrics.read_platform(None) if each.reading is SANDBOXES_OVERDUE)
        return told

    opened()
    assert waits() == 0
    over = "UPDATE organizations SET sandbox_expires_at = now() - interval '1000 seconds'"
    rows(f"{over} WHERE sandbox_expires_at IS NOT NULL")
    assert 1000 <= waits() < 1100


def test_an_app_that_can_not_fill_it_leaves_none(database: None) -> None:
    def fail(**given: Any) -> None:
        assert User.objects.count() == 6
        raise LookupError

    sandbox_filling.connect(fail)
    try:
        with pytest.raises(LookupError):
            opened()
    finally:
        sandbox_filling.disconnect(fail)
    ended = "SELECT deleted_at IS NOT NULL FROM organizations WHERE sandbox_expires_at <= now()"
    assert rows(ended) == [(True,)]


@pytest.mark.fault("C5")
def test_one_that_can_not_be_removed_keeps_none_of_the_others(acme: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(removal, "PATIENCE_SECONDS", 0.1)
    stuck, _ = opened(), opened()
    ((schema,),) = rows("SELECT schema_name FROM organizations WHERE id = %(id)s::uuid", id=stuck["organization"]["id"])
    tomorrow = timezone.now() + timedelta(days=1)
    with superuser() as reader:
        reader.execute("BEGIN")
        reader.execute(f"SELECT count(*) FROM {schema}.users")
        with pytest.raises(SandboxesLeft, match=r"^1 of 2 sandboxes"):
            remove_expired(now=tomorrow)
        reader.execute("ROLLBACK")
    assert (remove_expired(now=tomorrow), remove_expired(now=tomorrow)) == (1, 0)
    assert rows("SELECT slug FROM organizations ORDER BY slug") == [("acme",), ("globex",)]
