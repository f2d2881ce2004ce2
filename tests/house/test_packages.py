"""The project's packages are found, not listed: what types, measures, looks through and ships them agrees."""

from __future__ import annotations

import configparser
import re
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.house.rule import assert_kept
from tests.house.sources import PROJECT, TESTS
from tools.packages import (
    BESIDE,
    checked,
    everything,
    folder_of,
    folders_of_tests,
    foundation,
    is_own_test,
    measured,
    product,
)

#: What the image needs besides the packages; `tools` is gone from it again before it is shipped.
ALSO_IN_THE_IMAGE = {"manage.py", "requirements.txt", "static", "templates", "tools"}


def test_the_packages_are_those_with_python_at_the_top(tmp_path: Path) -> None:
    for folder in ("pipelines", "forgotten", "tests", "devserver", "docs", "var", "examples/reports"):
        (tmp_path / folder).mkdir(parents=True)
    for file in ("pipelines/__init__.py", "forgotten/models.py", "tests/cast.py", "devserver/__init__.py", "var/x.py"):
        (tmp_path / file).touch()
    (tmp_path / "examples" / "reports" / "__init__.py").touch()
    found = product(tmp_path), checked(tmp_path), measured(tmp_path), everything(tmp_path)
    ours = ("forgotten", "pipelines", "examples.reports")
    assert found == (ours, (*ours, "devserver"), (*ours, "devserver"), (*ours, "devserver", "tests"))


def test_the_tests_of_an_app_stand_in_its_folder(tmp_path: Path) -> None:
    """They are of the app, and held to the rules of tests: sources, map, coverage and image leave them out."""
    for folder in ("pipelines/tests", "examples/reports/tests", "workix", "tests/unit/tests"):
        (tmp_path / folder).mkdir(parents=True)
    for file in ("pipelines/models.py", "pipelines/tests/factory.py", "examples/reports/models.py", "workix/urls.py"):
        (tmp_path / file).touch()
    assert folders_of_tests(tmp_path) == ("tests", "pipelines/tests", "examples/reports/tests")
    asked = ("pipelines/tests/factory.py", "pipelines/models.py", "tests/unit/tests/test_network.py")
    assert [is_own_test(tmp_path / file, tmp_path) for file in asked] == [True, False, False]
    assert foundation(tmp_path) == ("workix",)


def test_every_package_can_be_imported() -> None:
    """A folder without `__init__.py` is a package to Python, and none to coverage, ruff and Django."""
    assert_kept(
        "every package of the product has an `__init__.py`",
        [each for each in product() if not (PROJECT / folder_of(each) / "__init__.py").exists()],
        mend="add one, with a first line that says what the app is for.",
    )


def test_every_folder_of_tests_in_an_app_can_be_imported() -> None:
    """What is no package, import contracts do not see: an import of it from the product would not be refused."""
    assert_kept(
        "the tests of an app are a package",
        [folder for folder in TESTS[1:] if not (PROJECT / folder / "__init__.py").exists()],
        mend="add an `__init__.py`, with a first line that says what is tested.",
    )


def test_make_asks_for_the_packages() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    said = subprocess.run(
        [
            "make",
            "-n",
            f"PY={sys.executable}",
            "-o",
            ".venv/requirements-dev.installed",
            "types",
            "security",
            "coverage",
        ],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    folders = " ".join(map(folder_of, checked()))
    assert f"mypy {folders}" in said
    assert f"--ini .bandit {folders}" in said
    assert "--source=$(" in said
    assert _named_in(makefile) == set()


@pytest.mark.parametrize("file", ["setup.cfg", "ruff.toml", ".dockerignore", "Dockerfile"])
def test_no_configuration_lists_the_packages(file: str) -> None:
    """An exception names a file of an app; the apps themselves are listed nowhere."""
    text = (PROJECT / file).read_text(encoding="utf-8")
    assert_kept(
        "no list of apps: what guards the code finds them by itself",
        (f"{file}: {each}" for each in _named_in(text)),
        mend="ask tools/packages.py.",
    )


def test_types_and_coverage_leave_no_package_out() -> None:
    config = configparser.ConfigParser(interpolation=None)
    config.read(PROJECT / "setup.cfg")
    assert not config["mypy"].keys() & {"packages", "files", "modules", "exclude"}
    assert not config["coverage:run"].keys() & {"source", "include"}
    assert config["coverage:run"]["omit"].split() == ["*/migrations/*", "*/tests/*", "workix/gunicorn.py"]
    assert [name for name in config.sections() if name.startswith("mypy-") and config[name].get("ignore_errors")] == [
        "mypy-*.migrations.*"
    ]
    assert tomllib.loads((PROJECT / "ruff.toml").read_text())["extend-exclude"] == [
        *("var", "node_modules"),
        *("*_pb2.py", "*_pb2.pyi"),
    ]


def test_the_image_holds_the_product_and_nothing_else() -> None:
    patterns = [line for line in (PROJECT / ".dockerignore").read_text().splitlines() if line and line[0] != "#"]
    let_in = {each.name for each in PROJECT.iterdir() if not _ignored(each.name, patterns)}
    wanted = ALSO_IN_THE_IMAGE | {each for each in product() if "." not in each}
    assert_kept(
        "the image holds the product, and nothing that is beside it",
        let_in ^ wanted,
        mend="what is no part of the product gets a line in .dockerignore (a package: in BESIDE of tools/packages.py too).",
    )
    assert (set(BESIDE) - {"tools"}) | {"**/tests"} <= set(patterns)


def _ignored(name: str, patterns: list[str]) -> bool:
    """Say what Docker would: the last line that matches decides."""
    ignored = False
    for pattern in patterns:
        if fnmatch(name, pattern.removeprefix("!")):
            ignored = not pattern.startswith("!")
    return ignored


def _named_in(text: str) -> set[str]:
    """Find a list of packages: more than one that stands by itself, between blanks, commas or quotes."""
    code = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    alone = r"(?:^|[\s,\"'!]){}(?=$|[\s,\"'])"
    named = {each for each in product() if re.search(alone.format(re.escape(each)), code, re.MULTILINE)}
    return named if len(named) > 1 else set()  # a single one is a user of the image, a setting, a word
