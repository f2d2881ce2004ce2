"""Dry run: header Workix-Dry-Run, or ?dry_run=true, with any request that would change something."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from audit.models import LogEntry
from quotas.throttling import requests
from tenants.backend.base import ScopeChangeInTransaction
from tenants.backend.dry_run import dry_run, kept
from tenants.scope import use_platform, use_tenant
from tests.acts import rows
from tests.cast import PASSWORD, Api, Cast
from tests.integration.accounts.api_keys.callers import service

pytestmark = pytest.mark.requirement("N5")

DAVE = {"email": "dave@acme.example", "password": PASSWORD, "role": "user"}


def test_it_says_what_would_change_what_would_be_counted_and_what_would_leave(acme: Cast, alice: Api) -> None:
    tried = alice.post("users/", DAVE, Workix_Dry_Run="true")
    assert (tried.status, tried.headers["Workix-Dry-Run"], tried.body["email"]) == (201, "true", DAVE["email"])
    (change,) = tried.body["dry_run"]["changes"]
    assert (change["action"], change["resource_id"]) == ("user.created", tried.body["id"])
    assert change["changes"]["role"] == [None, "user"]
    assert tried.body["dry_run"]["quota_effects"] == [{"resource": "users", "used": 1, "reserved": 0}]
    assert tried.body["dry_run"]["jobs"] == [{"task": "accounts.send_confirmation_mail", "queue": "mails"}]
    assert rows("SELECT count(*) FROM users WHERE email = 'dave@acme.example'", acme) == [(0,)]


def test_the_real_call_afterwards_is_as_if_there_had_been_none(alice: Api) -> None:
    alice.post("users/", DAVE, Workix_Dry_Run="true")
    assert alice.post("users/", DAVE).status == 201


@pytest.mark.parametrize("asked", ["users/?dry_run=true", "users/"])
def test_parameter_and_header_mean_the_same(acme: Cast, alice: Api, asked: str) -> None:
    header = {} if "?" in asked else {"Workix_Dry_Run": "true"}
    assert "dry_run" in alice.post(asked, DAVE, **header).body


@pytest.mark.parametrize("word", ["yes", "TRUE", "1", "", "true "])
def test_another_word_is_refused_rather_than_done_in_earnest(acme: Cast, alice: Api, word: str) -> None:
    refused = alice.post(f"users/?dry_run={word}", DAVE)
    assert (refused.status, refused.body["errors"][0]["field"]) == (400, "dry_run")
    assert rows("SELECT count(*) FROM users WHERE email = 'dave@acme.example'", acme) == [(0,)]


@pytest.mark.parametrize(
    "asked", ["dry_run=true&dry_run=false", "dry_run=false&dry_run=true", "dry_run=no&dry_run=false"]
)
def test_of_several_words_none_undoes_that_it_is_tried(acme: Cast, alice: Api, asked: str) -> None:
    assert alice.post(f"users/?{asked}", DAVE).status == (400 if "no" in asked else 201)
    assert rows("SELECT count(*) FROM users WHERE email = 'dave@acme.example'", acme) == [(0,)]


def test_false_is_the_real_call(acme: Cast, alice: Api) -> None:
    assert "dry_run" not in alice.post("users/", DAVE, Workix_Dry_Run="false").body
    assert rows("SELECT count(*) FROM users WHERE email = 'dave@acme.example'", acme) == [(1,)]


def test_what_is_read_is_read_as_ever(alice: Api) -> None:
    assert "dry_run" not in alice.get("users/", Workix_Dry_Run="true").body


def test_a_refusal_is_the_refusal_of_the_real_call(alice: Api, vera: Api) -> None:
    again = {**DAVE, "email": "bob@acme.example"}
    tried, done = (alice.post("users/", again, **header) for header in ({"Workix_Dry_Run": "true"}, {}))
    assert (tried.status, tried.body["code"], tried.body["errors"]) == (
        done.status,
        done.body["code"],
        done.body["errors"],
    )


def test_the_id_of_somebody_elses_request_shows_nothing_of_it(alice: Api, bob: Api) -> None:
    assert alice.post("users/", DAVE, X_Request_ID="of-alice-alone").status == 201
    tried = bob.patch("me/", {"first_name": "Rob"}, X_Request_ID="of-alice-alone", Workix_Dry_Run="true")
    assert [each["action"] for each in tried.body["dry_run"]["changes"]] == ["user.updated"]


def test_who_tries_what_they_may_not_is_in_the_trail_all_the_same(acme: Cast, vera: Api) -> None:
    assert vera.post("users/", DAVE, Workix_Dry_Run="true").status == 403
    with use_tenant(acme.organization):
        assert LogEntry.objects.filter(action="access.refused").count() == 1


def test_a_key_that_only_tries_is_used_all_the_same(acme: Cast) -> None:
    tried = service(acme, "quotas:consume").post(
        "quotas/executions/consumptions/", {"amount": 1}, Workix_Dry_Run="true"
    )
    assert (tried.status, rows("SELECT last_used_at IS NULL FROM api_keys", acme)) == (201, [(False,)])


def test_a_dry_run_counts_for_the_rate_limit(alice: Api, settings: Any) -> None:
    requests.forget_all()
    settings.WORKIX = settings.WORKIX.model_copy(update={"rate_limits": True, "requests_of_actor": 2})
    statuses = [alice.post("users/", DAVE, Workix_Dry_Run="true").status for _ in range(3)]
    requests.forget_all()
    assert statuses == [201, 201, 429]


def test_an_opening_tells_of_the_trail_it_would_begin(anonymous: Api) -> None:
    opening = {"name": "Initech", "slug": "initech", "admin": {"email": "bill@initech.example", "password": PASSWORD}}
    tried = anonymous.post("organizations/", opening, Workix_Dry_Run="true")
    assert (tried.status, [each["action"] for each in tried.body["dry_run"]["changes"]]) == (
        201,
        ["user.created", "organization.opened"],
    )
    assert rows("SELECT count(*) FROM organizations WHERE slug = 'initech'") == [(0,)]
    assert anonymous.post("organizations/", opening).status == 201


def test_an_idempotency_key_is_not_used_up(alice: Api) -> None:
    alice.post("quotas/executions/consumptions/", {"amount": 1}, Workix_Dry_Run="true", Idempotency_Key="k")
    done = alice.post("quotas/executions/consumptions/", {"amount": 2}, Idempotency_Key="k")
    assert (done.status, done.body["used"]) == (201, 2)


def test_each_role_sees_what_it_wrote_and_a_statement_that_fails_undoes_itself_alone(acme: Cast) -> None:
    bobs = User.objects.filter(email="bob@acme.example")
    with use_tenant(acme.organization), dry_run():
        bobs.update(first_name="Robert")
        with use_platform(), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM organizations")
        with pytest.raises(IntegrityError):
            bobs.update(role="nonsense")
        with pytest.raises(IntegrityError), transaction.atomic():
            bobs.update(first_name="Bert")
            bobs.update(role="nonsense")
        assert bobs.get().first_name == "Robert"
        with kept():
            assert bobs.get().first_name == "Bob"
    with use_tenant(acme.organization):
        assert bobs.get().first_name == "Bob"


def test_a_connection_comes_back_as_good_as_new(acme: Cast) -> None:
    with use_tenant(acme.organization):
        with pytest.raises(ZeroDivisionError), dry_run():
            User.objects.update(first_name="X")
            raise ZeroDivisionError
        User.objects.filter(email="bob@acme.example").update(first_name="Rob")
    assert rows("SELECT first_name FROM users WHERE email = 'bob@acme.example'", acme) == [("Rob",)]


def test_it_begins_and_pauses_outside_of_transactions_only(acme: Cast) -> None:
    with use_tenant(acme.organization):
        with pytest.raises(ScopeChangeInTransaction), transaction.atomic(), dry_run():
            pass
        with pytest.raises(ScopeChangeInTransaction), dry_run(), transaction.atomic(), kept():
            User.objects.exists()
