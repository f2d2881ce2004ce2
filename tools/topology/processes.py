"""The processes of the topology: what each is started with, in the order in which they need each other."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import yaml

from devserver.postgres.server import Cluster
from devserver.postgres.server_account import ServerAccount
from devserver.readiness import is_ready
from tools.packages import PROJECT
from tools.topology import files
from tools.topology.programs import find
from tools.topology.site import HOST, NAME, STAGES, WEB, Site

_OURS = (
    "WORKIX_",
    "DATABASE_URL",
    "EMAIL_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "SENTRY_DSN",
    "OTEL_",
    "DJANGO_SETTINGS_MODULE",
)


@dataclass(frozen=True)
class Service:
    """One process. It is ready when its `port` takes connections, or answers /health/ready where there is that (`has_health`).

    Without an account it is ours.
    """

    name: str
    command: tuple[str, ...]
    port: int
    environment: Mapping[str, str]
    account: ServerAccount | None = None
    has_health: bool = False

    def is_ready(self) -> bool:
        """Ask the process."""
        if self.has_health:
            return is_ready(f"{HOST}:{self.port}")
        with suppress(OSError), socket.create_connection((HOST, self.port), timeout=1):
            return True
        return False


def services(site: Site, cluster: Cluster) -> Iterator[tuple[Service, ...]]:
    """Give the processes, stage by stage."""
    found = [_pgbouncer(site, cluster), _redis(site), _mailbox(site), _worker(site), _nginx(site), _prometheus(site)]
    named = {each.name: each for each in (*found, *(_web(site, name) for name in WEB))}
    for stage in STAGES:
        yield tuple(named[name] for name in stage)


def settings(site: Site, name: str, **more: str) -> dict[str, str]:
    """Tell a process of Workix what docker-compose.yml tells its own, and what is in the image. Secrets are files here, too."""
    compose = yaml.safe_load((PROJECT / "docker-compose.yml").read_text(encoding="utf-8"))
    here = {
        "WORKIX_PUBLIC_URL": site.url,
        "WORKIX_BASE_DOMAIN": NAME,
        "WORKIX_TRUSTED_PROXIES": f"{HOST}/32",
        "WORKIX_PGBOUNCER": f"{HOST}:{site.ports.pgbouncer}",
        "REDIS_URL_FILE": str(site.secrets / "redis_url"),
    }
    told = {key: _on_this_machine(site, text) for key, text in compose["x-workix"]["environment"].items()}
    of_the_image = {"DJANGO_SETTINGS_MODULE": "workix.settings", "WORKIX_ENV": "production"}
    return plain_environment() | of_the_image | told | here | {"WORKIX_VAR": str(site.folder / name)} | more


def _on_this_machine(site: Site, text: str) -> str:
    """Say where a mounted file is here."""
    return text.replace("/run/secrets/", f"{site.secrets}/").replace("/run/keys/", f"{site.secrets}/keys/")


def plain_environment() -> dict[str, str]:
    """Return our own environment without what would set Workix up otherwise."""
    return {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}


def _web(site: Site, name: str) -> Service:
    port, metrics = site.ports.of(name), site.ports.of(name, "_metrics")
    binds = {"WORKIX_BIND": f"{HOST}:{port}", "WORKIX_METRICS_BIND": f"{HOST}:{metrics}"}
    command = (sys.executable, "-m", "gunicorn", "-c", str(PROJECT / "workix" / "gunicorn.py"), "workix.wsgi")
    return Service(name, command, port, settings(site, name, **binds), has_health=True)


def _worker(site: Site) -> Service:
    bind = {
        "WORKIX_WORKER_METRICS_BIND": f"{HOST}:{site.ports.worker_metrics}",
    }
    command = (sys.executable, str(PROJECT / "manage.py"), "run_worker")
    return Service("worker", command, site.ports.worker_metrics, settings(site, "worker", **bind))


def _pgbouncer(site: Site, cluster: Cluster) -> Service:
    account = ServerAccount.choose()
    file = files.write_pgbouncer(site, cluster, account)
    return Service("pgbouncer", (_program("pgbouncer"), str(file)), site.ports.pgbouncer, {}, account)


def _redis(site: Site) -> Service:
    return Service("redis", (_program("redis-server"), str(files.write_redis(site))), site.ports.redis, {})


def _mailbox(site: Site) -> Service:
    command = (sys.executable, "-m", "tools.topology.mailbox", str(site.ports.smtp), str(site.mail))
    return Service("mailbox", command, site.ports.smtp, plain_environment())


def _nginx(site: Site) -> Service:
    folder = files.write_nginx(site)
    # As root its workers would step down to an account that can't enter a folder of ours.
    user = " user root;" if os.geteuid() == 0 else ""
    command = (
        _program("nginx"),
        "-e",
        "stderr",
        "-p",
        f"{folder}/",
        "-c",
        str(folder / "nginx.conf"),
        "-g",
        f"daemon off;{user}",
    )
    return Service("nginx", command, site.ports.https, {})


def _prometheus(site: Site) -> Service:
    file = files.write_prometheus(site)
    command = (
        _program("prometheus"),
        f"--config.file={file}",
        f"--storage.tsdb.path={site.folder / 'prometheus-data'}",
        f"--web.listen-address={HOST}:{site.ports.prometheus}",
    )
    return Service("prometheus", command, site.ports.prometheus, {})


def _program(name: str) -> str:
    found = find(name)
    assert found is not None, name
    return str(Path(found))
