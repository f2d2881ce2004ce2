"""Restore and upgrade drills: a dump into a new server without roles, of the same version and a newer; then staging beside it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import psycopg
import pytest

from devserver.postgres.server import Cluster
from tests.cast import Answer
from tests.customers import Customer
from tests.drills.conftest import StartServer
from tests.drills.programs import BUNDLED, INSTALLED_15, run
from tests.drills.rows import rows_of
from tests.servers import Platform, end, settings_of, wait_for
from workix.config.database_url import DatabaseAddress
from workix.config.secrets import Secret

pytestmark = [pytest.mark.drill, pytest.mark.fault("F2"), pytest.mark.fault("F3")]

SECRET = "only-for-drills-" + "0123456789abcdef" * 3
#: Version of the server that is dumped and restored into: a restore, and an upgrade.
RESTORED_INTO = {"the same version": True, "PostgreSQL 18": False}


@dataclass
class Dumped:
    """A platform of two organizations, as it was dumped: its rows, and people who were logged in."""

    platform: Platform
    file: Path
    rows: dict[tuple[str, str], list[str]]
    people: list[Customer]


@pytest.fixture(scope="module")
def dumped(start_server: StartServer, tmp_path_factory: pytest.TempPathFactory) -> Dumped:
    """Open two organizations on PostgreSQL 15, let them work, and dump the database: one file, no roles."""
    cluster = start_server("source", version_15=True)
    folder = tmp_path_factory.mktemp("dumped")
    platform = Platform.at(settings_of(cluster) | {"WORKIX_MASTER_SECRET": SECRET}, folder)
    platform.manage("migrate", "--quiet")
    with platform.serving(), platform.working():
        people = [_opened(platform, name) for name in ("acme", "globex")]
    database = replace(cluster.superuser, name=cluster.owner.name)
    run(INSTALLED_15 / "pg_dump", database, "--format", "custom", "--file", folder / "platform.dump")
    return Dumped(platform, folder / "platform.dump", rows_of(cluster), people)


def _opened(platform: Platform, name: str) -> Customer:
    customer = Customer(platform, name)
    assert customer.open().status == 201
    assert customer.call("POST", "auth/confirm-email/", {"token": customer.link()}).status == 204
    assert customer.log_in().status == 200
    assert customer.call("PATCH", "organization/", {"name": f"{name} Ltd"}).status == 200
    assert customer.call("POST", "quotas/executions/consumptions/", {"amount": 300}).status == 201
    return customer


@dataclass
class Restored:
    """That platform on a server that knew nothing of it."""

    cluster: Cluster
    platform: Platform
    dumped: Dumped
    ready_before: int | None

    @property
    def people(self) -> Iterator[Customer]:
        """Have everybody come with the session they had when the dump was made."""
        for each in self.dumped.people:
            person = Customer(self.platform, each.slug)
            person.access = each.access
            yield person


@pytest.fixture(scope="module", params=RESTORED_INTO)
def restored(request: pytest.FixtureRequest, dumped: Dumped, start_server: StartServer) -> Iterator[Restored]:
    """Do what the operations page says: the owner, the dump, `manage.py migrate`."""
    same = RESTORED_INTO[request.param]
    cluster = start_server("target", version_15=same)
    database = replace(cluster.superuser, name=cluster.owner.name)
    _restore(INSTALLED_15 if same else BUNDLED, database, dumped.file)
    # Its address is the same, and so are its secrets, which are kept apart from the dump.
    platform = replace(dumped.platform, settings={**dumped.platform.settings, **settings_of(cluster)})
    ready_before = _status_when_started(platform)
    platform.manage("migrate", "--quiet")
    with platform.serving():
        yield Restored(cluster, platform, dumped, ready_before)


def _restore(programs: Path, database: DatabaseAddress, dump: Path) -> None:
    """Have pg_restore go on past what it can't do: grants and policies for roles that are not there.

    A superuser closed pg_catalog, which the dump knows; a newer server has not each of its functions.
    """
    command = [programs / "pg_restore", "--dbname", database.url().reveal(), dump]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stderr
    faults = re.findall(r"^pg_restore: error: .*?ERROR:  (.*)$", said, re.MULTILINE)
    expected = re.compile(r'role "\w+" does not exist|(function|relation|column) .*pg_catalog.* does not exist')
    assert [each for each in faults if not expected.match(each)] == []


def _status_when_started(platform: Platform) -> int | None:
    """Start the web server, and return what its readiness probe answers; None where it refuses to start."""
    process = platform.start_web()
    try:
        answered = wait_for(lambda: process.poll() or platform.call("GET", "/health/ready"))
    finally:
        end(process)
    return answered.status if isinstance(answered, Answer) else None


def test_it_is_not_ready_before_its_roles_are_back(restored: Restored) -> None:
    assert restored.ready_before in (503, None)


def test_every_row_is_back(restored: Restored) -> None:
    assert len(restored.dumped.rows) > 30
    found = rows_of(restored.cluster)
    changed = {table for table, rows in restored.dumped.rows.items() if found.get(table) != rows}
    assert (changed, set(found) - set(restored.dumped.rows)) == (set(), set())


def test_nothing_differs_from_what_is_declared(restored: Restored) -> None:
    assert "2 organizations, 0 differences left." in restored.platform.manage("check_isolation")


def test_people_go_on_with_their_sessions_and_log_in_anew(restored: Restored) -> None:
    for person in restored.people:
        assert person.call("GET", "me/").body["email"] == person.address
        assert person.log_in().status == 200
        assert person.call("GET", "organization/").body["name"] == f"{person.slug} Ltd"
        assert person.call("GET", "quotas/executions/").body["used"] == 300
        assert [each["email"] for each in person.call("GET", "users/").body["results"]] == [person.address]


def test_the_trail_goes_on_and_knows_who_acts(restored: Restored) -> None:
    for person in restored.people:
        before = person.call("GET", "audit-logs/?action=organization.renamed").body["results"]
        assert person.call("PATCH", "organization/", {"name": f"{person.slug} Inc"}).status == 200
        newest, *others = person.call("GET", "audit-logs/?action=organization.renamed").body["results"]
        assert others == before
        assert (newest["actor"]["type"], newest["actor"]["label"]) == ("person", person.address)
        assert person.call("PATCH", "organization/", {"name": f"{person.slug} Ltd"}).status == 200


def test_another_organization_opens(restored: Restored) -> None:
    with restored.platform.working():
        hooli = _opened(restored.platform, f"hooli-{restored.cluster.version[0]}")
    assert [each["email"] for each in hooli.call("GET", "users/").body["results"]] == [hooli.address]
    assert restored.platform.manage("migrate").splitlines()[-1] == "3 organizations, 0 migrated."


@pytest.mark.fault("F1")
def test_staging_beside_it_is_refused_with_the_same_roles_and_works_with_its_own(
    restored: Restored, tmp_path: Path
) -> None:
    if restored.cluster.version < (16,):
        pytest.skip("once is enough, beside the upgraded one")
    staging = _beside(restored, tmp_path)
    with pytest.raises(subprocess.CalledProcessError):
        staging.manage("migrate")
    for person in restored.people:  # production goes on
        assert person.log_in().status == 200
    assert "0 differences left." in restored.platform.manage("check_isolation")
    own = replace(staging, settings={**staging.settings, "WORKIX_ROLE_PREFIX": "staging"})
    own.manage("migrate", "--quiet")
    with own.serving(), own.working():
        tester = _opened(own, "acme")  # the same name, elsewhere
        assert [each["email"] for each in tester.call("GET", "users/").body["results"]] == [tester.address]
        assert [person.call("GET", "me/").status for person in restored.people] == [200, 200]
    for platform in (own, restored.platform):
        assert "0 differences left." in platform.manage("check_isolation")


def _beside(restored: Restored, var: Path) -> Platform:
    """Make a database and an owner on the same server: another platform with other secrets, and the default prefix."""
    theirs = replace(restored.cluster.owner, user="staging", password=Secret("only-for-drills"), name="staging")
    with psycopg.connect(restored.cluster.superuser.url().reveal(), autocommit=True) as session:
        session.execute("CREATE ROLE staging LOGIN CREATEROLE PASSWORD 'only-for-drills'")
        session.execute("CREATE DATABASE staging OWNER staging")
    addresses = {
        "DATABASE_URL": theirs.url().reveal(),
        "WORKIX_SETUP_DATABASE_URL": replace(restored.cluster.superuser, name="staging").url().reveal(),
    }
    secrets = {"WORKIX_MASTER_SECRET": "of-staging-" + SECRET}
    return Platform.at(settings_of(restored.cluster) | addresses | secrets, var)
