"""E-mail confirmation: proves by an e-mail token that an address is its owner's."""

# Raw SQL: calls a function of `public`.

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from accounts.models import Purpose, User
from accounts.tasks import send_confirmation_mail
from accounts.tokens import email_tokens
from audit.recording import record
from tenants.resolution import forget_all
from workix.core.errors import Conflict


class AlreadyConfirmed(Conflict):
    code = "already_confirmed"
    detail = "This address was confirmed before. Log in."


def ask_for_confirmation(user: User) -> None:
    """Have the link sent by e-mail, once the surrounding transaction commits."""
    send_confirmation_mail.enqueue(user_id=str(user.id))


def confirm_email(token: str, *, now: datetime) -> None:
    """Use up the link; its person may log in from now on, and the organization of its first admin opens.

    :raises TokenInvalid: when we never sent it, or it was used.
    :raises TokenExpired: when its time is over.
    :raises AlreadyConfirmed: when the address was confirmed through another link.
    """
    with email_tokens.redeem(Purpose.CONFIRM_EMAIL, token) as link, transaction.atomic():
        user = email_tokens.use(link, now=now)
        if user.email_confirmed_at is not None:
            raise AlreadyConfirmed
        user.email_confirmed_at = now
        user.save(update_fields=["email_confirmed_at", "updated_at"])
        with connection.cursor() as cursor:
            cursor.execute("SELECT public.confirm_my_organization()")
        record("user.email_confirmed", resource_type="user", resource_id=user.id)
    forget_all()


def ask_again(address: str, *, now: datetime) -> None:
    """Mail a new link to every unconfirmed person of this address. Tells nobody whether there is one."""
    for user in email_tokens.people_at(address):
        if user.email_confirmed_at is None and email_tokens.may_send_another(user, Purpose.CONFIRM_EMAIL, now=now):
            with transaction.atomic():
                ask_for_confirmation(user)
