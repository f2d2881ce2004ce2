"""E-mails of the accounts app: confirmation, password reset and lockout."""

from __future__ import annotations

from urllib.parse import quote

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from accounts.models import User
from workix.core.current import Current


def send_confirmation(user: User, token: str) -> None:
    """Ask a person to confirm their address."""
    _send(user, "confirm_email", subject="Confirm your e-mail address", link=_link("confirm-email", token))


def send_password_reset(user: User, token: str) -> None:
    """Send a person the link to a new password."""
    _send(user, "reset_password", subject="Set a new password", link=_link("reset-password", token))


def send_lockout(user: User, *, minutes: int) -> None:
    """Tell a person that their address was locked."""
    _send(user, "locked_out", subject="Somebody could not log in as you", minutes=str(minutes))


def _link(page: str, token: str) -> str:
    """Point to a page of ours. The token is behind a #, which browsers keep to themselves: no log ever sees it."""
    return f"{settings.WORKIX.public_url}/{page}/#{quote(token)}"


def _send(user: User, name: str, *, subject: str, **context: str) -> None:
    context |= {"name": user.full_name, "organization": Current.organization.slug, "subject": subject}
    message = EmailMultiAlternatives(
        subject=subject, body=render_to_string(f"emails/accounts/{name}.txt", context), to=[user.email]
    )
    message.attach_alternative(render_to_string(f"emails/accounts/{name}.html", context), "text/html")
    message.send()
