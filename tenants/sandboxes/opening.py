"""Opening a sandbox: an organization with an end, provisioned as any other, and no more of them at once than allowed."""

# Raw SQL: takes an advisory lock.

# Note [Sandboxes]
# A sandbox is an organization like any other, to whoever works in it and to what keeps organizations apart, but that it has an
# end (`sandbox_expires_at`), a day after its opening at the latest. Anybody may open one where the operator lets them, so:
# - No more than so many are there at once, whoever opens them: who opens one counts them under a lock, in the transaction that
#   adds to them. What is over counts until it is removed.
# - It is never anything else: no act changes its end, its plan is free, which a constraint of its row says, too, and its slug
#   begins as no other may.
# - It leaves no mail (tenants/jobs/tenant_task.py) and is in no look-up by address (accounts/email_index.py): who opens one has
#   proved nothing.
# - When its end comes nobody finds it any more (tenants/resolution.py), and a minute later it is removed, without an entry in
#   the platform's trail.

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from math import ceil
from secrets import token_hex

from django.db import connection

from tenants.models import Organization, Status
from tenants.plans import Limits, Plan
from tenants.provisioning import draft, provision
from tenants.scope import use_platform
from tenants.slugs import SANDBOX_PREFIX
from workix.core.errors import TooMany
from workix.core.models import uuid7
from workix.observability import metrics

#: What a sandbox is entitled to.
LIMITS = Limits(users=20, pipelines=20, executions=1_000)
#: "sandbox" in ASCII, for who counts them.
_COUNTING = 0x73_61_6E_64_62_6F_78


class SandboxesFull(TooMany):
    code = "sandboxes_full"


def draw_slug() -> str:
    """Draw the slug of a sandbox, which is nobody's."""
    return SANDBOX_PREFIX + token_hex(6)


@metrics.outcome_counted(metrics.SANDBOX_OPENINGS)
def open_sandbox(
    slug: str, *, expires_at: datetime, most: int, now: datetime, populate: Callable[[Organization], None]
) -> Organization:
    """Open a sandbox of a slug that was drawn, which ends at a time.

    `populate` puts its people in, as the owner, in the same transaction.

    :raises SandboxesFull: when there are `most` of them.
    """
    name = f"Sandbox {slug.removeprefix(SANDBOX_PREFIX)}"
    organization = draft(name=name, slug=slug, plan=Plan.FREE, limits=LIMITS, identity=uuid7())
    organization.status, organization.sandbox_expires_at = Status.ACTIVE, expires_at

    def populate_counted(opened: Organization) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_catalog.pg_advisory_xact_lock(%s)", [_COUNTING])
        _require_room(most + 1, now=now)  # it is among them
        populate(opened)

    provision(organization, populate_counted)
    return organization


def require_room(most: int, *, now: datetime) -> None:
    """Refuse at once, before anything costly, what an opening would refuse. It decides nothing.

    :raises SandboxesFull: when there are `most` of them.
    """
    with use_platform():
        _require_room(most, now=now)


def _require_room(most: int, *, now: datetime) -> None:
    there = Organization.objects.filter(sandbox_expires_at__isnull=False).order_by("sandbox_expires_at")[:most]
    if len(there) < most:
        return
    end = there[0].sandbox_expires_at
    assert end is not None  # it is a sandbox
    wait = max(1, ceil((end - now).total_seconds()))
    raise SandboxesFull(
        f"There are as many sandboxes as may be at once. One of them ends in {wait} seconds.", retry_after=wait
    )
