"""What a list or a page costs: nothing is worked out anew for each request, let alone for each row, that is the same for all."""

from __future__ import annotations

import pytest

from tests.acts import calls_of, join
from tests.browsers import browser_of
from tests.cast import Api, Cast
from workix.core.permissions import Role

#: What says where something is; the address of a list and of a picture is the same for every row and every page.
ADDRESSES = ("reverse", "StaticFilesStorage.url", "FileSystemStorage.url")
#: What makes fields of a model's columns, and what asks them for a value.
FIELDS = ("ModelSerializer.get_fields", "Serializer.to_representation")
DRAWN = ("render_to_string",)


def more_people(acme: Cast) -> None:
    for name in ("carol", "dave"):
        join(acme, f"{name}@acme.example", Role.VIEWER)


@pytest.mark.fault("G5")
@pytest.mark.parametrize("path", ["audit-logs/?page_size=3", "me/sessions/", "users/?page_size=3"])
def test_a_list_of_the_api_asks_no_field_of_a_serializer(alice: Api, path: str) -> None:
    assert alice.get(path).status == 200
    assert calls_of(lambda: alice.get(path), *FIELDS) == 0


@pytest.mark.fault("G5")
@pytest.mark.parametrize(
    "path", ["/admin/", "/admin/accounts/user/", "/admin/accounts/session/", "/admin/audit/logentry/"]
)
def test_a_page_of_the_dashboard_finds_out_no_address_twice(acme: Cast, path: str) -> None:
    alice = browser_of(acme, "alice")
    assert alice.get(path).status == 200
    assert calls_of(lambda: alice.get(path), *ADDRESSES) == 0


@pytest.mark.fault("G5")
def test_a_person_more_in_the_list_needs_no_address_to_be_found_out(acme: Cast) -> None:
    alice = browser_of(acme, "alice")
    before = calls_of(lambda: alice.get("/admin/accounts/user/"), *ADDRESSES)
    more_people(acme)
    assert calls_of(lambda: alice.get("/admin/accounts/user/"), *ADDRESSES) <= before
    assert alice.get("/admin/accounts/user/").text.count("/change/") >= 5


@pytest.mark.fault("G5")
def test_the_sidebar_is_drawn_once_for_those_who_see_the_same_pages(acme: Cast) -> None:
    alice, vera = browser_of(acme, "alice"), browser_of(acme, "vera")
    assert "/admin/audit/logentry/" in alice.get("/admin/").text
    assert "/admin/audit/logentry/" not in vera.get("/admin/").text
    assert calls_of(lambda: (alice.get("/admin/"), vera.get("/admin/")), *DRAWN) == 0


@pytest.mark.fault("G5")
def test_the_home_page_reads_of_an_entry_what_it_shows(acme: Cast) -> None:
    alice = browser_of(acme, "alice")
    alice.get("/admin/")
    built = calls_of(lambda: alice.get("/admin/"), "Model.from_db", "JSONField.from_db_value")
    assert built == 2  # the session of the browser and its person
