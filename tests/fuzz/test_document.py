"""schemathesis over the API document: every operation, every check, whatever the document allows and what it forbids."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.cast import PASSWORD
from tests.customers import Customer
from tests.database import another_database
from tests.environment import PROJECT, WORKER
from tests.servers import Platform

pytestmark = pytest.mark.fuzz

CONFIGURATION = Path(__file__).with_name("schemathesis.toml")
DOCUMENT = "/api/v1/schema/?format=json"
PHASES = {"examples", "coverage", "fuzzing", "stateful"}
TIMEOUT_SECONDS = 600
PLENTY = "1000000"


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    more = {
        "WORKIX_SIGN_UPS_PER_HOUR": PLENTY,
        "WORKIX_LOCKOUT_FAILURES": PLENTY,
        "WORKIX_LOCKOUT_CLIENT_FAILURES": PLENTY,
        "WORKIX_LOG_LEVEL": "ERROR",
    }
    with another_database(f"workix_fuzz_{WORKER}") as settings:
        platform = Platform.at(settings, tmp_path_factory.mktemp("var"), **more)
        # Its worker sends mails to files; its web server hashes at the least cost, since what is hashed here is noise.
        cheap = replace(platform, settings={**platform.settings, "DJANGO_SETTINGS_MODULE": "tests.settings"})
        with cheap.serving(), platform.working():
            yield platform


@pytest.fixture(scope="module")
def environment(platform: Platform) -> dict[str, str]:
    """Open Acme, with Alice and Leo as its admins and room for everybody, and name them for tests.fuzz.hooks."""
    acme, leo = Customer(platform, "acme", "alice@acme.example"), "leo@acme.example"
    assert acme.open().status == 201
    assert acme.call("POST", "auth/confirm-email/", {"token": acme.link()}).status == 204
    limits = ("--users", PLENTY, "--pipelines", PLENTY, "--executions", PLENTY)
    platform.manage("set_plan", "acme", "enterprise", *limits, "--reason", "Room for everybody")
    assert acme.log_in().status == 200
    assert acme.call("POST", "users/", {"email": leo, "password": PASSWORD, "role": "admin"}).status == 201
    assert acme.call("POST", "auth/confirm-email/", {"token": acme.link(leo)}).status == 204
    return {
        "FUZZ_URL": platform.settings["WORKIX_PUBLIC_URL"],
        "FUZZ_ADMIN": acme.address,
        "FUZZ_LEAVER": leo,
        "FUZZ_ADMIN_IDS": " ".join(each["id"] for each in acme.call("GET", "users/").body["results"]),
        "FUZZ_PASSWORD": PASSWORD,
    }


def test_the_api_keeps_what_its_document_promises(
    platform: Platform, environment: dict[str, str], tmp_path: Path
) -> None:
    document = platform.call("GET", DOCUMENT).body
    report = tmp_path / "report.json"
    ran = schemathesis(environment, "--report-json-path", str(report))
    assert report.exists(), ran.stdout + ran.stderr
    result: dict[str, Any] = json.loads(report.read_text())
    assert (ran.returncode, result["failures"], result["errors"], result["complete"]) == (0, [], [], True), ran.stdout
    assert {name for name, phase in result["phases"].items() if phase["status"] == "success"} == PHASES
    assert result["operations"]["tested"] == result["operations"]["total"] == sum(map(len, document["paths"].values()))


def schemathesis(environment: dict[str, str], *options: str) -> subprocess.CompletedProcess[str]:
    """Run every check, which is its default: `--checks all` would outrank the exceptions in its configuration."""
    program = str(Path(sys.executable).with_name("schemathesis"))
    return subprocess.run(
        [program, "--config-file", str(CONFIGURATION), "run", environment["FUZZ_URL"] + DOCUMENT, *options],
        cwd=PROJECT,
        env={**os.environ, **environment, "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        timeout=TIMEOUT_SECONDS,
        check=False,
    )
