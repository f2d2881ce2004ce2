"""What tests of erasures do: give somebody a past, have them erased, and look for what is left."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from psycopg import sql

from privacy.erasures.operators import erase_for_operator
from privacy.models import Erasure
from tenants.scope import use_tenant
from tests.acts import rows
from tests.cast import Api, Cast, api_of
from tests.database import superuser
from tests.integration.accounts.passkeys.authenticators import give_passkey
from tests.integration.accounts.second_factors.phones import give_phone
from tests.integration.privacy.exported import EXPORTS

ERASURES = "privacy/erasures/"
NAMES = {"first_name": "Zebulon", "last_name": "Quagmire"}
#: What nobody may find any more.
VALUES = ("bob@acme.example", "zebulon", "quagmire", "198.51.100.77", "Browser of Bob")

_COLUMNS = """
    SELECT c.relname::text, a.attname::text FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid
     WHERE c.relnamespace = %(schema)s::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped"""


def give_a_past(acme: Cast, alice: Api) -> Api:
    """Let Bob be called Zebulon Quagmire, log in, act, be acted on, and be named in what others were answered."""
    bob = api_of(acme, "bob")
    assert bob.patch("me/", NAMES, User_Agent="Browser of Bob").status == 200
    person = acme.people["bob"].id
    asked = alice.patch(f"users/{person}/", {"role": "viewer"})
    assert asked.status == 200
    bob = api_of(acme, "bob")
    give_phone(acme, "bob")
    give_passkey(acme, "bob")
    answered = alice.post("invitations/", {"email": "bob@acme.example", "role": "user"}, Idempotency_Key="k")
    assert answered.status == 400  # he is here
    rows(
        "INSERT INTO idempotency_keys (id, fingerprint, status, headers, body, created_at)"
        " VALUES ('x', '', 201, '{}', '{\"email\": \"bob@acme.example\"}', now())",
        acme,
    )
    rows(
        "UPDATE sessions SET ip_address = '198.51.100.77', user_agent = 'Browser of Bob' WHERE user_id = %(id)s",
        acme,
        id=person,
    )
    assert bob.post(EXPORTS).status == 202  # a job on behalf of him
    rows(
        "INSERT INTO quota_movements (id, organization_id, resource, period_starts_on, amount, given_back, actor_type, actor_id,"
        " actor_label, created_at) VALUES (gen_random_uuid(), %(organization)s, 'executions', now(), 1, 0, 'person', %(id)s,"
        " 'bob@acme.example', now())",
        organization=acme.organization.id,
        id=person,
    )
    return bob


def found_in_public() -> list[int]:
    """Count jobs and movements of quotas that name Bob."""
    named = (("procrastinate_jobs", "args"), ("quota_movements", "actor_label"))
    counts = [
        rows(f"SELECT count(*) FROM {table} WHERE {column}::text ILIKE '%%bob@acme%%'") for table, column in named
    ]  # noqa: S608
    return [count for ((count,),) in counts]


def erase_now(acme: Cast, name: str = "bob", reason: str = "They asked for it") -> Erasure:
    person = acme.people[name].id
    return erase_for_operator("acme", person, reason=reason, grace=timedelta(0), now=timezone.now())


def found_anywhere(cast: Cast, *values: str) -> set[tuple[str, str]]:
    """Look for texts in every column of every table of a schema, whatever its type, as a superuser."""
    schema, found = cast.organization.schema_name, set()
    with superuser() as connection:
        for table, column in connection.execute(_COLUMNS, {"schema": schema}).fetchall():
            name = sql.Identifier(column)
            look = sql.SQL("SELECT 1 FROM {} WHERE {}::text ~* ANY (%s) LIMIT 1").format(
                sql.Identifier(schema, table), name
            )
            if connection.execute(look, [list(values)]).fetchone():
                found.add((table, column))
    return found


def entries(cast: Cast, where: str = "true") -> list[tuple[Any, ...]]:
    return rows(f"SELECT action, actor_label, changes FROM audit_logs WHERE {where} ORDER BY created_at", cast)  # noqa: S608


def give_erasure(cast: Cast, name: str = "bob") -> str:
    """Let somebody be going to be erased."""
    with use_tenant(cast.organization):
        due = timezone.now() + timedelta(days=7)
        return str(Erasure.objects.create(user=cast.people[name], due_at=due).id)
