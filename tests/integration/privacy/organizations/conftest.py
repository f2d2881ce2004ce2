"""An archive to import, and the command that does it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tenants.backend.pool import shared_pool
from tests.cast import Cast
from tests.integration.privacy.organizations.archives import Archived, archive_initech

Import = Callable[..., str]


@pytest.fixture(scope="package")
def initech(world: tuple[Cast, Cast, Any], tmp_path_factory: pytest.TempPathFactory) -> Archived:
    """Initech is not here any more; its archive is."""
    kept = archive_initech(tmp_path_factory.mktemp("archives"))
    world[2].restore()
    return kept


@pytest.fixture
def import_it(initech: Archived, database: None, tmp_path: Path) -> Iterator[Import]:
    """Import it, or another archive, and return what the command printed."""

    def call(*arguments: str, content: bytes = initech.content, said: StringIO | None = None) -> str:
        file = tmp_path / "archive.zip"
        file.write_bytes(content)
        out = said or StringIO()
        call_command("import_organization", str(file), "--reason", "They come", *arguments, stdout=out)
        return out.getvalue()

    yield call
    shared_pool(0).clear()  # its role is dropped, and one of the same name comes
