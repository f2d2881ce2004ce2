"""The specification beside the code: .specify/ is laid out as asked for, and its OpenAPI contract is what the code says."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from specification.pages import FEATURE, PLAN
from tests.house.sources import PROJECT, name
from tools.openapi_document import CONTRACT
from tools.pages import first_line

CONSTITUTION = PROJECT / ".specify" / "memory" / "constitution.md"
TOP = {
    "workix": "wsgi.py",
    "tenants": "apps.py",
    "accounts": "apps.py",
    "audit": "apps.py",
    "quotas": "apps.py",
    "templates": "admin/login.html",
    "tests": "fixtures.py",
}


def document(folder: Path, *checks: str) -> str:
    """Write the foundation's document as `make document` does: in a process with production's environment."""
    file = folder / "openapi.yaml"
    asked = [*checks, "--settings", "tools.foundation_settings", "--file", file]
    command = ["-m", "tools.as_production", "manage.py", "spectacular", *asked]
    subprocess.run([sys.executable, *command], cwd=PROJECT, check=True)
    return file.read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.requirement("S62", "C5")
def test_the_contract_is_what_the_code_says_each_time(tmp_path: Path) -> None:
    first, second = document(tmp_path, "--validate", "--fail-on-warn"), document(tmp_path)
    assert first == second
    assert (PROJECT / CONTRACT).read_text(encoding="utf-8") == first, "Is the change meant? Then run: make openapi"


@pytest.mark.requirement("S58", "C5")
def test_the_constitution_is_one_page_and_contributors_are_led_to_it() -> None:
    text = CONSTITUTION.read_text(encoding="utf-8")
    numbers = [int(number) for number in re.findall(r"^(\d+)\. ", text, re.MULTILINE)]
    assert numbers == [*range(1, len(numbers) + 1)]
    assert len(text.splitlines()) <= 60
    assert "(.specify/memory/constitution.md)" in (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")


@pytest.mark.requirement("S60", "C5")
def test_the_plan_leads_to_every_decision() -> None:
    led = re.findall(r"\(\.\./\.\./\.\./docs/decisions/([^)]+)\)", PLAN.read_text(encoding="utf-8"))
    assert led == sorted(file.name for file in (PROJECT / "docs" / "decisions").glob("*.md"))


@pytest.mark.parametrize("page", sorted((PROJECT / ".specify").rglob("*.md")), ids=name)
def test_every_link_of_the_specification_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?://|#)([^)#\s]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.requirement("C5")
def test_the_scripts_are_small_and_say_what_they_are_for() -> None:
    scripts = sorted((PROJECT / ".specify" / "scripts").rglob("*.py"))
    assert [name(each) for each in scripts if not first_line(each)] == []
    assert [name(each) for each in scripts if len(each.read_text(encoding="utf-8").splitlines()) > 300] == []
    assert {each.name for each in FEATURE.iterdir()} == {"spec.md", "plan.md", "tasks.md", "contracts"}


@pytest.mark.requirement("C2", "S63", "S64", "S65", "S66", "S67", "S68", "S69")
@pytest.mark.parametrize("folder", TOP)
def test_the_folders_that_were_asked_for_are_at_the_top_and_hold_something(folder: str) -> None:
    assert (PROJECT / folder / TOP[folder]).is_file()


@pytest.mark.requirement("C2", "S70")
@pytest.mark.parametrize("file", ["manage.py", "docker-compose.yml", "Dockerfile", "requirements.txt", "setup.cfg"])
def test_the_files_that_were_asked_for_are_at_the_top(file: str) -> None:
    assert (PROJECT / file).is_file()
