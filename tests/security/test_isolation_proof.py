"""manage.py prove_isolation: finds nothing while isolation holds, and every hole that was made in it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from io import StringIO

import pytest
from django.core.management import call_command
from psycopg import sql

from tenants.isolation import owner
from tenants.isolation.database_roles import sequencer_role_name, tenants_group
from tenants.isolation_tests.attack import CRITICAL, Aim, Technique
from tenants.isolation_tests.attacks import confidentiality, forgery, integrity, metadata, transparency
from tenants.isolation_tests.fixtures import Fixture, open_fixture, remove_abandoned
from tenants.isolation_tests.runner import TECHNIQUES, Proof, Way, prove
from tenants.management.commands import prove_isolation
from tenants.provisioning import open_organization
from tests.cast import Cast
from tests.database import superuser

pytestmark = [pytest.mark.isolation, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _nothing_is_left(world: object, database: None) -> Iterator[None]:
    """A proof leaves no organization, schema, role or row behind."""
    before = _everything_there_is()
    yield
    assert _everything_there_is() == before


@pytest.fixture(scope="module")
def proof(world: object) -> Proof:
    return prove(open_organization)


def test_there_are_many_techniques_of_each_class() -> None:
    counts = Counter(each.aim for each in TECHNIQUES)
    assert {aim: counts[aim] >= 40 for aim in Aim} == dict.fromkeys(Aim, True)
    assert len({(each.aim, each.name) for each in TECHNIQUES}) == len(TECHNIQUES)


@pytest.mark.parametrize("way", Way)
@pytest.mark.parametrize("aim", CRITICAL)
def test_nothing_is_read_altered_or_gained(proof: Proof, aim: Aim, way: Way) -> None:
    assert [each.technique.name for each in proof.attempts if each.is_failure] == []
    succeeded, _, tried = proof.count(aim, way)
    assert (succeeded, tried > 50) == (0, True)


def test_pg_catalog_is_closed_here_and_so_nothing_unknown_is_learned_nor_hurt(proof: Proof) -> None:
    assert (proof.hardened, proof.holds) == (True, True)
    assert [each.technique.name for each in proof.attempts if each.succeeded and not each.excuse] == []


def test_the_known_rest_is_this(proof: Proof) -> None:
    """Whoever closes one of these, or opens another, changes this list."""
    known = {(each.technique.aim.value, each.technique.name) for each in proof.attempts if each.succeeded}
    assert known == {
        ("metadata", "count organizations by the types of their tables"),
        ("metadata", "turn numbers into names of roles"),
        ("metadata", "ask whether a schema of a known name is there"),
        ("metadata", "count transactions by xmin of one's own rows"),
        ("metadata", "listen to the job queue"),
        ("availability", "take more memory for one sort"),
        ("availability", "fill the disk through one's own table"),
        ("availability", "keep another's role from being dropped, by default privileges that name it"),
    }


def test_the_attacks_would_work_if_there_were_no_isolation() -> None:
    """An attack that can't succeed proves nothing: with an attacker who may do everything, most do."""
    fixtures: list[Fixture] = []

    def all_powerful(fixture: Fixture) -> None:
        fixtures.append(fixture)
        _as_superuser("ALTER ROLE {} SUPERUSER", fixture.mine.role.name)

    def end_with_the_last(technique: Technique) -> None:
        if technique is confidentiality.TECHNIQUES[-1]:
            _as_superuser("ALTER ROLE {} NOSUPERUSER", fixtures[0].mine.role.name)

    found = prove(open_organization, confidentiality.TECHNIQUES, on_fixture=all_powerful, on_each=end_with_the_last)
    succeeded, _, tried = found.count(Aim.CONFIDENTIALITY, Way.RAW)
    assert succeeded > tried * 3 // 4  # the rest needs an XML library, dblink, or is refused by row security


def test_every_known_technique_says_why_it_can_not_be_closed() -> None:
    assert [each.name for each in TECHNIQUES if each.known and len(each.known) < 40] == []


# Isolation with a hole: each is made on purpose, and each must be found.


def _member_of_the_other(fixture: Fixture) -> None:
    _as_superuser("GRANT {} TO {}", fixture.theirs.role.name, fixture.mine.role.name)


def _may_look_into_the_other(fixture: Fixture) -> None:
    _as_superuser("GRANT USAGE ON SCHEMA {} TO {}", fixture.theirs.role.schema, fixture.mine.role.name)
    _as_superuser("GRANT SELECT ON {}.users TO {}", fixture.theirs.role.schema, fixture.mine.role.name)


def _may_write_quotas(fixture: Fixture) -> None:
    _as_superuser("GRANT SELECT, UPDATE ON public.quotas TO {}", fixture.mine.role.name)
    _as_superuser("CREATE POLICY much_too_kind ON public.quotas TO {} USING (true)", fixture.mine.role.name)


def _may_rewrite_the_trail(fixture: Fixture) -> None:
    _as_superuser("GRANT UPDATE, DELETE ON {}.audit_logs TO {}", fixture.mine.role.schema, fixture.mine.role.name)


def _may_read_the_key(fixture: Fixture) -> None:
    _as_superuser("GRANT SELECT ON public.signed_call_key TO {}", fixture.mine.role.name)
    _as_superuser("CREATE POLICY much_too_kind ON public.signed_call_key TO {} USING (true)", fixture.mine.role.name)


def _may_name_the_actor(fixture: Fixture) -> None:
    _as_superuser("DROP TRIGGER set_event_actor ON {}.audit_logs", fixture.mine.role.schema)


def _is_a_member_of_the_sequencer(fixture: Fixture) -> None:
    _as_superuser("ALTER ROLE {} INHERIT", fixture.mine.role.name)  # with a GRANT, from PostgreSQL 16 on alone
    _as_superuser("GRANT {} TO {}", sequencer_role_name(), fixture.mine.role.name)


def about(word: str, *techniques: Technique) -> tuple[Technique, ...]:
    """Choose those that meet a hole: what the others are answered, the whole proof tells."""
    return tuple(each for each in techniques if any(word in statement for statement in each.statements))


HOLES: dict[str, tuple[Callable[[Fixture], None], tuple[Technique, ...], set[Aim]]] = {
    "member of the other's role": (
        _member_of_the_other,
        about("users", *confidentiality.TECHNIQUES) + integrity.TECHNIQUES,
        {Aim.CONFIDENTIALITY, Aim.INTEGRITY},
    ),
    "a look into the other's schema": (
        _may_look_into_the_other,
        about("users", *confidentiality.TECHNIQUES),
        {Aim.CONFIDENTIALITY},
    ),
    "quotas may be written": (
        _may_write_quotas,
        about("quotas", *confidentiality.TECHNIQUES, *integrity.TECHNIQUES),
        {Aim.CONFIDENTIALITY, Aim.INTEGRITY},
    ),
    "the trail may be rewritten": (
        _may_rewrite_the_trail,
        about("audit_logs", *integrity.TECHNIQUES),
        {Aim.INTEGRITY},
    ),
    "the key of signed contexts may be read": (_may_read_the_key, forgery.TECHNIQUES, {Aim.FORGERY}),
    "an event may name its actor": (_may_name_the_actor, forgery.TECHNIQUES, {Aim.FORGERY}),
    "a member of the sequencer": (
        _is_a_member_of_the_sequencer,
        transparency.TECHNIQUES,
        {Aim.TRANSPARENCY},
    ),
}


@pytest.mark.parametrize(("hole", "techniques", "found"), HOLES.values(), ids=HOLES)
def test_a_hole_made_on_purpose_is_found(
    monkeypatch: pytest.MonkeyPatch,
    hole: Callable[[Fixture], None],
    techniques: tuple[Technique, ...],
    found: set[Aim],
) -> None:
    monkeypatch.setattr(prove_isolation, "prove", partial(prove, on_fixture=hole))
    monkeypatch.setattr(prove_isolation, "BESIDE_CUSTOMERS", techniques)
    output = StringIO()
    with pytest.raises(SystemExit) as exit_status:
        call_command("prove_isolation", "--json", stdout=output)
    report = json.loads(output.getvalue())
    assert (exit_status.value.code, report["holds"]) == (1, False)
    succeeded = {each["class"] for each in report["attempts"] if each["succeeded"] and not each["known"]}
    assert succeeded == found


@pytest.mark.fault("D1")
def test_nobody_is_forged_where_no_superuser_could_close_pg_catalog(world: object, database: None) -> None:
    """There an injected SELECT sets any setting of its session."""

    def open_catalog(fixture: Fixture) -> None:
        _as_superuser("GRANT EXECUTE ON FUNCTION pg_catalog.set_config(text, text, boolean) TO PUBLIC")

    try:
        found = prove(open_organization, forgery.TECHNIQUES, on_fixture=open_catalog)
    finally:
        _as_superuser("REVOKE EXECUTE ON FUNCTION pg_catalog.set_config(text, text, boolean) FROM PUBLIC")
    was_set = [each for each in found.attempts if any("forged" in said for said in each.said)]
    succeeded = [each.technique.name for each in found.attempts if each.succeeded]
    assert (found.hardened, len(was_set) > 3, succeeded) == (False, True, [])


def test_the_command_prints_the_matrix(monkeypatch: pytest.MonkeyPatch) -> None:
    few = (*confidentiality.TECHNIQUES[:2], *(each for each in metadata.TECHNIQUES if each.known))
    monkeypatch.setattr(prove_isolation, "BESIDE_CUSTOMERS", few)
    output = StringIO()
    call_command("prove_isolation", "--verbose", stdout=output)
    printed = output.getvalue()
    assert "reads another's rows or a platform secret" in printed
    assert "0 / 2" in printed
    assert "Isolation holds." in printed
    assert "permission denied for schema" in printed
    assert few[-1].known[:40] in printed
    assert "\x1b" not in printed


def test_nothing_is_left_when_a_proof_is_interrupted(acme: Cast) -> None:
    with pytest.raises(KeyboardInterrupt), open_fixture(open_organization):
        raise KeyboardInterrupt


def test_what_a_killed_proof_left_is_removed_by_the_next(acme: Cast) -> None:
    fixture = open_fixture(open_organization)
    fixture.__enter__()  # and never left, as if the process had been killed
    assert (remove_abandoned(), remove_abandoned()) == (1, 0)
    fixture.__exit__(None, None, None)  # removing twice is no error


def test_a_removal_ends_sessions_and_ignores_what_a_role_did_to_stay(acme: Cast) -> None:
    with open_fixture(open_organization) as fixture, superuser() as powerful:
        address = fixture.mine.role.address(owner.database())
        with owner.connect(address) as hostile:
            hostile.execute(
                sql.SQL("ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO {}").format(
                    sql.Identifier(fixture.theirs.role.name)
                )
            )
        open_session = owner.connect(address)
        whose = "SELECT usename FROM pg_stat_activity WHERE pid = %s"
        assert powerful.execute(whose, [open_session.info.backend_pid]).fetchone() == (fixture.mine.role.name,)
    assert open_session.pgconn.socket >= 0
    open_session.close()


def _as_superuser(statement: str, *names: str) -> None:
    with superuser() as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))  # type: ignore[arg-type]  # ours


def _everything_there_is() -> list[object]:
    queries = (
        "SELECT array_agg(rolname::text ORDER BY rolname) FROM pg_roles WHERE rolname ~ '^org_'"
        " AND EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = rolname)",
        "SELECT array_agg(nspname::text ORDER BY nspname) FROM pg_namespace WHERE nspname !~ '^pg_(toast_)?temp'",
        "SELECT array_agg(slug::text ORDER BY slug) FROM public.organizations",
        "SELECT array_agg(host::text ORDER BY host) FROM public.domains",
        "SELECT count(*) FROM public.quotas",
        "SELECT count(*) FROM public.email_index",
        "SELECT count(*) FROM public.procrastinate_jobs",
        "SELECT count(*) FROM public.past_usage",
        "SELECT array_agg(polname::text ORDER BY polname) FROM pg_policy",
        # Of this database's roles: another worker's tests spoil theirs at the same time.
        f"SELECT count(*) FROM pg_auth_members AS m JOIN pg_roles AS r ON r.oid = m.member"
        f" JOIN pg_namespace AS n ON n.nspname = r.rolname WHERE roleid <> '{tenants_group()}'::regrole",
    )
    with superuser() as connection:
        return [connection.execute(query).fetchone() for query in queries]  # type: ignore[arg-type]  # ours
