"""Rights: which role, own role or scope gives somebody a permission, or that none does."""

from __future__ import annotations

from accounts.models import ApiKey, RoleMember, User
from agents.explanations.actions import Action
from agents.explanations.steps import Step, passed, refused
from agents.explanations.subjects import Subject
from workix.core.apps import permissions, permissions_of
from workix.core.errors import Denied
from workix.core.permissions import KNOWN, OPEN, OPERATOR, Role, permits


def holding(subject: Subject, action: Action) -> Step:
    """Say whether what they hold is enough, and what of it is, by what enforcement asks: `permits`."""
    needed = action.permission
    if needed in (OPEN, KNOWN):
        return passed("open", f"This is open to {'anybody' if needed == OPEN else 'whoever is known'}.")
    if needed is None:
        return refused("permission", Denied(), "This is open to nobody.")
    if permits(subject.who, needed):
        return _given(subject, needed)
    check = "scopes" if isinstance(subject.who, ApiKey) else "role"
    return refused(check, Denied(), f"{_lacking(subject, needed)} {_who_holds(needed)}")


def granted_by(user: User, needed: str) -> tuple[str, str]:
    """Name what gives a person a permission they hold: their fixed role, else the first own role that does."""
    if user.is_operator:
        return "role", "Operator"
    if needed in permissions_of(user.role):
        return "role", user.get_role_display()
    given = RoleMember.objects.select_related("role").filter(user=user).order_by("name", "id")
    return "own_roles", next((each.role.name for each in given if needed in each.role.granted), "")


def _given(subject: Subject, needed: str) -> Step:
    if isinstance(subject.who, ApiKey):
        return passed("scopes", f"The key {subject.who.name} has the scope `{needed}`.")
    check, name = granted_by(subject.who, needed)
    kind = "role" if check == "role" else "own role"
    return passed(check, f"The {kind} {name} gives {subject.name} `{needed}`.")


def _lacking(subject: Subject, needed: str) -> str:
    if isinstance(subject.who, ApiKey):
        return f"The key {subject.who.name} does not have the scope `{needed}`."
    user: User = subject.who
    if user.is_operator:
        return f"Operators do not hold `{needed}`."
    if not user.is_active:
        return f"{user.email} was deactivated, and holds nothing."
    return f"The role {user.get_role_display()} does not hold `{needed}`, and there is no own role that gives it."


def _who_holds(needed: str) -> str:
    """Say who does: what a permission is, is no secret."""
    permission = permissions()[needed]
    roles = [role.name.capitalize() for role in Role if role in permission.held_by]
    named = [*roles, *(["operators"] if OPERATOR in permission.held_by else [])]
    by_key = " An API key can have it as a scope." if permission.scope else " No API key can have it."
    return f"It is held by {' and '.join(named) or 'nobody'}.{by_key}"
