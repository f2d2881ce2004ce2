"""The timeline in the dashboard: a sentence an entry, before and after, the reason, the thing, everything of the same request."""

from __future__ import annotations

import pytest

from audit.models import LogEntry
from audit.reading.timeline import rows_of_changes, sentence
from tests.acts import rows
from tests.browsers import browser_of
from tests.cast import Api, Cast

TRAIL = "/admin/audit/logentry/"


def test_a_change_is_told_with_its_thing_its_table_and_its_request(acme: Cast, alice: Api) -> None:
    bob = str(acme.people["bob"].id)
    assert alice.patch(f"users/{bob}/", {"first_name": "<b>Robert"}).status == 200
    ((request_id, before),) = rows(
        "SELECT request_id, changes -> 'first_name' ->> 0 FROM audit_logs WHERE action = 'user.updated'"
        " AND resource_label = 'bob@acme.example' ORDER BY created_at DESC LIMIT 1",
        acme,
    )
    page = browser_of(acme, "alice").get(f"{TRAIL}?request_id={request_id}").text
    link = f'<a href="/admin/accounts/user/{bob}/change/">user bob@acme.example</a>'
    assert f"<strong>alice@acme.example</strong> updated {link}" in page
    assert f"<td><del>{before}</del></td><td><ins>&lt;b&gt;Robert</ins></td>" in page
    assert f'<a href="{TRAIL}?request_id={request_id}">All of this request</a>' in page


def test_of_many_changes_the_list_shows_some_and_the_page_all(acme: Cast) -> None:
    rows(
        "INSERT INTO audit_logs (actor_type, action, resource_type, changes) SELECT 'x', 'many.made', 'many',"
        " jsonb_object_agg('n' || n, n) FROM generate_series(1, 9) AS n",
        acme,
    )
    ((entry,),) = rows("SELECT id FROM audit_logs WHERE action = 'many.made'", acme)
    alice = browser_of(acme, "alice")
    assert "and 5 more" in alice.get(f"{TRAIL}?resource_type=many").words
    assert alice.get(f"{TRAIL}{entry}/change/").text.count('<th scope="row">n') == 9


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (LogEntry(source="trigger", action="user.created", actor_label="a@b"), "<strong>a@b</strong> created it"),
        (
            LogEntry(source="application", action="session.refused", actor_type="anonymous", actor_label=""),
            "it was refused to <strong>somebody who was not logged in</strong>",
        ),
        (
            LogEntry(source="application", action="organization.plan_set", actor_type="operator", actor_label="Otto"),
            "it was plan set by <strong>Otto</strong>",
        ),
    ],
)
def test_what_the_database_saw_and_what_happened_are_told_in_their_own_way(entry: LogEntry, said: str) -> None:
    assert sentence(entry, "it") == said


def test_where_some_are_shown_those_that_say_something_come_first() -> None:
    changes = {
        "id": [None, "7"],
        "word": [None, ""],
        "why": [None, [{"rule": "Löschen"}]],
        "note": [None, None],
        "name": [None, "Bob"],
    }
    entry = LogEntry(resource_type="nothing", changes=changes)
    assert list(rows_of_changes(entry, 2)) == [("why", "", '[{"rule": "Löschen"}]'), ("name", "", "Bob")]
    assert [name for name, _, _ in rows_of_changes(entry)] == list(changes)
