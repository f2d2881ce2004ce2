"""Debian's Prometheus, with our configuration, scrapes a running platform: all that dashboards and rules name is there."""

from __future__ import annotations

import contextlib
import http.client
import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
import yaml

from tests.cast import PASSWORD
from tests.database import another_database
from tests.environment import WORKER
from tests.house.metrics.series import DEPLOY, added_up, expressions, named_in, panels, rules
from tests.servers import PATIENCE_SECONDS, Platform, end, free_port, wait_for

PROMETHEUS = shutil.which("prometheus")

pytestmark = [
    pytest.mark.drill,
    pytest.mark.requirement("S29", "S32", "S33", "S56"),
    pytest.mark.skipif(PROMETHEUS is None, reason="Prometheus is missing: apt-get install prometheus"),
]


@pytest.fixture(scope="module")
def metrics_port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory, metrics_port: int) -> Iterator[Platform]:
    """Run two web processes and a job worker as an operator would: they share one folder of metrics."""
    with another_database(f"workix_prometheus_{WORKER}") as settings:
        platform = Platform.at(
            settings,
            tmp_path_factory.mktemp("var"),
            WORKIX_ENV="development",
            WORKIX_WEB_WORKERS="2",
            WORKIX_METRICS_BIND=f"127.0.0.1:{metrics_port}",
        )
        with platform.serving(), platform.working():
            yield platform


#: A series that has labels begins when the thing happens for the first time.
HAPPENED_NOT = {
    "django_http_exceptions_total_by_type_total",
    "django_http_exceptions_total_by_view_total",
    "django_db_errors_total",
    "django_db_new_connection_errors_total",
    "workix_quota_warnings_total",  # a job looks every five minutes
    "workix_isolation_proof_holds",  # nobody proved anything yet
    "workix_quota_bursts_total",  # nobody has a burst unless it is set
    "workix_sandbox_openings_total",  # nobody opened one
    *("workix_grpc_call_seconds_bucket", "workix_grpc_calls_total"),  # a server of its own, which does not run here
    "workix_mcp_calls_total",  # so has this
}


class Prometheus:
    """Prometheus' own API."""

    def __init__(self, port: int) -> None:
        self.port = port

    def get(self, path: str) -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        try:
            connection.request("GET", f"/api/v1/{path}")
            answer = connection.getresponse()
            if answer.status == http.client.SERVICE_UNAVAILABLE:
                raise ConnectionError("Prometheus is starting.")
            return json.loads(answer.read())["data"]
        finally:
            connection.close()

    def names(self) -> set[str]:
        return set(self.get("label/__name__/values"))

    def ask(self, expression: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.get(f"query?query={quote(expression, safe='')}")["result"]
        return found


@contextmanager
def scraping(folder: Path, target: int) -> Iterator[Prometheus]:
    """Run Prometheus with our rules and our job; only where it looks, and how often, differ."""
    configuration = yaml.safe_load((DEPLOY / "prometheus" / "prometheus.yml").read_text())
    del configuration["alerting"]
    job, _ = configuration["scrape_configs"]  # without the blackbox exporter's
    configuration["scrape_configs"] = [job]
    del job["dns_sd_configs"]
    job["static_configs"] = [{"targets": [f"127.0.0.1:{target}"]}]
    configuration["global"] = {"scrape_interval": "1s", "evaluation_interval": "1s"}
    shutil.copy(DEPLOY / "prometheus" / "rules.yml", folder)
    (folder / "prometheus.yml").write_text(yaml.safe_dump(configuration))
    port = free_port()
    command = (
        str(PROMETHEUS),
        f"--config.file={folder / 'prometheus.yml'}",
        f"--storage.tsdb.path={folder / 'data'}",
        f"--web.listen-address=127.0.0.1:{port}",
    )
    with (folder / "prometheus.log").open("wb") as log:
        started = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, start_new_session=True)
        try:
            yield Prometheus(port)
        finally:
            end(started)


def make_traffic(platform: Platform) -> None:
    """Do a little of everything that is counted."""
    person = {"email": "alice@acme.example", "password": PASSWORD}
    opening = {"name": "Acme", "slug": "acme", "admin": person}
    assert [platform.call("POST", "/api/v1/organizations/", opening).status for _ in range(2)] == [201, 409]
    wait_for(lambda: next((Path(platform.settings["WORKIX_VAR"]) / "mail").glob("*.eml"), None))
    with platform_admin(platform) as access:
        for number in range(5):
            someone = {"email": f"p{number}@acme.example", "password": PASSWORD, "role": "user"}
            platform.call("POST", "/api/v1/users/", someone, access=access)
    platform.call("POST", "/api/v1/auth/login/", {**person, "password": "not the password"})
    assert platform.call("GET", "/api/v1/nothing/").status == 404
    with psycopg.connect(platform.settings["DATABASE_URL"], autocommit=True) as ours:  # sooner than within a minute
        ours.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args)"
            " VALUES ('platform', 'quotas.find_shares', '{\"timestamp\": 0}')"
        )


@contextmanager
def platform_admin(platform: Platform) -> Iterator[str]:
    """Follow the link of the mail, log in, and be Alice."""
    mail = next((Path(platform.settings["WORKIX_VAR"]) / "mail").glob("*.eml")).read_text().replace("=\n", "")
    token = mail.partition("confirm-email/#")[2][:86]
    assert platform.call("POST", "/api/v1/auth/confirm-email/", {"token": token}).status in (200, 204)
    answer = platform.call("POST", "/api/v1/auth/login/", {"email": "alice@acme.example", "password": PASSWORD})
    assert answer.status == 200, answer
    yield answer.body["access"]


@pytest.fixture(scope="module")
def prometheus(platform: Platform, metrics_port: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prometheus]:
    """Scrape before, during and after a little traffic."""
    with scraping(tmp_path_factory.mktemp("prometheus"), metrics_port) as prometheus:
        wait_for(lambda: prometheus.ask('up{job="workix"} == 1') or None)
        make_traffic(platform)
        yield prometheus


def named() -> set[str]:
    """Name what dashboards and rules ask for, and what public dashboards do."""
    asked = {name for expression in expressions() for name in named_in(expression)}
    well_known = {f"{name}_bucket" if kind == "histogram" else name for name, (kind, *_) in added_up().items()}
    return (asked | well_known) - HAPPENED_NOT


def test_every_series_of_the_dashboard_and_the_rules_is_there(prometheus: Prometheus, platform: Platform) -> None:
    assert len(named()) > 20
    wait_until_none(platform, lambda: named() - prometheus.names())


def test_every_panel_shows_something(prometheus: Prometheus, platform: Platform) -> None:
    wanted = {
        target["expr"].replace("$__rate_interval", "1m"): panel["title"]
        for panel in panels()
        for target in panel["targets"]
    }
    assert len(wanted) > 50
    wait_until_none(platform, lambda: {title for each, title in wanted.items() if not prometheus.ask(each)})


def test_one_scrape_sees_both_web_processes_and_the_worker(prometheus: Prometheus) -> None:
    wait_for(lambda: _processes(prometheus) == {"web": "2", "worker": "1"} or None)
    done = 'workix_jobs_total{task="accounts.send_confirmation_mail",outcome="ok"}'
    five = ["5"]  # Alice, and the four there was room for
    wait_for(lambda: [each["value"][1] for each in prometheus.ask(done)] == five or None)


def test_the_rules_are_loaded_and_healthy_and_silent(prometheus: Prometheus) -> None:
    loaded = [rule for group in prometheus.get("rules")["groups"] for rule in group["rules"]]
    assert {rule["name"] for rule in loaded} == {rule.get("alert") or rule["record"] for rule in rules()}
    assert [rule["name"] for rule in loaded if rule["health"] == "err" or rule.get("state") == "firing"] == []


def test_no_series_names_a_customer(prometheus: Prometheus) -> None:
    series = json.dumps(prometheus.get("series?match[]=" + quote('{job="workix"}')))
    assert [word for word in ("acme", "alice", "p0@") if word in series] == []


def _processes(prometheus: Prometheus) -> dict[str, str]:
    return {each["metric"]["role"]: each["value"][1] for each in prometheus.ask("workix_processes")}


def wait_until_none(platform: Platform, missing: Callable[[], set[str]]) -> None:
    """Go on asking the platform for something, so that rates are above zero, until nothing is missing."""
    left: set[str] = set()

    def look() -> bool | None:
        left.clear()
        platform.call("GET", "/api/v1/me/")
        left.update(missing())
        return None if left else True

    with contextlib.suppress(AssertionError):
        wait_for(look)
    assert left == set()
