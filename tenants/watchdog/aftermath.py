"""What follows a session that was ended: an entry in its organization's trail, and its role as declared (ALTER ROLE)."""

from __future__ import annotations

import logging

from django.db import connection, transaction

from audit.recording import record
from tenants.isolation import owner, roles
from tenants.isolation.database_roles import DatabaseRole, tenant_role
from tenants.isolation.evidence.proofs import thrown_away
from tenants.isolation.server_capabilities import read_server_capabilities
from tenants.isolation.server_roles.other_platforms import lets_us_in
from tenants.isolation.server_roles.role_drift import role_differences
from tenants.models import Organization
from tenants.watchdog.looking import Ended
from workix.core.current import Actor, Current
from workix.observability import metrics

logger = logging.getLogger("workix.watchdog")

WATCHDOG = Actor("system", label="watchdog")


def follow_up(ended: Ended) -> None:
    """Write down that a session was ended, and put its role right. What fails is in the log: the session is gone anyway."""
    if ended.organization_id in thrown_away():
        return  # it attacks on purpose
    metrics.SESSIONS_ENDED.labels(ended.reason).inc()
    facts = {"organization": str(ended.organization_id), "reason": ended.reason, "pid": ended.pid}
    logger.warning("watchdog.session_ended", extra=facts)
    try:
        with owner.acting_as_owner():
            organization = Organization.objects.filter(id=ended.organization_id, deleted_at__isnull=True).first()
        if organization is not None:
            _write_down(organization, ended)
            _put_right(tenant_role(organization))
    except Exception:
        logger.exception("watchdog.not_followed_up", extra=facts)
    finally:
        connection.close()


def _write_down(organization: Organization, ended: Ended) -> None:
    changes = {"reason": ended.reason, "transaction_seconds": round(ended.seconds, 1)}
    with (
        Current.fresh(actor=WATCHDOG),
        owner.acting_as_owner(organization.schema_name),
        Current.scoped(organization=organization),
        transaction.atomic(),
    ):
        record("database_session.ended", resource_type="database_session", resource_id=ended.pid, changes=changes)


def _put_right(role: DatabaseRole) -> None:
    """Whoever had the session may have changed password and settings of its role: look, and put back what differs."""
    with owner.connect() as asking:
        capabilities = read_server_capabilities(asking)
        found = role_differences(asking, {role.name: role}, capabilities, shared=False)
        differs = any(repair is not None for _, repair in found)
    if differs or not lets_us_in(owner.database().name, role):
        roles.repair(role)
