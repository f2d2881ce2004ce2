"""GET and POST /invitations/, DELETE, resend; POST /users/ without a password."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail

from tests.acts import rows, set_limit, statements_of
from tests.cast import PASSWORD, Api, Cast
from tests.integration.accounts.invitations.invited import (
    CAROL,
    accept,
    acts,
    invite,
    invited,
    links,
    make_over,
    seats,
    states,
    told,
)
from workix.core.models import uuid7


def test_an_admin_invites_and_the_invitation_takes_a_seat(acme: Cast, alice: Api, run_jobs: Callable[[], None]) -> None:
    answer = alice.post("invitations/", {"email": " Carol@ACME.example ", "role": "viewer", "first_name": "Carol"})
    made = answer.body
    assert (answer.status, answer.headers["Location"]) == (201, f"/api/v1/invitations/{made['id']}/")
    assert made == {
        "id": made["id"],
        "email": CAROL,
        "first_name": "Carol",
        "last_name": "",
        "role": "viewer",
        "status": "pending",
        "invited_by": str(acme.people["alice"].id),
        "expires_at": made["expires_at"],
        "sent_at": None,
        "created_at": made["created_at"],
        "updated_at": made["updated_at"],
    }
    assert (alice.get(answer.headers["Location"]).body, seats(acme)) == (made, (3, 1, 4))
    run_jobs()
    assert [(message.to, message.subject) for message in mail.outbox] == [([CAROL], "You are invited")]
    assert alice.get(answer.headers["Location"]).body["sent_at"] is not None
    assert alice.get("users/").body["count"] == 3, "nobody is a person before they accept"


def test_who_accepts_is_a_person_with_the_role_and_logs_in(
    acme: Cast, alice: Api, run_jobs: Callable[[], None]
) -> None:
    token = invited(alice, run_jobs, role="viewer", first_name="Carol")
    answer = accept(token, last_name="Cole")
    user = answer.body["user"]
    assert (answer.status, answer.body["organization"]) == (
        201,
        {"id": str(acme.organization.id), "slug": "acme", "name": "Acme"},
    )
    assert [user[key] for key in ("email", "first_name", "last_name", "role", "is_active")] == [
        *(CAROL, "Carol", "Cole", "viewer", True)
    ]
    assert (seats(acme), states(acme)) == ((4, 0, 4), [(CAROL, "accepted")])
    logged_in = Api().post("auth/login/", {"email": CAROL, "password": PASSWORD})
    assert (logged_in.status, logged_in.body["user"]) == (
        200,
        alice.get(f"users/{user['id']}/").body
        | {
            "last_login": logged_in.body["user"]["last_login"],
            "updated_at": logged_in.body["user"]["updated_at"],
        },
    )
    assert answer.headers["X-Device-Token"]


def test_the_trail_says_who_invited_and_who_accepted(acme: Cast, alice: Api, run_jobs: Callable[[], None]) -> None:
    token = invited(alice, run_jobs)
    identity = invite(alice, "dave@acme.example")
    alice.post(f"invitations/{identity}/resend/")
    alice.delete(f"invitations/{identity}/")
    accept(token)
    assert acts(acme) == [
        ("invitation.resent", "alice@acme.example", "dave@acme.example"),
        ("invitation.withdrawn", "alice@acme.example", "dave@acme.example"),
        ("invitation.accepted", CAROL, CAROL),
    ]
    query = "SELECT action, actor_label FROM audit_logs WHERE resource_label = %(email)s AND action LIKE '%%.created'"
    assert sorted(rows(query, acme, email=CAROL)) == [
        ("invitation.created", "alice@acme.example"),
        ("user.created", CAROL),
    ]
    ((kept,),) = rows("SELECT token_hash FROM invitations WHERE email = %(email)s", acme, email=CAROL)
    trail = str(rows("SELECT changes FROM audit_logs", acme))
    assert (len(kept), kept in trail, token in trail) == (64, False, False)


def test_a_link_is_used_once(acme: Cast, alice: Api, run_jobs: Callable[[], None]) -> None:
    token = invited(alice, run_jobs)
    assert accept(token).status == 201
    assert told(accept(token, password="another horse battery staple")) == (400, "token_invalid")
    assert Api().post("auth/login/", {"email": CAROL, "password": PASSWORD}).status == 200


def test_a_link_is_dead_after_a_week_and_its_seat_is_free(acme: Cast, alice: Api, run_jobs: Callable[[], None]) -> None:
    token = invited(alice, run_jobs)
    set_limit(acme, "users", 4)
    assert told(alice.post("invitations/", {"email": "dave@acme.example"})) == (403, "quota_exceeded")
    make_over(acme)
    assert told(accept(token)) == (400, "token_expired")
    assert alice.get("invitations/?status=expired").body["count"] == 1, "before anybody has written that down"
    assert alice.get("invitations/?status=pending").body["count"] == 0
    invite(alice, "dave@acme.example")
    assert (seats(acme), states(acme)) == ((3, 1, 4), [(CAROL, "expired"), ("dave@acme.example", "pending")])
    assert told(accept(token)) == (400, "token_expired")
    assert acts(acme) == [("invitation.expired", "alice@acme.example", CAROL)]


def test_a_new_link_ends_the_earlier_one_at_once(acme: Cast, alice: Api, run_jobs: Callable[[], None]) -> None:
    first = invited(alice, run_jobs)
    ((identity,),) = rows("SELECT id FROM invitations", acme)
    rows("UPDATE invitations SET expires_at = now() + interval '1 hour'", acme)
    answer = alice.post(f"invitations/{identity}/resend/")
    assert (answer.status, answer.body["sent_at"]) == (200, None)
    assert told(accept(first)) == (400, "token_invalid"), "though the new mail is not sent yet"
    ((left,),) = rows("SELECT expires_at > now() + interval '6 days' FROM invitations", acme)
    run_jobs()
    _, second = links()
    assert (left, told(accept(first)), accept(second).status) == (True, (400, "token_invalid"), 201)


def test_asked_for_twice_before_it_is_sent_one_mail_goes_out(
    acme: Cast, alice: Api, run_jobs: Callable[[], None]
) -> None:
    identity = invite(alice)
    alice.post(f"invitations/{identity}/resend/")
    run_jobs()
    (token,) = links()
    assert accept(token).status == 201


def test_what_is_withdrawn_frees_its_seat_and_kills_its_link(
    acme: Cast, alice: Api, run_jobs: Callable[[], None]
) -> None:
    token = invited(alice, run_jobs)
    ((identity,),) = rows("SELECT id FROM invitations", acme)
    assert alice.delete(f"invitations/{identity}/").status == 204
    assert (seats(acme), told(accept(token))) == ((3, 0, 3), (400, "token_invalid"))
    assert told(alice.delete(f"invitations/{identity}/")) == (409, "invitation_ended")
    assert told(alice.post(f"invitations/{identity}/resend/")) == (409, "invitation_ended")
    assert alice.get(f"invitations/{identity}/").body["status"] == "withdrawn"


def test_what_is_accepted_or_over_is_not_sent_again(acme: Cast, alice: Api, run_jobs: Callable[[], None]) -> None:
    accept(invited(alice, run_jobs))
    invite(alice, "dave@acme.example")
    make_over(acme, "dave@acme.example")
    sent = rows("SELECT id FROM invitations ORDER BY created_at", acme)
    found = [alice.post(f"invitations/{identity}/resend/") for (identity,) in sent]
    assert [(each.status, each.body["detail"]) for each in found] == [
        (409, "This invitation is accepted. Invite them again."),
        (409, "This invitation is expired. Invite them again."),
    ]


@pytest.mark.parametrize("email", ["bob@acme.example", "BOB@Acme.Example", CAROL, "Carol@acme.EXAMPLE"])
@pytest.mark.parametrize("path", ["invitations/", "users/"])
def test_who_is_here_or_invited_is_not_invited_again(acme: Cast, alice: Api, email: str, path: str) -> None:
    invite(alice)
    answer = alice.post(path, {"email": email})
    errors = [(each["field"], each["code"]) for each in answer.body["errors"]]
    assert (answer.status, errors, seats(acme)) == (400, [("email", "unique")], (3, 1, 4))


def test_who_is_a_person_elsewhere_may_be_invited_and_both_stay_apart(
    acme: Cast, globex: Cast, alice: Api, run_jobs: Callable[[], None]
) -> None:
    assert accept(invited(alice, run_jobs, "gina@globex.example"), password="a different horse battery").status == 201
    both = [
        Api().post("auth/login/", {"email": "gina@globex.example", "password": password, "organization": slug}).status
        for slug, password in (("globex", PASSWORD), ("acme", "a different horse battery"), ("acme", PASSWORD))
    ]
    assert both == [200, 200, 401]


def test_the_same_call_with_the_same_key_invites_once(acme: Cast, alice: Api, run_jobs: Callable[[], None]) -> None:
    for path, status in (("invitations/", 201), ("users/", 202)):
        body = {"email": f"{path[:-1]}@acme.example"}
        first, second = (alice.post(path, body, Idempotency_Key=path) for _ in range(2))
        assert (first.status, second.status, first.body["id"]) == (status, status, second.body["id"])
    run_jobs()
    assert (len(mail.outbox), seats(acme)) == (2, (3, 2, 5))


@pytest.mark.parametrize("who", ["bob", "vera"])
def test_only_an_admin_invites_sees_resends_and_withdraws(
    acme: Cast, alice: Api, who: str, request: pytest.FixtureRequest
) -> None:
    identity, somebody = invite(alice), request.getfixturevalue(who)
    found = [
        somebody.get("invitations/"),
        somebody.get(f"invitations/{identity}/"),
        somebody.post("invitations/", {"email": "dave@acme.example"}),
        somebody.post("users/", {"email": "dave@acme.example"}),
        somebody.post(f"invitations/{identity}/resend/"),
        somebody.delete(f"invitations/{identity}/"),
    ]
    assert [told(each) for each in found] == [(403, "permission_denied")] * 6
    assert (seats(acme), states(acme)) == ((3, 1, 4), [(CAROL, "pending")])


def test_another_organizations_invitation_is_nobodys(acme: Cast, alice: Api, gina: Api) -> None:
    identity, nobodys = invite(alice), str(uuid7())
    for each in (identity, nobodys):
        answers = [
            gina.get(f"invitations/{each}/"),
            gina.post(f"invitations/{each}/resend/"),
            gina.delete(f"invitations/{each}/"),
        ]
        assert [told(answer) for answer in answers] == [(404, "not_found")] * 3
    assert (gina.get("invitations/").body["count"], alice.get("invitations/").body["count"]) == (0, 1)
    assert states(acme) == [(CAROL, "pending")]


def test_invitations_are_listed_newest_first_filtered_found_and_paged(acme: Cast, alice: Api) -> None:
    set_limit(acme, "users", 10)
    for name in ("carol", "dave", "erin", "frank"):
        invite(alice, f"{name}@acme.example")
    rows("UPDATE invitations SET status = 'withdrawn', ended_at = now() WHERE email LIKE 'dave%%'", acme)
    make_over(acme, "erin@acme.example")

    def names(query: str) -> list[str]:
        return [each["email"].partition("@")[0] for each in alice.get(f"invitations/?{query}").body["results"]]

    assert names("") == ["frank", "erin", "dave", "carol"]
    assert names("ordering=created_at&page_size=2") == ["carol", "dave"]
    assert [names(f"status={each}") for each in ("pending", "withdrawn", "expired", "accepted")] == [
        ["frank", "carol"],
        ["dave"],
        ["erin"],
        [],
    ]
    assert names("search=AVE") == ["dave"]
    assert [alice.get(f"invitations/?{each}").status for each in ("status=gone", "status=", "ordering=email")] == [
        400
    ] * 3


@pytest.mark.requirement("S124")
def test_one_invitation_and_three_take_the_same_number_of_queries(acme: Cast, alice: Api) -> None:
    invite(alice)
    alice.get("invitations/")
    one = statements_of(lambda: alice.get("invitations/"))
    for name in ("dave", "erin"):
        rows("UPDATE quotas SET \"limit\" = 9 WHERE resource = 'users'")
        invite(alice, f"{name}@acme.example")
    three = statements_of(lambda: alice.get("invitations/"))
    assert (len(one), len(three)) == (2, 2)


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"email": "carol"}, [("email", "invalid")]),
        ({"email": "x" * 250 + "@acme.example"}, [("email", "max_length")]),
        ({"email": "a\x00b@acme.example"}, [("email", "null_characters_not_allowed"), ("email", "invalid")]),
        ({"email": "user@[127.0.0.1]"}, [("email", "invalid")]),
        ({"role": "owner"}, [("role", "invalid_choice")]),
        ({"role": None}, [("role", "null")]),
        ({"role": ["admin"]}, [("role", "invalid")]),
        ({"first_name": "x" * 101}, [("first_name", "max_length")]),
        ({"first_name": "a\nb"}, [("first_name", "invalid")]),
        ({"status": "accepted"}, [("status", "unknown_field")]),
        ({"expires_at": "2099-01-01"}, [("expires_at", "unknown_field")]),
    ],
    ids=lambda value: str(value)[:40],
)
def test_each_part_that_is_wrong_is_named(
    acme: Cast, alice: Api, changes: dict[str, Any], found: list[tuple[str, str]]
) -> None:
    answer = alice.post("invitations/", {"email": CAROL, **changes})
    errors = [(each["field"], each["code"]) for each in answer.body["errors"]]
    assert (answer.status, set(errors) <= set(found), seats(acme)) == (400, True, (3, 0, 3)), errors


@pytest.mark.parametrize("identity", ["1", "accept", "%00", "..%2f", "x" * 500])
def test_what_is_no_id_is_nobodys(alice: Api, identity: str) -> None:
    assert alice.delete(f"invitations/{identity}/").status in (404, 405)
    assert alice.post(f"invitations/{identity}/resend/").status == 404
