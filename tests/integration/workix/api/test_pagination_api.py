"""Every list is read to its end, page by page, whatever it is ordered by: each row once."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.acts import follow, rows
from tests.browsers import browser_of
from tests.cast import Api, Cast, api_of

PEOPLE = (
    "INSERT INTO users (id, created_at, updated_at, email, password_hash, first_name, last_name, role, is_active)"
    " SELECT gen_random_uuid(), '2026-11-26', now(), n || '@acme.example', '', '', '', 'user', true"
    " FROM generate_series(1, 398) AS n"
)
ENTRIES = (
    "INSERT INTO audit_logs (actor_type, action, resource_type, created_at)"
    " SELECT 'system', 'x.y', 'x', '2026-01-01T00:00:00.000001Z' FROM generate_series(1, %(more)s)"
)


@pytest.fixture
def crowd(acme: Cast) -> Cast:
    """Let 401 people be at Acme, most of whom came at one moment and have one role, no name, and never logged in."""
    rows("UPDATE public.quotas SET \"limit\" = 1000 WHERE resource = 'users'")
    rows(PEOPLE, acme)
    return acme


def read(api: Api, link: str | None, goes: str = "next") -> list[list[str]]:
    """Follow a list to its end; return the ids of each page."""
    pages: list[list[str]] = []
    while link:
        page: dict[str, Any] = follow(api, link).body
        pages.append([each["id"] for each in page["results"]])
        link = page[goes]
        assert len(pages) < 100
    return pages


@pytest.mark.fault("E2")
@pytest.mark.parametrize(
    "query",
    [
        "page_size=7&ordering=role",
        "page_size=40&ordering=-role",
        "page_size=40&ordering=first_name,-last_name",
        "page_size=40&ordering=last_login",
        "page_size=40&ordering=-last_login",
        "page_size=40&ordering=created_at",
        "page_size=40&ordering=email",
        "page_size=40&role=user&ordering=-role",
        "page_size=40",
    ],
)
def test_everybody_is_on_one_page_whatever_people_are_ordered_by(crowd: Cast, query: str) -> None:
    alice = api_of(crowd, "alice")
    seen = [each for page in read(alice, f"/api/v1/users/?{query}") for each in page]
    there = 399 if "role=user" in query else 401
    assert (len(seen), len(set(seen))) == (there, there)


@pytest.mark.fault("E2")
@pytest.mark.slow
@pytest.mark.parametrize(("size", "more"), [(7, 50), (200, 2_500)])
def test_a_trail_of_one_moment_is_read_to_its_end_and_back(acme: Cast, size: int, more: int) -> None:
    alice = api_of(acme, "alice")
    rows(ENTRIES, acme, more=more)
    alice.get("audit-logs/")  # is an entry, once in a while
    ((there,),) = rows("SELECT count(*) FROM audit_logs", acme)
    forth = read(alice, f"/api/v1/audit-logs/?page_size={size}")
    seen = [each for page in forth for each in page]
    assert (len(seen), len(set(seen))) == (there, there)
    last = f"/api/v1/audit-logs/?page_size={size}"
    for _ in forth[1:]:
        last = follow(alice, last).body["next"]
    assert read(alice, last, "previous") == forth[::-1]


@pytest.mark.fault("E2")
def test_before_the_first_row_one_goes_on_to_the_beginning(acme: Cast) -> None:
    alice = api_of(acme, "alice")
    alice.get("audit-logs/")  # is an entry, once in a while; and the oldest one here
    rows("UPDATE audit_logs SET created_at = now() - interval '30 minutes' WHERE action = 'audit_log.accessed'", acme)
    second = follow(alice, alice.get("audit-logs/?page_size=3").body["next"]).body
    first = follow(alice, second["previous"]).body
    rows("DELETE FROM audit_logs WHERE id::text = ANY(%(ids)s)", acme, ids=[each["id"] for each in first["results"]])
    nothing = follow(alice, second["previous"]).body
    assert (nothing["results"], nothing["previous"]) == ([], None)
    assert follow(alice, nothing["next"]).body["results"] == second["results"]


@pytest.mark.fault("E2")
@pytest.mark.parametrize("column", ["", "3", "-3", "2", "4", "5", "6"])
def test_everybody_is_on_one_page_of_the_dashboard_whatever_it_is_ordered_by(crowd: Cast, column: str) -> None:
    alice = browser_of(crowd, "alice")
    pages = [alice.get(f"/admin/accounts/user/?o={column}&p={number}").text for number in range(1, 10)]
    seen = [
        each
        for page in pages
        for each in re.findall(r'name="_selected_action" value="(\S+?)"|user/(\S+?)/change/', page)
    ]
    assert len({each for pair in seen for each in pair if each}) == 401
