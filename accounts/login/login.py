"""log_in(): authenticates an address and a password, and opens a session."""

# Note [The same work for everybody]
# What a log-in costs must not tell whether an address is known, nor to how many organizations. So everybody's takes the same
# way: one look-up says which realm it is for, the attempt is counted, one look-up finds the person, one hash is worked
# out, a dummy one where there is nobody. Without a named organization the realm is the one an address is at home in; where there
# is none or several, it is the platform, where only operators are found. Who guesses wrong and who has to name one of
# several get the same response, which tells both what to do.

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import BooleanField, Func, Value
from django.http import HttpRequest

from accounts import passwords
from accounts.credentials import hash_anew
from accounts.email_index import home_of
from accounts.login import attempts, auth_signals, lockout, sessions
from accounts.login.attempts import Attempt
from accounts.login.sessions import LoggedIn
from accounts.models import User
from accounts.models.email_address import normalize_address
from accounts.models.second_factor import has_second_factor
from accounts.models.security_policy import decided
from accounts.passwords.expiry import PasswordExpired, is_expired
from accounts.passwords.single_sign_on_only import require_password_allowed
from accounts.realms import Realm, enter, require_open
from accounts.second_factors.challenges import require_second_factor
from tenants.models import Organization
from tenants.policies import require_allowed_network
from tenants.resolution import find_by_slug
from tenants.tripwires.touching import notice_decoy
from workix.core.current import Current
from workix.core.errors import Denied, NotAuthenticated
from workix.observability import metrics


class InvalidCredentials(NotAuthenticated):
    code = "invalid_credentials"
    detail = "The address or the password is wrong."


#: Said to everybody whose log-in names no host. See Note [The same work for everybody].
HINT = "If you are a person in several organizations, name one with its slug in `organization`."


class EmailNotConfirmed(Denied):
    code = "email_not_confirmed"
    detail = "Confirm your e-mail address first: the link is in the mail we sent you."


@metrics.outcome_counted(metrics.LOGINS)
def log_in(
    *,
    email: str,
    password: str,
    organization: str = "",
    in_cookie: bool = False,
    request: HttpRequest | None = None,
    now: datetime,
) -> LoggedIn:
    """Open a session for whoever knows the password. See Note [The same work for everybody].

    `organization` is a slug; without one it is the host's, else the one the address is at home in. `in_cookie` says that the
    refresh token will travel in a cookie.

    :raises LockedOut: after too many failures for this address, whatever the password.
    :raises TooMany: after too many failures from this client.
    :raises InvalidCredentials: it never says which of the two is wrong, nor whether the address is known.
    :raises EmailNotConfirmed: when the password is right but the address unproven.
    :raises PasswordExpired: when the password is right but older than the organization allows.
    :raises NetworkNotAllowed: when the password is right but the organization lets nobody in from here.
    :raises OrganizationSuspended: when the password is right but the organization is not open.
    :raises OrganizationNotConfirmed: when it waits for its first admin.
    :raises SecondFactorRequired: when the password is right, and is not enough: see accounts/login/second_step/completion.py.
    :raises SingleSignOnRequired: when the password is right but the organization takes none.
    """
    request = request or auth_signals.request_of_current()
    address = normalize_address(email)
    realm, is_named_right = _realm(address, organization)
    attempt = Attempt(address, realm.id if realm else None, now)
    lockout.count_attempt(attempt, request)
    with enter(realm):
        with attempts.given_back_if_unavailable(partial(attempts.give_back, attempt)):
            notice_decoy(address)
            user = find_person(email=address if is_named_right else "")
            if not lockout.is_right(user, password, attempt, request) or user is None:
                raise InvalidCredentials(f"{InvalidCredentials.detail} {HINT}")
            require_welcome(user, now=now)
            with Current.scoped(organization=realm, actor=user.as_actor()):
                _hash_as_new_ones_are(user, password, now=now)
            require_second_factor(user, in_cookie=in_cookie, now=now)
        return open_for(realm, user, in_cookie=in_cookie, request=request, now=now)


@metrics.outcome_counted(metrics.LOGINS)
def check_password_here(address: str, password: str, *, request: HttpRequest | None = None, now: datetime) -> User:
    """Return the person of the realm that is entered whose password this is. For log-in forms.

    :raises LockedOut: as `log_in` does.
    :raises TooMany: as `log_in` does.
    :raises InvalidCredentials: as `log_in` does.
    :raises EmailNotConfirmed: as `log_in` does.
    :raises PasswordExpired: as `log_in` does.
    :raises NetworkNotAllowed: as `log_in` does.
    :raises OrganizationSuspended: as `log_in` does.
    :raises OrganizationNotConfirmed: as `log_in` does.
    :raises SecondFactorRequired: as `log_in` does, with a challenge that only the pages take.
    :raises SingleSignOnRequired: as `log_in` does.
    """
    request = request or auth_signals.request_of_current()
    here = Current.find_organization()
    attempt = Attempt(normalize_address(address), here.id if here else None, now)
    lockout.count_attempt(attempt, request)
    with attempts.given_back_if_unavailable(partial(attempts.give_back, attempt)):
        notice_decoy(attempt.address)
        user = find_person(email=attempt.address)
        if not lockout.is_right(user, password, attempt, request) or user is None:
            raise InvalidCredentials
        require_welcome(user, now=now)
        with Current.scoped(actor=user.as_actor()):
            _hash_as_new_ones_are(user, password, now=now)
        require_second_factor(user, in_cookie=None, now=now)
    return user


def _realm(address: str, slug: str) -> tuple[Realm, bool]:
    """Return where the password is tried, and whether what was named leads there at all."""
    here = Current.find_organization()
    if isinstance(here, Organization):
        return here, slug in ("", here.slug)
    if slug:
        named = find_by_slug(slug)
        return named, named is not None
    return home_of(address), True


def find_person(**who: Any) -> User | None:
    """Find a person who may log in, in the realm that is entered, with all that decides whether they may now. One statement.

    See Note [Where a policy is kept] in accounts/models/security_policy.py.
    """
    is_open: Any = Value(True)
    if Current.find_organization() is not None:  # what this process knows of it may be some seconds old
        is_open = Func(function="public.my_organization_is_open", output_field=BooleanField())
    return User.objects.filter(**who, is_active=True).annotate(realm_is_open=is_open, **decided_for_log_in()).first()


def decided_for_log_in() -> dict[str, Any]:
    """Annotate a look-up of who comes in with what the organization asks of them, and what they have."""
    return {
        "lifetime_days": decided("password_lifetime_days"),
        "single_sign_on_only": decided("single_sign_on_only"),
        "break_glass_admins": decided("break_glass_admins"),
        "has_second_factor": has_second_factor(),
        "second_factor_required_from": decided("second_factor_required_from"),
    }


def require_welcome(user: Any, *, by_password: bool = True, now: datetime) -> None:
    """Make sure that somebody who proved who they are may come in, from here, now. Who needed no password has none that expires.

    :raises EmailNotConfirmed: and the other refusals of `log_in` that come after a right password.
    """
    if user.email_confirmed_at is None:
        raise EmailNotConfirmed
    realm = Current.find_organization()
    if not isinstance(realm, Organization):
        return
    require_allowed_network(realm)
    if not user.realm_is_open:
        require_open(realm)  # says why not
    if not by_password:
        return
    require_password_allowed(user)
    if is_expired(user.password_changed_at, user.lifetime_days, now=now):
        raise PasswordExpired


def open_for(
    realm: Realm,
    user: User,
    *,
    in_cookie: bool,
    by_password: bool = True,
    by_second_factor: bool = False,
    request: HttpRequest,
    now: datetime,
) -> LoggedIn:
    """Open the session of a log-in that is complete, and tell of it. Where that can't be, nothing stays counted either."""
    complete = partial(attempts.succeeded, user, now=now)
    with Current.scoped(organization=realm, actor=user.as_actor()), attempts.given_back_if_unavailable(complete):
        opened = sessions.begin(
            realm, user, in_cookie=in_cookie, by_password=by_password, by_second_factor=by_second_factor, now=now
        )
        auth_signals.send_logged_in(user, opened.session_id, request=request)
    return opened


def _hash_as_new_ones_are(user: User, password: str, *, now: datetime) -> None:
    """Replace a hash of an older cost, or from elsewhere: only now is its password at hand."""
    if passwords.must_be_rehashed(user.password):
        hash_anew(user, password, now=now)
