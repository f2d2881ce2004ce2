"""Slow clients: hundreds of requests that do not arrive, and answers nobody reads, cost the others nothing."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import orjson
import pytest

from tests.database import another_database
from tests.environment import WORKER
from tests.servers import PATIENCE_SECONDS, Platform, end

pytestmark = [pytest.mark.slow, pytest.mark.fault("A5")]

HOST = "Host: localhost\r\n"
LOGIN = f"POST /api/v1/auth/login/ HTTP/1.1\r\n{HOST}Content-Type: application/json\r\n"
ASSET = "GET /static/drf_spectacular_sidecar/swagger-ui-dist/swagger-ui-bundle.js HTTP/1.1\r\n"

PATIENT = "tests.e2e.hasty_worker.PatientWorker"
SLOW = {
    "says nothing": "",
    "half a request line": "GET /api/v1/m",
    "half a header": f"GET /api/v1/me/ HTTP/1.1\r\n{HOST}Accept: appl",
    "half a body": f'{LOGIN}Content-Length: 500\r\n\r\n{{"email": ',
    "no body": f"{LOGIN}Content-Length: 500\r\n\r\n",
    "half a chunk": f"{LOGIN}Transfer-Encoding: chunked\r\n\r\n40\r\n{{",
    "no last chunk": f"{LOGIN}Transfer-Encoding: chunked\r\n\r\n2\r\n{{}}\r\n",
    "waits to continue": f"{LOGIN}Expect: 100-continue\r\nContent-Length: 500\r\n\r\n",
    "reads nothing": f"{ASSET}{HOST}\r\n",
    "does not close": f"GET /health/live HTTP/1.1\r\n{HOST}Connection: close\r\n\r\n",
}


@pytest.fixture(scope="module")
def settings() -> Iterator[dict[str, str]]:
    with another_database(f"workix_slow_{WORKER}") as settings:
        yield {**settings, "WORKIX_ENV": "development", "WORKIX_WEB_THREADS": "4"}


@contextmanager
def serving(settings: dict[str, str], var: Path, *options: str) -> Iterator[Platform]:
    platform = Platform.at(settings, var)
    process = platform.start_web(*options)
    try:
        platform.await_ready()
        yield platform
    finally:
        end(process)


@pytest.fixture(scope="module")
def platform(settings: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    with serving(settings, tmp_path_factory.mktemp("var"), "--worker-class", PATIENT) as platform:
        yield platform


@pytest.fixture(scope="module")
def hasty(settings: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """Run a server with little time."""
    hasty = ("--worker-class", "tests.e2e.hasty_worker.HastyWorker")
    with serving(settings, tmp_path_factory.mktemp("var"), *hasty) as platform:
        yield platform


def connect(platform: Platform, sent: str, *, reads: bool = True) -> socket.socket:
    connection = socket.socket()
    if not reads:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2_048)
    connection.settimeout(PATIENCE_SECONDS)
    connection.connect(("127.0.0.1", platform.port))
    connection.sendall(sent.encode())
    return connection


def is_open(connection: socket.socket) -> bool:
    """Say whether the server still keeps it."""
    connection.setblocking(False)
    try:
        return bool(connection.recv(1, socket.MSG_PEEK))
    except BlockingIOError:
        return True
    except OSError:
        return False


@pytest.mark.parametrize("kind", SLOW)
def test_five_hundred_slow_clients_keep_nobody_waiting(kind: str, platform: Platform) -> None:
    with ExitStack() as open_connections:
        slow = [
            open_connections.enter_context(closing(connect(platform, SLOW[kind], reads=kind != "reads nothing")))
            for _ in range(500)
        ]
        answers = [platform.call("GET", path).status for path in ("/health/live", "/health/ready", "/api/v1/me/")]
        assert answers == [200, 200, 401]
        if kind != "does not close":
            assert sum(map(is_open, slow)) > 100, "They were given up before the others were answered."


@pytest.mark.parametrize(
    "kind", [kind for kind in SLOW if kind not in ("says nothing", "reads nothing", "does not close")]
)
def test_a_request_that_does_not_arrive_is_given_up(kind: str, hasty: Platform) -> None:
    with closing(connect(hasty, SLOW[kind])) as connection:
        answer = b"".join(iter(lambda: connection.recv(65_536), b"")).removeprefix(b"HTTP/1.1 100 Continue\r\n\r\n")
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 408 Request Timeout\r\n")
    assert orjson.loads(body)["code"] == "request_timeout"


def test_who_says_nothing_is_given_up_without_a_word(hasty: Platform) -> None:
    with closing(connect(hasty, "")) as connection:
        assert connection.recv(65_536) == b""


def test_where_no_connection_is_left_the_one_that_waited_longest_makes_room(
    settings: dict[str, str], tmp_path: Path
) -> None:
    few = ("--worker-class", PATIENT, "--worker-connections", "20")
    with serving(settings, tmp_path, *few) as platform, ExitStack() as open_connections:
        slow = [open_connections.enter_context(closing(connect(platform, "GET /"))) for _ in range(60)]
        assert platform.call("GET", "/health/live").status == 200
        assert (is_open(slow[0]), is_open(slow[-1])) == (False, True)


def test_a_body_is_asked_for_where_the_client_waits_for_that(platform: Platform) -> None:
    body = b'{"email": "nobody@acme.example", "password": "x"}'
    head = f"{LOGIN}Expect: 100-continue\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    with closing(connect(platform, head)) as connection:
        asked = connection.recv(65_536)
        connection.sendall(body)
        answer = b"".join(iter(lambda: connection.recv(65_536), b""))
    assert asked == b"HTTP/1.1 100 Continue\r\n\r\n"
    assert answer.startswith(b"HTTP/1.1 401 Unauthorized\r\n")


def test_who_asks_to_continue_and_is_gone_ends_no_worker(settings: dict[str, str], tmp_path: Path) -> None:
    address = tmp_path / "web.socket"
    platform = Platform.at(settings, tmp_path / "var")
    process = platform.start_web("--bind", f"127.0.0.1:{platform.port}", "--bind", f"unix:{address}")
    try:
        platform.await_ready()
        for _ in range(20):
            with socket.socket(socket.AF_UNIX) as connection:
                connection.connect(str(address))
                connection.sendall(SLOW["waits to continue"].encode())
        assert platform.call("GET", "/health/live").status == 200
    finally:
        end(process)
    assert "BrokenPipe" not in (tmp_path / "var" / "processes.log").read_text()


def test_what_is_sent_byte_by_byte_and_what_is_sent_at_once_are_answered_alike(platform: Platform) -> None:
    body = '{"email": "nobody@acme.example", "password": "x"}'
    request = f"{LOGIN}Content-Length: {len(body)}\r\n\r\n{body}"
    last = f"GET /health/live HTTP/1.1\r\n{HOST}Connection: close\r\n\r\n"

    def statuses(connection: socket.socket) -> list[bytes]:
        answer = b"".join(iter(lambda: connection.recv(65_536), b""))
        return [part.split(b" ", 1)[0] for part in answer.split(b"HTTP/1.1 ")[1:]]

    with closing(connect(platform, request * 3 + last)) as pipelined:
        assert statuses(pipelined) == [b"401", b"401", b"401", b"200"]
    with closing(connect(platform, "")) as trickle:
        for byte in (request + last).encode():
            trickle.send(bytes([byte]))
        assert statuses(trickle) == [b"401", b"200"]


def test_a_slow_reader_gets_all_of_it(platform: Platform) -> None:
    whole = platform.call("GET", ASSET.split()[1]).body
    with closing(connect(platform, f"{ASSET}{HOST}Connection: close\r\n\r\n", reads=False)) as connection:
        assert platform.call("GET", "/health/live").status == 200
        answer = b"".join(iter(lambda: connection.recv(65_536), b""))
    assert answer.partition(b"\r\n\r\n")[2] == whole
