"""POST /auth/login/: who gets a session, and what everybody else is answered."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Session, User
from tenants.models import Status
from tenants.scope import use_tenant
from tests.acts import join, rows, set_status
from tests.cast import PASSWORD, Answer, Api, Cast

WRONG = "a wrong password, but long enough"
ALICE = "alice@acme.example"
WRONG_AND_HINT = (
    "The address or the password is wrong."
    " If you are a person in several organizations, name one with its slug in `organization`."
)


def log_in(email: str = ALICE, password: str = PASSWORD, *, host: str = "localhost", **more: Any) -> Answer:
    return Api(host=host).post("auth/login/", {"email": email, "password": password, **more})


def outcome(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.body["code"]


@pytest.mark.requirement("S128")
def test_the_right_password_opens_a_session(acme: Cast) -> None:
    before = timezone.now()
    answer = Api().post("auth/login/", {"email": " Alice@ACME.example ", "password": PASSWORD}, User_Agent="curl/8")
    access, refresh, device = (answer.body.pop(each) for each in ("access", "refresh", "device"))
    last_login = answer.body["user"].pop("last_login")
    person = acme.people["alice"]
    assert answer.status == 200
    assert answer.body == {
        "token_type": "Bearer",
        "expires_in": 900,
        "organization": {"id": str(acme.organization.id), "slug": "acme", "name": "Acme"},
        "user": {
            "id": str(person.id),
            "email": ALICE,
            "first_name": "Alice",
            "last_name": "",
            "role": "admin",
            "is_active": True,
            "created_at": person.created_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "updated_at": answer.body["user"]["updated_at"],
        },
    }
    assert last_login >= before.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    assert (Api(access).get("me/").status, len(device)) == (200, 86)
    with use_tenant(acme.organization):
        (session,) = Session.objects.filter(user_id=person.id, user_agent="curl/8")
    assert (session.ip_address, session.ended_at, refresh in session.refresh_hash) == ("127.0.0.1", None, False)


@pytest.mark.requirement("S128")
@pytest.mark.parametrize("email", [ALICE, "nobody@acme.example"])
def test_a_wrong_password_and_an_unknown_address_are_answered_the_same(acme: Cast, email: str) -> None:
    answer = log_in(email, WRONG)
    answer.body.pop("request_id")
    assert answer.body == {
        "type": "https://workix.dev/problems/invalid_credentials",
        "title": "Invalid credentials",
        "status": 401,
        "code": "invalid_credentials",
        "detail": WRONG_AND_HINT,
    }
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="workix"'


@pytest.mark.requirement("S16")
def test_a_refused_log_in_is_recorded_where_the_address_belongs(acme: Cast, alice: Api) -> None:
    Api().post("auth/login/", {"email": ALICE, "password": WRONG}, User_Agent="guesser")
    (entry, *_) = alice.get("audit-logs/").body["results"]
    expected = {
        "action": "session.refused",
        "user_id": None,
        "actor": {"type": "anonymous", "id": None, "label": "", "on_behalf_of": None},
        "resource_id": str(acme.people["alice"].id),
        "changes": {"because": "wrong password"},
        "user_agent": "guesser",
        "ip_address": "127.0.0.1",
    }
    assert {key: entry[key] for key in expected} == expected


def test_who_has_not_confirmed_learns_it_only_with_the_right_password(acme: Cast) -> None:
    rows("UPDATE users SET email_confirmed_at = NULL WHERE email = %(email)s", acme, email=ALICE)
    assert outcome(log_in()) == (403, "email_not_confirmed")
    assert outcome(log_in(password=WRONG)) == (401, "invalid_credentials")


def test_people_of_a_suspended_organization_learn_it_only_with_the_right_password(acme: Cast) -> None:
    set_status(acme, Status.SUSPENDED)
    assert outcome(log_in()) == (403, "organization_suspended")
    assert outcome(log_in(password=WRONG)) == (401, "invalid_credentials")


@pytest.mark.parametrize("host", ["localhost", "acme.localhost"])
def test_a_suspension_counts_although_this_process_believes_otherwise(acme: Cast, host: str) -> None:
    assert log_in(organization="acme", host=host).status == 200
    set_status(acme, Status.SUSPENDED, forget=False)
    assert outcome(log_in(organization="acme", host=host)) == (403, "organization_suspended")


def test_a_confirmed_organization_is_open_although_this_process_believes_it_waits(acme: Cast) -> None:
    set_status(acme, Status.PENDING)
    assert outcome(log_in(organization="acme")) == (403, "email_not_confirmed")
    set_status(acme, Status.ACTIVE, forget=False)
    assert log_in(organization="acme").status == 200


@pytest.mark.parametrize("change", ["is_active = false", "deleted_at = now()"])
def test_who_was_sent_away_is_a_stranger(acme: Cast, change: str) -> None:
    assert log_in().status == 200
    rows(f"UPDATE users SET {change} WHERE email = %(email)s", acme, email=ALICE)
    assert outcome(log_in()) == (401, "invalid_credentials")


@pytest.mark.fault("A1")
@pytest.mark.parametrize("password", [PASSWORD, "another correct horse battery"])
def test_one_address_in_two_organizations_says_which_and_learns_that_from_the_hint(
    acme: Cast, globex: Cast, password: str
) -> None:
    """Whether the passwords are the same or not, and whichever is sent."""
    join(globex, ALICE, password=password)
    for sent in (PASSWORD, password, WRONG):
        answer = log_in(password=sent)
        assert (*outcome(answer), answer.body["detail"]) == (401, "invalid_credentials", WRONG_AND_HINT)
    assert log_in(organization="acme").body["organization"]["slug"] == "acme"
    assert log_in(password=password, organization="globex").body["organization"]["slug"] == "globex"


def test_on_an_organizations_host_its_own_people_log_in_and_nobody_else(acme: Cast, globex: Cast) -> None:
    join(globex, ALICE)
    assert log_in(host="acme.localhost").body["organization"]["slug"] == "acme"
    assert log_in(host="globex.localhost").body["organization"]["slug"] == "globex"
    assert outcome(log_in("gina@globex.example", host="acme.localhost")) == (401, "invalid_credentials")
    assert outcome(log_in(host="acme.localhost", organization="globex")) == (401, "invalid_credentials")


@pytest.mark.parametrize("slug", ["nowhere", "globex", "x" * 63, "'; DROP"])
def test_naming_another_organization_tells_nothing(acme: Cast, globex: Cast, slug: str) -> None:
    assert outcome(log_in(organization=slug)) == (401, "invalid_credentials")


@pytest.mark.requirement("S122")
@pytest.mark.parametrize(
    ("sent", "found"),
    [
        ({}, [("email", "required"), ("password", "required")]),
        ({"email": "alice", "password": PASSWORD}, [("email", "invalid")]),
        ({"email": f"{'a' * 400}@x.example", "password": PASSWORD}, [("email", "max_length"), ("email", "invalid")]),
        ({"email": ALICE, "password": ""}, [("password", "blank")]),
        ({"email": ALICE, "password": "x" * 129}, [("password", "max_length")]),
        ({"email": ALICE, "password": "a\x00b"}, [("password", "null_characters_not_allowed")]),
        ({"email": ALICE, "password": PASSWORD, "organization": "x" * 64}, [("organization", "max_length")]),
        ({"email": ALICE, "password": PASSWORD, "organization": None}, [("organization", "null")]),
        ({"email": ["x"], "password": {}}, [("email", "invalid"), ("password", "invalid")]),
    ],
    ids=lambda value: str(value)[:50],
)
def test_a_malformed_log_in_is_refused_field_by_field(
    anonymous: Api, sent: dict[str, Any], found: list[tuple[str, str]]
) -> None:
    answer = anonymous.post("auth/login/", sent)
    assert (answer.status, [(each["field"], each["code"]) for each in answer.body["errors"]]) == (400, found)


@pytest.mark.parametrize("credential", ["Bearer garbage", "Basic YTpi", "Bearer", "bearer  x", "Nonsense"])
def test_a_bad_credential_does_not_stop_a_log_in(acme: Cast, credential: str) -> None:
    sent = {"email": ALICE, "password": PASSWORD}
    assert Api().post("auth/login/", sent, Authorization=credential).status == 200


def test_logging_in_moves_last_login_and_records_a_session_and_nothing_of_the_user(acme: Cast, alice: Api) -> None:
    with use_tenant(acme.organization):
        last_login = User.objects.get(email=ALICE).last_login
    assert log_in().status == 200
    with use_tenant(acme.organization):
        assert User.objects.get(email=ALICE).last_login > last_login
    assert alice.get("audit-logs/?page_size=1").body["results"][0]["action"] == "session.started"
