"""manage.py startapp_tenant: writes a feature app (scaffolding) that works, with API, dashboard page and tests."""

from __future__ import annotations

import subprocess
import sys
from argparse import ArgumentParser
from contextlib import chdir
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.templates import TemplateCommand
from django.utils.timezone import now

from devserver.app_names import AppNames, name_app
from devserver.feature_apps import add_to_settings
from workix.core.apps import resources

TEMPLATE = Path(__file__).resolve().parents[2] / "app_template"

_NEXT = """
Next:
  .venv/bin/pytest {name}    runs its tests
  make check quick    asks every guard
  make run    gives every organization the table, and shows the API page and the dashboard
docs/new-app.md goes on from here: a job, an e-mail, a panel, a second migration."""


class Command(TemplateCommand):
    help = "Writes a feature app into a folder of its own, and its one line into workix/settings.py."
    tells_nothing = "What it writes is files."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="What the app, its table and its API are called: a plural, as pipelines.")
        parser.add_argument("--singular", default="", help="What one is called, where that is not the name without s.")

    def handle(self, name: str, *, singular: str, **options: Any) -> None:  # type: ignore[override]  # fewer options
        if find_spec("ruff") is None:
            raise CommandError(
                "The files are laid out by ruff, which is not installed here. Install it first: make fmt"
            )
        names = name_app(name, singular=singular, template=TEMPLATE)
        added = add_to_settings(settings.BASE_DIR / "workix" / "settings.py", name)
        self._write(names, verbosity=options["verbosity"])
        self.stdout.write(
            f"{name}/ is written, and one line of workix/settings.py:\n  {added}{_NEXT.format(name=name)}"
        )

    def _write(self, names: AppNames, *, verbosity: int) -> None:
        """Fill the templates, then put imports in order and break long lines: both depend on the name."""
        told: dict[str, Any] = {
            **names.context(),
            "is_counted": names.name in resources(),
            "now": f"{now():%Y-%m-%d %H:%M}",
        }
        told |= {"verbosity": verbosity, "template": str(TEMPLATE), "extensions": ["py"], "files": [], "exclude": []}
        with chdir(settings.BASE_DIR):
            super().handle("app", names.name, **told)
            for step in (("check", "--fix", "--quiet", "--select", "I"), ("format", "--quiet")):
                subprocess.run([sys.executable, "-m", "ruff", *step, names.name], check=True)
