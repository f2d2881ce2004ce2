"""Which attributes a response has, and the versions of a person."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import User
from accounts.scim.errors import InvalidValue
from accounts.scim.shown import shown
from accounts.scim.versions import names_version, version_of

WHOLE = {
    "schemas": ["urn:x"],
    "id": "1",
    "name": {"givenName": "Bob", "familyName": "B"},
    "emails": [{"value": "b", "type": "w"}],
}
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("only", "without", "left"),
    [
        ("", "", WHOLE),
        ("name", "", {"schemas": ["urn:x"], "id": "1", "name": WHOLE["name"]}),
        ("name.GIVENNAME", "", {"schemas": ["urn:x"], "id": "1", "name": {"givenName": "Bob"}}),
        ("", "name,emails.type", {"schemas": ["urn:x"], "id": "1", "emails": [{"value": "b"}]}),
        ("", "id,schemas,name,emails", {"schemas": ["urn:x"], "id": "1"}),
        ("nothing", "", {"schemas": ["urn:x"], "id": "1"}),
    ],
)
def test_what_is_always_returned_stays_and_the_rest_is_chosen(only: str, without: str, left: object) -> None:
    assert shown(only.split(","), without.split(",")).of(WHOLE) == left


def test_so_many_attributes_are_named_at_most() -> None:
    with pytest.raises(InvalidValue):
        shown(["userName"] * 51, [])


def test_every_change_of_a_person_is_another_version() -> None:
    user = User(updated_at=NOW)
    before = version_of(user)
    user.updated_at = NOW + timedelta(microseconds=1)
    assert version_of(user) != before
    assert [
        names_version(header, user) for header in (before, version_of(user), "*", f"{before}, {version_of(user)}")
    ] == [
        False,
        True,
        True,
        True,
    ]
