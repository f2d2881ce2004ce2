"""Outgoing requests: which addresses are asked, which are not (SSRF), and what is believed of an answer."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_network
from typing import Any

import pytest
from django.test import override_settings

from workix import settings
from workix.web import outgoing
from workix.web.outgoing import LARGEST, OutgoingError, check_url, fetch

INSIDE = [
    *("127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1"),
    *("255.255.255.255", "240.0.0.1", "198.18.0.1", "192.0.2.1", "::1", "::", "fe80::1", "fd00::1", "ff02::1"),
    *("::ffff:10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::10.0.0.1", "2002:a00:1::", "fd00:ec2::254", "2001:db8::1"),
]


def resolving_to(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """Have names resolve to these addresses, time after time, and every connection be noted and refused."""
    asked, connected = list(answers), list[str]()

    def resolve(host: Any, port: int, **_: Any) -> Any:
        found = asked.pop(0) if len(asked) > 1 else asked[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in found]

    def connect(where: tuple[str, int], **_: Any) -> Any:
        connected.append(where[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    return connected


def allowing(*networks: str) -> override_settings:
    listed = tuple(ip_network(each) for each in networks)
    return override_settings(WORKIX=settings.WORKIX.model_copy(update={"outgoing_networks": listed}))


@pytest.mark.parametrize("address", INSIDE)
def test_no_address_inside_is_asked(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    connected = resolving_to(monkeypatch, [address])
    with pytest.raises(OutgoingError, match="not in the public internet"):
        fetch("https://login.example.com/")
    assert connected == []


def test_one_address_inside_among_public_ones_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    connected = resolving_to(monkeypatch, ["93.184.216.34", "10.0.0.1"])
    with pytest.raises(OutgoingError, match="not in the public internet"):
        fetch("https://login.example.com/")
    assert connected == []


def test_a_name_is_resolved_once_and_its_address_is_the_one_that_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    connected = resolving_to(monkeypatch, ["93.184.216.34"], ["127.0.0.1"])
    with pytest.raises(OutgoingError, match="does not answer"):
        fetch("https://login.example.com/")
    assert connected == ["93.184.216.34"]


@pytest.mark.parametrize(
    "url",
    [
        "http://login.example.com/",
        "http://127.0.0.1/",
        "file:///etc/passwd",
        "ftp://login.example.com/",
        "gopher://login.example.com/",
        "https://user:password@login.example.com/",
        "https://login.example.com#x",
        "https://login.example.com\\@evil.example/",
        "https://login.example.com/\r\nX: 1",
        "https://login.example.com/ x",
        "https://login.example.com:x/",
        "https://[::1/",
        "https:///path",
        "https://",
        "//login.example.com/",
        "",
        "https://bücher.example/",
        "https://login.example.com/" + "x" * 500,
        "https://0x7f.1/%",
    ],
)
def test_what_is_no_address_is_not_asked(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    connected = resolving_to(monkeypatch, ["127.0.0.1"])
    with pytest.raises(OutgoingError):
        fetch(url)
    assert connected == []


def test_operators_add_networks_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    connected = resolving_to(monkeypatch, ["10.1.0.7"])
    with allowing("10.1.0.0/16"):
        with pytest.raises(OutgoingError, match="does not answer"):
            fetch("https://login.internal/")
        with pytest.raises(ValueError, match="https"):
            check_url("http://10.1.0.7/")
    assert connected == ["10.1.0.7"]


def test_plain_http_is_spoken_with_this_machine_only_and_only_if_operators_say_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with allowing("127.0.0.0/8"):
        assert check_url("http://localhost:9000/x") == "http://localhost:9000/x"
        connected = resolving_to(monkeypatch, ["93.184.216.34"])
        with pytest.raises(OutgoingError, match="public"):
            fetch("http://localhost/")
        assert connected == []


@contextmanager
def answering(*parts: bytes, seconds: float = 0) -> Iterator[str]:
    """Answer one connection with these bytes, and wait between them."""
    stop = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(65_536)
                for part in parts:
                    try:
                        connection.sendall(part)
                    except OSError:
                        return
                    stop.wait(seconds)

        thread = threading.Thread(target=answer)
        thread.start()
        with allowing("127.0.0.0/8"):
            yield f"http://127.0.0.1:{server.getsockname()[1]}/a?b=c"
        stop.set()
        thread.join()


def test_an_answer_is_read() -> None:
    with answering(b'HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n{"a": 1}') as url:
        answer = fetch(url)
    assert (answer.status, answer.json()) == (200, {"a": 1})


def test_a_redirect_is_an_answer_and_not_followed() -> None:
    with answering(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n") as url:
        assert fetch(url).status == 302


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * (LARGEST + 1),
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000 + b"\r\n\r\n",
        b"not http\r\n\r\n",
        b"",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nx",
    ],
    ids=["huge", "many headers", "long header", "no http", "nothing", "bad chunk", "cut off"],
)
def test_what_is_no_answer_is_not_believed(answer: bytes) -> None:
    with answering(answer) as url, pytest.raises(OutgoingError):
        fetch(url)


def test_who_answers_a_byte_at_a_time_is_left_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing, "SECONDS", 0.3)
    head = [b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"]
    with answering(*head, *[b"x"] * 40, seconds=0.1) as url, pytest.raises(OutgoingError):
        fetch(url)


@pytest.mark.parametrize("body", [b"", b"[]", b"7", b"{", b"\xff", b"[" * 100_000])
def test_what_is_no_json_object_is_not_read(body: bytes) -> None:
    with pytest.raises(OutgoingError):
        outgoing.Answer(200, body).json()


def test_a_name_server_that_does_not_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    answered = threading.Event()
    monkeypatch.setattr(outgoing, "SECONDS", 0.05)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answered.wait(5))
    with pytest.raises(OutgoingError, match="no such host"):
        fetch("https://login.example.com/")
    answered.set()


def test_headers_of_an_answer_are_named_in_lower_case() -> None:
    with answering(b"HTTP/1.1 429 Slow\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n") as url:
        answer = fetch(url)
    assert (answer.status, answer.headers["retry-after"]) == (429, "7")
