"""What a person reads when the platform has started: where everything is, and what to try first."""

from __future__ import annotations

import json
from collections.abc import Mapping

from django.conf import settings
from rich.console import Console

from accounts.operators import FIRST_OPERATOR

CONSOLE_PATH = "/admin/"
ACME = {
    "name": "Acme",
    "slug": "acme",
    "admin": {"email": "alice@acme.example", "password": "correct horse battery staple"},
}


def greet(console: Console) -> None:
    """Print addresses, the operators' log-in, a first call and where mails go."""
    url = settings.WORKIX.public_url
    lines = {
        "Platform": f"{url}   (API page: {url}/api/v1/docs/)",
        "Console": f"{url}{CONSOLE_PATH}",
        "Log-in": _log_in(),
        "Mails": _mails(),
        "Stop": "Ctrl-C; `make stop` stops the database too",
    }
    console.print("\nWorkix runs.", style="bold green")
    for name, text in lines.items():
        console.print(f"  {name:<10}{text}", soft_wrap=True, markup=False)
    console.print("\nOpen an organization:\n", style="bold")
    console.print(curl("/api/v1/organizations/", ACME) + "\n", soft_wrap=True, markup=False)


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
