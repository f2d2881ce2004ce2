"""manage.py list_api_keys: which keys there are, for an operator who says why."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.acts import rows
from tests.cast import Cast
from tests.integration.accounts.api_keys.callers import key_of


def listed(*arguments: str, slug: str = "acme") -> str:
    out = StringIO()
    call_command("list_api_keys", slug, "--reason", "the yearly review", *arguments, stdout=out)
    return out.getvalue()


def names(*arguments: str) -> list[str]:
    return [key["name"] for key in json.loads(listed("--json", *arguments))]


@pytest.fixture
def keys(acme: Cast) -> dict[str, str]:
    """A key that expires soon, one that is over, one that nobody ever used, and one that is used daily."""
    ends = {"soon": "now() + interval '5 days'", "over": "now() - interval '1 day'", "idle": "NULL", "busy": "NULL"}
    made = {}
    for name, end in ends.items():
        made[name] = key_of(acme)
        used = "NULL, created_at = now() - interval '40 days'" if name == "idle" else "now()"
        rows(
            f"UPDATE api_keys SET name = '{name}', expires_at = {end}, last_used_at = {used} WHERE name = 'Runner'",
            acme,
        )
    return made


def test_every_key_is_listed_and_none_told(acme: Cast, keys: dict[str, str]) -> None:
    text = listed()
    assert ("4 API keys." in text, f"{keys['busy'][:30]}…  busy: " in text) == (True, True)
    assert [key for key in keys.values() if key in text + listed("--json")] == []


def test_those_that_need_somebody_are_found(acme: Cast, keys: dict[str, str]) -> None:
    assert sorted(names("--expiring-within", "7")) == ["over", "soon"]
    assert names("--expiring-within", "0") == ["over"]
    assert names("--unused-for", "30") == ["idle"]
    assert names("--unused-for", "30", "--expiring-within", "7") == []


def test_the_organization_reads_that_somebody_looked_and_why(acme: Cast, keys: dict[str, str]) -> None:
    listed()
    asked = "SELECT actor_type, reason, changes FROM audit_logs WHERE action = 'organization.inspected'"
    assert rows(asked, acme) == [("system", "the yearly review", {"read": ["api_keys"]})]


def test_without_a_reason_or_an_organization_nothing_is_read(acme: Cast, globex: Cast) -> None:
    with pytest.raises(CommandError, match="no organization"):
        listed(slug="initech")
    with pytest.raises(CommandError, match="Say why"):
        call_command("list_api_keys", "acme", "--reason", " ")
    assert rows("SELECT count(*) FROM audit_logs WHERE action = 'organization.inspected'", acme) == [(0,)]
    assert listed(slug="globex") == "0 API keys.\n"
