"""Starts the topology part by part, watches over it, and stops what it started: by pid files, and nothing else."""

# Note [Who survives whom]
# Each process has a session of its own, so that Ctrl-C reaches us alone, and we end them in the order in which nobody is cut off:
# nginx first, the database last. Where we are killed, they go on; the pid files are enough for `down` to end them.

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType

from devserver import pid_files
from devserver.command_lines import command_line_of
from devserver.postgres.server import Cluster, EmbeddedPostgres
from tools.packages import PROJECT
from tools.topology import files
from tools.topology.processes import Service, services, settings
from tools.topology.programs import POSTGRESQL_15
from tools.topology.site import STAGES, Site

_START_SECONDS = 60.0
_STOP_SECONDS = 30.0
_PAUSE_SECONDS = 0.05
_OURS = "up"


class DoesNotStart(RuntimeError):
    """A part of the topology ended, or took too long."""


class _Stopped(Exception):
    """Somebody asked us to end."""


def run(site: Site, announce: Callable[[], None]) -> None:
    """Bring all of it up, call `announce`, and stay until Ctrl-C, TERM, or until a part ends by itself.

    :raises DoesNotStart: naming the part that does not run, and its log.
    """
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGHUP, _stop)
    pid_files.remember_myself(_pid_file(site.folder, _OURS))
    try:
        started = _start(site)
        site.announce()
        announce()
        while True:
            for service, process in started:
                if process.poll() is not None:
                    raise DoesNotStart(
                        f"{service.name} ended with status {process.returncode}: {_log(site, service.name)}"
                    )
            time.sleep(_PAUSE_SECONDS)
    except (KeyboardInterrupt, _Stopped):
        pass
    finally:
        stop(site.folder, but=_OURS)


def stop(folder: Path, *, but: str = "") -> list[str]:
    """End what runs here, the last to start first; return the names of what ran. See Note [Who survives whom]."""
    # Whoever brought it up ends the rest, and then itself.
    ended = []
    with ThreadPoolExecutor() as threads:
        for stage in ((_OURS,), *STAGES[::-1]):
            files_of = [_pid_file(folder, name) for name in stage if name != but]
            stopped = threads.map(partial(pid_files.stop, timeout=_STOP_SECONDS), files_of)
            ended += [file.stem for file, ran in zip(files_of, stopped, strict=True) if ran]
    if EmbeddedPostgres(folder / "postgres").stop():
        ended.append("postgresql")
    _pid_file(folder, but or _OURS).unlink(missing_ok=True)
    (folder / "addresses.json").unlink(missing_ok=True)
    return ended


def is_running(folder: Path) -> bool:
    """Tell whether anything of it runs."""
    return any(pid_files.find(file) is not None for file in folder.glob("run/*.pid") if file.stem != _OURS)


def _start(site: Site) -> list[tuple[Service, subprocess.Popen[bytes]]]:
    cluster = EmbeddedPostgres(site.folder / "postgres", binaries=POSTGRESQL_15).start()
    files.draw_secrets(site, cluster)
    with ThreadPoolExecutor() as threads:
        # In the image it was done when that was built.
        gathered = threads.submit(_manage, site, "collectstatic", "--noinput")
        _set_up(site, cluster)
        gathered.result()
    started: list[tuple[Service, subprocess.Popen[bytes]]] = []
    for stage in services(site, cluster):
        launched = [(service, _launch(site, service)) for service in stage]
        started += launched
        for service, process in launched:
            _await(site, service, process)
    return started


def _set_up(site: Site, cluster: Cluster) -> None:
    """Migrate, and make ready for PgBouncer, as the services of Compose that end."""
    superuser = {"WORKIX_SETUP_DATABASE_URL_FILE": str(site.secrets / "setup_database_url")}
    _manage(site, "migrate", "--quiet", **superuser)
    where = {
        "PGHOST": cluster.host,
        "PGPORT": str(cluster.port),
        "PGUSER": cluster.superuser.user,
        "PGDATABASE": "workix",
    }
    which = {"SECRETS": str(site.secrets), "SET_UP": str(files.DEPLOY / "pgbouncer" / "set_up.sql")}
    script = [str(files.DEPLOY / "compose" / "set-up-pgbouncer.sh")]
    _once(site, "set-up-pgbouncer", script, where | which | {"PATH": os.environ["PATH"]})


def _manage(site: Site, command: str, *options: str, **more: str) -> None:
    """Run a command of manage.py, past PgBouncer, which is not there yet."""
    told = settings(site, "manage", WORKIX_PGBOUNCER="", **more)
    _once(site, command, [sys.executable, "manage.py", command, *options], told)


def _once(site: Site, name: str, command: list[str], environment: dict[str, str]) -> None:
    """Run a command to its end, as Compose does before others start."""
    with _writing(site, name) as log:
        done = subprocess.run(command, cwd=PROJECT, env=environment, stdout=log, stderr=log, check=False)
    if done.returncode:
        raise DoesNotStart(f"{name} ended with status {done.returncode}: {_log(site, name)}")


def _launch(site: Site, service: Service) -> subprocess.Popen[bytes]:
    account = service.account
    with _writing(site, service.name) as log:
        process = subprocess.Popen(
            service.command,
            cwd=PROJECT if account is None else "/",
            env=dict(service.environment),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account and account.uid is not None else None,
            start_new_session=True,
        )
    pid_files.remember(_pid_file(site.folder, service.name), process.pid, service.command)
    return process


def _await(site: Site, service: Service, process: subprocess.Popen[bytes]) -> None:
    """Wait until a process is ready. Some change their command line then (nginx, Redis): so it is noted again."""
    deadline = time.monotonic() + _START_SECONDS
    while not service.is_ready():
        if process.poll() is not None or time.monotonic() > deadline:
            raise DoesNotStart(f"{service.name} does not start: {_log(site, service.name)}")
        time.sleep(_PAUSE_SECONDS)
    pid_files.remember(_pid_file(site.folder, service.name), process.pid, [command_line_of(process.pid)])


@contextmanager
def _writing(site: Site, name: str) -> Iterator[int]:
    folder = site.folder / "log"
    folder.mkdir(mode=0o700, exist_ok=True)
    with (folder / f"{name}.log").open("wb") as log:
        yield log.fileno()


def _log(site: Site, name: str) -> str:
    """Give the end of a log, and where it is."""
    file = site.folder / "log" / f"{name}.log"
    last = file.read_text(errors="replace").splitlines()[-5:]
    return "\n".join([str(file), *last])


def _pid_file(folder: Path, name: str) -> Path:
    return folder / "run" / f"{name}.pid"


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise _Stopped
