"""My data, Personal data and Erasures in the dashboard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from tests.acts import rows
from tests.browsers import Browser, browser_of
from tests.cast import Cast
from tests.integration.accounts.second_factors.phones import let_log_in_age
from tests.integration.privacy.erased import erase_now, give_erasure

MY_DATA = "/admin/my-data/"


def bobs_browser(acme: Cast) -> Browser:
    """Log Bob in, who may not come into the dashboard."""
    bob = Browser(acme.host)
    assert bob.log_in("bob@acme.example", to="/admin/account/").status == 302
    return bob


def test_bob_who_has_no_dashboard_takes_a_copy_and_asks_to_be_erased(acme: Cast, run_jobs: Callable[[], None]) -> None:
    bob = bobs_browser(acme)
    assert bob.post(MY_DATA).goes_to == MY_DATA
    assert "it is being built" in bob.get(MY_DATA).text
    run_jobs()
    ((export,),) = rows("SELECT id::text FROM privacy_exports", acme)
    assert f"/admin/my-data/archive/?export={export}" in bob.get(MY_DATA).text
    assert bob.post("/admin/my-data/archive/", export=export).headers["Content-Type"] == "application/zip"
    assert bob.post("/admin/my-data/erasure/").goes_to == MY_DATA
    assert "You are erased on" in bob.get(MY_DATA).text
    bob.post("/admin/my-data/erasure/", call_off="x")
    assert rows("SELECT status FROM erasures", acme) == [("cancelled",)]


def test_a_copy_takes_a_recent_log_in(acme: Cast) -> None:
    bob = bobs_browser(acme)
    let_log_in_age(acme, timedelta(minutes=15, seconds=1))
    assert bob.get("/admin/my-data/erasure/").goes_to.startswith("/admin/reauthentication/?next=")


def test_an_admin_sees_what_will_go_calls_it_off_and_reads_the_certificate(acme: Cast) -> None:
    alice = browser_of(acme, "alice")
    vera = str(acme.people["vera"].id)
    assert alice.post("/admin/privacy/erasure/add/", user=vera).status == 302
    ((scheduled,),) = rows("SELECT id::text FROM erasures", acme)
    page = f"/admin/privacy/erasure/{scheduled}/"
    assert "users: 1" in alice.get(f"{page}change/").text
    assert alice.post(f"{page}delete/", post="yes").status == 302
    assert rows("SELECT status FROM erasures", acme) == [("cancelled",)]
    done = erase_now(acme)
    assert "workix.dev/erasures/" in alice.get(f"/admin/privacy/erasure/{done.id}/change/").text


def test_an_admin_has_anybody_exported_and_others_come_to_none_of_these_pages(acme: Cast) -> None:
    alice, vera = browser_of(acme, "alice"), browser_of(acme, "vera")
    assert alice.post("/admin/privacy/privacyexport/add/", user=str(acme.people["bob"].id)).status == 302
    ((export,),) = rows("SELECT id::text FROM privacy_exports", acme)
    assert "It is being built." in alice.get(f"/admin/privacy/privacyexport/{export}/change/").text
    assert "bob@acme.example" in alice.get("/admin/privacy/privacyexport/").text
    erasure = give_erasure(acme)
    pages = ("privacyexport/", "privacyexport/add/", "erasure/", f"erasure/{erasure}/change/")
    assert [vera.get(f"/admin/privacy/{page}").status for page in pages] == [403] * 4
    assert vera.post("/admin/my-data/archive/", export=export).goes_to == MY_DATA
    assert vera.get(f"/admin/my-data/archive/?export={export}").goes_to == MY_DATA
    assert "Take the archive" in alice.get(f"/admin/my-data/archive/?export={export}").text
