"""Which attributes a response has."""

from __future__ import annotations

import pytest

from accounts.scim.errors import InvalidValue
from accounts.scim.shown import shown

WHOLE = {
    "schemas": ["urn:x"],
    "id": "1",
    "name": {"givenName": "Bob", "familyName": "B"},
    "emails": [{"value": "b", "type": "w"}],
}


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
