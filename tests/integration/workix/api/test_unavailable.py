"""A database that can't do it now is 503 with Retry-After and never 500, by every SQLSTATE that says so; nothing was done."""

from __future__ import annotations

import pytest

from tests.acts import refusing, rows
from tests.cast import Cast, api_of

STATES = {
    "53100": "the disk is full",
    "53200": "out of memory",
    "58030": "an input or output error",
    "57014": "a statement took too long",
    "55P03": "a lock is held",
    "40P01": "a deadlock",
    "25006": "the server is read-only, as a standby is",
    "25P03": "a transaction did nothing for too long",
    "25P04": "a transaction took too long",
}
LEFT = "SELECT first_name FROM users WHERE email = 'alice@acme.example'"
ENTRIES = "SELECT count(*) FROM audit_logs"


@pytest.mark.parametrize("state", STATES)
def test_what_the_database_can_not_do_now_is_unavailable(acme: Cast, state: str) -> None:
    alice = api_of(acme, "alice")
    before = rows(LEFT, acme), rows(ENTRIES, acme)
    with refusing(acme, "users", state):
        answer = alice.patch("me/", {"first_name": "Alicia"})
    assert (answer.status, answer.body["code"], answer.headers["Retry-After"]) == (503, "unavailable", "1")
    assert (rows(LEFT, acme), rows(ENTRIES, acme)) == before
    assert alice.patch("me/", {"first_name": "Alicia"}).status == 200
