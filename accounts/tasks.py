"""Background jobs of the accounts app: sending e-mails, and what expires."""

# Note [The same work for any address]
# What a visitor asks for with an address that anybody may type is one job, whoever has the address: the request looks
# nothing up, so neither its answer nor its time tells anything. The address travels encrypted and only for a while: who
# reads the queue or its log learns none.

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts import email_index, emails
from accounts.invitations.tasks import expire_invitations, send_invitation
from accounts.mail_policy import may_prove
from accounts.models import ApiKey, Purpose, User
from accounts.models.email_address import normalize_address
from accounts.tokens import email_tokens
from tenants.jobs.platform_task import platform_task
from tenants.jobs.tenant_task import tenant_task
from tenants.models import Domain, Organization
from tenants.resolution import find_by_slug
from tenants.sandboxes.ending import is_sandbox
from tenants.scope import use_platform, use_tenant
from workix.config.encryption import DecryptionError, decrypt, encrypt
from workix.core.current import Current

__all__ = ["expire_invitations", "send_invitation"]  # jobs of another file, which are looked for here

#: One mail has links for so many organizations, the oldest ones; whoever is in more asks at the host of one.
MOST_RESET_LINKS = 5
LONGEST_WAIT = timedelta(days=3)


@tenant_task("accounts.send_confirmation_mail", queue="mails")
def send_confirmation_mail(user_id: str) -> None:
    """Make a link and send it by e-mail. The link is made here, so no queue ever holds it."""
    _confirm(User.objects.filter(id=user_id, email_confirmed_at__isnull=True).first())


@tenant_task("accounts.send_confirmation_again", queue="mails")
def send_confirmation_again(address: str) -> None:
    """Send another link to whoever waits for one at an address. See Note [The same work for any address]."""
    waiting = User.objects.filter(email=_decrypted(address), is_active=True, email_confirmed_at__isnull=True)
    _confirm(waiting.first())


@platform_task("accounts.send_password_reset", queue="mails")
def send_password_reset(address: str, organization: str) -> None:
    """Send one mail with a link for each organization where an address is proven, or for the one that is named."""
    email = _decrypted(address)
    made = [(home.slug, _reset_token_at(home, email)) for home in _homes(email, organization)]
    tokens = {slug: token for slug, token in made if token is not None}
    if tokens:
        emails.send_password_reset(email, tokens)


@platform_task("accounts.send_organizations", queue="mails")
def send_organizations(address: str) -> None:
    """Send the list of the organizations where an address is proven."""
    email = _decrypted(address)
    homes = email_index.organizations_of(email)
    with use_platform():
        domains = Domain.objects.filter(organization__in=homes, is_primary=True).select_related("organization")
        found = list(domains.order_by("organization__slug"))
    if found:
        emails.send_organizations(email, found)


@tenant_task("accounts.send_lockout_mail", queue="mails")
def send_lockout_mail(user_id: str) -> None:
    """Tell a person that somebody guessed at their password until it was locked."""
    user = User.objects.filter(id=user_id, is_active=True, email_confirmed_at__isnull=False).first()
    if user is not None:
        emails.send_lockout(user.email, minutes=settings.WORKIX.lockout_minutes)


@tenant_task("accounts.send_password_reset_mail", queue="mails")
def send_password_reset_mail(user_id: str) -> None:
    """Do what an earlier release had queued: it looked people up before it asked for a mail."""
    user = User.objects.filter(id=user_id, is_active=True, email_confirmed_at__isnull=False).first()
    if user is not None:
        emails.send_password_reset(user.email, {Current.organization.slug: _reset_token(user)})


@tenant_task("accounts.send_removal_scheduled", queue="mails")
def send_removal_scheduled(user_id: str) -> None:
    """Tell an admin when the organization will be removed, and how to cancel that; unless it was cancelled meanwhile."""
    organization = Current.organization
    admin = User.objects.filter(id=user_id, is_active=True, email_confirmed_at__isnull=False).first()
    if admin is None or not isinstance(organization, Organization) or organization.removal_due_at is None:
        return
    emails.send_removal_scheduled(admin.email, _home(), due_at=organization.removal_due_at)


@tenant_task("accounts.send_api_key_leaked", queue="mails")
def send_api_key_leaked(user_id: str, api_key_id: str) -> None:
    """Tell an admin that somebody found an API key, and that it was revoked."""
    admin = User.objects.filter(id=user_id, is_active=True, email_confirmed_at__isnull=False).first()
    key = ApiKey.with_revoked.filter(id=api_key_id).first()
    if admin is not None and key is not None:
        emails.send_api_key_leaked(
            admin.email, _home(), name=key.name, prefix=key.prefix, goes_on=key.deleted_at is None
        )


@tenant_task("accounts.send_second_factor_mail", queue="mails")
def send_second_factor_mail(user_id: str, event: str) -> None:
    """Tell a person what happened to their second factors."""
    _tell_of_second_factors(user_id, event)


@platform_task("accounts.send_operator_second_factor_mail", queue="mails")
def send_operator_second_factor_mail(user_id: str, event: str) -> None:
    """Tell an operator what happened to their second factors."""
    with use_platform():
        _tell_of_second_factors(user_id, event)


def _tell_of_second_factors(user_id: str, event: str) -> None:
    user = User.objects.filter(id=user_id, email_confirmed_at__isnull=False).first()
    if user is not None:
        emails.send_second_factor(user.email, event=event)


def encrypt_address(address: str) -> str:
    """Write an address as a job may carry it. See Note [The same work for any address]."""
    return encrypt("address", normalize_address(address))


def _decrypted(address: str) -> str:
    """Return the address; an empty one, which is nobody's, where the job waited for longer than mails are tried."""
    try:
        return decrypt("address", address, lifetime=LONGEST_WAIT)
    except DecryptionError:
        return ""


def _home() -> Domain:
    """Return the host of the organization in scope, with the organization."""
    organization = Current.organization
    with use_platform():
        return Domain.objects.select_related("organization").get(organization_id=organization.id, is_primary=True)


def _confirm(user: User | None) -> None:
    now = timezone.now()
    if user is not None and may_prove(user.email, now=now):
        with transaction.atomic():  # what could not be sent does not count
            token = email_tokens.make(user, Purpose.CONFIRM_EMAIL, now=now, lifetime=settings.CONFIRMATION_LIFETIME)
            emails.send_confirmation(user.email, token)


def _homes(email: str, slug: str) -> Sequence[Organization]:
    """List the organization that is named, or those where somebody may have proven this address."""
    if slug:
        named = find_by_slug(slug)
        return [named] if named and not is_sandbox(named) else []
    return email_index.organizations_of(email, most=MOST_RESET_LINKS)


def _reset_token_at(home: Organization, email: str) -> str | None:
    """Make a token for whoever proved this address to be theirs in an organization."""
    with use_tenant(home):
        user = User.objects.filter(email=email, is_active=True, email_confirmed_at__isnull=False).first()
        return _reset_token(user) if user is not None else None


def _reset_token(user: User) -> str:
    lifetime = settings.PASSWORD_RESET_LIFETIME
    return email_tokens.make(user, Purpose.RESET_PASSWORD, now=timezone.now(), lifetime=lifetime)
