"""Import contracts (import-linter): they hold, for every package there is, and would catch what they forbid."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.sources import PROJECT
from tools import import_contracts
from tools.packages import product


def test_the_contracts_are_kept() -> None:
    asked = [sys.executable, "-m", "tools.import_contracts"]
    said = subprocess.run(asked, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout + said.stderr


def test_every_package_is_in_the_contracts() -> None:
    made = import_contracts.contracts()
    layers = re.findall(r"[\w.]+", " ".join(made["floors"]["layers"]))
    apps = [package for package in product() if package != "workix"]
    assert [app for app in apps if app not in layers or f"entry_points_{app}" not in made] == []


def test_a_new_folder_of_the_ground_needs_a_place(tmp_path: Path) -> None:
    (tmp_path / "workix" / "wonders").mkdir(parents=True)
    (tmp_path / "workix" / "wonders" / "__init__.py").touch()
    with pytest.raises(SystemExit, match=r"(?s)Rule: .* Without one: wonders\. Mend: add it to GROUND"):
        import_contracts.contracts(tmp_path)


def test_every_exception_gives_its_reason() -> None:
    assert [each for each, reason in import_contracts.EXCEPTIONS.items() if len(reason.split()) < 2] == []
