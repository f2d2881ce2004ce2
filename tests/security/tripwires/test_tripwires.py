"""Tripwires: reading the decoy schema, using its people or a decoy key is noticed, and whoever does it is not told."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from psycopg import sql

from accounts.api_keys import key_format
from accounts.api_keys.decoys import decoy_key_of
from tenants.scope import use_tenant
from tenants.tripwires.decoy_schema import settle
from tenants.tripwires.decoys import decoy_addresses, decoy_schema
from tests.acts import rows
from tests.cast import Answer, Api, Cast
from tests.database import roles_locked

pytestmark = [pytest.mark.requirement("N14"), pytest.mark.isolation]
SCHEMAS = "SELECT count(*) FROM pg_namespace WHERE nspname = %(name)s"
TOUCHED = "SELECT resource_id, ip_address FROM audit_logs WHERE action = 'tripwire.touched' ORDER BY created_at"


@pytest.fixture
def decoys(database: None, settings: Any) -> Iterator[None]:
    before = settings.WORKIX
    with roles_locked(alone=True):
        settings.WORKIX = before.model_copy(update={"tripwires": True})
        settle()
        settle()
        yield
        settings.WORKIX = before
        settle()
    assert rows(SCHEMAS, name=decoy_schema()) == [(0,)]


def touches() -> int:
    ((count,),) = rows("SELECT public.count_of_tripwire_touches()")
    return int(count)


def read_decoys() -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT email FROM {}.users").format(sql.Identifier(decoy_schema())))
        return [email for (email,) in cursor.fetchall()]


def without_request_id(answer: Answer) -> tuple[int, dict[str, Any]]:
    return answer.status, {name: value for name, value in answer.body.items() if name != "request_id"}


def test_reading_the_decoy_schema_is_counted_even_when_it_is_rolled_back(acme: Cast, decoys: None) -> None:
    before = touches()
    with use_tenant(acme.organization):
        assert set(read_decoys()) == set(decoy_addresses())
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            read_decoys()
            raise ZeroDivisionError
    assert touches() == before + 2
    entries = "SELECT resource_id, database_role FROM audit_logs WHERE action = 'tripwire.touched'"
    assert rows(entries) == [("schema", acme.organization.schema_name)]


def test_a_decoy_key_gets_the_answer_of_any_other_that_is_none(acme: Cast, decoys: None) -> None:
    before = touches()
    of_nobody = Api(key_format.write(acme.organization.id)).get("users/")
    touched = [Api(decoy_key_of(acme.organization.id)).get("users/") for _ in range(3)]
    assert [without_request_id(each) for each in touched] == [without_request_id(of_nobody)] * 3
    assert (touches(), rows(TOUCHED, acme), rows(TOUCHED)) == (
        before + 3,
        [("api_key", "127.0.0.1")],
        [("api_key", "127.0.0.1")],
    )


def test_a_decoy_key_that_only_tries_is_noticed_as_well(acme: Cast, decoys: None) -> None:
    before = touches()
    assert Api(decoy_key_of(acme.organization.id)).post("users/", {}, Workix_Dry_Run="true").status == 401
    assert (touches(), rows(TOUCHED, acme), rows(TOUCHED)) == (
        before + 1,
        [("api_key", "127.0.0.1")],
        [("api_key", "127.0.0.1")],
    )


@pytest.mark.parametrize("host", ["localhost", "acme.localhost"])
def test_a_log_in_as_a_decoy_gets_the_answer_of_anybody_unknown(acme: Cast, decoys: None, host: str) -> None:
    before, api = touches(), Api(host=host)
    guess = {"password": "correct horse battery staple"}
    unknown = api.post("auth/login/", {"email": "nobody@acme.example", **guess})
    touched = api.post("auth/login/", {"email": decoy_addresses()[0].upper(), **guess})
    assert (without_request_id(touched), touched.status) == (without_request_id(unknown), 401)
    assert (touches(), rows(TOUCHED)) == (before + 1, [("person", "127.0.0.1")])


def test_nothing_is_there_unless_it_is_set(acme: Cast) -> None:
    before = touches()
    assert Api(decoy_key_of(acme.organization.id)).get("users/").status == 401
    Api().post("auth/login/", {"email": decoy_addresses()[0], "password": "x"})
    assert (touches(), rows(SCHEMAS, name=decoy_schema()), rows(TOUCHED)) == (before, [(0,)], [])


def test_the_isolation_is_whole_beside_decoys_and_the_owner_touches_none(acme: Cast, decoys: None) -> None:
    before = touches()
    call_command("check_isolation", stdout=io.StringIO())
    said = io.StringIO()
    call_command("tripwires", "--organization", "acme", "--json", stdout=said)
    told = json.loads(said.getvalue())
    assert (told["on"], told["touches"], told["key"]) == (True, before, decoy_key_of(acme.organization.id))
    assert key_format.read(told["key"]) is not None
