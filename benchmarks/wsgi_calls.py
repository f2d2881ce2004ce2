"""Calls a WSGI application in this process so many times: what `benchmarks.instructions` counts under valgrind."""

from __future__ import annotations

import gc
import importlib
import io
import json
import sys
from typing import Any

#: Modules that serve Workix.
WORKIX = ("workix.wsgi", "benchmarks.quotas.leased")


def main() -> None:
    """Read what to call from standard input: JSON with module, host, token, method, path, body, run and times;
    `expect` is the status that is meant, where it is no success.

    `cookie`, where it is given, is sent in place of a token; `tokens`, where they are given, take turns in place of the one;
    each may be a host and a token. In a body `{number}` is the number of the call, and `{run}` a word no other run has.
    """
    asked = json.load(sys.stdin)
    if asked["module"] in WORKIX:
        _share_metrics()
    application: Any = importlib.import_module(asked["module"]).application
    gc.collect()
    gc.freeze()
    for number in range(asked["times"]):
        _call(application, asked, number)


def _share_metrics() -> None:
    """Count into files, as gunicorn's processes do: that costs more than counting in memory."""
    from workix.config import environment
    from workix.observability import multiprocess

    multiprocess.share(environment.read().var / "metrics")


def _call(application: Any, asked: dict[str, Any], number: int) -> None:
    body = asked["body"].replace("{number}", str(number)).replace("{run}", asked["run"]).encode()
    path, _, query = asked["path"].partition("?")
    tokens = asked.get("tokens") or [asked.get("token")]
    turn = tokens[number % len(tokens)]
    address, token = turn if isinstance(turn, list) else (asked["host"], turn)
    host, _, port = address.partition(":")
    statuses: list[str] = []
    environ = {
        "REQUEST_METHOD": asked["method"],
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": host,
        "SERVER_PORT": port or "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": address,
        "HTTP_ACCEPT": "*/*",
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http",
        "wsgi.version": (1, 0),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    if asked.get("cookie"):
        environ["HTTP_COOKIE"] = asked["cookie"]
    else:
        environ["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    response = application(environ, lambda status, _headers, _error=None: statuses.append(status))
    for _part in response:
        pass
    response.close()
    if not statuses[0].startswith(asked.get("expect") or ("200", "201")):
        sys.exit(f"{asked['path']} answered {statuses[0]}")


if __name__ == "__main__":
    main()
