"""Docker Compose: every service is closed, bounded and looked after, and runs what deploy/local runs without Docker."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
import yaml

from tenants.backend.connection_cap import fair_share
from tests.house.rule import assert_kept
from tests.house.sources import PROJECT
from tools.topology.processes import plain_environment, settings
from tools.topology.site import Ports, Site

pytestmark = pytest.mark.requirement("S50")

#: Services that end when they have done their work.
ONCE = {"keys", "migrate", "set-up-pgbouncer"}
#: Their image says how to look after them.
OWN_HEALTHCHECK = {"web": "Dockerfile", "pgbouncer": "deploy/pgbouncer/Dockerfile"}
#: Images that are named by version and not by digest as well, since none could be looked up where this was written. Whoever
#: can, adds it (`name:version@sha256:…`), and takes the name out here: a version may be pushed anew, a digest is what it is.
WITHOUT_DIGEST = {
    "debian:12.13-slim",
    "grafana/grafana:12.1.0",
    "nginx:1.28.2",
    "postgres:18.6",
    "prom/alertmanager:v0.28.1",
    "prom/blackbox-exporter:v0.27.0",
    "prom/prometheus:v3.5.0",
    "python:3.13.12-slim-bookworm",
    "redis:7.4.8",
}
#: Megabytes a connection takes of PostgreSQL, measured: docs/performance.md.
CONNECTION = 3


@cache
def compose() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(_text("docker-compose.yml"))
    return read


def services() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = compose()["services"]
    return found


def test_every_service_is_closed_and_bounded() -> None:
    def is_closed(service: dict[str, Any]) -> bool:
        return (service["read_only"], service["cap_drop"], service["security_opt"]) == (
            True,
            ["ALL"],
            ["no-new-privileges:true"],
        )

    assert_kept(
        "a service writes where it is said, has no capability, gains none, and has a limit of memory",
        (name for name, service in services().items() if not is_closed(service) or "mem_limit" not in service),
        mend="begin it with `<<: *closed`, and give it a mem_limit.",
    )
    assert {name for name, service in services().items() if "cap_add" in service} == {"postgres"}


def test_every_service_that_stays_is_looked_after_and_starts_again() -> None:
    lasting = {name: service for name, service in services().items() if name not in ONCE}
    asleep = {name for name, service in lasting.items() if "test" not in service.get("healthcheck", {})}
    assert asleep == set(OWN_HEALTHCHECK)
    assert all("\nHEALTHCHECK " in _text(file) for file in OWN_HEALTHCHECK.values())
    assert {service["restart"] for service in lasting.values()} == {"unless-stopped"}
    assert {services()[name]["restart"] for name in ONCE} == {"no"}


def test_an_image_is_named_by_version_and_those_without_a_digest_are_known() -> None:
    files = (PROJECT / "Dockerfile", *sorted(PROJECT.glob("deploy/*/Dockerfile")))
    named = {name for file in files for name in re.findall(r"^FROM (\S+)", file.read_text(), re.MULTILINE)}
    named |= {service["image"] for service in services().values() if "build" not in service}
    assert_kept(
        "an image has a version of two numbers at least",
        (name for name in named if not re.fullmatch(r"[\w./-]+:v?\d+\.\d+[\w.-]*(@sha256:[0-9a-f]{64})?", name)),
        mend="name a version: `nginx:1.28.2`.",
    )
    assert {name for name in named if "@sha256:" not in name} == WITHOUT_DIGEST


def test_only_nginx_is_reached_from_outside_and_only_workix_reaches_the_data() -> None:
    published = {
        name: [port for port in service.get("ports", ()) if not port.startswith("127.0.0.1:")]
        for name, service in services().items()
    }
    assert {name: ports for name, ports in published.items() if ports} == {
        "nginx": ["${WORKIX_HTTP:-80}:80", "${WORKIX_HTTPS:-443}:443"]
    }
    assert compose()["networks"]["data"] == {"internal": True}
    inside = {name for name, service in services().items() if "data" in service.get("networks", ())}
    assert inside == {"web", "worker", "grpc", "migrate", "postgres", "set-up-pgbouncer", "pgbouncer", "redis"}


def test_what_nginx_says_of_clients_is_believed_and_nobody_else() -> None:
    (network,) = compose()["networks"]["front"]["ipam"]["config"]
    assert services()["web"]["environment"]["WORKIX_TRUSTED_PROXIES"].endswith(f"{network['subnet']}}}")
    assert ip_network(network["subnet"].partition(":-")[2].rstrip("}")).num_addresses == 256
    assert {name for name, each in services().items() if "front" in each.get("networks", ())} == {
        "nginx",
        "web",
        "mcp",
        "blackbox",
    }


def test_every_file_that_is_mounted_is_there_and_every_secret_is_drawn(tmp_path: Path) -> None:
    mounted = {volume.partition(":")[0] for service in services().values() for volume in service.get("volumes", ())}
    ours = {each for each in mounted if each.startswith("./deploy/")}
    assert len(ours) > 10
    assert sorted(each for each in ours if not (PROJECT / each).exists()) == []
    subprocess.run(
        [PROJECT / "deploy" / "compose" / "draw-secrets", "example.com", tmp_path], check=True, capture_output=True
    )
    files = {Path(secret["file"]).name for secret in compose()["secrets"].values()}
    assert files - {file.name for file in tmp_path.iterdir()} == {"email_url"}
    assert {each for each in mounted if "/var/" in each} >= {"./var/compose/keys", "./var/compose/tls"}
    used = {_name(each) for service in services().values() for each in service.get("secrets", ())}
    assert used == set(compose()["secrets"])


def test_postgresql_has_memory_for_whom_pgbouncer_lets_through() -> None:
    told = dict(option.removeprefix("--").split("=") for option in services()["postgres"]["command"][1:])
    pooler = dict(re.findall(r"^(\w+) = (\w+)$", _text("deploy/pgbouncer/pgbouncer.ini"), re.MULTILINE))
    let_through = int(pooler["max_db_connections"]) + 20
    needed = _mib(told["shared_buffers"]) + let_through * CONNECTION + _mib(told["maintenance_work_mem"])
    assert let_through < int(told["max_connections"])
    assert needed < 0.6 * _mib(services()["postgres"]["mem_limit"])
    assert _mib(told["shared_buffers"]) < _mib(told["effective_cache_size"]) < _mib(services()["postgres"]["mem_limit"])


def test_pgbouncer_takes_what_two_web_servers_and_a_worker_may_hold() -> None:
    told = dict(option.removeprefix("--").split("=") for option in services()["postgres"]["command"][1:])
    clients = dict(re.findall(r"^(\w+) = (\d+)$", _text("deploy/pgbouncer/compose.ini"), re.MULTILINE))
    assert 5 * fair_share(int(told["max_connections"]), 3) < int(clients["max_client_conn"])


def test_the_topology_without_docker_is_told_what_compose_tells() -> None:
    """Settings and files by name; only the domain, which Compose asks for, is always said."""
    site = Site(Path("/nowhere"), Ports.choose())
    told = {name: text for name, text in settings(site, "web").items() if plain_environment().get(name) != text}
    compose_tells = set(services()["web"]["environment"])
    assert told.keys() - compose_tells == {"DJANGO_SETTINGS_MODULE", "WORKIX_ENV", "WORKIX_VAR"}
    assert compose_tells - told.keys() == set()
    assert [name for name, text in told.items() if "$" in text or "/run/" in text] == []


def test_labels_of_the_image_say_what_it_was_made_of_and_not_when() -> None:
    labels = re.findall(r'org\.opencontainers\.image\.(\w+)="', _text("Dockerfile"))
    assert labels == ["title", "description", "licenses", "version", "revision"]


def _name(secret: str | dict[str, str]) -> str:
    return secret if isinstance(secret, str) else secret["source"]


def _mib(text: str) -> int:
    """Read `512MB`, `2g`: PostgreSQL's and Docker's way to write bytes, as mebibytes."""
    found = re.fullmatch(r"(\d+)(MB|GB|m|g)", text)
    assert found, text
    return int(found[1]) * {"m": 1, "g": 1024}[found[2][0].lower()]


def _text(file: str) -> str:
    return (PROJECT / file).read_text(encoding="utf-8")
