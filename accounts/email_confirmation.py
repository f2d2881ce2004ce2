"""E-mail confirmation: proves by an e-mail token that an address is its owner's."""

# Raw SQL: calls a function of `public`.

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from accounts import email_index
from accounts.mail_policy import may_be_asked
from accounts.models import Purpose, User
from accounts.realms import find_named
from accounts.tasks import encrypt_address, send_confirmation_again, send_confirmation_mail
from accounts.tokens import email_tokens
from audit.registry import record_about
from tenants.resolution import forget_all
from tenants.scope import use_tenant
from workix.core.errors import Conflict, Invalid


class AlreadyConfirmed(Conflict):
    code = "already_confirmed"
    detail = "This address was confirmed before. Log in."


def ask_for_confirmation(user: User) -> None:
    """Have the link sent by e-mail, once the surrounding transaction commits."""
    send_confirmation_mail.enqueue(user_id=str(user.id))


def confirm_email(token: str, *, now: datetime) -> None:
    """Use up the link; its person may log in from now on, and the organization of its first admin opens.

    :raises TokenInvalid: when we never sent it, it was used, or its person may not log in any more.
    :raises TokenExpired: when its time is over.
    :raises AlreadyConfirmed: when the address was confirmed through another link.
    """
    with email_tokens.redeem(Purpose.CONFIRM_EMAIL, token) as link, transaction.atomic():
        user = email_tokens.use(link, now=now)
        if user.email_confirmed_at is not None:
            raise AlreadyConfirmed
        user.email_confirmed_at = now
        user.save(update_fields=["email_confirmed_at", "updated_at"])
        email_index.add(user.email)
        with connection.cursor() as cursor:
            cursor.execute("SELECT public.confirm_my_organization()")
        record_about(user, "user.email_confirmed")
    forget_all()


def ask_again(address: str, *, organization: str = "", now: datetime) -> None:
    """Mail a new link to whoever waits for one at this address. Tells nobody whether there is one.

    `organization` is a slug; on an organization's host it is the host's.

    :raises Invalid: when no organization is named: who is not confirmed is known there alone.
    """
    named = find_named(organization)
    if named is None and not organization:
        raise Invalid(
            "Say which organization the address is to be confirmed for.", field="organization", problem="required"
        )
    if named is None:
        return
    if may_be_asked(Purpose.CONFIRM_EMAIL, address, now=now):
        with use_tenant(named), transaction.atomic():
            send_confirmation_again.enqueue(address=encrypt_address(address))
