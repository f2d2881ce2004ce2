"""log_in(): authenticates an address and a password, and opens a session."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts import passwords
from accounts.credentials import hash_anew
from accounts.email_index import organizations_of
from accounts.login import lockout, sessions
from accounts.login.sessions import LoggedIn
from accounts.models import User
from accounts.models.user import mask_address, normalize_address
from accounts.realms import Realm, enter, require_open
from audit.recording import record
from tenants.models import Organization
from tenants.resolution import find_by_slug
from workix.core.current import Current
from workix.core.errors import Conflict, Denied, NotAuthenticated
from workix.observability import metrics


class InvalidCredentials(NotAuthenticated):
    code = "invalid_credentials"
    detail = "The address or the password is wrong."


class EmailNotConfirmed(Denied):
    code = "email_not_confirmed"
    detail = "Confirm your e-mail address first: the link is in the mail we sent you."


class OrganizationRequired(Conflict):
    code = "organization_required"
    detail = "You are a person in several organizations. Say which one with its slug in `organization`."


@metrics.outcome_counted(metrics.LOGINS)
def log_in(*, email: str, password: str, organization: str = "", now: datetime) -> LoggedIn:
    """Open a session for whoever knows the password.

    `organization` is a slug; without one it is the host's, else the one the address and password fit.

    :raises LockedOut: after too many failures for this address, whatever the password.
    :raises InvalidCredentials: it never says which of the two is wrong, nor whether the address is known.
    :raises OrganizationRequired: when they fit several organizations.
    :raises EmailNotConfirmed: when the password is right but the address unproven.
    :raises OrganizationSuspended: when the password is right but the organization is not open.
    """
    address = normalize_address(email)
    lockout.count_attempt(address, now=now)
    fitting = _fitting(_candidates(address, organization), address, password)
    if not fitting:
        raise InvalidCredentials
    lockout.forgive(address)
    if len(fitting) > 1:
        raise OrganizationRequired(organizations=sorted(realm.slug for realm in fitting if realm is not None))
    return _open(fitting[0], address, password, now=now)


@metrics.outcome_counted(metrics.LOGINS)
def check_password_here(address: str, password: str, *, now: datetime) -> User:
    """Return the person of the realm that is entered whose password this is. For log-in forms.

    :raises LockedOut: as `log_in` does.
    :raises InvalidCredentials: as `log_in` does.
    :raises EmailNotConfirmed: as `log_in` does.
    """
    address = normalize_address(address)
    here = Current.find_organization()
    realm = here if isinstance(here, Organization) else None
    lockout.count_attempt(address, now=now)
    if not _fitting([realm], address, password):
        raise InvalidCredentials
    lockout.forgive(address)
    user = _confirmed(address)  # first: an organization that nobody has confirmed waits for just that
    require_open(realm)
    return user


def _candidates(address: str, slug: str) -> list[Realm]:
    """List the realms where the password is to be tried."""
    here = Current.find_organization()
    if isinstance(here, Organization):
        return [here] if slug in ("", here.slug) else []
    if slug:
        named = find_by_slug(slug)
        return [named] if named is not None else []
    return [*organizations_of(address), None]


def _fitting(realms: list[Realm], address: str, password: str) -> list[Realm]:
    """Return the realms where the password is right; an unknown address takes as long as a known one."""
    known = False
    fitting: list[Realm] = []
    for realm in realms:
        with enter(realm):
            user = User.objects.filter(email=address, is_active=True).first()
            if user is None:
                continue
            known = True
            if passwords.is_password_of(user.password, password):
                fitting.append(realm)
            else:
                _record_refusal(user, address, "wrong password")
    if not known:
        passwords.is_password_of(None, password)
        for realm in realms[:1]:
            with enter(realm):
                _record_refusal(None, address, "unknown address")
    return fitting


def _record_refusal(user: User | None, address: str, because: str) -> None:
    """Say whom it was tried on. What nobody here is called may be a stranger's, or a password typed in the wrong place."""
    with transaction.atomic():
        record(
            "session.refused",
            resource_type="user",
            resource_id=user.id if user else "",
            resource_label=user.email if user else mask_address(address),
            changes={"because": because},
        )


def _open(realm: Realm, address: str, password: str, *, now: datetime) -> LoggedIn:
    with enter(realm):
        user = _confirmed(address)
        require_open(realm)
        with Current.scoped(organization=realm, actor=user.as_actor()), transaction.atomic():
            if passwords.must_be_rehashed(user.password):
                hash_anew(user, password)
            return sessions.begin(realm, user, now=now)


def _confirmed(address: str) -> User:
    user = User.objects.filter(email=address).first()
    if user is None:
        raise InvalidCredentials  # removed since the password was compared
    if user.email_confirmed_at is None:
        raise EmailNotConfirmed
    return user
