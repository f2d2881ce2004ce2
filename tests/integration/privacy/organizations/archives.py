"""Archives for tests of the import: one of an organization that is not here any more, and forged ones made of it."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.management import call_command
from django.utils import timezone

from accounts.members import remove
from accounts.models import User
from accounts.roles import composition, membership
from accounts.signup import FirstAdmin, open_with_admin
from tenants import lifecycle
from tenants.models import Organization
from tenants.scope import use_tenant
from tests.acts import join, prove, rows
from tests.cast import Cast
from tests.integration.accounts.passkeys.authenticators import give_passkey
from tests.integration.audit.trail import acting
from tests.integration.tenants.trail.sequenced import sequence_all

IDA, JOE = "ida@initech.example", "joe@initech.example"
USERS = "tables/users.ndjson"
#: Table -> what of its rows comes back as it was.
COMPARED = {
    "users": "to_jsonb(t) - 'password_hash' - 'mailbox_proof'",
    "roles": "to_jsonb(t)",
    "role_members": "to_jsonb(t)",
    "security_policies": "to_jsonb(t)",
}


@dataclass(frozen=True)
class Archived:
    """An organization that was exported and removed: its archive, its rows as they were."""

    id: str
    content: bytes
    rows: dict[str, list[Any]]


def archive_initech(folder: Path) -> Archived:
    """Open Initech with a past, export it, and remove it."""
    admin = FirstAdmin(IDA, "!", "Ida", "Initech")
    cast = Cast(open_with_admin(name="Initech", slug="initech", admin=admin))
    _live(cast)
    file = folder / "initech.zip"
    call_command("export_organization", "initech", str(file), "--reason", "They move", stdout=io.StringIO())
    kept = Archived(str(cast.organization.id), file.read_bytes(), rows_of(cast))
    lifecycle.suspend("initech", reason="They move")
    lifecycle.remove("initech", reason="They move")
    return kept


def _live(cast: Cast) -> None:
    with use_tenant(cast.organization):
        cast.people["ida"] = ida = User.objects.get()
        prove(ida)
    joe, gone = join(cast, JOE), join(cast, "gone@initech.example")
    give_passkey(cast, "ida")
    with acting(cast, "ida"):
        remove(gone.id, now=timezone.now())
        role = composition.create(name="Auditors", permissions=["audit:read"], description="They look")
        membership.give(role.id, user_id=joe.id)
    rows("INSERT INTO security_policies (organization_id, password_length, updated_at) VALUES (%(id)s, 20, now())",
         cast, id=cast.organization.id)  # fmt: skip
    sequence_all()


def rows_of(cast: Cast) -> dict[str, list[Any]]:
    return {table: rows(f"SELECT {what} FROM {table} AS t ORDER BY t::text", cast) for table, what in COMPARED.items()}  # noqa: S608


def found(slug: str) -> Cast:
    """Return an organization with its people, by first name."""
    organization: Organization = lifecycle.get_organization(slug)
    with use_tenant(organization):
        return Cast(organization, {each.first_name.lower(): each for each in User.objects.all()})


def forged(content: bytes, change: Callable[[dict[str, bytes]], object]) -> bytes:
    """Change files of an archive, and have its manifest say so, as a forger would."""
    files = files_of(content)
    change(files)
    manifest = json.loads(files["manifest.json"])
    tables = {f"tables/{name}.ndjson": told for name, told in manifest["tables"].items()}
    for name, told in {**tables, "trail.ndjson": manifest["trail"]}.items():
        content = files.get(name, b"")
        told |= {"rows": content.count(b"\n"), "sha256": hashlib.sha256(content).hexdigest()}
    return zipped(files | {"manifest.json": json.dumps(manifest).encode()})


def files_of(content: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return written.getvalue()


def with_row(table: str, line: int, **changes: Any) -> Callable[[dict[str, bytes]], None]:
    """Change columns of one row; the first line is 1. A column that becomes `...` goes."""

    def change(files: dict[str, bytes]) -> None:
        name = f"tables/{table}.ndjson"
        lines = files[name].splitlines()
        row = json.loads(lines[line - 1]) | changes
        lines[line - 1] = json.dumps({column: value for column, value in row.items() if value is not ...}).encode()
        files[name] = b"\n".join(lines) + b"\n"

    return change


def with_manifest(**changes: Any) -> Callable[[dict[str, bytes]], None]:
    def change(files: dict[str, bytes]) -> None:
        files["manifest.json"] = json.dumps(json.loads(files["manifest.json"]) | changes).encode()

    return change
