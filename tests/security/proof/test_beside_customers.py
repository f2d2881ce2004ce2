"""A proof of isolation beside customers: it harms nobody, raises no other alarm, and its verdict is kept and told."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from psycopg import sql

from tenants.isolation.database_roles import control_role_name, sequencer_role_name, tenants_group
from tenants.isolation_tests import nightly
from tenants.isolation_tests.attack import Aim, Hits, Technique
from tenants.isolation_tests.attacks import forgery, metadata
from tenants.isolation_tests.fixtures import Fixture, open_fixture
from tenants.isolation_tests.readings import read_evidence
from tenants.isolation_tests.runner import BESIDE_CUSTOMERS, TECHNIQUES, prove
from tenants.provisioning import open_organization
from tenants.schema.rollout import organizations
from tests.acts import rows
from tests.cast import Cast
from tests.database import superuser
from workix.observability import readings

pytestmark = [pytest.mark.isolation, pytest.mark.slow]

WIDE = [each for each in TECHNIQUES if isinstance(each.success, Hits)]
#: What even a superuser may be unable to do: it is not there, not installed, or wrong in itself.
NEVER_DONE = {
    "a function in C",
    "drop the sequencer",
    "enqueue a task of the queue's own",
    "make a trusted extension",
    "make an extension",
    "make a language",
    "make an event trigger",
}


def test_what_would_hit_everybody_is_done_and_taken_back(acme: Cast) -> None:
    """A proof that finds a hole must not be the harm: here the hole is that the attacker may do everything."""
    fixtures: list[Fixture] = []
    before = _of_everybody()

    def all_powerful(fixture: Fixture) -> None:
        fixtures.append(fixture)
        _set_superuser(fixture, "SUPERUSER")

    def end_with_the_last(technique: Technique) -> None:
        if technique is WIDE[-1]:
            _set_superuser(fixtures[0], "NOSUPERUSER")

    found = prove(open_organization, WIDE, on_fixture=all_powerful, on_each=end_with_the_last)
    done = {each.technique.name for each in found.attempts if each.succeeded}
    assert {each.name for each in WIDE} - done <= NEVER_DONE
    assert _of_everybody() == before


def test_a_proof_beside_customers_hurts_no_service_and_raises_no_other_alarm(world: object) -> None:
    assert {each.aim for each in BESIDE_CUSTOMERS} == set(Aim) - {Aim.AVAILABILITY}
    before, everybody = _alarms(), {each.id for each in organizations()}

    def nobody_more(fixture: Fixture) -> None:
        assert rows("SELECT status FROM organizations WHERE id = %(id)s", id=fixture.mine.organization.id) == [
            ("suspended",)
        ]
        assert {each.id for each in organizations()} == everybody

    prove(open_organization, forgery.TECHNIQUES[:3], on_fixture=nobody_more)  # each writes past the application
    assert _alarms() == before


def test_a_verdict_is_kept_and_read_and_one_proof_runs_at_a_time(world: object) -> None:
    proof = prove(open_organization, metadata.TECHNIQUES[:1])
    (row,) = rows("SELECT outcome, attacks, refused, known, is_cleared FROM isolation_proofs ORDER BY id DESC LIMIT 1")
    assert row == ("held", len(proof.attempts), len(proof.attempts), 0, True)
    assert _read() == {"holds": 1, "succeeded": 0, "refused": len(proof.attempts), "known": 0}
    with open_fixture(open_organization), pytest.raises(CommandError, match="Another proof") as refused:
        call_command("prove_isolation", "--json")
    assert refused.value.returncode == nightly.ANOTHER_RUNS
    assert rows("SELECT outcome FROM isolation_proofs ORDER BY id DESC LIMIT 1") == [("cut_short",)]
    assert _read()["holds"] == 1  # by the last that came to a verdict


def _read() -> dict[str, float]:
    samples = read_evidence(None)
    (age,) = (each.value for each in samples if each.reading is readings.PROOF_AGE)
    assert 0 <= age < 60
    told = (readings.PROOF_HOLDS, readings.PROOF_ATTACKS)
    return {(*each.labels, "holds")[0]: each.value for each in samples if each.reading in told}


def _alarms() -> list[tuple[int]]:
    """Ask for what Prometheus would be told, and page somebody."""
    return rows("SELECT public.count_of_unverified_contexts(), public.count_of_tripwire_touches()")


def _set_superuser(fixture: Fixture, attribute: str) -> None:
    with superuser() as connection:
        connection.execute(sql.SQL("ALTER ROLE {} " + attribute).format(sql.Identifier(fixture.mine.role.name)))


def _of_everybody() -> list[object]:
    tables = ("quotas", "email_index", "domains", "schema_template", "signed_call_key", "django_content_type")
    summed = [f"SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM public.{table} AS t" for table in tables]
    shared = f"'{control_role_name()}', '{sequencer_role_name()}', '{tenants_group()}'"
    queries = (
        *summed,
        "SELECT md5(string_agg(p::text, '|' ORDER BY oid)) FROM pg_proc AS p WHERE pronamespace = 'public'::regnamespace",
        "SELECT md5(string_agg(relname || relowner || coalesce(relacl::text, ''), '|' ORDER BY oid)) FROM pg_class"
        " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'S')",
        f"SELECT md5(string_agg(a::text, '|' ORDER BY rolname)) FROM pg_authid AS a WHERE rolname IN ({shared})",
        "SELECT array_agg(nspname::text ORDER BY nspname) FROM pg_namespace WHERE nspname !~ '^pg_(toast_)?temp'",
        "SELECT count(*) FROM pg_publication",
        "SELECT count(*) FROM pg_event_trigger",
    )
    with superuser() as connection:
        return [connection.execute(query).fetchone() for query in queries]
