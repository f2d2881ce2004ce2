"""A view with an SQL injection, attacked over HTTP by everybody of Globex: Acme and the platform keep their secrets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

import psycopg
import pytest

from accounts.models import User
from audit.signed_calls import sign
from tenants.isolation.database_roles import control_role_name, tenants_group
from tenants.isolation.owner import database as owner_address
from tenants.isolation_tests.attacks import confidentiality, escalation, integrity, metadata
from tenants.scope import use_tenant
from tests.cast import Answer, Api, Cast, api_of
from tests.database import superuser
from workix.core.current import Current
from workix.core.permissions import Role

pytestmark = [pytest.mark.isolation, pytest.mark.usefixtures("holed")]

ROLES = [Role.ADMIN, Role.USER, Role.VIEWER]
OWN = ["gina@globex.example", "mallory@globex.example"]

#: What fits into the hole as one statement. Single selects of the proof are added to them.
UNSTACKED = [
    "' UNION SELECT email FROM {{their_schema}}.users -- ",
    "' UNION SELECT password_hash FROM {{their_schema}}.users -- ",
    "' UNION SELECT changes::text FROM {{their_schema}}.audit_logs -- ",
    "' UNION SELECT name FROM public.organizations -- ",
    "' UNION SELECT host FROM public.domains -- ",
    "' UNION SELECT address_hash FROM public.email_index -- ",
    "' UNION SELECT script FROM public.schema_template -- ",
    "' UNION SELECT args::text FROM public.procrastinate_jobs -- ",
    "' UNION SELECT inner_key::text FROM public.signed_call_key -- ",
    "' UNION SELECT email FROM public.users -- ",
    "' UNION SELECT organization_id::text FROM public.quotas -- ",
    "' OR (SELECT count(*) FROM {{their_schema}}.users) > 0 -- ",
    "' OR (SELECT email FROM {{their_schema}}.users LIMIT 1)::integer = 1 -- ",
    "' UNION SELECT set_config('role', '{{their_role}}', false) -- ",
    "' UNION SELECT set_config('search_path', '{{their_schema}}', false) -- ",
    "' UNION SELECT query_to_xml('SELECT * FROM {{their_schema}}.users', true, false, '')::text -- ",
    "' UNION SELECT table_to_xml('public.organizations', true, false, '')::text -- ",
    "' UNION SELECT rolname::text FROM pg_roles -- ",
    "' UNION SELECT nspname::text FROM pg_namespace -- ",
    "' UNION SELECT table_name::text FROM information_schema.tables -- ",
    "' UNION SELECT query FROM pg_stat_activity -- ",
    "' UNION SELECT pg_read_file('/etc/passwd') -- ",
    "' UNION SELECT public.enqueue_job_for('{{their_id}}', 'mails', 'a.b', '{}')::text -- ",
]


@pytest.fixture
def holed(settings: pytest.FixtureRequest) -> None:
    settings.ROOT_URLCONF = "tests.security.injectable_urls"  # type: ignore[attr-defined]  # pytest-django's own


@pytest.fixture(params=ROLES, ids=[role.value for role in ROLES])
def attacker(request: pytest.FixtureRequest, globex: Cast) -> Api:
    """Mallory, as each of the three roles."""
    with use_tenant(globex.organization):
        User.objects.filter(email=globex.people["mallory"].email).update(role=request.param)
    return api_of(globex, "mallory")


@pytest.fixture
def nothing_happens_to_acme(acme: Cast) -> Iterator[None]:
    """Compare every row of Acme, in its schema and in `public`, before and after."""
    with superuser() as connection:
        before = _everything_of(connection, acme)
        yield
        assert _everything_of(connection, acme) == before


def test_the_hole_is_there(attacker: Api) -> None:
    assert _inject(attacker, "nobody@globex.example").body == []
    assert sorted(_inject(attacker, "' OR '1' = '1").body) == OWN
    assert _inject(attacker, "' UNION SELECT current_user::text -- ").body[0].startswith("org_")


@pytest.mark.usefixtures("nothing_happens_to_acme")
def test_one_injected_statement_finds_nothing_of_acme(attacker: Api, acme: Cast, globex: Cast) -> None:
    secrets = _secrets_of(acme)
    selects = [
        f"' UNION SELECT ({each.statements[0]})::text -- "
        for each in (*confidentiality.TECHNIQUES, *integrity.TECHNIQUES, *escalation.TECHNIQUES)
        if len(each.statements) == 1 and each.statements[0].startswith("SELECT") and not each.known
    ]
    for payload in (*UNSTACKED, *selects):
        answer = _inject(attacker, _fill(payload, mine=globex, theirs=acme))
        assert [secret for secret in secrets if secret in _text(answer)] == [], payload


@pytest.mark.parametrize("payload", UNSTACKED)
def test_what_is_forbidden_is_an_error_that_says_nothing(mallory: Api, acme: Cast, globex: Cast, payload: str) -> None:
    answer = _inject(mallory, _fill(payload, mine=globex, theirs=acme))
    assert (answer.status, answer.body["code"]) == (500, "internal_error")


@pytest.mark.usefixtures("nothing_happens_to_acme")
def test_stacked_statements_are_refused_whatever_they_say(attacker: Api, acme: Cast, globex: Cast) -> None:
    for technique in (*confidentiality.TECHNIQUES, *integrity.TECHNIQUES, *escalation.TECHNIQUES, *metadata.TECHNIQUES):
        payload = "'; " + "; ".join((*technique.statements, "SELECT 'stacked'")) + " -- "
        answer = _inject(attacker, _fill(payload, mine=globex, theirs=acme))
        assert (answer.status, answer.body["code"]) == (500, "internal_error"), technique.name


def test_the_hole_stays_within_globex_afterwards(attacker: Api, acme: Cast, globex: Cast, alice: Api) -> None:
    _inject(attacker, "' UNION SELECT set_config('search_path', 'nowhere', false) -- ")
    _inject(attacker, "'; SET ROLE " + globex.organization.schema_name + " -- ")
    assert sorted(_inject(attacker, "' OR '1' = '1").body) == OWN
    assert sorted(_inject(alice, "' OR '1' = '1").body) == sorted(user.email for user in acme.people.values())


def _inject(api: Api, payload: str) -> Answer:
    return api.get(f"/injectable/?email={quote(payload)}")


def _text(answer: Answer) -> str:
    return str(answer.body) + str(answer.headers)


def _secrets_of(cast: Cast) -> list[str]:
    organization = cast.organization
    people = [text for user in cast.people.values() for text in (user.email, user.password)]
    return [*people, organization.name, organization.slug + ".", str(organization.id), organization.schema_name]


def _fill(payload: str, *, mine: Cast, theirs: Cast) -> str:
    """Give the names in a technique's text their meaning for the cast."""
    names = {
        "owner": owner_address().user,
        "control": control_role_name(),
        "group": tenants_group(),
        "database": owner_address().name,
        "marker": "0" * 64,
        "their_hash": "0" * 64,
        "their_slug": theirs.organization.slug,
        "their_job": "1",
        "their_pid": "1",
        "their_oid": "20000",
        "my_entry": str(mine.organization.id),
        "my_user": str(mine.people["mallory"].id),
        "their_user": str(theirs.people["alice"].id),
    }
    for side, cast in (("my", mine), ("their", theirs)):
        schema = cast.organization.schema_name
        names |= {f"{side}_schema": schema, f"{side}_role": schema, f"{side}_id": str(cast.organization.id)}
        names |= {f"{side}_{name}": value for name, value in _signed(cast).items()}
    return re.sub(r"\{\{(\w+)\}\}", lambda found: names[found[1]], payload)


def _signed(cast: Cast) -> dict[str, str]:
    """Sign a call of the organization's, as if it had been seen on its way."""
    consumption = "01a206e4-4f12-7b0a-ac0e-50db732c6473"
    with Current.scoped(organization=cast.organization):
        signed, mac = sign("consume_quota", resource="executions", consumption=consumption, amount=5)
    return {"consumption": consumption, "signed": signed, "mac": mac.hex()}


def _everything_of(connection: psycopg.Connection, cast: Cast) -> list[object]:
    schema, identity = cast.organization.schema_name, str(cast.organization.id)
    tables = {f"{schema}.{name}": "true" for name in ("users", "sessions", "email_tokens", "audit_logs")}
    tables |= {
        f"public.{name}": f"organization_id = '{identity}'"
        for name in ("domains", "quotas", "quota_movements", "email_index")
    }
    tables |= {"public.organizations": f"id = '{identity}'", "public.schema_template": "true", "public.users": "true"}
    return [
        connection.execute(f"SELECT array_agg(t::text ORDER BY t::text) FROM {table} AS t WHERE {condition}").fetchall()
        for table, condition in tables.items()
    ]
