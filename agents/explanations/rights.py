"""Rights: which role, own role or scope gives somebody a permission, or that none does."""

from __future__ import annotations

from accounts.models import ApiKey, RoleMember, User
from agents.explanations.actions import Action
from agents.explanations.steps import Step, passed, refused
from agents.explanations.subjects import Subject
from workix.core.apps import permissions, permissions_of
from workix.core.errors import Denied
from workix.core.permissions import KNOWN, OPEN, OPERATOR, Role, permits


def holding(subject: Subject, action: Action) -> list[Step]:
    """Say whether what they hold is enough, and what of it is, by what enforcement asks: `permits`."""
    needed = action.permission
    if needed in (OPEN, KNOWN):
        return [passed("open", f"This is open to {'anybody' if needed == OPEN else 'whoever is known'}.")]
    if needed is None:
        return [refused("permission", Denied(), "This is open to nobody.")]
    if permits(subject.who, needed):
        return _given(subject, needed)
    return _lacking(subject, needed)


def _given(subject: Subject, needed: str) -> list[Step]:
    if isinstance(subject.who, ApiKey):
        return [passed("scopes", f"The key {subject.who.name} has the scope `{needed}`.")]
    user: User = subject.who
    check, name = _source(user, needed)
    kind, whom = "role" if check == "role" else "own role", subject.name
    if subject.agent is None:
        return [passed(check, f"The {kind} {name} gives {whom} `{needed}`.")]
    may_use = passed("scopes", f"The agent {subject.agent.name} may use `{needed}` of {user.email}.")
    return [may_use, passed(check, f"The {kind} {name} gives {user.email} `{needed}`.")]


def _source(user: User, needed: str) -> tuple[str, str]:
    """Name what gives a person a permission they hold: their fixed role, else the first own role that does."""
    if user.is_operator:
        return "role", "Operator"
    if needed in permissions_of(user.role):
        return "role", user.get_role_display()
    given = RoleMember.objects.select_related("role").filter(user=user).order_by("name", "id")
    return "own_roles", next((each.role.name for each in given if needed in each.role.granted), "")


def _lacking(subject: Subject, needed: str) -> list[Step]:
    """Say what is missing: the scope, the role, or, to an agent, one of them or both."""
    who, agent = subject.who, subject.agent
    if isinstance(who, ApiKey):
        said = f"The key {who.name} does not have the scope `{needed}`."
        return [refused("scopes", Denied(), f"{said} {_who_holds(needed)}")]
    steps = []
    if agent is not None and needed not in agent.granted_scopes:
        steps.append(refused("scopes", Denied(), f"The agent {agent.name} may not use `{needed}` of {who.email}."))
    if agent is None or needed not in who.assigned_permissions or not who.is_active:
        steps.append(refused("role", Denied(), f"{_role_lacks(who, needed)} {_who_holds(needed)}"))
    return steps


def _role_lacks(user: User, needed: str) -> str:
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
