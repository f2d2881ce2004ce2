"""POST /users/ without a password invites."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.acts import set_limit
from tests.cast import PASSWORD, Api, Cast
from tests.integration.accounts.invitations.invited import (
    CAROL,
    accept,
    invited,
    links,
    seats,
    states,
    told,
)


class TestAPersonWithoutAPassword:
    """POST /users/ without a password invites."""

    def test_it_answers_with_the_invitation(self, acme: Cast, alice: Api, run_jobs: Callable[[], None]) -> None:
        answer = alice.post("users/", {"email": CAROL, "role": "viewer", "first_name": "Carol"})
        assert (answer.status, answer.headers["Location"]) == (202, f"/api/v1/invitations/{answer.body['id']}/")
        assert (answer.body, seats(acme)) == (alice.get(answer.headers["Location"]).body, (3, 1, 4))
        run_jobs()
        assert accept(links()[0]).body["user"]["role"] == "viewer"

    @pytest.mark.parametrize("password", [None, "", "short", 15, ["x"]])
    def test_what_is_no_password_is_not_taken_for_none(self, acme: Cast, alice: Api, password: Any) -> None:
        answer = alice.post("users/", {"email": CAROL, "password": password})
        assert (answer.status, [each["field"] for each in answer.body["errors"]]) == (400, ["password"])
        assert seats(acme) == (3, 0, 3)

    def test_with_a_password_an_invitation_ends_and_its_seat_is_theirs(
        self, acme: Cast, alice: Api, run_jobs: Callable[[], None]
    ) -> None:
        token = invited(alice, run_jobs)
        set_limit(acme, "users", 4)
        assert alice.post("users/", {"email": CAROL, "password": PASSWORD}).status == 201
        assert (seats(acme), states(acme)) == ((4, 0, 4), [(CAROL, "withdrawn")])
        assert told(accept(token)) == (400, "token_invalid")
