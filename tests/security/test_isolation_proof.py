"""manage.py prove_isolation: finds nothing while the walls stand, and whatever was opened in them by mistake."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from io import StringIO

import pytest
from django.core.management import call_command
from psycopg import sql

from tenants.isolation import owner
from tenants.isolation.database_roles import tenants_group
from tenants.isolation_tests.attack import GRAVE, Aim, Technique
from tenants.isolation_tests.attacks import confidentiality, integrity, metadata
from tenants.isolation_tests.fixtures import Ground, opened_ground, remove_abandoned
from tenants.isolation_tests.runner import TECHNIQUES, Proof, Way, prove
from tenants.management.commands import prove_isolation
from tenants.provisioning import open_organization
from tests.cast import Place
from tests.database import superuser

pytestmark = [pytest.mark.walls, pytest.mark.slow]


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
@pytest.mark.parametrize("aim", GRAVE)
def test_nothing_is_read_altered_or_gained(proof: Proof, aim: Aim, way: Way) -> None:
    assert [each.technique.name for each in proof.attempts if each.is_failure] == []
    succeeded, _, tried = proof.count(aim, way)
    assert (succeeded, tried > 50) == (0, True)


def test_pg_catalog_is_closed_here_and_so_nothing_unknown_is_learned_nor_hurt(proof: Proof) -> None:
    assert (proof.hardened, proof.stands) == (True, True)
    assert [each.technique.name for each in proof.attempts if each.succeeded and not each.excuse] == []


def test_the_known_rest_is_this(proof: Proof) -> None:
    """Whoever closes one of these, or opens another, changes this list."""
    known = {(each.technique.aim.value, each.technique.name) for each in proof.attempts if each.succeeded}
    assert known == {
        ("alters", "name somebody else as the actor of what the database witnesses"),
        ("learns", "count organizations by the types of their tables"),
        ("learns", "turn numbers into names of roles"),
        ("learns", "ask whether a schema of a known name is there"),
        ("learns", "count transactions by xmin of one's own rows"),
        ("learns", "listen to the job queue"),
        ("hurts", "hold up migrations with the weakest lock"),
        ("hurts", "lift the time limit of statements"),
        ("hurts", "lift the time limit of locks"),
        ("hurts", "lift the time limit of idle transactions"),
        ("hurts", "lift the time limit, then burn the processor"),
        ("hurts", "take more memory for one sort"),
        ("hurts", "fill the disk through one's own table"),
        ("hurts", "notify the job worker"),
        ("hurts", "keep another's role from being dropped, by default privileges that name it"),
    }


def test_the_attacks_would_work_if_there_were_no_walls() -> None:
    """An attack that can't succeed proves nothing: with an attacker who may do everything, most do."""
    grounds: list[Ground] = []

    def all_powerful(ground: Ground) -> None:
        grounds.append(ground)
        _as_superuser("ALTER ROLE {} SUPERUSER", ground.mine.login.role)

    def end_with_the_last(technique: Technique) -> None:
        if technique is confidentiality.TECHNIQUES[-1]:
            _as_superuser("ALTER ROLE {} NOSUPERUSER", grounds[0].mine.login.role)

    found = prove(open_organization, confidentiality.TECHNIQUES, on_ground=all_powerful, on_each=end_with_the_last)
    succeeded, _, tried = found.count(Aim.READS, Way.RAW)
    assert succeeded > tried * 3 // 4  # the rest needs an XML library, dblink, or is refused by row security


def test_every_known_technique_says_why_it_can_not_be_closed() -> None:
    assert [each.name for each in TECHNIQUES if each.known and len(each.known) < 40] == []


# A wall with a hole: each is made on purpose, and each must be found.


def _member_of_the_other(ground: Ground) -> None:
    _as_superuser("GRANT {} TO {}", ground.theirs.login.role, ground.mine.login.role)


def _may_look_into_the_other(ground: Ground) -> None:
    _as_superuser("GRANT USAGE ON SCHEMA {} TO {}", ground.theirs.login.schema, ground.mine.login.role)
    _as_superuser("GRANT SELECT ON {}.users TO {}", ground.theirs.login.schema, ground.mine.login.role)


def _may_write_quotas(ground: Ground) -> None:
    _as_superuser("GRANT SELECT, UPDATE ON public.quotas TO {}", ground.mine.login.role)
    _as_superuser("CREATE POLICY much_too_kind ON public.quotas TO {} USING (true)", ground.mine.login.role)


def _may_rewrite_the_trail(ground: Ground) -> None:
    _as_superuser("GRANT UPDATE, DELETE ON {}.audit_logs TO {}", ground.mine.login.schema, ground.mine.login.role)


HOLES: dict[str, tuple[Callable[[Ground], None], tuple[Technique, ...], set[Aim]]] = {
    "member of the other's role": (
        _member_of_the_other,
        confidentiality.TECHNIQUES + integrity.TECHNIQUES,
        {Aim.READS, Aim.ALTERS},
    ),
    "a look into the other's schema": (_may_look_into_the_other, confidentiality.TECHNIQUES, {Aim.READS}),
    "quotas may be written": (
        _may_write_quotas,
        confidentiality.TECHNIQUES + integrity.TECHNIQUES,
        {Aim.READS, Aim.ALTERS},
    ),
    "the trail may be rewritten": (_may_rewrite_the_trail, integrity.TECHNIQUES, {Aim.ALTERS}),
}


@pytest.mark.parametrize(("hole", "techniques", "found"), HOLES.values(), ids=HOLES)
def test_a_hole_made_on_purpose_is_found(
    monkeypatch: pytest.MonkeyPatch,
    hole: Callable[[Ground], None],
    techniques: tuple[Technique, ...],
    found: set[Aim],
) -> None:
    monkeypatch.setattr(prove_isolation, "prove", partial(prove, techniques=techniques, on_ground=hole))
    output = StringIO()
    with pytest.raises(SystemExit) as exit_status:
        call_command("prove_isolation", "--json", stdout=output)
    report = json.loads(output.getvalue())
    assert (exit_status.value.code, report["stands"]) == (1, False)
    grave = {each["class"] for each in report["attempts"] if each["succeeded"] and not each["known"]}
    assert grave == found


def test_the_command_prints_the_matrix(monkeypatch: pytest.MonkeyPatch) -> None:
    few = (*confidentiality.TECHNIQUES[:2], *(each for each in metadata.TECHNIQUES if each.known))
    monkeypatch.setattr(prove_isolation, "prove", partial(prove, techniques=few))
    output = StringIO()
    call_command("prove_isolation", "--verbose", stdout=output)
    printed = output.getvalue()
    assert "reads another's rows or a platform secret" in printed
    assert "0 / 2" in printed
    assert "The walls stand." in printed
    assert "permission denied for schema" in printed
    assert few[-1].known[:40] in printed
    assert "\x1b" not in printed


def test_nothing_is_left_when_a_proof_is_interrupted(acme: Place) -> None:
    with pytest.raises(KeyboardInterrupt), opened_ground(open_organization):
        raise KeyboardInterrupt


def test_what_a_killed_proof_left_is_removed_by_the_next(acme: Place) -> None:
    ground = opened_ground(open_organization)
    ground.__enter__()  # and never left, as if the process had been killed
    assert remove_abandoned() == 0
    assert remove_abandoned(older_than=timedelta(0)) == 2
    assert remove_abandoned(older_than=timedelta(0)) == 0
    ground.__exit__(None, None, None)  # removing twice is no error


def test_a_removal_ends_sessions_and_ignores_what_a_role_did_to_stay(acme: Place) -> None:
    with opened_ground(open_organization) as ground, superuser() as powerful:
        address = ground.mine.login.address(owner.database())
        with owner.connect(address) as hostile:
            hostile.execute(
                sql.SQL("ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO {}").format(
                    sql.Identifier(ground.theirs.login.role)
                )
            )
        open_session = owner.connect(address)
        count = "SELECT count(*) FROM pg_stat_activity WHERE usename = %s"
        assert powerful.execute(count, [ground.mine.login.role]).fetchone() == (1,)
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
        "SELECT count(*) FROM public.directory",
        "SELECT count(*) FROM public.procrastinate_jobs",
        "SELECT count(*) FROM public.past_usage",
        "SELECT array_agg(polname::text ORDER BY polname) FROM pg_policy",
        # Of this database's roles: another worker's tests spoil theirs at the same time.
        f"SELECT count(*) FROM pg_auth_members AS m JOIN pg_roles AS r ON r.oid = m.member"
        f" JOIN pg_namespace AS n ON n.nspname = r.rolname WHERE roleid <> '{tenants_group()}'::regrole",
    )
    with superuser() as connection:
        return [connection.execute(query).fetchone() for query in queries]  # type: ignore[arg-type]  # ours
