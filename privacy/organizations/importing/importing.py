"""import_organization(): opens an organization with what its archive holds, all or nothing; dry run first. For operators."""

# Raw SQL: lets keys that the database counts go on behind those that came.
# Bulk write: the e-mail index gets a line for each proven address.

# Note [What an import proves]
# An archive is a file. So nothing in it lets anybody in: people come without a password, second factor, key or session, and
# prove their address by a link before they get a password through another. Every active admin is mailed such a link; the first
# who follows it opens the organization. An operator may vouch for the addresses instead, as with manage.py import_people.
#
# Rows keep their ids and times, so that references hold, and so does the organization. Its trail begins anew: the entries of the
# former one are signed by another database's hands, and none is put between our own. The archive is kept by whoever has it; the
# entry organization.imported holds its SHA-256, and the former trail's last checkpoint, which proves that one to whoever has it.
#
# It is one transaction, that of the opening: whatever ends it leaves nothing behind. Other openings wait for it.

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import IO
from uuid import UUID

from django.core.management.color import no_style
from django.db import OperationalError, connection
from psycopg.errors import ConfigurationLimitExceeded

from accounts.email_confirmation import ask_for_confirmation
from accounts.email_index import address_hash
from accounts.models import User
from audit.recording import record
from privacy.organizations.importing.checking import (
    Checked,
    Checking,
    Progress,
    Trail,
    check,
    is_admin,
    is_present,
    rows_imported,
    rows_left_out,
)
from privacy.organizations.importing.container import Container, digest_of, opened
from privacy.organizations.importing.inserting import batches, insert
from privacy.organizations.importing.manifest import Manifest, read_manifest
from tenants.models import EmailIndexEntry, Organization, Status
from tenants.plans import Limits, Plan
from tenants.provisioning import open_organization, require_free, require_new
from tenants.resolution import forget_all
from workix.core.current import Current, check_reason
from workix.core.errors import LimitReached


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms an archive is imported. `limits`: None for those of the plan; `are_vouched_for`: the addresses."""

    slug: str | None
    plan: Plan
    limits: Limits | None
    are_vouched_for: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What was done, or would have been."""

    id: UUID
    slug: str
    rows: dict[str, int]
    left_out: dict[str, int]
    trail: Trail
    is_applied: bool


class _Tried(Exception):
    """Ends the transaction of a dry run."""


def import_organization(file: IO[bytes], terms: Terms, *, apply: bool, progress: Progress) -> Imported:
    """Open an organization with what an archive holds; without `apply` say only what would be. See Note [What an import proves].

    `progress` is told how many rows are done, and of how many: first as they are checked, then as they are written.

    :raises NoReason: when nobody says why.
    :raises FaultyArchive: when anything is wrong with it.
    :raises Invalid: when the slug is no legal one.
    :raises SlugTaken: when another organization has it.
    :raises OrganizationThere: when this one is here.
    :raises LimitReached: when it holds more than the plan grants.
    """
    reason = check_reason(terms.reason)
    with Current.scoped(reason=reason), opened(file) as container:
        manifest = read_manifest(container)
        slug = terms.slug or manifest.slug
        require_free(slug)
        require_new(manifest.id)
        trail = check(container, manifest, progress)
        arrival = _Arrival(container, manifest, trail, terms, slug, digest_of(file), progress)
        arrival.open(apply=apply)
    forget_all()
    return Imported(manifest.id, slug, arrival.rows, rows_left_out(manifest), trail, apply)


@dataclass
class _Arrival:
    """One import, from its checked archive to the organization."""

    container: Container
    manifest: Manifest
    trail: Trail
    terms: Terms
    slug: str
    sha256: str
    progress: Progress
    rows: dict[str, int] = field(default_factory=dict)
    proven: list[str] = field(default_factory=list)
    admins: list[UUID] = field(default_factory=list)

    def open(self, *, apply: bool) -> None:
        def populate(organization: Organization) -> None:
            self._write(organization)
            self._let_people_in(organization)
            self._record(organization)
            if not apply:
                raise _Tried

        try:
            with _within_limits():
                open_organization(
                    name=self.manifest.name,
                    slug=self.slug,
                    plan=self.terms.plan,
                    limits=self.terms.limits,
                    identity=self.manifest.id,
                    populate=populate,
                )
        except _Tried:
            return

    def _write(self, organization: Organization) -> None:
        """Read the archive once more, and write what is right; a file that changed meanwhile stops it all."""
        checking, done = Checking(self.container, self.manifest), 0
        total = rows_imported(self.manifest)
        for table, told in checking.tables():
            for batch in batches(checking.rows(table, told)):
                if table.model is User:
                    self._note_people(batch)
                insert(table, told, batch, organization)
                done += len(batch)
                self.progress(done, total)
            self.rows[table.name] = told.rows
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), checking.models):
                cursor.execute(statement)
        checking.faults.require_none()

    def _note_people(self, batch: list[Checked]) -> None:
        for row in (checked.row for checked in batch):
            if not self.terms.are_vouched_for:
                row["email_confirmed_at"] = None
            if is_present(row) and row["email_confirmed_at"] is not None:
                self.proven.append(row["email"])
            if is_admin(row):
                self.admins.append(row["id"])

    def _let_people_in(self, organization: Organization) -> None:
        EmailIndexEntry.objects.bulk_create(
            EmailIndexEntry(address_hash=address_hash(address), organization_id=organization.id)
            for address in self.proven
        )
        admins = User.objects.filter(id__in=self.admins)
        if admins.filter(email_confirmed_at__isnull=False).exists():
            organization.status = Status.ACTIVE
            organization.save(update_fields=["status", "updated_at"])
            return
        for admin in admins.order_by("id"):
            ask_for_confirmation(admin)

    def _record(self, organization: Organization) -> None:
        seen = self.trail.verified
        record(
            "organization.imported",
            resource_type="organization",
            resource_id=organization.id,
            resource_label=organization.name,
            changes={
                "archive": {"sha256": self.sha256, "exported_at": self.manifest.exported_at},
                "from": {"platform": self.manifest.platform, "slug": self.manifest.slug},
                "rows": self.rows,
                "left_out": rows_left_out(self.manifest),
                "addresses": "the operator vouches for them" if self.terms.are_vouched_for else "to be proven",
                "trail": {**asdict(seen), "sha256": self.manifest.trail.sha256, "checkpoint": self.trail.checkpoint},
            },
        )


@contextmanager
def _within_limits() -> Iterator[None]:
    """Say in our words that the database counts rows, and found more than the plan grants. See quotas/counted.py.

    :raises LimitReached: naming of what.
    """
    try:
        yield
    except OperationalError as error:
        cause = error.__cause__
        if not isinstance(cause, ConfigurationLimitExceeded):
            raise
        named = cause.diag.message_detail
        raise LimitReached(
            f"The archive holds more {named} than is granted: choose another --plan, or a limit of its own."
        ) from error
