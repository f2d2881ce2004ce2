"""Notices: the mail that tells a person, and the admins, that somebody is to be erased, and until when it can be called off."""

from __future__ import annotations

from django.core.mail import EmailMessage
from django.db.models import Q
from django.template.loader import render_to_string

from accounts.emails import address_of
from accounts.models import User
from privacy.models import Erasure, ErasureStatus
from tenants.jobs.tenant_task import tenant_task
from tenants.models import Domain
from tenants.scope import use_platform
from workix.core.current import Current
from workix.core.permissions import Role


def tell(erasure: Erasure) -> None:
    """Mail whom it concerns, if the transaction of it commits, each by a job of their own."""
    concerned = User.objects.filter(Q(id=erasure.user_id) | Q(role=Role.ADMIN), is_active=True)
    for person in concerned.filter(email_confirmed_at__isnull=False).order_by("created_at", "id"):
        send_erasure_scheduled.enqueue(user_id=str(person.id), erasure_id=str(erasure.id))


@tenant_task("privacy.send_erasure_scheduled", queue="mails")
def send_erasure_scheduled(user_id: str, erasure_id: str) -> None:
    """Tell one of them, unless it was called off or done meanwhile. Of others' mails it names nobody but by a link."""
    erasure = Erasure.objects.filter(id=erasure_id, status=ErasureStatus.SCHEDULED).first()
    person = User.objects.filter(id=user_id, is_active=True, email_confirmed_at__isnull=False).first()
    if erasure is None or person is None:
        return
    is_own = erasure.user_id == person.id
    page = "my-data/" if is_own else f"privacy/erasure/{erasure.id}/change/"
    told = {"is_own": is_own, "due_at": erasure.due_at, "link": f"{_home()}/admin/{page}"}
    EmailMessage(
        subject="Your data will be erased" if is_own else "A person of your organization will be erased",
        body=render_to_string(
            "emails/privacy/erasure_scheduled.txt", told | {"organization": Current.organization.slug}
        ),
        to=[person.email],
    ).send()


def _home() -> str:
    organization = Current.organization
    with use_platform():
        return address_of(Domain.objects.get(organization_id=organization.id, is_primary=True).host)
