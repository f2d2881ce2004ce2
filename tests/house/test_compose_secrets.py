"""Secrets of Docker Compose: each that is named is drawn, lies where a setting looks for it, and is not exposed."""

from __future__ import annotations

import re
import shutil
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.house.sources import PROJECT
from workix.config.environment import SETTINGS
from workix.config.secrets import read_secret

SERVICES = ("web", "worker", "migrate", "keys")
#: Whoever sets Compose up writes it themselves.
WRITTEN_BY_HAND = {"email_url"}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((PROJECT / "docker-compose.yml").read_text(encoding="utf-8"))
    return read


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Draw them twice, in a folder where everybody gets to."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed here")
    project = tmp_path_factory.mktemp("project")
    (project / "deploy" / "compose").mkdir(parents=True)
    script = shutil.copy(PROJECT / "deploy" / "compose" / "draw-secrets", project / "deploy" / "compose")
    for _ in range(2):
        subprocess.run([script], check=True, capture_output=True)
    return project


#: `${NAME:-default}`
_BY_SHELL = re.compile(r"\$\{\w+:-(.*)\}")


@pytest.mark.parametrize("service", SERVICES)
def test_every_variable_names_a_file_that_is_mounted_and_drawn(
    compose: dict[str, Any], drawn: Path, service: str
) -> None:
    told = compose["services"][service]
    mounted = {f"/run/secrets/{each}": compose["secrets"][each]["file"] for each in told["secrets"]}
    for volume in told["volumes"]:
        place, target, *_ = volume.split(":")
        folder = drawn / place
        mounted |= {
            f"{target}/{each.relative_to(folder)}": f"{place}/{each.relative_to(folder)}" for each in folder.rglob("*")
        }
    given = {name: _BY_SHELL.sub(r"\1", value) for name, value in told["environment"].items() if name.endswith("_FILE")}
    files = {name: value for name, value in given.items() if value}  # Redis is only there where the shell says so
    assert files.keys() - {f"{each.name}_FILE" for each in SETTINGS if each.secret} == set()
    missing = [value for value in files.values() if not (drawn / mounted[value]).is_file()]
    assert {Path(each).name for each in missing} == WRITTEN_BY_HAND


def test_what_was_drawn_is_nobody_elses_and_stays(drawn: Path) -> None:
    folder = drawn / "var" / "compose"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for each in folder.rglob("*"):
        if each.is_file():
            read_secret(each)
    before = read_secret(folder / "master_secret")
    subprocess.run([drawn / "deploy" / "compose" / "draw-secrets"], check=True, capture_output=True)
    assert read_secret(folder / "master_secret") == before


def test_the_folders_of_secrets_are_read_only_where_they_are_served_from(compose: dict[str, Any]) -> None:
    """A container reads them as another user than the one who owns them: so they are readable by all, and mounted so."""
    for service in ("web", "worker", "migrate"):
        assert [each.rpartition(":")[2] for each in compose["services"][service]["volumes"]] == ["ro"]
