"""Full text search in the trail: whole words of names, ids and changes, by the index; and a list that is not counted whole."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from audit.admin import MOST_LISTED, NewestPages
from audit.models import LogEntry
from audit.search.words import LOOKED_AT, containing
from tenants.scope import use_tenant
from tests.acts import rows
from tests.browsers import browser_of
from tests.cast import Api, Cast

ADD = "INSERT INTO audit_logs (actor_type, action, resource_type, resource_label, resource_id, changes) VALUES"


def found(api: Api, words: str) -> list[str]:
    answer = api.call("GET", "audit-logs/?resource_type=thing&search=" + words)
    assert answer.status == 200, answer
    return [each["resource_label"] for each in answer.body["results"]]


@pytest.fixture
def things(acme: Cast) -> None:
    rows(
        f"{ADD} ('system', 'thing.updated', 'thing', 'Rosa.Luxemburg@acme.example', 'Ticket 4711',"
        """ '{"title": ["Größe", "alt text"], "seats": [3, 12345]}'),"""
        " ('system', 'thing.updated', 'thing', 'other', '', '{}')",
        acme,
    )


@pytest.mark.parametrize(
    "words",
    [
        "rosa",
        "LUXEMBURG",
        "rosa.luxemburg@acme.example",
        "4711",
        "gr%C3%B6%C3%9Fe",
        "title",
        "12345",
        "alt+rosa+ticket",
    ],
)
def test_each_word_of_an_entry_finds_it(things: None, alice: Api, words: str) -> None:
    assert found(alice, words) == ["Rosa.Luxemburg@acme.example"]


@pytest.mark.parametrize("words", ["ros", "rosa+nobody", "--", "'%26|!:*()", "%5C"])
def test_parts_of_words_and_signs_find_nothing(things: None, alice: Api, words: str) -> None:
    assert found(alice, words) == []


@pytest.mark.parametrize("words", ["%00", "x" * 201])
def test_what_can_not_be_looked_for_is_refused(alice: Api, words: str) -> None:
    answer = alice.call("GET", "audit-logs/?search=" + words)
    assert (answer.status, answer.body["errors"][0]["field"]) == (400, "search")


def test_the_id_of_a_thing_or_of_a_request_finds_its_entries_by_their_own_indexes(acme: Cast, alice: Api) -> None:
    bob, request = str(acme.people["bob"].id), "0123456789abcdef0123456789abcdef"
    rows(
        f"{ADD} ('system', 'thing.updated', 'thing', 'his', %(bob)s, jsonb_build_object('title', 'alt')),"
        " ('system', 'thing.updated', 'thing', 'of him', '', jsonb_build_object('owner', %(bob)s::text))",
        acme,
        bob=bob,
    )
    rows("UPDATE audit_logs SET request_id = %(id)s WHERE resource_label = 'his'", acme, id=request)
    assert (sorted(found(alice, bob.upper())), found(alice, f"{bob}+alt")) == (["his", "of him"], ["his"])
    assert (found(alice, request), found(alice, f"{bob}+{request}"), found(alice, f"{bob}+no")) == (
        ["his"],
        ["his"],
        [],
    )
    with use_tenant(acme.organization), connection.cursor() as cursor:
        cursor.execute("SET enable_seqscan = off")
        plan = containing(LogEntry.objects.order_by(), bob).explain()
    assert all(f"Bitmap Index Scan on audit_by_{name}" in plan for name in ("words", "resource", "request"))


def test_changes_of_any_size_are_written_and_found_by_what_they_begin_with(acme: Cast, alice: Api) -> None:
    """A vector holds a megabyte, and more would be refused by the database, with the act."""
    numbers = " ".join(f"w{number:x}" for number in range(400_000))
    assert len(numbers) > 20 * LOOKED_AT
    rows(
        f"{ADD} ('system', 'thing.updated', 'thing', 'large', '', jsonb_build_object('t', %(text)s::text))",
        acme,
        text=numbers,
    )
    assert (found(alice, "w1f"), found(alice, "w61a7f")) == (["large"], [])


def test_the_index_answers(acme: Cast) -> None:
    """Letter for letter the same expression, or each entry would be read."""
    with use_tenant(acme.organization), connection.cursor() as cursor:
        cursor.execute("SET enable_seqscan = off")
        plan = containing(LogEntry.objects.order_by(), "rosa 4711").explain()
    assert "Bitmap Index Scan on audit_by_words" in plan


def test_the_dashboard_searches_by_the_index_too_and_counts_a_part(acme: Cast, things: None) -> None:
    statements: list[Any] = []
    alice = browser_of(acme, "alice")

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        statements.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        page = alice.get("/admin/audit/logentry/?q=luxemburg+4711")
    assert ("Rosa.Luxemburg" in page.text, "other" in page.words) == (True, False)
    assert [each for each in statements if "COUNT(*)" in each and "LIMIT" not in each] == []


def test_pages_of_a_long_trail_are_counted_no_further_than_somebody_leafs(acme: Cast) -> None:
    rows(
        "INSERT INTO audit_logs (actor_type, action, resource_type) SELECT 'system', 'a.b', 'c'"
        f" FROM generate_series(1, {MOST_LISTED + 50})",
        acme,
    )
    with use_tenant(acme.organization):
        assert NewestPages(LogEntry.objects.all(), 50).num_pages == MOST_LISTED // 50
        assert NewestPages(LogEntry.objects.filter(action="no.such"), 50).num_pages == 1


@pytest.mark.parametrize("words", ["", "%20", "%0B"])
def test_no_words_narrow_nothing_down(words: str, things: None, alice: Api) -> None:
    assert sorted(found(alice, words)) == ["Rosa.Luxemburg@acme.example", "other"]
