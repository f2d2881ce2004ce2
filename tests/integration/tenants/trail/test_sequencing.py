"""The sequencer: entries get their place in the order in which they were committed, once, whatever happens meanwhile."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from psycopg import sql
from pytest_django import Settings

from audit.transparency.signing import origin_of
from tenants.isolation.database_roles import tenant_role
from tenants.isolation.owner import connect, database
from tenants.trail.periodic import sign_checkpoints
from tenants.trail.publishing import published
from tenants.trail.sequencing import sequence, sequencer
from tests.acts import rows
from tests.cast import Cast
from tests.database import superuser
from tests.integration.tenants.trail.sequenced import fault_of, leaves, sequence_all, sizes, tamper, write
from tests.races import second

INSERT = "INSERT INTO audit_logs (actor_type, action, resource_type) VALUES ('system', 'a.b', 'c')"
WAITING = "SELECT count(*) FROM public.audit_arrivals"


def test_only_organizations_with_something_new_are_visited(acme: Cast, globex: Cast) -> None:
    sequence_all()
    assert sequence_all() == []
    write(acme)
    assert [each.organization_id for each in sequence_all()] == [acme.organization.id]


def test_a_transaction_that_was_open_for_long_lands_behind_what_was_committed_before_it(acme: Cast) -> None:
    sequence_all()
    with superuser() as slow:
        slow.execute(sql.SQL("SET search_path = {}").format(sql.Identifier(acme.organization.schema_name)))
        slow.execute("BEGIN")
        early = slow.execute(f"{INSERT} RETURNING id").fetchone()
        write(acme)
        sequence_all()
        before = leaves(acme)
        slow.execute("COMMIT")
    sequence_all()
    assert early is not None
    assert leaves(acme) == [*before, (len(before), str(early[0]))]
    assert fault_of(acme) == ""


def test_what_is_rolled_back_is_noted_nowhere(acme: Cast) -> None:
    sequence_all()
    with superuser() as connection:
        connection.execute(sql.SQL("SET search_path = {}").format(sql.Identifier(acme.organization.schema_name)))
        connection.execute("BEGIN")
        connection.execute(INSERT)
        assert connection.execute(WAITING).fetchone() == (1,)
        connection.execute("ROLLBACK")
    assert rows(WAITING) == [(0,)]


def test_two_sequencers_at_one_trail_give_no_place_twice(acme: Cast) -> None:
    """The first one's leaf is there and not committed: the second waits for it, is refused, and has changed nothing."""
    sequence_all()
    write(acme, 2)
    size = len(leaves(acme))
    leaf = "INSERT INTO audit_leaves VALUES (%(index)s, gen_random_uuid(), '', '')"
    assert second(sequence_all, after=leaf, of=acme, index=size) == []
    assert rows(WAITING) == [(2,)]
    tamper(acme, "DELETE FROM audit_leaves WHERE index = %(index)s", index=size)
    sequence_all()
    assert (len(leaves(acme)), fault_of(acme)) == (size + 2, "")


def test_a_crash_before_the_commit_leaves_nothing_and_the_next_run_does_all(acme: Cast) -> None:
    sequence_all()
    before = leaves(acme), sizes(acme)
    write(acme, 3)
    with sequencer() as connection, pytest.raises(RuntimeError, match="crash"), connection.transaction():
        sequence(connection, acme.organization.id)
        raise RuntimeError("crash")
    assert (leaves(acme), sizes(acme)) == before
    sequence_all()
    assert (len(leaves(acme)), fault_of(acme)) == (len(before[0]) + 3, "")


def test_batches_of_organizations_take_turns_and_each_has_its_checkpoint(acme: Cast, globex: Cast) -> None:
    sequence_all()
    write(acme, 5)
    write(globex, 3)
    done = [(each.organization_id, each.entries) for each in sequence_all(batch=2)]
    mine, theirs = acme.organization.id, globex.organization.id
    assert sorted(done[:2]) == sorted([(mine, 2), (theirs, 2)])
    assert sorted(done[2:], key=str) == sorted([(mine, 2), (theirs, 1), (mine, 1)], key=str)
    assert (fault_of(acme), fault_of(globex)) == ("", "")


def test_an_entry_that_was_noted_twice_has_one_place(acme: Cast) -> None:
    sequence_all()
    before = leaves(acme)
    tamper(
        acme,
        "INSERT INTO public.audit_arrivals (entry_id, organization_id) VALUES (%(entry)s, %(organization)s)",
        entry=before[0][1],
        organization=acme.organization.id,
    )
    sequence_all()
    assert (leaves(acme), rows(WAITING)) == (before, [(0,)])


def test_an_entry_that_was_deleted_before_it_had_a_place_is_told(acme: Cast, caplog: pytest.LogCaptureFixture) -> None:
    sequence_all()
    write(acme)
    tamper(acme, "DELETE FROM audit_logs WHERE id = (SELECT entry_id FROM public.audit_arrivals)")
    caplog.set_level(logging.ERROR)
    sequence_all()
    assert [each.message for each in caplog.records if each.name == "workix.trail"] == ["trail.entry_gone"]


def test_entries_of_before_the_trigger_are_noted_when_it_is_made(acme: Cast) -> None:
    sequence_all()
    tamper(acme, INSERT)
    assert rows(WAITING) == [(0,)]
    with connect() as owner:
        owner.execute("SELECT public.note_existing_entries(%s, 'audit_logs')", [acme.organization.schema_name])
        owner.execute("SELECT public.note_existing_entries(%s, 'audit_logs')", [acme.organization.schema_name])
    assert rows(WAITING) == [(1,)]
    sequence_all()
    assert fault_of(acme) == ""


def test_hostile_values_have_a_place_as_any_others(acme: Cast) -> None:
    tamper(
        acme,
        "SET session_replication_role = origin",
        """INSERT INTO audit_logs (actor_type, action, resource_type, changes, actor_label, reason) VALUES (
            'system', 'a.b', 'c', '{"n": 123456789012345678901234567890.5, "f": 1e308}',
            E'\\u2028\\u007f"\\\\ \\u0001 é 💥', '<b>')""",
    )
    sequence_all()
    assert fault_of(acme) == ""


def test_checkpoints_are_published_in_a_file_and_a_rolled_back_trail_is_found(
    acme: Cast, settings: Settings, tmp_path: Path
) -> None:
    log = tmp_path / "checkpoints.ndjson"
    settings.WORKIX = settings.WORKIX.model_copy(update={"checkpoint_log": log})
    write(acme, 2)
    sign_checkpoints(0)
    kept = sizes(acme)[-1]
    write(acme, 2)
    sign_checkpoints(0)
    assert len(list(published(origin_of(acme.organization.id), log))) == 2
    assert set(json.loads(log.read_text().splitlines()[-1])) == {"organization_id", "published_at", "checkpoint"}
    assert fault_of(acme) == ""
    tamper(
        acme,
        "DELETE FROM audit_logs WHERE id IN (SELECT entry_id FROM audit_leaves WHERE index >= %(kept)s)",
        "DELETE FROM audit_leaves WHERE index >= %(kept)s",
        "DELETE FROM audit_checkpoints WHERE size > %(kept)s",
        kept=kept,
    )
    assert fault_of(acme) == f"The published checkpoint of {kept + 2} entries is not reached: the trail ends at {kept}."


def test_history_that_was_rewritten_and_signed_anew_does_not_pass_for_what_was_published(
    acme: Cast, settings: Settings, tmp_path: Path
) -> None:
    settings.WORKIX = settings.WORKIX.model_copy(update={"checkpoint_log": tmp_path / "checkpoints.ndjson"})
    sign_checkpoints(0)
    kept = sizes(acme)[-1]
    tamper(  # as the owner may: the sequencer finds a trail that nobody signed yet
        acme,
        "DELETE FROM audit_leaves",
        "DELETE FROM audit_subtrees",
        "DELETE FROM audit_checkpoints",
        "UPDATE audit_logs SET reason = 'never happened'",
        "SELECT public.note_existing_entries(current_schema(), 'audit_logs')",
    )
    sign_checkpoints(0)
    assert sizes(acme) == [kept]
    assert fault_of(acme) == f"Two published checkpoints of {kept} entries differ: history was rewritten."


@pytest.mark.isolation
@pytest.mark.parametrize(
    "attempt",
    [
        "INSERT INTO audit_leaves VALUES (999, gen_random_uuid(), '', '')",
        "UPDATE audit_leaves SET hash = ''",
        "DELETE FROM audit_leaves",
        "INSERT INTO audit_subtrees VALUES (1, 999, '')",
        "INSERT INTO audit_checkpoints (size, root, note) VALUES (999, '', '')",
        "UPDATE audit_checkpoints SET note = ''",
        "SELECT * FROM public.audit_arrivals",
        "DELETE FROM public.audit_arrivals",
        "SELECT * FROM public.checkpoint_publications",
        "UPDATE public.checkpoint_publications SET published = signed",
        "INSERT INTO public.audit_arrivals (entry_id, organization_id) SELECT id, organization_id FROM audit_logs",
        "SELECT public.note_existing_entries('public', 'audit_logs')",
        "SELECT public.note_arrivals()",
        "SET ROLE {sequencer}",
        "SET SESSION AUTHORIZATION {sequencer}",
        "GRANT {sequencer} TO CURRENT_USER",
    ],
)
def test_an_organization_s_own_role_can_do_nothing_of_it(acme: Cast, attempt: str) -> None:
    write(acme)
    statement = attempt.format(sequencer=f"{settings.WORKIX.role_prefix}_sequencer")
    role = tenant_role(acme.organization)
    with connect(role.address(database())) as mine:
        mine.execute(sql.SQL("SET search_path = {}").format(sql.Identifier(role.schema)))
        assert mine.execute("SELECT count(*) >= 0 FROM audit_leaves").fetchone() == (True,)
        with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.FeatureNotSupported)):
            mine.execute(statement)  # type: ignore[call-overload]  # ours


@pytest.mark.isolation
@pytest.mark.parametrize(
    "attempt",
    [
        "UPDATE {schema}.audit_leaves SET hash = ''",
        "DELETE FROM {schema}.audit_checkpoints",
        "UPDATE {schema}.audit_logs SET action = ''",
        "SELECT * FROM {schema}.users",
        "SELECT * FROM public.signed_call_key",
        "CREATE TABLE {schema}.mine (id int)",
    ],
)
def test_the_sequencer_changes_nothing_that_is_there_and_reads_no_more_than_trails(acme: Cast, attempt: str) -> None:
    with sequencer() as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(attempt.format(schema=acme.organization.schema_name))  # type: ignore[call-overload]  # ours
