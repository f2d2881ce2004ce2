"""E-mails of the accounts app: links to confirm, join and reset, and what a person has to know: locks, leaks, second factors."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from accounts.mail_policy import without_links
from quotas.entitlements.warnings import LimitWarning
from tenants.models import Domain
from workix.core.current import OrganizationInScope


def send_confirmation(address: str, token: str) -> None:
    """Ask for a click that proves an address. See Note [Mail policy] for what is not in it."""
    _send(address, "confirm_email", subject="Confirm your e-mail address", link=_link("confirm-email", token))


def send_invitation(address: str, token: str, *, name: str) -> None:
    """Invite somebody to an organization of this name. See Note [Mail policy] for what is not in it."""
    link = _link("accept-invitation", token)
    _send(address, "invitation", subject="You are invited", link=link, organization=without_links(name))


def send_password_reset(address: str, tokens: Mapping[str, str]) -> None:
    """Send the links to new passwords; `tokens` are by the organization's slug."""
    links = {slug: _link("reset-password", token) for slug, token in tokens.items()}
    _send(address, "reset_password", subject="Set a new password", links=links)


def send_organizations(address: str, homes: list[Domain]) -> None:
    """Send the list of the organizations an address may log in to; each is told by its host."""
    found = [
        {
            "slug": home.organization.slug,
            "name": without_links(home.organization.name),
            "link": address_of(home.host) + "/admin/",
        }
        for home in homes
    ]
    _send(address, "organizations", subject="Your organizations", organizations=found)


def send_lockout(address: str, *, minutes: int) -> None:
    """Tell a person that their address was locked."""
    _send(address, "locked_out", subject="Somebody could not log in as you", minutes=str(minutes))


def send_removal_scheduled(address: str, home: Domain, *, due_at: datetime) -> None:
    """Tell an admin when their organization will be removed, and how to cancel that."""
    told = about(home.organization, home)
    _send(address, "removal_scheduled", subject="Your organization will be removed", due_at=due_at, **told)


def send_api_key_leaked(address: str, home: Domain, *, name: str, prefix: str, goes_on: bool) -> None:
    """Tell an admin that a key was found by a stranger and revoked; `goes_on`: it was the one before the last rotation."""
    key = {"name": without_links(name), "prefix": prefix, "goes_on": goes_on}
    told = about(home.organization, home)
    _send(address, "api_key_leaked", subject="An API key was found and revoked", key=key, **told)


def send_quota_warning(address: str, home: Domain, *, warning: LimitWarning) -> None:
    """Tell an admin how much of a limit is taken: nearly all of it, all, or more."""
    told = {"warning": warning, **about(home.organization, home)}
    reached = "is reached" if warning.percent == 100 else f"is taken to {warning.percent} %"
    if warning.is_beyond:
        reached = "was exceeded"
    _send(address, "quota_warning", subject=f"The limit of {str(warning.resource).lower()} {reached}", **told)


#: What happened to somebody's second factors, in the words of a mail's subject.
SECOND_FACTOR_EVENTS = {
    "added": "A second factor was added",
    "removed": "A second factor was removed",
    "reset": "Your second factors were reset",
    "passkey_added": "A passkey was added",
    "passkey_removed": "A passkey was removed",
    "recovery_codes_renewed": "You have new recovery codes",
    "recovery_code_used": "A recovery code was used",
    "locked_out": "Somebody has your password, and guesses at your second factor",
}


def send_second_factor(address: str, *, event: str) -> None:
    """Tell a person what happened to their second factors."""
    minutes = str(settings.WORKIX.lockout_minutes)
    _send(address, "second_factor", subject=SECOND_FACTOR_EVENTS[event], event=event, minutes=minutes)


def address_of(host: str) -> str:
    """Write where an organization's host is: as the platform's own."""
    platform = urlsplit(settings.WORKIX.public_url)
    port = f":{platform.port}" if platform.port else ""
    return f"{platform.scheme}://{host}{port}"


def _link(page: str, token: str) -> str:
    """Point to a page of ours. The token is behind a #, which browsers keep to themselves: no log ever sees it."""
    return f"{settings.WORKIX.public_url}/{page}/#{quote(token)}"


def about(organization: OrganizationInScope, home: Domain) -> dict[str, object]:
    """Return what a mail about an organization says of it, and where its dashboard is."""
    told = {"slug": organization.slug, "name": without_links(organization.name)}
    return {"organization": told, "link": address_of(home.host) + "/admin/"}


def send(address: str, template: str, *, subject: str, **context: object) -> None:
    """Send a mail, as text and as HTML, from the templates `emails/<template>`."""
    context |= {"subject": subject, "platform": settings.WORKIX.host}
    message = EmailMultiAlternatives(
        subject=subject, body=render_to_string(f"emails/{template}.txt", context), to=[address]
    )
    message.attach_alternative(render_to_string(f"emails/{template}.html", context), "text/html")
    message.send()


def _send(address: str, name: str, *, subject: str, **context: object) -> None:
    send(address, f"accounts/{name}", subject=subject, **context)
