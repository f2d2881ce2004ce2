"""The journey over the production topology: nginx (TLS), two gunicorns, PgBouncer, PostgreSQL 15, Redis, worker, Prometheus."""

from __future__ import annotations

import http.client
import os
import re
import socket
import ssl
import subprocess
import threading
from pathlib import Path

import pytest
import redis

from devserver import pid_files
from tests.acts import at_once
from tests.cast import PASSWORD
from tests.customers import Customer
from tests.e2e.test_prometheus import Prometheus
from tests.environment import PROJECT
from tests.servers import PATIENCE_SECONDS, Platform, wait_for
from tests.topology.conftest import LOCAL, Browser, Topology, memory_limit
from tools.topology.site import NAME
from workix.config.database_url import DatabaseAddress

pytestmark = [pytest.mark.drill, pytest.mark.requirement("S50", "S56")]

PROCESSES = {"mailbox", "nginx", "pgbouncer", "prometheus", "redis", "web-1", "web-2", "worker"}


@pytest.fixture(scope="module")
def acme(topology: Topology) -> Customer:
    """Open an organization through nginx; the link is in a mail that the worker sent."""
    customer = Customer(topology, "acme")
    customer.begin()
    return customer


@pytest.fixture(scope="module")
def prometheus(topology: Topology) -> Prometheus:
    return Prometheus(topology.ports["prometheus"])


def test_an_organization_works_and_its_trail_says_so(acme: Customer) -> None:
    person = {"email": "bob@acme.example", "password": PASSWORD, "role": "user", "first_name": "Bob"}
    assert acme.call("POST", "users/", person).status == 201
    taken = [acme.call("POST", "quotas/executions/consumptions/", {"amount": 400}).status for _ in range(3)]
    assert taken == [201, 201, 403]
    newest = acme.call("GET", "audit-logs/?action=user.created").body["results"][0]
    assert (newest["actor"]["label"], newest["ip_address"]) == (acme.address, "127.0.0.1")


def test_the_dashboard_opens_with_a_session(topology: Topology, acme: Customer) -> None:
    browser = Browser(topology, f"acme.{NAME}")
    assert browser.get("/admin/")[0] == 302
    assert browser.get("/admin/login/")[0] == 200
    assert browser.post("/admin/login/", username=acme.address, password=PASSWORD, next="/admin/") == (302, "/admin/")
    status, page = browser.get("/admin/accounts/user/")
    assert (status, acme.address in page) == (200, True)


def test_plain_http_leads_to_https(topology: Topology) -> None:
    for port in (topology.ports["http"], topology.port):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
        connection.request("POST", "/api/v1/me/?a=b", b"{}", {"Host": f"acme.{NAME}"})
        answer = connection.getresponse()
        place = f"https://acme.{NAME}:{topology.port}/api/v1/me/?a=b"
        assert (answer.status, answer.headers["Location"]) == (308, place)
        connection.close()
    hsts = topology.call("GET", "/health/live").headers["Strict-Transport-Security"]
    assert hsts.startswith("max-age=31536000; includeSubDomains")


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1_1 is deprecated")  # which is what it is tried for
def test_the_certificate_is_every_organizations_and_old_tls_is_refused(topology: Topology) -> None:
    context = ssl.create_default_context(cafile=topology.folder / "secrets" / "tls" / "workix.crt")
    with (
        socket.create_connection(("127.0.0.1", topology.port)) as plain,
        context.wrap_socket(plain, server_hostname=f"acme.{NAME}") as connection,
    ):
        assert connection.version() == "TLSv1.3"
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
    with (
        socket.create_connection(("127.0.0.1", topology.port)) as plain,
        pytest.raises((ssl.SSLError, ConnectionError)),
    ):
        context.wrap_socket(plain, server_hostname="localhost")


def test_what_nginx_refuses_is_a_problem(topology: Topology) -> None:
    answer = topology.call("POST", "/api/v1/auth/login/", {"email": "x" * 1_100_000})
    assert (answer.status, answer.headers["Content-Type"]) == (413, "application/problem+json")
    assert (answer.body["code"], len(answer.body["request_id"])) == ("payload_too_large", 32)


def test_requests_go_through_pgbouncer_and_are_counted_in_redis(topology: Topology, acme: Customer) -> None:
    address = DatabaseAddress.parse((topology.folder / "secrets" / "database_url").read_text())
    assert address.port != topology.ports["pgbouncer"]
    log = (topology.folder / "log" / "pgbouncer.log").read_text()
    assert f"workix/{address.user}@" not in log
    assert "workix/workix_control@" in log
    store = redis.Redis.from_url((topology.folder / "secrets" / "redis_url").read_text())
    assert acme.call("GET", "me/").status == 200
    assert store.dbsize() > 0
    store.close()


def test_pgbouncer_is_set_up_again_and_nothing_is_lost(topology: Topology, acme: Customer) -> None:
    """Compose does it at each start."""
    address = DatabaseAddress.parse((topology.folder / "secrets" / "setup_database_url").read_text())
    where = {"PGHOST": address.host, "PGPORT": str(address.port), "PGUSER": address.user, "PGDATABASE": address.name}
    which = {"SECRETS": f"{topology.folder}/secrets", "SET_UP": f"{PROJECT}/deploy/pgbouncer/set_up.sql"}
    script = PROJECT / "deploy" / "compose" / "set-up-pgbouncer.sh"
    subprocess.run([script], env={"PATH": os.environ["PATH"], **where, **which}, check=True)
    assert acme.log_in().status == 200


def test_prometheus_reaches_everybody_and_no_alert_speaks(prometheus: Prometheus, acme: Customer) -> None:
    def seen() -> list[tuple[str, str]]:
        return sorted((each["metric"]["service"], each["value"][1]) for each in prometheus.ask('up{job="workix"}'))

    wait_for(lambda: seen() == [("web", "1"), ("web", "1"), ("worker", "1")] or None)
    mailed = 'workix_jobs_total{task="accounts.send_confirmation_mail",outcome="ok"}'
    assert len(wait_for(lambda: prometheus.ask(f"{mailed} > 0") or None)) == 1
    both = "sum by (instance) (django_http_responses_total_by_status_view_method_total) > 1"
    assert len(wait_for(lambda: found if len(found := prometheus.ask(both)) == 2 else None)) == 2
    rules = [rule for group in prometheus.get("rules")["groups"] for rule in group["rules"]]
    assert len(rules) > 20
    assert [rule["name"] for rule in rules if rule["health"] == "err" or rule.get("state") == "firing"] == []


def test_eight_log_ins_at_once_stay_below_the_memory_that_compose_gives(topology: Topology, acme: Customer) -> None:
    """Asked past nginx, which lets in four of one address: all eight at one gunicorn, each an Argon2id of 46 MiB."""
    most, done = [0], threading.Event()
    pid = pid_files.find(topology.folder / "run" / "web-1.pid")
    assert pid is not None

    def watch() -> None:
        while not done.wait(0.005):
            most[0] = max(most[0], _proportional_set_size(pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        assert at_once(lambda _: _log_in(topology, acme), 8) == [200] * 8
    finally:
        done.set()
        watcher.join()
    assert 150 * 2**20 < most[0] < 0.75 * memory_limit("web")


def test_the_operations_page_is_followed_word_by_word(topology: Topology) -> None:
    """All of its commands but the first, and those that bring it up and take it down, which other tests do."""
    chapter = (PROJECT / "docs" / "operations.md").read_text().partition("\n## The same without Docker\n")[2]
    commands = re.findall(r"^\$ (.*)$", chapter.partition("\n## ")[0], re.MULTILINE)
    assert [commands[1], commands[-1]] == ["deploy/local/up &", "deploy/local/down"]
    said = []
    for command in commands[2:-1]:
        here = command.replace("var/topology", str(topology.folder)).replace("8443", str(topology.port))
        done = subprocess.run(
            ["bash", "-c", here],
            cwd=PROJECT,
            env={"PATH": os.environ["PATH"], "TOPOLOGY": str(topology.folder)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{command}\n{done.stderr}"
        said.append(done.stdout)
    health, operator, _, organizations, isolation = said
    assert '"database"' in health
    assert operator.startswith("you@example.com\n")
    assert re.findall(r"^(\w+)", organizations, re.MULTILINE).count("hooli") == 1
    assert "0 differences left." in isolation


def test_down_stops_all_of_it(topology: Topology) -> None:
    """The last one."""
    run = topology.folder / "run"
    there = {file.stem for file in run.glob("*.pid") if pid_files.find(file) is not None}
    assert there == PROCESSES | {"up"}
    said = subprocess.run(
        [LOCAL / "down", "--folder", topology.folder], capture_output=True, text=True, check=True
    ).stdout
    assert said == "Stopped: up.\n"
    assert sorted(run.glob("*.pid")) == []
    wait_for(
        lambda: (
            True
            if not any(str(topology.folder) in _read(each) for each in Path("/proc").glob("[0-9]*/cmdline"))
            else None
        )
    )
    with pytest.raises(ConnectionRefusedError):
        topology.call("GET", "/health/live")


def _log_in(topology: Topology, acme: Customer) -> int:
    """Log in at one gunicorn, as nginx would hand the request on."""
    there = Platform(topology.ports["web_1"], topology.settings)
    body = {"email": acme.address, "password": PASSWORD, "organization": acme.slug}
    told = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1", "Host": f"{NAME}:{topology.port}"}
    return there.call("POST", "/api/v1/auth/login/", body, **told).status


def _proportional_set_size(pid: int) -> int:
    """Add up what a process and its children take of memory, what they share once (PSS), in bytes."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    found = (_read(Path(f"/proc/{each}/smaps_rollup")).partition("\nPss:")[2].split()[:1] for each in (pid, *children))
    return sum(int(number) * 1024 for numbers in found for number in numbers)


def _read(path: Path) -> str:
    try:
        return path.read_text(errors="replace")
    except OSError:
        return ""
