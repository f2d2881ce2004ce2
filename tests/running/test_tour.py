"""The README's tour, run as it is written."""

from __future__ import annotations

import json
import re
import subprocess
from typing import Any

import pytest

from tests.environment import PROJECT
from tests.running.platform_process import Platform
from tests.servers import PATIENCE_SECONDS

pytestmark = [pytest.mark.slow, pytest.mark.requirement("S129")]


def _commands(platform: Platform) -> str:
    blocks = re.findall(r"```bash\n(.*?)```", (PROJECT / "README.md").read_text(), re.DOTALL)
    return "set -euo pipefail\n" + "\n".join(blocks).replace(":8000", f":{platform.port}")


def _answers(said: str) -> list[Any]:
    """Read one JSON document behind the other."""
    decoder, rest, found = json.JSONDecoder(), said.strip(), []
    while rest:
        answer, end = decoder.raw_decode(rest)
        found.append(answer)
        rest = rest[end:].strip()
    return found


def test_the_tour_shows_what_it_promises(bare_platform: Platform) -> None:
    process = bare_platform.run()
    tour = subprocess.run(
        ["bash", "-c", _commands(bare_platform)],
        cwd=bare_platform.var.parent,
        capture_output=True,
        text=True,
        timeout=5 * PATIENCE_SECONDS,
        check=False,
    )
    bare_platform.manage("stop")
    process.communicate(timeout=PATIENCE_SECONDS)
    assert (tour.returncode, tour.stderr) == (0, "")
    acme, me, *people, seats, trail, globex, not_there, alone, wrong, unknown = _answers(tour.stdout)
    assert (acme["status"], me["email"], globex["slug"]) == ("pending", "alice@acme.example", "globex")
    assert [each.get("email", each.get("code")) for each in people] == [
        *(f"{name}@acme.example" for name in ("vera", "bob", "carol", "dave")),
        "quota_exceeded",
    ]
    assert (seats["used"], seats["remaining"]) == (5, 0)
    assert {"user.created", "session.started", "user.email_confirmed", "organization.opened"} <= {
        entry["action"] for entry in trail["results"]
    }
    assert not_there["status"] == 404
    assert [person["email"] for person in alone["results"]] == ["gina@globex.example"]
    assert (wrong["code"], unknown["code"]) == ("wrong_organization", "unknown_host")
