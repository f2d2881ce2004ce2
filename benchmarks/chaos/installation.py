"""An installation on loopback: PostgreSQL on disks of its own, two web servers, a job worker, a mail server, Redis."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import psutil
import psycopg

from benchmarks.chaos.disks import Disk, small_disk
from benchmarks.chaos.load import Acknowledged, call
from benchmarks.processes import BenchmarkError, free_port, python, run, start, stop
from benchmarks.sides.side import PASSWORD
from devserver.postgres.location import locate
from devserver.postgres.server import Cluster, EmbeddedPostgres
from tests.mail_server import MailServer

WHO = {"email": "alice@acme.example.com", "password": PASSWORD, "organization": "acme"}
_MAX_CONNECTIONS = 60
_STARTED_WITHIN_SECONDS = 60
_CLOCK = Path(__file__).parent / "faults" / "clock.c"


class Installation:
    """Runs while the block of `installation()` does. What it names is for faults to break."""

    def __init__(self, folder: Path, data: Disk | None, wal: Disk | None, var: Disk | None) -> None:
        self.folder, self.data, self.wal, self.var = folder, data, wal, var
        self.postgres = EmbeddedPostgres(folder / "data" / "postgres")
        self.cluster: Cluster = self.postgres.start()
        self.mail = MailServer({})
        self.mail.__enter__()
        self.mails_to = self.mail.recipients
        self.redis: subprocess.Popen[bytes] | None = None
        self.redis_port, self.ports = free_port(), (free_port(), free_port())
        self.webs: list[subprocess.Popen[bytes]] = []
        self.worker: subprocess.Popen[bytes] | None = None
        self.kept, self.schema, self.who = Acknowledged(), "", WHO
        self.may_repeat: set[str] = set()
        self.restarts = 0
        self.clock = _compile_clock(folder)
        self._over = threading.Event()

    # -- what a supervisor does -------------------------------------------------------------------------------------------

    def start_webs(self, clocks: bool = False) -> None:
        """Start the two web servers; with `clocks`, each by a clock of its own that set_clock() moves."""
        for number, port in enumerate(self.ports):
            more = self._beside(number) if clocks else {}
            settings = {**self.settings(), **more, "WORKIX_BIND": f"127.0.0.1:{port}"}
            command = python("-m", "gunicorn", "-c", "workix/gunicorn.py", "workix.wsgi")
            self.webs.append(start(command, settings, self.folder / f"web-{number}.log"))
        for port in self.ports:
            self._await_ready(port)

    def stop_webs(self) -> None:
        for each in self.webs:
            stop(each)
        self.webs.clear()

    def web_processes(self, number: int) -> list[psutil.Process]:
        """List the processes that serve at one of the two."""
        return list(psutil.Process(self.webs[number].pid).children())

    def keep_working(self) -> None:
        """Start the job worker, and start another whenever it has ended, as a supervisor does."""
        self.worker = start(python("manage.py", "run_worker"), self.settings(), self.folder / "worker.log")
        if not self._over.is_set():
            threading.Thread(target=self._supervise, daemon=True).start()

    def _supervise(self) -> None:
        assert self.worker is not None
        self.worker.wait()
        if not self._over.wait(1):
            self.restarts += 1
            self.keep_working()

    def start_redis(self) -> None:
        program = shutil.which("redis-server")
        if program:
            options = ("--bind", "127.0.0.1", "--port", str(self.redis_port), "--save", "", "--appendonly", "no")
            self.redis = start((program, *options), {}, self.folder / "redis.log")

    def stop_mail(self) -> None:
        self.mail.close()

    def start_mail(self) -> None:
        """Start a mail server where the one before was; what each takes is counted in one place."""
        self.mail = MailServer({}, port=self.mail.address[1])
        self.mail.recipients = self.mails_to
        self.mail.__enter__()

    def set_clock(self, number: int, seconds: int) -> None:
        """Have the clock of one web server differ from this machine's."""
        draft = self._clock(number).with_suffix(".draft")
        draft.write_text(f"{seconds:d}\n")
        draft.replace(self._clock(number))

    # -- ways in ----------------------------------------------------------------------------------------------------------

    def superuser(self) -> psycopg.Connection:
        address = replace(self.cluster.superuser, name=self.cluster.owner.name)
        return psycopg.connect(address.url().reveal(), autocommit=True)

    def log_in(self) -> str:
        answer = call(self.ports[0], "POST", "/api/v1/auth/login/", WHO)
        if answer.status != 200:
            raise BenchmarkError(f"The log-in was answered {answer.status}: {answer.body}")
        return str(answer.body["access"])

    def health(self) -> tuple[int, int]:
        """Return the statuses of /health/live and /health/ready at the first web server."""
        return call(self.ports[0], "GET", "/health/live").status, call(self.ports[0], "GET", "/health/ready").status

    def settings(self) -> dict[str, str]:
        more = {"REDIS_URL": f"redis://127.0.0.1:{self.redis_port}/0"} if self.redis else {}
        return more | {
            "DATABASE_URL": self.cluster.owner.url().reveal(),
            "WORKIX_SETUP_DATABASE_URL": self.cluster.superuser.url().reveal(),
            "DJANGO_SETTINGS_MODULE": "workix.settings",
            "EMAIL_URL": "smtp://{}:{}".format(*self.mail.address),
            "WORKIX_VAR": str(self.folder / "var"),
            "WORKIX_METRICS_BIND": f"127.0.0.1:{free_port()}",
            "WORKIX_PUBLIC_URL": f"http://localhost:{self.ports[0]}",
            "WORKIX_WEB_WORKERS": "1",
            "WORKIX_CONNECTION_CAP": "8",
            "WORKIX_REQUESTS_OF_ACTOR": "100000",  # one person asks as many would
        }

    # -- set up and end ---------------------------------------------------------------------------------------------------

    def set_up(self) -> None:
        """Bring the database up to date, start everything, and open Acme with room for very many."""
        self.start_redis()
        self._configure_postgres()
        run(python("manage.py", "migrate", "--quiet"), self.settings())
        self.start_webs()
        self.keep_working()
        admin = {name: WHO[name] for name in ("email", "password")}
        opened = call(self.ports[0], "POST", "/api/v1/organizations/", {"name": "Acme", "slug": "acme", "admin": admin})
        if opened.status != 201:
            raise BenchmarkError(f"Opening was answered {opened.status}: {opened.body}")
        self.schema = f"org_{opened.body['id'].replace('-', '')}"
        with self.superuser() as database:
            database.execute("UPDATE organizations SET status = 'active'")
            database.execute(f"UPDATE {self.schema}.users SET email_confirmed_at = now()")
        room = ("--users", "1000000", "--executions", "100000000", "--reason", "they write")
        run(python("manage.py", "set_plan", "acme", "pro", *room), self.settings())

    def end(self) -> None:
        self._over.set()
        self.stop_webs()
        for each in (self.worker, self.redis):
            if each:
                stop(each)
        with suppress(OSError):
            self.mail.close()
        self.postgres.stop()

    def _configure_postgres(self) -> None:
        """Let in few, and have the log of writes (WAL) on a disk of its own where there is one."""
        with self.superuser() as database:
            for setting in (f"max_connections = {_MAX_CONNECTIONS}", "min_wal_size = '32MB'", "wal_recycle = off"):
                database.execute(f"ALTER SYSTEM SET {setting}")
        self.postgres.stop()
        if self.wal:
            (data,) = locate(self.folder / "data" / "postgres").glob("data-*")
            run(("cp", "-a", str(data / "pg_wal"), str(self.wal.folder / "pg_wal")), {})
            shutil.rmtree(data / "pg_wal")
            (data / "pg_wal").symlink_to(self.wal.folder / "pg_wal")
        self.cluster = self.postgres.start()

    def _await_ready(self, port: int) -> None:
        deadline = time.monotonic() + _STARTED_WITHIN_SECONDS
        while time.monotonic() < deadline:
            with suppress(OSError):
                if call(port, "GET", "/health/ready").status == 200:
                    return
            time.sleep(0.1)
        logs = "".join(path.read_text()[-1000:] for path in sorted(self.folder.glob("web-*.log")))
        raise BenchmarkError(f"A web server does not come up:\n{logs}")

    def _beside(self, number: int) -> dict[str, str]:
        self.set_clock(number, 0)
        return {"LD_PRELOAD": str(self.clock), "CLOCK_OFFSET_FILE": str(self._clock(number))}

    def _clock(self, number: int) -> Path:
        return self.folder / f"clock-{number}"


def _compile_clock(folder: Path) -> Path | None:
    """Make the library that has a program's clock differ; None where nothing compiles it."""
    compiler, made = shutil.which("cc"), folder / "clock.so"
    if compiler is None:
        return None
    run((compiler, "-shared", "-fPIC", "-O2", "-o", str(made), str(_CLOCK), "-ldl"), {})
    return made


def missing(installation: Installation, need: str) -> str:
    """Say what this machine lacks of what a fault needs; nothing where it lacks nothing."""
    there = {
        "": True,
        "disk": None not in (installation.data, installation.wal, installation.var),
        "redis": installation.redis is not None,
        "clock": installation.clock is not None,
    }
    lacks = {"disk": "only root may mount a disk", "redis": "no redis-server", "clock": "no C compiler"}
    return "" if there[need] else lacks[need]


@contextmanager
def installation() -> Iterator[Installation]:
    """Set one up in a temporary folder, and remove it in the end."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="workix-chaos-")))
        folder.chmod(0o711)  # the server of the database runs as another user when we are root
        data = stack.enter_context(small_disk(folder / "data", 512))
        wal = stack.enter_context(small_disk(folder / "wal", 320))
        var = stack.enter_context(small_disk(folder / "var", 64))
        made = Installation(folder, data, wal, var)
        stack.callback(made.end)
        made.set_up()
        yield made
