"""Idempotency-Key: the same POST twice does its work once."""

from __future__ import annotations

import hashlib

import orjson
import pytest
from psycopg import sql

from tests.acts import at_once, rows
from tests.cast import PASSWORD, Answer, Api, Cast
from tests.database import superuser

CAROL = {"email": "carol@acme.example", "password": PASSWORD, "role": "user"}


def add(api: Api, key: str, body: dict[str, object] = CAROL) -> Answer:
    return api.post("users/", body, Idempotency_Key=key)


def test_the_same_call_is_done_once_and_answered_the_same(acme: Cast, alice: Api) -> None:
    first, second = add(alice, "k1"), add(alice, "k1")
    assert (first.status, second.status, second.body) == (201, 201, first.body)
    assert [answer.headers.get("Idempotency-Replayed") for answer in (first, second)] == [None, "true"]
    assert second.headers["Location"] == first.headers["Location"]
    assert alice.get("quotas/users/").body["used"] == 4


def test_the_key_with_another_body_is_refused(alice: Api) -> None:
    add(alice, "k1")
    refused = add(alice, "k1", {**CAROL, "role": "viewer"})
    assert (refused.status, refused.body["code"]) == (409, "idempotency_key_reused")


def test_a_key_is_its_actors_own(acme: Cast, alice: Api, gina: Api) -> None:
    assert add(alice, "k1").status == 201
    theirs = add(gina, "k1")
    assert (theirs.status, theirs.headers.get("Idempotency-Replayed")) == (201, None)


def test_a_refusal_is_not_kept(acme: Cast, alice: Api) -> None:
    rows("UPDATE quotas SET \"limit\" = 3 WHERE resource = 'users'")
    assert add(alice, "k1").body["code"] == "quota_exceeded"
    rows("UPDATE quotas SET \"limit\" = 4 WHERE resource = 'users'")
    assert add(alice, "k1").status == 201


def test_many_at_once_with_one_key_do_it_once(acme: Cast, alice: Api) -> None:
    answers = at_once(lambda _: alice.post("quotas/pipelines/consumptions/", {"amount": 2}, Idempotency_Key="k1"), 8)
    assert {answer.status for answer in answers} <= {201, 409}
    assert alice.get("quotas/pipelines/").body["used"] == 2
    assert rows("SELECT count(*) FROM idempotency_keys", acme) == [(1,)]


def test_an_answer_is_kept_for_a_day_and_hides_its_key(acme: Cast, alice: Api) -> None:
    add(alice, "k1")
    assert rows("SELECT count(*) FROM idempotency_keys WHERE id ~ '^[0-9a-f]{64}$'", acme) == [(1,)]
    rows("UPDATE idempotency_keys SET created_at = created_at - interval '24 hours'", acme)
    again = add(alice, "k1")
    assert (again.status, again.body["errors"][0]["code"]) == (400, "unique"), "it was tried anew"


@pytest.mark.parametrize("key", ["", " ", "with space", "x" * 256, "ü"])
def test_a_key_is_visible_and_not_too_long(alice: Api, key: str) -> None:
    assert (add(alice, key).status, add(alice, key).body["errors"][0]["field"]) == (400, "Idempotency-Key")


@pytest.mark.parametrize("who", ["nobody known", "somebody of another organization"])
def test_an_organization_opens_once(alice: Api, who: str) -> None:
    api = Api() if who == "nobody known" else alice
    body = {"name": "Initech", "slug": "initech", "admin": {"email": "bill@initech.example", "password": PASSWORD}}
    first, second = (api.post("organizations/", body, Idempotency_Key="k1") for _ in range(2))
    assert (first.status, second.status, second.body) == (201, 201, first.body)
    other = api.post("organizations/", {**body, "slug": "other"}, Idempotency_Key="k1")
    assert other.body["code"] == "idempotency_key_reused"
    failed = api.post("organizations/", {**body, "slug": "www"}, Idempotency_Key="k2")
    again = api.post("organizations/", {**body, "slug": "initrode"}, Idempotency_Key="k2")
    assert (failed.status, again.status) == (400, 201), "a refusal gives the key back"


def test_a_call_that_still_runs_is_a_conflict_until_its_claim_is_abandoned(database: None) -> None:
    body = {"name": "Initech", "slug": "initech", "admin": {"email": "bill@initech.example", "password": PASSWORD}}
    Api().post("organizations/", body, Idempotency_Key="k1")
    rows("UPDATE idempotency_keys SET status = NULL")
    waiting = Api().post("organizations/", body, Idempotency_Key="k1")
    assert (waiting.status, waiting.body["code"]) == (409, "conflict")
    rows("UPDATE idempotency_keys SET created_at = created_at - interval '2 minutes'")
    assert Api().post("organizations/", body, Idempotency_Key="k1").body["code"] == "slug_taken"


@pytest.mark.fault("C8")
def test_old_keys_that_somebody_holds_hold_nobody_up(acme: Cast, alice: Api) -> None:
    """Sweeping is a job; a call touches its own key only."""
    add(alice, "old")
    rows("UPDATE idempotency_keys SET created_at = created_at - interval '25 hours'", acme)
    with superuser() as other, other.transaction(force_rollback=True):
        table = sql.Identifier(acme.organization.schema_name, "idempotency_keys")
        assert len(other.execute(sql.SQL("SELECT 1 FROM {} FOR UPDATE").format(table)).fetchall()) == 1
        assert add(alice, "new", {**CAROL, "email": "dave@acme.example"}).status == 201


@pytest.mark.fault("C8")
def test_a_key_that_is_over_and_not_swept_yet_is_a_new_one(acme: Cast, alice: Api) -> None:
    add(alice, "k1")
    rows("UPDATE idempotency_keys SET created_at = created_at - interval '24 hours'", acme)
    again = add(alice, "k1", {**CAROL, "email": "dave@acme.example"})
    assert (again.status, again.headers.get("Idempotency-Replayed")) == (201, None)
    replayed = add(alice, "k1", {**CAROL, "email": "dave@acme.example"})
    assert (replayed.body, replayed.headers.get("Idempotency-Replayed")) == (again.body, "true")
    assert rows("SELECT count(*) FROM idempotency_keys", acme) == [(1,)]


@pytest.mark.fault("D6")
def test_a_stored_fingerprint_confirms_no_guess_at_a_password(acme: Cast, alice: Api) -> None:
    """Neither the plain hash that it was, nor one under our key, changes with the password."""
    first = add(alice, "k1")
    ((kept,),) = rows("SELECT fingerprint FROM idempotency_keys", acme)
    plain = orjson.dumps(CAROL, option=orjson.OPT_SORT_KEYS)
    assert kept != hashlib.sha256(b"POST\n/api/v1/users/\n" + plain).hexdigest()
    other = add(alice, "k1", {**CAROL, "password": "quite another password here"})
    assert (other.status, other.body) == (201, first.body)
    with superuser() as behind:
        whole = behind.execute(
            sql.SQL("SELECT string_agg(k::text, '') FROM {} k").format(
                sql.Identifier(acme.organization.schema_name, "idempotency_keys")
            )
        ).fetchone()
    assert (whole is not None, PASSWORD in str(whole)) == (True, False)


@pytest.mark.fault("D6")
def test_a_key_of_an_earlier_release_replays_its_answer(acme: Cast, alice: Api) -> None:
    first = add(alice, "k1")
    plain = b"POST\n/api/v1/users/\n" + orjson.dumps(CAROL, option=orjson.OPT_SORT_KEYS)
    rows("UPDATE idempotency_keys SET fingerprint = %(old)s", acme, old=hashlib.sha256(plain).hexdigest())
    assert add(alice, "k1").body == first.body
    assert add(alice, "k1", {**CAROL, "role": "viewer"}).body["code"] == "idempotency_key_reused"
