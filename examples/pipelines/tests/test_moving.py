"""An organization that moves takes its pipelines along: exported, removed, imported; each row as it was, and counted."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.signup import FirstAdmin, open_with_admin
from examples.pipelines.removal import remove
from examples.pipelines.tests.factory import counted, make_pipeline
from tenants import lifecycle
from tenants.backend.pool import shared_pool
from tenants.lifecycle import get_organization
from tenants.scope import use_tenant
from tests.acts import rows
from tests.cast import Cast

ROWS = "SELECT to_jsonb(p) FROM pipelines AS p ORDER BY id"


def test_its_pipelines_come_along_and_are_counted(database: None, tmp_path: Path) -> None:
    file = str(tmp_path / "initech.zip")
    cast = Cast(open_with_admin(name="Initech", slug="initech", admin=FirstAdmin("ida@initech.example", "!")))
    gone, *_ = [make_pipeline(cast, name) for name in ("Gone", "Invoices", "Bills")]
    with use_tenant(cast.organization):
        remove(gone.id, now=timezone.now())
    before = rows(ROWS, cast)
    call_command("export_organization", "initech", file, "--reason", "They move", stdout=io.StringIO())
    lifecycle.suspend("initech", reason="They move")
    lifecycle.remove("initech", reason="They move")
    with pytest.raises(CommandError, match="The archive holds more pipelines than is granted"):
        call_command("import_organization", file, "--reason", "They come", "--pipelines", "1")
    call_command("import_organization", file, "--reason", "They come", stdout=io.StringIO())
    cast = Cast(get_organization("initech"))
    assert (rows(ROWS, cast), counted(cast)) == (before, (2, 2))
    shared_pool(0).clear()  # its role is dropped after the test
