"""The banner of `make run`: where everything is, and what to try first."""

from __future__ import annotations

import json
from collections.abc import Mapping

from django.conf import settings

from accounts.operators import FIRST_OPERATOR
from devserver.terminal import Terminal

CONSOLE_PATH = "/admin/"
ACME = {
    "name": "Acme",
    "slug": "acme",
    "admin": {"email": "alice@acme.example", "password": "correct horse battery staple"},
}


def greet(terminal: Terminal, *, metrics_bind: str) -> None:
    """Print addresses, the operators' log-in, a first call and where mails and logs go."""
    url = settings.WORKIX.public_url
    lines = {
        "Platform": f"{url}   (API page: {url}/api/v1/docs/)",
        "Console": f"{url}{CONSOLE_PATH}",
        "Log-in": _log_in(),
        "Mails": _mails(),
        "Logs": f"files in {settings.WORKIX.var / 'log'}; warnings and errors are printed here",
        "Metrics": _metrics(metrics_bind),
        "Stop": "Ctrl-C; `make stop` stops the database too",
    }
    terminal.say("\nWorkix runs.", style="bold green")
    for name, text in lines.items():
        terminal.say(f"  {name:<10}{text}")
    terminal.say("\nOpen an organization:\n", style="bold")
    terminal.say(curl("/api/v1/organizations/", ACME) + "\n")


def curl(path: str, body: Mapping[str, object]) -> str:
    """Write a POST as a line to be pasted into a shell."""
    return (
        f"curl -sS {settings.WORKIX.public_url}{path} -H 'Content-Type: application/json' \\\n"
        f"     -d '{json.dumps(body)}'"
    )


def _log_in() -> str:
    file = settings.WORKIX.var / "operator.txt"
    if not file.exists():
        return "as an operator made with `manage.py create_operator`"
    return f"{FIRST_OPERATOR}   {file.read_text(encoding='utf-8').strip()}   (kept in {file})"


def _mails() -> str:
    if settings.WORKIX.email_url is not None:
        return f"sent through {settings.WORKIX.email_url.host}"
    return f"files in {settings.EMAIL_FILE_PATH}; their links are printed here"


def _metrics(bind: str) -> str:
    moved = "" if bind == settings.WORKIX.metrics_bind else f"   ({settings.WORKIX.metrics_bind} can't be used)"
    return f"http://{bind}/metrics{moved}"
