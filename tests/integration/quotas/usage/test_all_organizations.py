"""Usage over all organizations, for operators: manage.py usage, the page in the console, and CSV."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.management import CommandError, call_command

from quotas.admin import UsageAdmin
from tests.acts import rows, statements_of
from tests.browsers import Browser, browser_of
from tests.cast import Cast
from tests.integration.quotas.usage.test_months import counter, month, used_before

USAGE, EXPORT = "/admin/quotas/pastusage/", "/admin/quotas/pastusage/export/csv/"


def period(ago: int) -> str:
    return f"{month(ago):%Y-%m}"


def told(*arguments: str) -> list[tuple[Any, ...]]:
    said = io.StringIO()
    call_command("usage", "--json", *arguments, stdout=said)
    columns = ("period", "slug", "resource", "used", "limit", "share")
    return [tuple(each[column] for column in columns) for each in json.loads(said.getvalue())]


def test_whoever_is_nearest_to_a_limit_comes_first(acme: Cast, globex: Cast) -> None:
    counter(acme, 0, 900)
    counter(globex, 1, 1_000)
    rows(
        "UPDATE quotas SET \"limit\" = 0 WHERE resource = 'pipelines' AND organization_id = %(id)s",
        id=acme.organization.id,
    )
    assert told() == [
        (period(0), "acme", "executions", 900, 1_000, 0.9),
        (period(0), "acme", "users", 3, 5, 0.6),
        (period(0), "globex", "users", 2, 5, 0.4),
        (period(0), "acme", "pipelines", 0, 0, 0),
        (period(0), "globex", "executions", 0, 1_000, 0),
        (period(0), "globex", "pipelines", 0, 10, 0),
    ]


def test_a_limit_that_is_overridden_counts_until_its_end(acme: Cast) -> None:
    rows("UPDATE quotas SET override = 30, override_until = now() + interval '1 hour' WHERE resource = 'users'")
    assert told()[0] == (period(0), "acme", "users", 3, 30, 0.1)
    rows("UPDATE quotas SET override_until = now()")
    assert told()[0] == (period(0), "acme", "users", 3, 5, 0.6)


def test_a_month_that_is_over_is_told_from_what_was_kept_and_from_counters_that_stand_in_it(
    acme: Cast, globex: Cast
) -> None:
    used_before(acme, 1, 5, limit=10)
    counter(acme, 0, 900)
    counter(globex, 1, 700)
    assert told("--period", period(1)) == [
        (period(1), "globex", "executions", 700, 1_000, 0.7),
        (period(1), "acme", "executions", 5, 10, 0.5),
    ]
    rows("UPDATE organizations SET deleted_at = now() WHERE slug = 'globex'")
    assert [each[1] for each in told("--period", period(1))] == ["acme"]
    assert told("--period", "1999-12") == []


def test_the_command_speaks_to_people_and_writes_a_file_once(acme: Cast, tmp_path: Path) -> None:
    rows("UPDATE organizations SET name = '=HYPERLINK(1)' WHERE slug = 'acme'")
    said, file = io.StringIO(), tmp_path / "usage.csv"
    call_command("usage", stdout=said)
    assert said.getvalue().splitlines()[0] == "  60 %  acme: 3 of 5 users (free)"
    call_command("usage", "--csv", str(file), stdout=said)
    assert said.getvalue().splitlines()[-1] == f"6 quotas in {period(0)}. They are in {file}."
    found = list(csv.reader(io.StringIO(file.read_bytes().decode())))
    assert found[:2] == [
        ["period", "slug", "name", "plan", "resource", "used", "limit", "share"],
        [period(0), "acme", "'=HYPERLINK(1)", "free", "users", "3", "5", "0.6000"],
    ]
    for taken in (file, tmp_path / "nowhere" / "usage.csv", "a\0b"):
        with pytest.raises(CommandError, match="The file can't be written"):
            call_command("usage", "--csv", str(taken))


@pytest.mark.parametrize("wrong", ["2026-13", "2026-1", "0000-01", "9999-01", "now", "\u0662026-11", "a\0b"])
def test_what_is_no_month_up_to_this_one_is_refused(otto: Browser, wrong: str) -> None:
    with pytest.raises(CommandError, match="Name a month up to this one"):
        call_command("usage", "--period", wrong)
    asked = urlencode({"period": wrong})
    assert [otto.get(f"{path}?{asked}").status for path in (USAGE, EXPORT)] == [400, 400]


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 30])
def test_what_is_no_page_is_refused_and_one_beyond_the_last_is_empty(otto: Browser, page: str) -> None:
    assert otto.get(f"{USAGE}?page={page}").status == 400
    empty = otto.get(f"{USAGE}?page=1000000")
    assert (empty.status, "Nothing is known of this month on this page." in empty.words) == (200, True)


def test_operators_page_through_a_month_and_take_all_of_it_as_csv(
    acme: Cast, globex: Cast, otto: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(UsageAdmin, "list_per_page", 4)
    counter(acme, 0, 1_000)
    first, second = otto.get(USAGE), otto.get(f"{USAGE}?period={period(0)}&page=2")
    assert "Organization Resource Share Used Limit Plan Acme executions 100 % 1,000 1,000 Free" in first.words
    assert [(page.text.count("<tr><td>"), "Next" in page.words, "Back" in page.words) for page in (first, second)] == [
        (4, True, False),
        (2, False, True),
    ]
    file = otto.get(f"{EXPORT}?period={period(0)}")
    assert (file.status, file.headers["Content-Type"]) == (200, "text/csv; charset=utf-8")
    assert file.headers["Content-Disposition"] == f'attachment; filename="usage-{period(0)}.csv"'
    assert len(list(csv.reader(io.StringIO(file.text)))) == 7


def test_more_organizations_are_no_more_queries(acme: Cast, otto: Browser, request: pytest.FixtureRequest) -> None:
    otto.get(USAGE)
    few = statements_of(lambda: otto.get(USAGE))
    request.getfixturevalue("globex")
    assert len(statements_of(lambda: otto.get(USAGE))) == len(few) <= 6


def test_it_is_for_operators_alone(acme: Cast, otto: Browser) -> None:
    alice = browser_of(acme, "alice")
    assert (alice.get(EXPORT).status, "Globex" in alice.get(USAGE).words) == (404, False)
    assert [Browser().get(path).status for path in (USAGE, EXPORT)] == [302, 302]
    assert otto.post(f"{USAGE}add/", resource="users").status == 403
    assert otto.get(f"{USAGE}{acme.organization.id}/change/").status == 404
