"""Settings, commands, ports and probes in deploy/kubernetes are those that the code knows."""

from __future__ import annotations

from ipaddress import ip_network
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.urls import resolve

from tests.house.kubernetes.manifests import (
    PLATFORM,
    Manifest,
    container,
    of_kind,
    pods,
    ports,
    probes,
    rendered,
    settings,
)
from tests.house.sources import PROJECT
from tools.as_production import environment
from tools.kubernetes import OVERLAYS
from workix.config.environment import SETTINGS, read

FOLDERS = pytest.mark.parametrize("folder", PLATFORM, ids=lambda folder: folder.name)
KNOWN = {name for each in SETTINGS for name in each.names}
SECRET = {f"{each.name}_FILE" for each in SETTINGS if each.secret}
#: What Docker Compose's PostgreSQL lets in, and docs/kubernetes.md asks for.
MAX_CONNECTIONS = 640


def told(manifests: list[Manifest], pod: Manifest) -> dict[str, str]:
    (source,) = container(pod)["envFrom"]
    assert source == {"configMapRef": {"name": next(iter(of_kind(manifests, "ConfigMap")))}}
    return settings(manifests) | {each["name"]: each["value"] for each in container(pod).get("env", ())}


def processes(manifests: list[Manifest]) -> int:
    """Return how many there are at most while pods are replaced."""
    web = of_kind(manifests, "HorizontalPodAutoscaler")["workix-web"]["spec"]["maxReplicas"]
    found = 0
    for name, each in of_kind(manifests, "Deployment").items():
        at_most = each["spec"].get("replicas", web) + each["spec"]["strategy"]["rollingUpdate"]["maxSurge"]
        found += at_most * (int(settings(manifests)["WORKIX_WEB_WORKERS"]) if name == "workix-web" else 1)
    return found


def number(name: str) -> int:
    """Read a number that gunicorn is configured with, without running the file."""
    text = (PROJECT / "workix" / "gunicorn.py").read_text(encoding="utf-8")
    return int(next(line for line in text.splitlines() if line.startswith(f"{name} = ")).rpartition(" ")[2])


@FOLDERS
def test_every_variable_is_a_setting_and_every_secret_lies_where_it_is_mounted(folder: Path) -> None:
    manifests = rendered(folder)
    for name, pod in pods(manifests).items():
        given = told(manifests, pod)
        assert given.keys() - KNOWN == set()
        assert pod["enableServiceLinks"] is False, "WORKIX_WEB_PORT of a Service would be an unknown setting"
        mounts = {each["mountPath"] for each in container(pod)["volumeMounts"] if each.get("readOnly")}
        files = {variable: Path(value) for variable, value in given.items() if variable in SECRET}
        assert {str(file.parent) for file in files.values()} == mounts
        setup = given.get("WORKIX_SETUP_DATABASE_URL_FILE")
        assert (setup is not None) == (name == "workix-migrate"), "a superuser's way in is for migrations alone"


@pytest.mark.parametrize("folder", PLATFORM[1:], ids=lambda folder: folder.name)
def test_an_overlay_says_all_that_production_must_be_told(folder: Path) -> None:
    given = settings(rendered(folder))
    assert [each.name for each in SETTINGS if each.production_required and not given.keys() & set(each.names)] == []
    hosts = of_kind(rendered(folder), "Ingress")["workix"]["spec"]
    wildcard = f"*.{given['WORKIX_BASE_DOMAIN']}"
    assert ([each["host"] for each in hosts["rules"]], hosts["tls"][0]["hosts"]) == ([wildcard], [wildcard])
    assert given["WORKIX_PUBLIC_URL"] == f"https://api.{given['WORKIX_BASE_DOMAIN']}"


@pytest.mark.parametrize("folder", OVERLAYS, ids=lambda folder: folder.name)
def test_production_starts_with_what_an_overlay_says(folder: Path, tmp_path: Path) -> None:
    secrets = environment()
    manifests = rendered(folder)
    given = {"WORKIX_ENV": "production"} | told(manifests, pods(manifests)["workix-migrate"])
    for variable in given.keys() & SECRET:
        name = variable.removesuffix("_FILE").replace("WORKIX_SETUP_", "")
        file = tmp_path / Path(given[variable]).name
        file.write_text(secrets[name] + "\n", encoding="utf-8")
        given[variable] = str(file)
    assert read(given).trusted_proxies == (ip_network("10.244.0.0/16"),)


@FOLDERS
def test_every_command_is_there(folder: Path) -> None:
    for name, pod in pods(rendered(folder)).items():
        command = container(pod).get("command")
        if name == "workix-web":
            assert command is None, "the image's own: gunicorn"
        else:
            assert command[:2] == ["python", "manage.py"]
            assert command[2] in get_commands()


@FOLDERS
def test_ports_are_those_that_the_code_listens_at(folder: Path) -> None:
    manifests = rendered(folder)
    given = settings(manifests)
    metrics = int(given["WORKIX_METRICS_BIND"].rpartition(":")[2])
    assert given["WORKIX_WORKER_METRICS_BIND"] == given["WORKIX_METRICS_BIND"]
    assert "WORKIX_BIND=0.0.0.0:8000" in (PROJECT / "Dockerfile").read_text(encoding="utf-8")
    found = {name: ports(pod) for name, pod in pods(manifests).items() if ports(pod)}
    assert found == {"workix-web": {"http": 8000, "metrics": metrics}, "workix-worker": {"metrics": metrics}}
    for name, service in of_kind(manifests, "Service").items():
        assert [each["targetPort"] for each in service["spec"]["ports"]] == list(found[name])


@FOLDERS
def test_probes_ask_what_is_answered_at_ports_that_are_there(folder: Path) -> None:
    found = pods(rendered(folder))
    for name in ("workix-web", "workix-worker"):
        asked = dict(probes(found[name]))
        assert asked.keys() == {"startupProbe", "readinessProbe", "livenessProbe"}
        for probe in asked.values():
            assert (probe.get("httpGet") or probe["tcpSocket"])["port"] in ports(found[name])
    web = {kind: probe["httpGet"]["path"] for kind, probe in probes(found["workix-web"])}
    assert {kind: resolve(path).func.__name__ for kind, path in web.items()} == {
        "startupProbe": "live",
        "readinessProbe": "ready",
        "livenessProbe": "live",
    }


def test_a_web_server_has_the_time_to_end_and_is_not_killed_before_gunicorn_does_it() -> None:
    pod = pods(rendered(PLATFORM[0]))["workix-web"]
    _, seconds = container(pod)["lifecycle"]["preStop"]["exec"]["command"]
    drain = int(settings(rendered(PLATFORM[0]))["WORKIX_DRAIN_SECONDS"])
    assert pod["terminationGracePeriodSeconds"] >= int(seconds) + drain + number("graceful_timeout") + 5
    live = container(pod)["livenessProbe"]
    assert live["periodSeconds"] * live["failureThreshold"] > number("timeout")


@FOLDERS
def test_all_that_may_run_at_once_holds_no_more_connections_than_there_are(folder: Path) -> None:
    manifests = rendered(folder)
    assert processes(manifests) * int(settings(manifests)["WORKIX_CONNECTION_CAP"]) <= MAX_CONNECTIONS - 40
