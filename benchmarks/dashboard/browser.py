"""A browser that logs in to the dashboard: its cookies, for the requests that are counted."""

from __future__ import annotations

import http.client
import re
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from benchmarks.processes import BenchmarkError

_PATH = "/admin/login/"
_CSRF = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


def log_in(port: int, host: str, *, email: str, password: str) -> str:
    """Fill in the log-in form; return the Cookie header of whoever is logged in.

    :raises BenchmarkError: when the form comes again.
    """
    jar: SimpleCookie = SimpleCookie()
    found = _CSRF.search(_send(port, host, "GET", "", jar)[1])
    form = {
        "csrfmiddlewaretoken": found[1] if found else "",
        "username": email,
        "password": password,
        "next": "/admin/",
    }
    status, page = _send(port, host, "POST", urlencode(form), jar)
    if status != http.HTTPStatus.FOUND:
        raise BenchmarkError(f"{_PATH} answered {status}: {page[-1500:]}")
    return _header(jar)


def _send(port: int, host: str, method: str, body: str, jar: SimpleCookie) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Host": host, "Cookie": _header(jar), "Content-Type": "application/x-www-form-urlencoded"}
    connection.request(method, _PATH, body, headers)
    answer = connection.getresponse()
    for each in answer.headers.get_all("Set-Cookie", []):
        jar.load(each)
    page = answer.read().decode()
    connection.close()
    return answer.status, page


def _header(jar: SimpleCookie) -> str:
    return "; ".join(f"{name}={each.value}" for name, each in jar.items())
