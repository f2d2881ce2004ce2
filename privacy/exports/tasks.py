"""The background job that builds the archive of an export."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from privacy.exports.building import build
from tenants.jobs.tenant_task import tenant_task


@tenant_task("privacy.build_export")
def build_export(export_id: str) -> None:
    """Build the archive of an export."""
    build(UUID(export_id), now=timezone.now())
