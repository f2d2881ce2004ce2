"""E-mails about webhooks: each admin is told, once, that one was paused."""

from __future__ import annotations

from accounts.emails import about, send
from accounts.mail_policy import without_links
from accounts.members import people
from tenants.jobs.tenant_task import tenant_task
from tenants.models import Domain
from tenants.scope import use_platform
from webhooks.models import WebhookEndpoint
from workix.core.current import Current
from workix.core.permissions import Role


def tell_admins(endpoint: WebhookEndpoint) -> None:
    """Have each of them written to by a job of their own: one that can't be reached repeats no mail to the others."""
    admins = people().filter(role=Role.ADMIN, is_active=True, email_confirmed_at__isnull=False)
    for admin in admins.order_by("created_at", "id"):
        send_webhook_paused.enqueue(user_id=str(admin.id), endpoint_id=str(endpoint.id))


@tenant_task("webhooks.send_webhook_paused", queue="mails")
def send_webhook_paused(user_id: str, endpoint_id: str) -> None:
    """Tell an admin that a webhook was paused, unless it was resumed meanwhile."""
    admin = people().filter(id=user_id, is_active=True, email_confirmed_at__isnull=False).first()
    endpoint = WebhookEndpoint.objects.filter(id=endpoint_id, paused_at__isnull=False).first()
    if admin is None or endpoint is None:
        return
    organization = Current.organization
    with use_platform():
        home = Domain.objects.get(organization_id=organization.id, is_primary=True)
    told = {"endpoint": endpoint, "called": without_links(endpoint.description), **about(organization, home)}
    send(admin.email, "webhooks/webhook_paused", subject="A webhook was paused", **told)
