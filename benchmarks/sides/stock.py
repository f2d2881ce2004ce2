"""Drives the stock project: its settings, server and first organization."""

from __future__ import annotations

import secrets
from pathlib import Path

from benchmarks.openers import Opener
from benchmarks.processes import free_port, python, run
from benchmarks.servers import THREADS, Launch, Server
from benchmarks.sides.side import PASSWORD, PEOPLE
from workix.config.database_url import DatabaseAddress

OPENING = "benchmarks.stock.opening"

_SLUG = "acme"


class Stock:
    name = "stock"

    def __init__(self, address: DatabaseAddress, scratch: Path) -> None:
        self.log = scratch / "stock.log"
        self.settings = {
            "DATABASE_URL": address.url().reveal(),
            "DJANGO_SETTINGS_MODULE": "benchmarks.stock.settings",
            "SECRET_KEY": secrets.token_hex(32),
        }

    def set_up(self) -> None:
        run(python("-W", "ignore", "-m", "django", "migrate_schemas", "--shared"), self.settings)

    def launch(self) -> Launch:
        port = free_port()
        options = ["--worker-class", "gthread", "--workers", "1", "--threads", str(THREADS)]
        address = ["--bind", f"127.0.0.1:{port}", "--no-control-socket"]
        command = python("-m", "gunicorn", *options, *address, "benchmarks.stock.wsgi:application")
        return Launch(command, self.settings, port, f"{_SLUG}.localhost:{port}", self.log)

    def prepare(self, server: Server) -> str:
        with Opener(OPENING, self.settings, self.log) as opener:
            opener.call("open_stock", _SLUG, people=PEOPLE)
        who = {"email": f"person0@{_SLUG}.example.com", "password": PASSWORD}
        with server.client() as client:
            token: str = client.call("POST", "/api/v1/auth/login/", who)["access"]
            return token
