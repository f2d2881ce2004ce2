"""Builds the archive of an export (ZIP) in a temporary file, and keeps it in parts."""

from __future__ import annotations

from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import IO
from uuid import UUID

from django.db import transaction

from accounts.models import User
from privacy.exports.archive import write_archive
from privacy.models import ExportStatus, PrivacyExport, PrivacyExportPart
from workix.core.current import Current

PART_BYTES = 1 << 20
#: What is larger is in a file without a name while it is built.
IN_MEMORY = 8 << 20


def build(export_id: UUID, *, now: datetime) -> None:
    """Build the archive of an export that waits for it; one that is gone or ready is left alone."""
    export = PrivacyExport.objects.filter(id=export_id, status=ExportStatus.PENDING).first()
    if export is None:
        return
    person = User.with_removed.get(id=export.user_id)
    with SpooledTemporaryFile(max_size=IN_MEMORY) as file:
        write_archive(person, file, organization=Current.organization.name, now=now)
        size = file.tell()
        file.seek(0)
        with transaction.atomic():
            _keep(export, file, size=size)


def _keep(export: PrivacyExport, file: IO[bytes], *, size: int) -> None:
    """Keep an archive, if nobody took its export away meanwhile."""
    waiting = PrivacyExport.objects.select_for_update().filter(id=export.id, status=ExportStatus.PENDING).first()
    if waiting is None:
        return
    for position, content in enumerate(iter(lambda: file.read(PART_BYTES), b"")):
        part = PrivacyExportPart(export=waiting, position=position, content=content, expires_at=waiting.expires_at)
        part.save(force_insert=True)
    waiting.status, waiting.size = ExportStatus.READY, size
    waiting.save(update_fields=["status", "size", "updated_at"])
