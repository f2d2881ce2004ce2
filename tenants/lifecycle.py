"""Organization lifecycle: suspends, restores and removes organizations, and changes their plan, with a reason. For operators."""

# Note [Acts of operators]
# An operator has no standing access to an organization's data, and the control role no right on its schema. So what an
# operator does to an organization is done by the owner, in one transaction with its entry in that organization's own
# trail: its admins can read who did it and why.

# Note [What an organization holds]
# A session of an organization's own may hold its row, and with it any act on it, for as long as it likes: what keeps
# sessions short, it may lift itself. So who suspends an organization ends its sessions first, and lets none in until it
# is done; other acts do so where the row is held for longer than a request would. Whoever else holds it is named.

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime

from django.db import OperationalError, connection, transaction

from audit.models import LogEntry
from audit.recording import record
from tenants.isolation import roles
from tenants.isolation.database_roles import tenant_role
from tenants.isolation.owner import acting_as_owner, database, wait_for_locks
from tenants.isolation.removal import remove_organization
from tenants.isolation.sessions.lock_holders import lock_holders_named
from tenants.isolation.sessions.shut_out import kept_out
from tenants.models import Organization, Status
from tenants.plans import LIMITS, Limits, Plan
from tenants.resolution import forget_all
from tenants.signals import organization_entitled
from workix.core.current import SYSTEM, Current, check_reason
from workix.core.errors import Conflict, NotFound
from workix.observability import metrics

logger = logging.getLogger("workix.tenants")


#: Seconds an act waits for whoever holds the organization's row.
ACTS_PATIENCE = 5


class NoSuchOrganization(NotFound):
    detail = "There is no organization with this slug."


class WrongStatus(Conflict):
    detail = "The organization is not in a state that allows this."


class IsSandbox(Conflict):
    detail = "This is a sandbox: it keeps its plan and its end, and never becomes anything else."


class NotRemoved(RuntimeError):
    """Organizations are due and could not be removed; the log says why."""

    def __init__(self, slugs: list[str], *, due: int) -> None:
        super().__init__(f"{len(slugs)} of {due} organizations that are due could not be removed: {', '.join(slugs)}.")


def suspend(slug: str, *, reason: str) -> Organization:
    """Shut an organization out from the very next call on; its data stays.

    :raises NoSuchOrganization: when there is none.
    :raises WrongStatus: when it is suspended already.
    """
    return _change_status(slug, to=Status.SUSPENDED, reason=reason, action="organization.suspended")


def restore(slug: str, *, reason: str) -> Organization:
    """Let a suspended organization in again: to what it was before, active or waiting for its confirmation.

    :raises NoSuchOrganization: when there is none.
    :raises WrongStatus: when it is not suspended.
    """
    return _change_status(slug, to=Status.ACTIVE, reason=reason, action="organization.restored")


def set_plan(slug: str, plan: Plan, *, limits: Limits | None = None, reason: str) -> Organization:
    """Give an organization a plan, with the limits it grants or, agreed one by one, with `limits`.

    :raises NoSuchOrganization: when there is none.
    :raises IsSandbox: when it is one.
    """
    granted = limits or LIMITS[plan]
    with acting_on(slug, reason) as organization:
        if organization.is_sandbox:
            raise IsSandbox
        before = {"plan": organization.plan, **organization.limits()}
        organization.plan = plan
        organization.max_users, organization.max_pipelines = granted.users, granted.pipelines
        organization.max_executions_per_month = granted.executions
        organization.save()
        _share_out(organization)
        organization_entitled.send(sender=Organization, organization=organization)
        after = {"plan": organization.plan, **organization.limits()}
        changes = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
        _record("organization.plan_changed", organization, changes)
    return organization


def remove(slug: str, *, reason: str) -> Organization:
    """Remove a suspended organization now, for good, whatever its time of grace. The platform's own trail says so.

    :raises NoSuchOrganization: when there is none.
    :raises WrongStatus: when it is not suspended: nobody loses what they are working on.
    """
    reason, organization = check_reason(reason), get_organization(slug)
    if organization.status != Status.SUSPENDED:
        raise WrongStatus(f"{organization.name} is {organization.get_status_display().lower()}. Suspend it first.")
    with Current.scoped(reason=reason):
        remove_organization(organization)
    forget_all()
    logger.warning("organization.removed", extra={"slug": organization.slug})
    return organization


def remove_due(*, now: datetime) -> list[str]:
    """Remove every organization whose time of grace is over, for good. Return their slugs.

    :raises NotRemoved: when the others are removed, naming those that could not be.
    """
    with acting_as_owner():
        due = list(Organization.objects.filter(removal_due_at__lte=now))
    with Current.scoped(actor=SYSTEM):
        failed = [organization.slug for organization in due if not _removes(organization)]
    forget_all()
    if failed:
        raise NotRemoved(failed, due=len(due))
    return [organization.slug for organization in due]


def _removes(organization: Organization) -> bool:
    try:
        remove_organization(organization)
    except Exception:  # one that can't be removed must not keep the others
        logger.exception("organization.not_removed", extra={"slug": organization.slug})
        metrics.REMOVALS.labels("failed").inc()
        return False
    logger.warning("organization.removed", extra={"slug": organization.slug})
    metrics.REMOVALS.labels("ok").inc()
    return True


def _change_status(slug: str, *, to: Status, reason: str, action: str) -> Organization:
    with acting_on(slug, reason, shuts_out=to == Status.SUSPENDED) as organization:
        before = organization.status
        if before == to or (to == Status.ACTIVE and before != Status.SUSPENDED):
            raise WrongStatus(f"{organization.name} is {Status(before).label.lower()}.")
        organization.status = _before_suspension(organization) if to == Status.ACTIVE else to
        organization.save(update_fields=["status", "updated_at"])
        _record(action, organization, {"status": [before, organization.status]})
    return organization


def _before_suspension(organization: Organization) -> str:
    """Read in the trail what it was: whoever never proved an address still has to.

    Only the owner's entry counts. A tenant role may write one with these words, but not as somebody else.
    """
    entries = LogEntry.objects.filter(action="organization.suspended", database_role=database().user)
    resource = entries.filter(resource_type="organization", resource_id=str(organization.id))
    changes = resource.values_list("changes", flat=True).first()
    return Status.PENDING if changes and changes["status"][0] == Status.PENDING else Status.ACTIVE


def get_organization(slug: str) -> Organization:
    """Return the organization of a slug as it is now.

    :raises NoSuchOrganization: when there is none.
    """
    with acting_as_owner():
        organization = Organization.objects.filter(slug=slug, deleted_at__isnull=True).first()
    if organization is None:
        raise NoSuchOrganization
    return organization


@contextmanager
def acting_on(slug: str, reason: str, *, shuts_out: bool = False) -> Iterator[Organization]:
    """Enter the one transaction of an operator's act. See Notes [Acts of operators] and [What an organization holds].

    :raises NoReason: when nobody says why. That is asked here, so that no way in can leave it out.
    :raises NoSuchOrganization: when there is none.
    :raises LockHeld: when somebody else holds its row for too long, naming them.
    """
    reason, organization = check_reason(reason), get_organization(slug)
    scope = Current.scoped(organization=organization, reason=reason)
    shut_out = kept_out(organization.schema_name) if shuts_out or _is_held(organization) else nullcontext()
    with shut_out, acting_as_owner(organization.schema_name), scope:
        connection.ensure_connection()
        with lock_holders_named(connection.connection), transaction.atomic():
            wait_for_locks(ACTS_PATIENCE)
            yield Organization.objects.select_for_update().get(id=organization.id)
    forget_all()


def _is_held(organization: Organization) -> bool:
    """Say whether somebody holds the row for longer than a request would."""
    try:
        with acting_as_owner(), transaction.atomic():
            Organization.objects.select_for_update().get(id=organization.id)
    except OperationalError:  # whatever else it was: the next statement meets it, and says so
        return True
    return False


def _share_out(organization: Organization) -> None:
    """Give the role the share of its plan, in the same transaction. What is logged in keeps its times until it is closed."""
    with connection.wrap_database_errors:
        roles.share_out(connection.connection, tenant_role(organization))


def _record(action: str, organization: Organization, changes: dict[str, list[object]]) -> None:
    record(action, resource_type="organization", resource_id=organization.id, changes=changes)
