"""Drives Workix from outside, as a customer and an operator would: HTTP, mail files and commands."""

from __future__ import annotations

import email
import email.policy
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.clients import Client
from benchmarks.processes import BenchmarkError, free_port, python, run, start, stop
from benchmarks.servers import THREADS, Launch, Server
from benchmarks.sides.side import PASSWORD, PEOPLE
from workix.config.database_url import DatabaseAddress

OPENING = "benchmarks.sides.workix_opening"

SLUG = "acme"
ADMIN = f"alice@{SLUG}.example.com"
_TOKEN = re.compile(r"/confirm-email/#([\w-]+)")
_MAIL_PATIENCE_SECONDS = 30


class Workix:
    name = "workix"

    def __init__(self, address: DatabaseAddress, superuser: DatabaseAddress, scratch: Path) -> None:
        self.var = scratch / "var"
        self.log = scratch / "workix.log"
        self.port = free_port()
        self.settings = {
            "DATABASE_URL": address.url().reveal(),
            "WORKIX_SETUP_DATABASE_URL": superuser.url().reveal(),
            "DJANGO_SETTINGS_MODULE": "workix.settings",
            "WORKIX_VAR": str(self.var),
            "WORKIX_BIND": f"127.0.0.1:{self.port}",
            "WORKIX_METRICS_BIND": f"127.0.0.1:{free_port()}",
            "WORKIX_PUBLIC_URL": f"http://localhost:{self.port}",
            "WORKIX_RATE_LIMITS": "off",  # one person asks as thousands would
            "WORKIX_WEB_WORKERS": "1",
            "WORKIX_WEB_THREADS": str(THREADS),
        }

    def set_up(self) -> None:
        run(python("manage.py", "migrate"), self.settings)

    def launch(self) -> Launch:
        command = python("-m", "gunicorn", "-c", "workix/gunicorn.py", "workix.wsgi:application")
        return Launch(command, self.settings, self.port, f"localhost:{self.port}", self.log)

    def prepare(self, server: Server) -> str:
        return prepare_workix(self, server)

    @contextmanager
    def worker(self) -> Iterator[None]:
        """Run the job worker, which writes the mail, while the block does."""
        process = start(python("manage.py", "run_worker"), self.settings, self.log)
        try:
            yield
        finally:
            stop(process)


def prepare_workix(side: Workix, server: Server) -> str:
    """Sign up, confirm, log in, make room for `PEOPLE` and add them; return the admin's access token."""
    with server.client() as client:
        admin = {"email": ADMIN, "password": PASSWORD, "first_name": "Ada", "last_name": "Lovelace 0"}
        sign_up = {"name": "Acme", "slug": SLUG, "admin": admin}
        client.call("POST", "/api/v1/organizations/", sign_up, expect=201)
    with side.worker():
        token = await_mailed_token(side.var / "mail")
    with (
        server.client() as client
    ):  # a new one: the server closes a connection that waits for longer than a mail may take
        client.call("POST", "/api/v1/auth/confirm-email/", {"token": token}, expect=204)
    raise_quota(side)
    access = log_in(server)
    with server.client(access) as client:
        add_people(client)
    return access


def log_in(server: Server) -> str:
    with server.client() as client:
        who = {"email": ADMIN, "password": PASSWORD, "organization": SLUG}
        token: str = client.call("POST", "/api/v1/auth/login/", who)["access"]
        return token


def add_people(client: Client) -> None:
    """Add viewers until there are `PEOPLE`, the admin included."""
    for number in range(1, PEOPLE):
        person = {
            "email": f"person{number}@{SLUG}.example.com",
            "password": PASSWORD,
            "first_name": "Ada",
            "last_name": f"Lovelace {number}",
            "role": "viewer",
        }
        client.call("POST", "/api/v1/users/", person, expect=201)


def raise_quota(side: Workix) -> None:
    """Make room for `PEOPLE` people."""
    run(python("manage.py", "set_plan", SLUG, "enterprise", "--users", str(PEOPLE), "--reason", "bench"), side.settings)


def await_mailed_token(folder: Path) -> str:
    """Wait for the first mail with a link and return the token in it."""
    deadline = time.monotonic() + _MAIL_PATIENCE_SECONDS
    while time.monotonic() < deadline:
        for path in sorted(folder.glob("**/*")):
            if path.is_file() and (found := _TOKEN.search(_text_of(path))):
                return found.group(1)
        time.sleep(0.05)
    raise BenchmarkError(f"No confirmation mail arrived within {_MAIL_PATIENCE_SECONDS} s.")


def _text_of(path: Path) -> str:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    body = message.get_body(("plain", "html"))
    return str(body.get_content()) if body else ""
