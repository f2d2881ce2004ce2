"""Password history: the last N passwords of a person, as hashes, which they may not use again."""

# Note [Former passwords]
# A policy of N keeps the hash that is in use and the N - 1 before it; nothing else of a password is kept, so a new one is
# compared by working out a hash with each one's salt. That costs up to N times a log-in, ten at most, one after the other and
# each among the few that a process works out at once (accounts/login/hashers.py): never inside a transaction.
#
# Off by default. Without a lifetime nobody is made to change, and each hash that is kept is one more to be guessed from a stolen
# copy. With N, who changes N times in a row is back at the first one: a history holds up habit, and no will.
#
# What was kept goes with the person's removal, and with a policy that keeps less. One that is only hashed anew is the same.

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from accounts.models import FormerPassword, User
from accounts.models.security_policy import find_policy
from accounts.passwords.hashing import is_password_of
from workix.core.errors import Invalid


def hashes_of(user: User) -> list[str]:
    """Read the hashes of the passwords that somebody may not use again, the newest first. For `require_unused`."""
    remembered = find_policy().password_history
    if remembered == 0:
        return []
    former = FormerPassword.objects.filter(user=user).values_list("password", flat=True)
    return [user.password, *former[: remembered - 1]]


def require_unused(password: str, hashes: Iterable[str], *, field: str = "password") -> None:
    """Refuse a password that is one of these. Not in a transaction: see Note [Former passwords].

    :raises Invalid: when it is.
    :raises Busy: when too many hashes are worked out at this moment.
    """
    if any(is_password_of(each, password) for each in hashes):
        raise Invalid("You used this password before. Take another one.", field=field, problem="password_used_before")


def remember(user: User) -> None:
    """Keep the hash that somebody has now, before it is replaced, and forget the oldest. In the transaction that replaces it."""
    kept = find_policy().password_history - 1
    if kept < 1:
        return
    replaced = User.with_removed.select_for_update(no_key=True).values_list("password", flat=True).get(id=user.id)
    FormerPassword.objects.create(user=user, password=replaced)
    theirs = FormerPassword.objects.filter(user=user)
    theirs.exclude(id__in=theirs.values("id")[:kept]).delete()


def forget(user: User) -> None:
    """Forget all of somebody's: they are removed."""
    FormerPassword.objects.filter(user=user).delete()


def forget_beyond(remembered: int) -> None:
    """Forget whatever a policy that was lowered to `remembered` keeps no more, of everybody."""
    newest_first = (F("created_at").desc(), F("id").desc())
    ranked = FormerPassword.objects.annotate(place=Window(RowNumber(), partition_by="user_id", order_by=newest_first))
    beyond = ranked.filter(place__gte=max(remembered, 1)).order_by().values("id")
    FormerPassword.objects.filter(id__in=beyond).delete()
