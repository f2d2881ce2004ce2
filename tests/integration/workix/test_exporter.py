"""The exporter answers with everything the processes of a folder counted, with its totals, and with what is read now."""

from __future__ import annotations

import http.client
import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment
from wsgiref.util import setup_testing_defaults

import pytest
from prometheus_client import values
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import Settings

from tenants.backend.pool import shared_pool
from tests.cast import Cast
from tests.servers import PATIENCE_SECONDS, free_port
from workix.observability.exporter import Exporter, at_listener
from workix.observability.exporter_server import serve

pytestmark = pytest.mark.requirement("S29")


@pytest.fixture
def exporter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Exporter:
    """Share a folder in which one process has counted two requests and a statement."""
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    value = values.MultiProcessValue(lambda: 0)  # type: ignore[no-untyped-call]  # it brings no types
    name = "django_http_responses_total_by_status_view_method"
    labels = {"status": "200", "view": "api/v1/me/", "method": "GET", "transport": "http"}
    value("counter", name, f"{name}_total", list(labels), list(labels.values()), "Responses.").inc(2)
    return Exporter(tmp_path, "1.2.3")


@pytest.fixture
def port(exporter: Exporter) -> Iterator[int]:
    """Serve it as a job worker in a container of its own does."""
    server = serve("127.0.0.1:0", exporter)
    yield server.server_port
    server.shutdown()
    server.server_close()


def get(port: int, path: str = "/metrics", method: str = "GET") -> tuple[int, str, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    try:
        connection.request(method, path)
        answer = connection.getresponse()
        return answer.status, answer.getheader("Content-Type") or "", answer.read().decode()
    finally:
        connection.close()


def told(page: str) -> dict[str, float]:
    return {
        f"{sample.name}{json.dumps(sample.labels)}": sample.value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
    }


def test_what_was_counted_its_totals_and_what_is_read_are_on_one_page(acme: Cast, port: int) -> None:
    status, content_type, page = get(port)
    found = told(page)
    assert (status, content_type.partition(";")[0]) == (200, "text/plain")
    assert found["django_http_requests_before_middlewares_total{}"] == 2
    assert found['django_http_requests_total_by_method_total{"method": "GET"}'] == 2
    assert found["workix_database_up{}"] == 1
    assert found['workix_queue_jobs{"queue": "mails", "status": "todo"}'] == 0
    assert found['django_migrations_unapplied_total{"connection": "default"}'] == 0
    assert found['django_migrations_applied_total{"connection": "default"}'] > 20


def test_no_family_is_on_it_twice(acme: Cast, port: int) -> None:
    types = [line for line in get(port)[2].splitlines() if line.startswith("# TYPE")]
    assert len(types) == len(set(types))


def test_nothing_else_is_there(port: int) -> None:
    paths = ("/", "/metrics/", "/metrics/../../etc/passwd", "/api/v1/me/", "/health/live", "/admin/")
    answers = [get(port, path)[:2] for path in paths] + [get(port, method="POST")[:2]]
    assert answers == [(404, "application/problem+json")] * 7


def test_a_scrape_that_fails_is_logged_and_the_next_one_works(
    acme: Cast, port: int, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("ERROR", "workix.metrics")
    broken = tmp_path / "counter_7.db"
    broken.write_bytes(b"")
    assert get(port)[:2] == (500, "application/problem+json")
    broken.unlink()
    assert get(port)[0] == 200
    assert [record.message for record in caplog.records] == ["metrics.scrape_failed"]


def test_a_file_that_is_being_made_is_read_a_moment_later(
    acme: Cast, port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = tmp_path / "counter_7.db"
    begun.touch()
    monkeypatch.setattr("workix.observability.exporter.time.sleep", lambda _: begun.unlink(missing_ok=True))
    assert get(port)[0] == 200


def test_who_connects_and_says_nothing_keeps_nobody_waiting(acme: Cast, port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)):
        assert get(port)[0] == 200


def test_a_database_that_accepts_and_never_answers_keeps_no_scrape_waiting(
    acme: Cast, port: int, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workix.observability.readings.ANSWER_SECONDS", 0.1)
    shared_pool(0).clear()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        hung = replace(settings.WORKIX.database_url, port=silent.getsockname()[1])
        settings.WORKIX = settings.WORKIX.model_copy(update={"database_url": hung})
        status, _, page = get(port)
    found = told(page)
    assert (status, found["workix_database_up{}"]) == (200, 0)
    assert found["django_http_requests_before_middlewares_total{}"] == 2
    for thread in [each for each in threading.enumerate() if each.name == "readings"]:
        thread.join(10)


def test_a_taken_address_is_refused() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other, pytest.raises(OSError, match="in use"):
        serve(f"127.0.0.1:{other.getsockname()[1]}", _says("never"))


def _says(text: str) -> WSGIApplication:
    def application(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        return [text.encode()]

    return application


@pytest.fixture
def listening() -> Iterator[dict[str, socket.socket]]:
    """Return the server's end of one connection over TCP and one over a Unix socket."""
    with socket.create_server(("127.0.0.1", free_port())) as server:
        client = socket.create_connection(server.getsockname())
        tcp, _ = server.accept()
    unix, peer = socket.socketpair(socket.AF_UNIX)
    yield {"tcp": tcp, "unix": unix}
    for each in (client, tcp, unix, peer):
        each.close()


def test_the_listener_decides_who_answers(listening: dict[str, socket.socket]) -> None:
    port = str(listening["tcp"].getsockname()[1])
    application = at_listener(f"127.0.0.1:{port}", _says("metrics"), elsewhere=_says("platform"))

    def answered(named_port: str, connection: socket.socket | None) -> bytes:
        environ: WSGIEnvironment = {"SERVER_PORT": named_port, "HTTP_HOST": f"localhost:{port}"}
        setup_testing_defaults(environ)
        if connection is not None:
            environ["gunicorn.socket"] = connection
        return b"".join(application(environ, lambda *_: lambda _: None))

    assert answered(port, listening["tcp"]) == b"metrics"
    # Over a Unix socket, gunicorn reads the port out of the Host header.
    assert answered(port, listening["unix"]) == b"platform"
    assert answered(port, None) == b"platform"
    assert answered("8000", listening["tcp"]) == b"platform"
