"""Exports of a person: asked for after a recent log-in, built by a job, taken by a link that expires (kept as a keyed hash)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.models import User
from audit.recording import record
from privacy.archive_links import new_link, require_link
from privacy.erasures.scheduling import require_no_erasure
from privacy.exports.building import PART_BYTES
from privacy.exports.tasks import build_export
from privacy.models import ExportStatus, PrivacyExport, PrivacyExportPart
from privacy.subjects import get_subject, require_theirs_to_see
from workix.core.errors import Conflict, NotFound

#: How long an archive is there.
KEPT = timedelta(days=7)


class ExportPending(Conflict):
    code = "export_pending"
    detail = "An export of this person is being built. It will be ready soon."


class ExportNotReady(Conflict):
    code = "export_not_ready"
    detail = "The archive is being built. Ask again in a moment."


@dataclass(frozen=True, slots=True)
class Link:
    """A way to an archive, for a while."""

    export: PrivacyExport
    token: str = field(repr=False)


def ask_for(person_id: UUID | None, *, by: User, now: datetime) -> PrivacyExport:
    """Have a person's data exported; nobody named means oneself.

    :raises Denied: when it is somebody else's, and who asks may not.
    :raises NotFound: when nobody here had this id.
    :raises ErasureOpen: when they are to be erased.
    :raises ExportPending: while another of the same person is being built.
    """
    person = get_subject(person_id, by=by)
    require_no_erasure(person)
    try:
        with transaction.atomic():
            export = PrivacyExport.objects.create(user=person, requested_by=by, expires_at=now + KEPT)
            build_export.enqueue(export_id=str(export.id))
    except IntegrityError as error:
        raise ExportPending from error
    return export


def get_export(export_id: UUID, *, by: User, now: datetime) -> PrivacyExport:
    """Return an export of one's own data, or of anybody's for whoever may.

    :raises NotFound: when there is none, it is over, or is not theirs to see.
    """
    export = PrivacyExport.objects.filter(id=export_id, expires_at__gt=now).first()
    if export is None:
        raise NotFound
    require_theirs_to_see(export.user_id, by=by)
    return export


def make_link(export_id: UUID, *, by: User, now: datetime) -> Link:
    """Make a link to an archive. See Note [The link to an archive].

    :raises NotFound: when there is none that is theirs to have.
    :raises ExportNotReady: while it is being built.
    """
    export = _ready(get_export(export_id, by=by, now=now))
    return Link(export, new_link(export, now=now))


def take(export_id: UUID, token: str, *, by: User, now: datetime) -> Iterator[bytes]:
    """Hand an archive out, part by part; that is an entry of the trail, `user.exported`.

    :raises NotFound: when there is none that is theirs to have.
    :raises ExportNotReady: while it is being built.
    :raises LinkOver: when this is not its link, or no more.
    """
    export = _ready(get_export(export_id, by=by, now=now))
    require_link(export, token, now=now)
    with transaction.atomic():
        changes = {"export": str(export.id), "size": export.size}
        record("user.exported", resource_type="user", resource_id=export.user_id, changes=changes)
    return _parts(export.id, -(-export.size // PART_BYTES))


def _ready(export: PrivacyExport) -> PrivacyExport:
    if export.status != ExportStatus.READY:
        raise ExportNotReady
    return export


def _parts(export_id: UUID, count: int) -> Iterator[bytes]:
    for position in range(count):
        yield bytes(PrivacyExportPart.objects.get(export_id=export_id, position=position).content)
