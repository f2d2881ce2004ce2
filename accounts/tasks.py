"""Background jobs of the accounts app: sending e-mails."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone

from accounts import emails
from accounts.models import Purpose, User
from accounts.tokens import email_tokens
from tenants.jobs.tenant_task import tenant_task


@tenant_task("accounts.send_confirmation_mail", queue="mails")
def send_confirmation_mail(user_id: str) -> None:
    """Make a link and send it by e-mail. The link is made here, so no queue ever holds it."""
    user = User.objects.filter(id=user_id, email_confirmed_at__isnull=True).first()
    if user is not None:
        lifetime = settings.CONFIRMATION_LIFETIME
        token = email_tokens.make(user, Purpose.CONFIRM_EMAIL, now=timezone.now(), lifetime=lifetime)
        emails.send_confirmation(user, token)


@tenant_task("accounts.send_lockout_mail", queue="mails")
def send_lockout_mail(user_id: str) -> None:
    """Tell a person that somebody guessed at their password until it was locked."""
    user = User.objects.filter(id=user_id, is_active=True, email_confirmed_at__isnull=False).first()
    if user is not None:
        emails.send_lockout(user, minutes=settings.WORKIX.lockout_minutes)


@tenant_task("accounts.send_password_reset_mail", queue="mails")
def send_password_reset_mail(user_id: str) -> None:
    """Make a link and send it by e-mail. The link is made here, so no queue ever holds it."""
    user = User.objects.filter(id=user_id, is_active=True).first()
    if user is not None:
        lifetime = settings.PASSWORD_RESET_LIFETIME
        token = email_tokens.make(user, Purpose.RESET_PASSWORD, now=timezone.now(), lifetime=lifetime)
        emails.send_password_reset(user, token)
