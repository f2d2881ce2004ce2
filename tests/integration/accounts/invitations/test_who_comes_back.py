"""An address that was removed comes back as the same person, by an invitation or with a password."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from accounts.models import User
from tests.acts import rows, set_limit
from tests.cast import PASSWORD, Api, Cast
from tests.integration.accounts.invitations.invited import (
    accept,
    invited,
    seats,
    told,
)

BOB = "bob@acme.example"


class TestWhoComesBack:
    """An address that was removed comes back as the same person."""

    @pytest.fixture
    def gone(self, acme: Cast, alice: Api, bob: Api) -> User:
        assert bob.get("me/").status == 200
        assert alice.delete(f"users/{acme.people['bob'].id}/").status == 204
        return acme.people["bob"]

    def test_by_an_invitation(self, acme: Cast, alice: Api, bob: Api, gone: User, run_jobs: Callable[[], None]) -> None:
        answer = accept(invited(alice, run_jobs, BOB, role="viewer"), password="another horse battery staple")
        user = answer.body["user"]
        assert [user[key] for key in ("id", "role", "is_active", "first_name")] == [str(gone.id), "viewer", True, "Bob"]
        assert (seats(acme), rows("SELECT count(*) FROM users", acme)) == ((3, 0, 3), [(3,)])
        assert bob.get("me/").body["code"] == "session_revoked", "no session of before comes back"
        logged_in = [
            Api().post("auth/login/", {"email": BOB, "password": password}).status
            for password in (PASSWORD, "another horse battery staple")
        ]
        assert logged_in == [401, 200]
        query = "SELECT action, actor_label FROM audit_logs WHERE resource_id = %(id)s ORDER BY created_at DESC LIMIT 3"
        assert ("user.updated", BOB) in rows(query, acme, id=str(gone.id))

    def test_by_an_admin_who_adds_them(self, acme: Cast, alice: Api, gone: User) -> None:
        answer = alice.post("users/", {"email": BOB, "password": "another horse battery staple", "role": "viewer"})
        assert (answer.status, answer.body["id"], seats(acme)) == (201, str(gone.id), (3, 0, 3))
        log_in = {"email": BOB, "password": "another horse battery staple", "organization": "acme"}
        assert Api().post("auth/login/", log_in).body["code"] == "email_not_confirmed", "what was proven is proven anew"

    def test_of_several_the_last_one(self, acme: Cast, alice: Api, gone: User, run_jobs: Callable[[], None]) -> None:
        rows(
            "INSERT INTO users (id, created_at, updated_at, email, password_hash, first_name, last_name, role, is_active,"
            " deleted_at) VALUES (gen_random_uuid(), now(), now(), 'bob@acme.example', '', '', '', 'user', false,"
            " now() - interval '1 year')",
            acme,
        )
        assert accept(invited(alice, run_jobs, BOB)).body["user"]["id"] == str(gone.id)

    def test_at_the_last_seat(self, acme: Cast, alice: Api, gone: User, run_jobs: Callable[[], None]) -> None:
        token = invited(alice, run_jobs, BOB)
        set_limit(acme, "users", 3)
        assert (accept(token).status, seats(acme)) == (201, (3, 0, 3))

    def test_a_link_of_before_is_dead(self, acme: Cast, alice: Api, run_jobs: Callable[[], None]) -> None:
        token = invited(alice, run_jobs)
        person = accept(token).body["user"]["id"]
        alice.delete(f"users/{person}/")
        assert told(accept(token)) == (400, "token_invalid")
