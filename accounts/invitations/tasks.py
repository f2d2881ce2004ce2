"""Background jobs of invitations: sending their e-mails, and writing down which are over. accounts.tasks knows them."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts import emails
from accounts.invitations import ending, links
from accounts.mail_policy import inviting
from accounts.models import Invitation
from tenants.jobs.periodic_tenant_task import periodic_tenant_task
from tenants.jobs.tenant_task import tenant_task
from workix.core.current import Current


@tenant_task("accounts.send_invitation", queue="mails")
def send_invitation(invitation_id: str) -> None:
    """Make the link of an invitation and send it by e-mail, unless that was done since it was asked for."""
    now = timezone.now()
    invitation = Invitation.objects.pending(now=now).filter(id=invitation_id, token_hash="").first()
    if invitation is None:
        return
    with inviting(invitation.email, now=now) as counted:
        if counted is None:
            return
        with transaction.atomic():
            token = links.make(invitation, now=now)
            if token is not None:
                emails.send_invitation(invitation.email, token, name=Current.organization.name)
        if token is None:  # a resend has a job of its own, which was faster
            counted.close()


@periodic_tenant_task("accounts.expire_invitations", cron="10 0 * * *")
def expire_invitations() -> None:
    """Write down, every night at ten past midnight (UTC), which invitations are over."""
    ending.expire(now=timezone.now())
