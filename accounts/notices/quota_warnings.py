"""E-mails that a limit is nearly or wholly taken: each admin is told. See Note [Warnings] in quotas/entitlements/warnings.py."""

from __future__ import annotations

from accounts import emails
from accounts.models import User
from quotas.entitlements.warnings import LimitWarning
from quotas.resources import get_resource
from tenants.jobs.tenant_task import tenant_task
from tenants.models import Domain
from tenants.scope import use_platform
from workix.core.current import Current
from workix.core.permissions import Role


def tell_admins(sender: object, *, warning: LimitWarning, **kwargs: object) -> None:
    """Have each of them written to by a job of their own: one that can't be reached repeats no mail to the others."""
    told = {"percent": warning.percent, "taken": warning.taken, "limit": warning.limit}
    if warning.burst:  # a worker of the release before knows of none
        told["burst"] = warning.burst
    admins = User.objects.filter(role=Role.ADMIN, is_active=True, email_confirmed_at__isnull=False)
    for admin in admins.order_by("created_at", "id"):
        send_quota_warning.enqueue(user_id=str(admin.id), resource=warning.resource.name, **told)


@tenant_task("accounts.send_quota_warning", queue="mails")
def send_quota_warning(user_id: str, resource: str, percent: int, taken: int, limit: int, *, burst: int = 0) -> None:
    """Tell an admin how much of a limit was taken when the organization was warned."""
    admin = User.objects.filter(id=user_id, is_active=True, email_confirmed_at__isnull=False).first()
    if admin is None:
        return
    organization = Current.organization
    with use_platform():
        home = Domain.objects.select_related("organization").get(organization_id=organization.id, is_primary=True)
    warning = LimitWarning(get_resource(resource), percent, taken, limit, burst)
    emails.send_quota_warning(admin.email, home, warning=warning)
