"""Portable archive of an organization (ZIP): a manifest, each table as NDJSON, and the audit trail with its proofs."""

# Note [The archive of an organization]
# manifest.json says what is in it: `format` and `version`, whose it is, and of each file the columns, how many rows and the
# SHA-256 of its bytes. tables/NAME.ndjson has a row a line, columns by the names the database has for them, times in RFC 3339,
# a table behind those its foreign keys point to. No column that is a secret is in it, and no row that goes by itself after a
# while (sessions, links, invitations). trail.ndjson is what audit/transparency/offline_verifier.py reads, with nothing but the
# keys in `verifier_keys`; it holds the salts of entries, as a proof needs them: keep it like the trail itself. A reader of
# version 1 passes over files and members that it does not know.

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from graphlib import TopologicalSorter
from hashlib import sha256
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

import orjson
from django.conf import settings
from django.db import models, transaction

from audit.recording import record
from audit.transparency.signing import verifier_keys
from privacy.inventory import table_of
from tenants.jobs.sweeping import retentions
from tenants.lifecycle import get_organization
from tenants.models import Organization
from tenants.scope import use_tenant
from tenants.trail.export import export_trail
from workix.api.json_limits import OPTIONS
from workix.core.apps import tenant_models
from workix.core.current import Current, check_reason

FORMAT, VERSION = "workix-organization", 1
#: The trail has a file of its own, with the tree over it.
TRAIL = "trail.ndjson"
_OF_THE_TRAIL = ("audit_logs", "audit_leaves", "audit_subtrees", "audit_checkpoints")


def export_organization(slug: str, file: IO[bytes], *, reason: str, now: datetime) -> dict[str, Any]:
    """Write the archive, and return its manifest; that is an entry of the trail, `organization.exported`.

    :raises NoReason: when nobody says why.
    :raises NoSuchOrganization: when there is none.
    """
    reason, organization = check_reason(reason), get_organization(slug)
    with use_tenant(organization), Current.scoped(reason=reason):
        with transaction.atomic():
            record("organization.exported", resource_type="organization", resource_id=organization.id)
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:
            tables = {model._meta.db_table: _write_table(archive, model) for model in exported_models()}
            manifest = _manifest(organization, tables, now=now)
            manifest["trail"] = _write(archive, TRAIL, map(_line, export_trail(organization.id)))
            archive.writestr("manifest.json", json.dumps(manifest, indent=2, default=str))
    return manifest


def exported_models() -> list[type[models.Model]]:
    """List the models whose rows are exported, each behind those it points to."""
    ours = [
        model
        for model in tenant_models()
        if model._meta.managed and model not in retentions() and model._meta.db_table not in _OF_THE_TRAIL
    ]
    points_to = {
        model: {field.related_model for field in model._meta.concrete_fields if field.related_model in ours} - {model}
        for model in sorted(ours, key=lambda each: each._meta.db_table)
    }
    return list(TopologicalSorter(points_to).static_order())


def table_file(name: str) -> str:
    """Name the file that the rows of a table are in."""
    return f"tables/{name}.ndjson"


def _write_table(archive: ZipFile, model: type[models.Model]) -> dict[str, Any]:
    table = table_of(model._meta.db_table, models.QuerySet(model).order_by("pk"))
    return {"columns": table.columns, **_write(archive, table_file(table.name), map(_line, table.read()))}


def _write(archive: ZipFile, name: str, lines: Iterable[bytes]) -> dict[str, Any]:
    digest, rows = sha256(), 0
    with archive.open(name, "w", force_zip64=True) as file:
        for line in lines:
            digest.update(line)
            file.write(line)
            rows += 1
    return {"rows": rows, "sha256": digest.hexdigest()}


def _line(row: dict[str, Any]) -> bytes:
    return orjson.dumps(row, default=str, option=OPTIONS | orjson.OPT_APPEND_NEWLINE)


def _manifest(organization: Organization, tables: dict[str, Any], *, now: datetime) -> dict[str, Any]:
    whose = {name: str(getattr(organization, name)) for name in ("id", "slug", "name", "plan")}
    return {
        "format": FORMAT,
        "version": VERSION,
        "exported_at": now.isoformat(),
        "platform": settings.WORKIX.public_url,
        "organization": whose,
        "verifier_keys": verifier_keys(organization.id),
        "tables": tables,
    }
