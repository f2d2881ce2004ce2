"""Alertmanager: whom an alert reaches, what it silences, and that Compose runs it as Prometheus looks for it."""

from __future__ import annotations

import re
import shutil
import subprocess
from functools import cache
from typing import Any

import pytest
import yaml

from tests.house.metrics.series import DEPLOY, alerts
from tests.house.sources import PROJECT

AMTOOL = shutil.which("amtool")
FILE = DEPLOY / "alertmanager" / "alertmanager.yml"
SECRETS = "/run/secrets/"
#: They tell of an intruder, or of evidence that goes missing: nothing silences them.
NEVER_SILENT = {
    "WorkixAuditContextUnverified",
    "WorkixCheckpointsLate",
    "WorkixIsolationBroken",
    "WorkixLoginFailuresSurge",
    "WorkixRolesRepaired",
    "WorkixSessionsEnded",
    "WorkixTripwireTouched",
}

pytestmark = pytest.mark.requirement("S33", "S56")


@cache
def configuration() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return read


def compose() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((PROJECT / "docker-compose.yml").read_text(encoding="utf-8"))
    return read


def fits(matchers: list[str], labels: dict[str, str]) -> bool:
    """Say whether labels fit matchers: `name="value"`, or `name=~"pattern"` of the whole value."""
    read = [re.fullmatch(r'(\w+)(=~?)"([^"]+)"', each) for each in matchers]
    assert all(read), matchers
    return all(
        bool(re.fullmatch(each[3] if each[2] == "=~" else re.escape(each[3]), labels[each[1]])) for each in read if each
    )


def labels_of(name: str) -> dict[str, str]:
    return {"alertname": name, "severity": alerts()[name]["labels"]["severity"]}


def silenced_by(name: str) -> set[str]:
    rules = [rule for rule in configuration()["inhibit_rules"] if fits(rule["source_matchers"], labels_of(name))]
    return {each for each in alerts() if any(fits(rule["target_matchers"], labels_of(each)) for rule in rules)}


@pytest.mark.slow
@pytest.mark.skipif(AMTOOL is None, reason="amtool is missing: apt-get install prometheus-alertmanager")
def test_amtool_is_content() -> None:
    command = (str(AMTOOL), "check-config", str(FILE))
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ended.returncode, "SUCCESS" in ended.stdout) == (0, True), ended.stdout + ended.stderr


@pytest.mark.parametrize("name", sorted(alerts()))
def test_an_alert_reaches_whom_its_severity_says(name: str) -> None:
    route = configuration()["route"]
    first = next(each for each in route["routes"] if fits(each["matchers"], labels_of(name)))
    assert first["receiver"] == labels_of(name)["severity"]


def test_what_no_route_takes_wakes_somebody_and_every_receiver_is_there() -> None:
    route, receivers = configuration()["route"], [each["name"] for each in configuration()["receivers"]]
    assert (route["receiver"], route["group_by"]) == ("page", ["alertname"])
    assert {route["receiver"], *(each["receiver"] for each in route["routes"])} == set(receivers) == {"page", "ticket"}


def test_a_database_that_is_down_is_one_page_and_no_alert_of_an_intruder_is_silenced() -> None:
    silenced = {name: found for name in alerts() if (found := silenced_by(name))}
    assert {"WorkixErrorBudgetBurnsFast", "WorkixConnectionsExhausted", "WorkixRateLimitsDown"} < silenced[
        "WorkixDatabaseDown"
    ]
    assert [name for name, found in silenced.items() if found & (NEVER_SILENT | {name})] == []
    named = set(re.findall(r"\bWorkix\w+", FILE.read_text(encoding="utf-8")))
    assert named - set(alerts()) == set()


def test_an_alert_that_speaks_at_once_waits_for_the_one_that_silences_it() -> None:
    """A page's group waits for longer than WorkixDatabaseDown takes to speak, where the page itself takes no time."""
    at_once = {name for name in silenced_by("WorkixDatabaseDown") if "for" not in alerts()[name]}
    pages = {name for name in at_once if labels_of(name)["severity"] == "page"}
    waiting = configuration()["route"]["routes"][0]
    assert {name for name in alerts() if fits(waiting["matchers"], labels_of(name))} == pages
    assert (waiting["group_wait"], alerts()["WorkixDatabaseDown"]["for"]) == ("2m", "1m")


def test_compose_runs_it_where_prometheus_looks_for_it_with_the_secrets_it_reads() -> None:
    service, there = compose()["services"]["alertmanager"], compose()["secrets"]
    prometheus = yaml.safe_load((DEPLOY / "prometheus" / "prometheus.yml").read_text(encoding="utf-8"))
    (found,) = prometheus["alerting"]["alertmanagers"]
    (asked,) = found["dns_sd_configs"]
    assert (asked["names"], asked["port"], service["ports"]) == (["alertmanager"], 9093, ["127.0.0.1:9093:9093"])
    read = re.findall(rf"{SECRETS}(\w+)", FILE.read_text(encoding="utf-8"))
    assert sorted(read) == sorted(service["secrets"])
    assert {name: there[name]["file"] for name in read} == {name: f"var/compose/{name}" for name in read}
    drawn = (DEPLOY / "compose" / "draw-secrets").read_text(encoding="utf-8")
    assert [name for name in read if name not in drawn] == []
    assert re.fullmatch(r"prom/alertmanager:v\d+\.\d+\.\d+", service["image"])


def test_no_secret_stands_in_the_file() -> None:
    text = FILE.read_text(encoding="utf-8")
    secret = r"^\s*(?:smtp_auth_)?(?:password|secret|token|credentials|api_key|routing_key): "
    assert re.findall(secret, text, re.MULTILINE) == []
