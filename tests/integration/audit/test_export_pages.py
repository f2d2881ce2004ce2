"""The export buttons of the audit trail in the dashboard and the console."""

from __future__ import annotations

from datetime import timedelta

from tests import cast
from tests.acts import rows
from tests.browsers import Browser, browser_of
from tests.cast import Cast
from tests.integration.accounts.second_factors.phones import let_log_in_age

TRAIL = "/admin/audit/logentry/"
EXPORTED = "SELECT actor_label, changes FROM audit_logs WHERE action = 'audit_log.exported'"


def test_the_buttons_export_what_the_list_shows(acme: Cast) -> None:
    alice = browser_of(acme, "alice")
    page = alice.get(f"{TRAIL}?action=user.created&q=bob@acme")
    link = "export/csv/?action=user.created&amp;q=bob%40acme"
    assert f'href="{link}"' in page.text
    lines = alice.get(TRAIL + link.replace("&amp;", "&")).text.splitlines()
    assert (len(lines), "bob@acme.example" in lines[1]) == (2, True)
    filters = {"q": "bob@acme", "action": "user.created"}
    assert rows(EXPORTED, acme) == [("alice@acme.example", {"format": "csv", "filters": filters})]


def test_who_may_not_read_the_trail_exports_none_of_it(acme: Cast) -> None:
    vera = browser_of(acme, "vera")
    assert (vera.get(TRAIL + "export/csv/").status, rows(EXPORTED, acme)) == (403, [])


def test_a_format_there_is_none_of_and_a_filter_that_can_not_be_read(acme: Cast) -> None:
    alice = browser_of(acme, "alice")
    for wrong, status in (("export/xlsx/", 404), ("export/csv/?created_at__from=x", 400), ("export/csv/?salt=1", 400)):
        assert alice.get(TRAIL + wrong).status == status
    assert rows(EXPORTED, acme) == []


def test_an_export_takes_a_recent_log_in_and_keeps_its_filters_on_the_way(acme: Cast) -> None:
    alice = browser_of(acme, "alice")
    let_log_in_age(acme, timedelta(minutes=15, seconds=1))
    asked = alice.get(TRAIL + "export/csv/?action=user.created")
    assert (asked.status, asked.goes_to) == (
        302,
        "/admin/reauthentication/?next=%2Fadmin%2Faudit%2Flogentry%2Fexport%2Fcsv%2F%3Faction%3Duser.created",
    )


def test_an_operator_exports_the_platforms_own(database: None) -> None:
    cast.hire_otto()
    otto = Browser()
    otto.log_in(cast.OTTO)
    assert otto.get(TRAIL + "export/ndjson/").text.count("\n") == rows("SELECT count(*) FROM audit_logs")[0][0]
    assert rows(EXPORTED) == [(cast.OTTO, {"format": "ndjson", "filters": {}})]
