"""Single sign-on only: an organization forbids passwords (SingleSignOnRequired, 403), but to its break-glass admins."""

# Note [Never locked out]
# Where passwords are forbidden and the provider fails nobody could come in. So it takes one break-glass admin or more, by name,
# who have a password and a proven address and may use them; and whoever turns it on has signed on themself within the last
# hour. The last enabled provider can be neither disabled nor removed meanwhile. The last of these admins stays one, too: see Note
# [The last break-glass admin].
#
# That somebody is to sign on is said to whoever knew the password, or holds a link that we mailed them: strangers learn nothing.
# A policy ends no session that was begun before it; an admin who wants that ends them. But what lasts takes a step-up, and a
# password that opens no session proves nothing there either: such a person is asked by their provider, or by a passkey.

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models.functions import Now

from accounts.models import ExternalIdentity, IdentityProvider, User
from accounts.models.security_policy import SecurityPolicy, find_policy
from accounts.passwords.break_glass_admins import able_among
from workix.core.current import Current
from workix.core.errors import Conflict, Denied, Invalid

#: What a policy decides about it.
DECISIONS = frozenset({"single_sign_on_only", "break_glass_admins"})
MOST_BREAK_GLASS = 20
_RECENTLY = timedelta(hours=1)


class SingleSignOnRequired(Denied):
    code = "single_sign_on_required"
    detail = "Your organization takes no passwords. Sign on with its identity provider: GET /auth/sso/ lists where that begins."


class ProviderStepUpRequired(SingleSignOnRequired):
    detail = (
        "Your organization takes no passwords. Have its identity provider ask you once more: POST"
        " /api/v1/me/reauthentication/sso/; where it never signed you on, log out and sign on with it."
    )


class LastProvider(Conflict):
    code = "last_provider"
    detail = (
        "Your organization takes no passwords, and this is its last provider that is enabled. Allow passwords first."
    )


def require_password_allowed(user: Any) -> None:
    """Make sure that somebody who knew their password may come in by it, as `find_person` of accounts/login/login.py found them.

    :raises SingleSignOnRequired: when their organization takes none, and they are none of its break-glass admins.
    """
    if user.single_sign_on_only and str(user.id) not in (user.break_glass_admins or ()):
        raise SingleSignOnRequired


def require_passwords(user: User) -> None:
    """Make sure that a password of this person would be of use.

    :raises SingleSignOnRequired: when it would not.
    """
    policy = find_policy()
    if policy.single_sign_on_only and str(user.id) not in policy.break_glass_admins:
        raise SingleSignOnRequired


def require_password_for_step_up(user: User) -> None:
    """Make sure that somebody may prove once more who they are by a password. Nothing is said of the password itself.

    :raises ProviderStepUpRequired: when their organization takes none, and they are none of its break-glass admins.
    """
    if user.has_usable_password() and not user.may_use_password:
        raise ProviderStepUpRequired


def check(policy: SecurityPolicy, *, is_turned_on: bool) -> None:
    """Refuse what would lock an organization out. See Note [Never locked out].

    :raises Invalid: when there is no break-glass admin, or who asks has not signed on.
    """
    named = policy.break_glass_admins
    if (
        able_among(named).count() != len(named)
        or len(named) > MOST_BREAK_GLASS
        or (policy.single_sign_on_only and not named)
    ):
        raise Invalid(
            f"Name admins who have a password and a proven address: {MOST_BREAK_GLASS} at most, and one at least where passwords"
            " are forbidden.",
            field="break_glass_admins",
            problem="no_admin",
        )
    if is_turned_on and not _has_signed_on(Current.actor.id):
        raise Invalid(
            "Sign on with an enabled provider yourself first, or test it: then we know that you can.",
            field="single_sign_on_only",
            problem="not_tested",
        )


def require_another_provider(provider: IdentityProvider) -> None:
    """Make sure that people can still come in without this provider.

    :raises LastProvider: when they could not.
    """
    others = IdentityProvider.objects.filter(is_enabled=True).exclude(id=provider.id)
    if find_policy(lock=True).single_sign_on_only and not others.exists():
        raise LastProvider


def _has_signed_on(user_id: Any) -> bool:
    recent = ExternalIdentity.objects.filter(user_id=user_id, last_used_at__gte=Now() - _RECENTLY)
    return user_id is not None and recent.filter(provider__is_enabled=True).exists()
