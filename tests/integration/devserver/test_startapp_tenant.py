"""manage.py startapp_tenant: writes one folder and one line. What it writes is tried in tests/house/new_app/."""

from __future__ import annotations

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.house.sources import PROJECT
from workix.core.apps import resources
from workix.core.resources import STOCK, Resource

SETTINGS = "FEATURE_APPS: list[str] = [\n    # A line each.\n]\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "workix").mkdir()
    (tmp_path / "workix" / "settings.py").write_text(SETTINGS)
    shutil.copy(PROJECT / "ruff.toml", tmp_path)
    monkeypatch.setattr(settings, "BASE_DIR", tmp_path)
    return tmp_path


def test_it_writes_a_folder_and_a_line_and_says_so(project: Path) -> None:
    said = StringIO()
    call_command("startapp_tenant", "connectors", stdout=said)
    files = (file for file in (project / "connectors").rglob("*") if file.is_file())
    assert sorted(file.relative_to(project / "connectors").as_posix() for file in files) == [
        "__init__.py",
        "admin.py",
        "api/__init__.py",
        "api/connectors.py",
        "api/urls.py",
        "apps.py",
        "editing.py",
        "migrations/0001_initial.py",
        "migrations/__init__.py",
        "models.py",
        "tests/__init__.py",
        "tests/factory.py",
        "tests/test_dashboard.py",
        "tests/test_quota.py",
        "tests/test_reading.py",
        "tests/test_writing.py",
    ]
    assert (project / "workix" / "settings.py").read_text() == SETTINGS.replace("]\n", '    "connectors",\n]\n')
    assert 'connectors/ is written, and one line of workix/settings.py:\n  "connectors",\n' in said.getvalue()


def test_what_is_counted_already_is_declared_by_nobody_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quotas = apps.get_app_config("quotas")
    quaggas = Resource("quaggas", STOCK, {"free": 1, "pro": 2})
    monkeypatch.setattr(quotas, "resources", (*quotas.resources, quaggas))  # type: ignore[attr-defined]  # ours
    resources.cache_clear()
    try:
        for app in ("quaggas", "connectors"):
            call_command("startapp_tenant", app, stdout=StringIO())
    finally:
        resources.cache_clear()
    declared = ["resources" in (project / app / "apps.py").read_text() for app in ("quaggas", "connectors")]
    assert declared == [False, True]


def test_a_name_that_would_not_work_leaves_everything_as_it_was(project: Path) -> None:
    with pytest.raises(CommandError, match="users is taken: it is a table"):
        call_command("startapp_tenant", "users")
    assert ((project / "workix" / "settings.py").read_text(), (project / "users").exists()) == (SETTINGS, False)
