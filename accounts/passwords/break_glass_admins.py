"""Break-glass admins: who may come in by a password under single sign-on only, and what happens when one may not any more."""

# Note [The last break-glass admin]
# Where passwords are forbidden, one of those who may use theirs has to stay an active admin with a password and a proven address:
# the last such can be neither demoted, deactivated nor removed. Any other leaves the list in the same transaction, so that
# whoever comes back later is no break-glass admin by that.
#
# Two acts at the same moment: whoever changes people locks their rows and then the policy's; whoever decides about the
# policy locks the rows of those it names, those of the providers, and then the policy's. So one of the two waits, and judges
# what the other left; also where nobody decided anything yet, and there is no policy's row to lock.

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import QuerySet

from accounts.models import IdentityProvider, User
from accounts.models.security_policy import find_policy
from workix.core.errors import Conflict
from workix.core.permissions import Role


class LastBreakGlassAdmin(Conflict):
    code = "last_break_glass_admin"
    detail = (
        "Your organization takes no passwords but those of its break-glass admins, and this is the last of them who could come"
        " in. Name another one first, or allow passwords: PATCH /api/v1/organization/policies/."
    )


def able_among(named: Collection[str | UUID]) -> QuerySet[User]:
    """Find those of these people who could come in by a password: active admins who have one, and a proven address."""
    admins = User.objects.filter(id__in=named, role=Role.ADMIN, is_active=True, email_confirmed_at__isnull=False)
    return admins.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)


def lock_for_decision(named: Collection[str | UUID]) -> None:
    """Lock, in a transaction, whom a policy is to name and who signs on. See Note [The last break-glass admin]."""
    list(User.objects.filter(id__in=named).order_by("id").select_for_update(no_key=True).values_list("id"))
    list(IdentityProvider.objects.order_by("id").select_for_update(no_key=True).values_list("id"))


def drop(user: User) -> None:
    """Take somebody out of the list who is no active admin from now on, once their row was locked and before it is written.

    :raises LastBreakGlassAdmin: when nobody would be left who could come in.
    """
    policy = find_policy(lock=True)
    if str(user.id) not in policy.break_glass_admins:
        return
    policy.break_glass_admins = [each for each in policy.break_glass_admins if each != str(user.id)]
    if policy.single_sign_on_only and not able_among(policy.break_glass_admins).exists():
        raise LastBreakGlassAdmin
    policy.save(update_fields=["break_glass_admins", "updated_at"])
