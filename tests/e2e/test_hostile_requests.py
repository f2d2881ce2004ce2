"""Hostile requests (RFC 9112): refused alike by gunicorn's parser in C and its plain one, in problem+json."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing

import orjson
import pytest

from tests.database import another_database
from tests.environment import WORKER
from tests.servers import PATIENCE_SECONDS, Platform, end

pytestmark = [pytest.mark.slow, pytest.mark.fault("E13")]

HOST = "Host: localhost\r\n"
PARSERS = ("fast", "python")
PATHS = ("/health/live", "/api/v1/me/", "/api/v1/auth/login/", "/admin/")
JSON = "Content-Type: application/json\r\n"


def head(line: str, *fields: str) -> str:
    return "".join(f"{each}\r\n" for each in (line, "Host: localhost", *fields)) + "\r\n"


def requests_for(path: str) -> Iterator[tuple[int, str]]:
    """List requests for one path, and the status each must have."""
    yield from _ambiguous_lengths(path)
    yield from _line_ends(path)
    yield from _fields(path)
    yield from _targets(path)
    yield from _chunks(path)


def _ambiguous_lengths(path: str) -> Iterator[tuple[int, str]]:
    post = f"POST {path} HTTP/1.1"
    for lengths in (("2", "2"), ("2", "3"), ("2", "0"), ("0", "2")):
        yield 400, head(post, *(f"Content-Length: {each}" for each in lengths)) + "{}"
    for length in ("-1", "+2", "2 2", "2,2", "0x2", "2.0", "", "\u00b2", "two", "2;"):
        yield 400, head(post, f"Content-Length: {length}") + "{}"
    for coding in ("chunked", "Chunked", "chunked ", "\tchunked"):
        yield 400, head(post, "Content-Length: 2", f"Transfer-Encoding: {coding}") + "2\r\n{}\r\n0\r\n\r\n"
    for coding in ("xchunked", "cow", "chunkedchunked"):
        yield 501, head(post, f"Transfer-Encoding: {coding}") + "2\r\n{}\r\n0\r\n\r\n"
    for coding in ("chunked, chunked", "chunked, gzip", "identity", "gzip"):
        yield 400, head(post, f"Transfer-Encoding: {coding}") + "2\r\n{}\r\n0\r\n\r\n"
    yield 400, head(f"POST {path} HTTP/1.0", "Transfer-Encoding: chunked") + "2\r\n{}\r\n0\r\n\r\n"
    yield 413, head(post, "Content-Length: 99999999999999999999")
    yield 413, head(post, "Content-Length: 1048577")


def _line_ends(path: str) -> Iterator[tuple[int, str]]:
    yield 400, f"GET {path} HTTP/1.1\n{HOST}\r\n"
    yield 400, f"GET {path} HTTP/1.1\r\nHost: localhost\n\r\n"
    yield 400, f"GET {path} HTTP/1.1\nHost: localhost\n\n"
    yield 400, f"GET {path} HTTP/1.1\r\n{HOST}X-A: 1\nX-B: 2\r\n\r\n"
    yield 400, f"GET {path} HTTP/1.1\r\n{HOST}X-A: 1\rX-B: 2\r\n\r\n"
    for blank in (" ", "\t", "  \t"):
        yield 400, f"GET {path} HTTP/1.1\r\n{HOST}X-A: 1\r\n{blank}folded\r\n\r\n"
        yield 400, f"GET {path} HTTP/1.1\r\n{blank}X-A: 1\r\n{HOST}\r\n"


def _fields(path: str) -> Iterator[tuple[int, str]]:
    get = f"GET {path} HTTP/1.1"
    for field in (
        "X A: 1",
        "X-A : 1",
        ": 1",
        "X-A",
        "X\u00e4: 1",
        "X-A: \0",
        "X-\0A: 1",
        "X-A: a\x01b",
        "X-A: \x7f",
        "Host : other",
        "X(: 1",
    ):
        yield 400, head(get, field)
    yield 400, head(get, "Host: localhost")
    yield 400, head(get, "Host: other.example")
    yield 400, f"{get}\r\n\r\n"
    yield 400, f"{get}\r\nX-A: 1\r\n\r\n"
    yield 417, head(get, "Expect: a-miracle")
    yield 431, head(get, f"X-A: {'a' * 9_000}")
    yield 431, head(get, f"X-A: {'a' * 65_536}")
    yield 431, head(get, *(f"X-{number}: 1" for number in range(200)))
    yield 431, head(get, *(f"X-{number}: {'a' * 1_000}" for number in range(64)))


def _targets(path: str) -> Iterator[tuple[int, str]]:
    for target in (
        "",
        "*",
        "localhost:443",
        path[1:],
        f"http://other.example{path}",
        f"ftp://localhost{path}",
        f"{path}#a",
        f"{path} x",
        f"{path}\0",
        f"{path}\u00e4",
        f"http://{path}",
        f"//[{path}",
    ):
        if target != f"//[{path}":
            yield 400, head(f"GET {target} HTTP/1.1")
    for version in ("HTTP/2.0", "HTTP/0.9", "HTTP/1.", "HTTP/11", "http/1.1", "HTTP/1.1.1", "HTTP /1.1", "ICY/1.1", ""):
        yield 400, head(f"GET {path} {version}")
    for method in ("get", "G", "GET ", "G\0T", "G(T", "A" * 21, ""):
        yield 400, head(f"{method} {path} HTTP/1.1")
    yield 414, head(f"GET {path}?{'a' * 9_000} HTTP/1.1")
    yield 414, head(f"GET {path}?{'a' * 70_000} HTTP/1.1")
    yield 400, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
    yield 400, "\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03\r\n\r\n"


def _chunks(path: str) -> Iterator[tuple[int, str]]:
    chunked = head(f"POST {path} HTTP/1.1", "Content-Type: application/json", "Transfer-Encoding: chunked")
    if "login" in path:  # only who reads the body sees that it is none
        for body in (
            "zz\r\n{}\r\n0\r\n\r\n",
            "-2\r\n{}\r\n0\r\n\r\n",
            "2\r\n{}xx0\r\n\r\n",
            "0x2\r\n{}\r\n0\r\n\r\n",
            " 2\r\n{}\r\n0\r\n\r\n",
            "\r\n{}\r\n0\r\n\r\n",
            "2;\n\r\n{}\r\n0\r\n\r\n",
        ):
            yield 400, chunked + body


HOSTILE = [(path, status, request) for path in PATHS for status, request in requests_for(path)]
FINE = {
    "absolute form": "GET http://localhost/health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    "one empty line before": "\r\n" + head("GET /health/live HTTP/1.1", "Connection: close"),
    "no Host in HTTP/1.0": "GET /health/live HTTP/1.0\r\n\r\n",
    "blanks around a value": head("GET /health/live HTTP/1.1", "Connection: \t close \t "),
}


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Platform]]:
    with another_database(f"workix_hostile_{WORKER}") as settings, ExitStack() as running:
        found = {}
        for parser in PARSERS:
            found[parser] = Platform.at(settings, tmp_path_factory.mktemp("var"), WORKIX_ENV="development")
            running.callback(end, found[parser].start_web("--http-parser", parser))
            found[parser].await_ready()
        yield found


def ask(platform: Platform, request: str) -> tuple[int, str, str]:
    """Return status, code and media type. The connection must have been closed, whatever else was asked for on it."""
    behind = head("GET /health/live HTTP/1.1")
    with closing(socket.create_connection(("127.0.0.1", platform.port), timeout=PATIENCE_SECONDS)) as connection:
        connection.sendall((request + behind).encode("latin-1"))
        answer = b"".join(iter(lambda: connection.recv(65_536), b""))
    if answer.count(b"HTTP/1.1 ") != 1:
        return answer.count(b"HTTP/1.1 "), "served what came behind", ""
    top, _, body = answer.partition(b"\r\n\r\n")
    line, *fields = top.decode().split("\r\n")
    kind = next((field.partition(": ")[2] for field in fields if field.lower().startswith("content-type")), "")
    return int(line.split()[1]), orjson.loads(body).get("code", "") if "json" in kind else "", kind


CODES = {
    400: ("malformed_request", "parse_error"),
    413: ("payload_too_large",),
    414: ("uri_too_long",),
    417: ("expectation_failed",),
    431: ("request_header_fields_too_large",),
    501: ("not_implemented",),
}


def test_hostile_requests_are_refused_alike_by_both_parsers(servers: dict[str, Platform]) -> None:
    assert len(HOSTILE) >= 200
    wrong = []
    for _, status, request in HOSTILE:
        for parser in PARSERS:
            got = ask(servers[parser], request)
            if got[0] != status or got[1] not in CODES[status] or got[2] != "application/problem+json":
                wrong.append((parser, status, got, request[:200]))
    assert not wrong, "\n".join(map(repr, wrong))


@pytest.mark.parametrize("kind", FINE)
@pytest.mark.parametrize("parser", PARSERS)
def test_what_is_unusual_but_allowed_is_served(parser: str, kind: str, servers: dict[str, Platform]) -> None:
    with closing(socket.create_connection(("127.0.0.1", servers[parser].port), timeout=PATIENCE_SECONDS)) as connection:
        connection.sendall(FINE[kind].encode())
        assert connection.recv(65_536).split()[1] == b"200"
