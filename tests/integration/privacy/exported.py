"""What tests of exports do: ask, have the job build, make a link, take the archive and look into it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from zipfile import ZipFile

from django.utils import timezone

from privacy.models import PrivacyExport, PrivacyExportPart
from tenants.scope import use_tenant
from tests.cast import Answer, Api, Cast
from workix.config.keyed_hash import keyed_hash

EXPORTS = "privacy/exports/"
TOKEN = "of the link"


def ask(api: Api, run_jobs: Callable[[], None], **body: object) -> str:
    asked = api.post(EXPORTS, body)
    assert (asked.status, asked.headers["Location"]) == (202, f"/api/v1/{EXPORTS}{asked.body['id']}/")
    run_jobs()
    return str(asked.body["id"])


def token_of(api: Api, export: str) -> str:
    made = api.post(f"{EXPORTS}{export}/link/")
    assert made.status == 201, made.body
    return str(made.body["token"])


def take(api: Api, export: str, token: str) -> Answer:
    return api.post(f"{EXPORTS}{export}/archive/", {"token": token})


def archive_of(api: Api, run_jobs: Callable[[], None], **body: object) -> ZipFile:
    export = ask(api, run_jobs, **body)
    taken = take(api, export, token_of(api, export))
    assert (taken.status, taken.headers["Content-Type"]) == (200, "application/zip")
    return ZipFile(io.BytesIO(taken.body))


def rows_in(archive: ZipFile, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(archive.read(f"json/{table}.json"))
    return found


def give_export(cast: Cast, name: str = "bob") -> str:
    """Let there be an archive of somebody's, which TOKEN is the link of."""
    soon = timezone.now() + timedelta(hours=1)
    kept = {"status": "ready", "size": 1, "link_hash": keyed_hash("privacy-export", TOKEN)}
    with use_tenant(cast.organization):
        export = PrivacyExport.objects.create(user=cast.people[name], link_expires_at=soon, expires_at=soon, **kept)
        PrivacyExportPart.objects.create(export=export, position=0, content=b"x", expires_at=soon)
    return str(export.id)
