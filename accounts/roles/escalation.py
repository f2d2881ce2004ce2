"""Privilege escalation: whoever gives, takes or changes what somebody may do holds all of it themselves."""

# Note [Nobody passes on what they do not hold]
# Since an organization composes roles, `users:write` or `roles:write` alone may be somebody's, and neither may be a way to
# more. So each act that changes what somebody may do asks what its actor holds, their own roles included, and refuses what
# goes beyond: making a role, a change of one (as it was, and as it becomes), giving it, taking it, deleting it; a fixed role
# (the one before, and the one after), adding somebody, letting them log in or not, removing them; ending their sessions;
# withdrawing an invitation. Inviting asks the same (Note [Who vouches for an invitation]), and so does an API key.
#
# What was read must still be so when it is written. Who acts and whom it is about are locked first, in the order of their
# ids; giving and taking lock the person, so nobody's roles change meanwhile. The roles in question are locked next, by
# their ids: those of who acts, and the one that is given, so none is widened or narrowed in between. The permission that let
# the actor in is asked for again then. After that come invitations and the counter (Note [The seat of an invitation]).
#
# A person is asked what they hold, and an agent what its person holds, as far as its scopes go: one that is to add or remove
# people of a role needs the scopes of it. What no agent can hold, none can give to somebody who would use it in its place, but
# for what any user or viewer has: so none makes an admin, nor a role that approves, manages agents or makes keys. The command
# line, a job and the platform's own sign-up are not asked: nobody reaches them from an organization. A service holds nothing of
# this kind, unless its key provisions people: SCIM has a rule of its own, Note [What SCIM may say of a person].

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from accounts.models import ApiKey, CustomRole, User
from workix.core.apps import agent_scopes, grantable, permissions_of
from workix.core.current import Current
from workix.core.errors import Denied
from workix.core.permissions import Role

NOBODY = Q(pk__in=())
PROVISION = "scim:provision"
#: Who is not asked what they hold.
_UNASKED = ("system", "operator", "anonymous")


class MoreThanYouHold(Denied):
    detail = "This goes beyond what you may do yourself. Ask somebody who may."


@dataclass(frozen=True, slots=True)
class Locked:
    """Rows that stay as they are until the transaction ends, and what whoever acts holds."""

    people: Mapping[UUID, User]
    roles: Mapping[UUID, CustomRole]
    held: frozenset[str]

    def require(self, needed: frozenset[str]) -> None:
        """Make sure that whoever acts holds all of this.

        :raises MoreThanYouHold: when they do not.
        """
        if not needed <= self.held:
            raise MoreThanYouHold


def lock(permission: str, *, people: Q = NOBODY, roles: Q = NOBODY, key: bool = False) -> Locked:
    """Lock who acts and these people, then the actor's own roles and these; with `key`, rows that refer to people wait, too.

    :raises MoreThanYouHold: when whoever acts has lost the permission that the act takes since they were let in.
    """
    here = User.objects.filter(people | _who_acts()).order_by("id").select_for_update(no_key=not key)
    found_people = {user.id: user for user in here}
    there = CustomRole.objects.filter(roles | _own()).order_by("id").select_for_update(no_key=True)
    found_roles = {role.id: role for role in there}
    locked = Locked(found_people, found_roles, _held(found_people))
    locked.require(frozenset({permission}))
    return locked


def _who_acts() -> Q:
    """Find the person who acts, or for whom an agent does; nobody, where there is none."""
    person_id = Current.actor.person_id
    return Q(id=person_id) if person_id else NOBODY


def _held(people: Mapping[UUID, User]) -> frozenset[str]:
    """Return what whoever acts may pass on. See Note [Nobody passes on what they do not hold]."""
    actor = Current.actor
    if actor.type == "api_key":
        key = ApiKey.objects.filter(id=str(actor.id)).first()
        return grantable() if key and PROVISION in key.permissions else frozenset()
    if actor.type in _UNASKED:
        return grantable()
    themself = people.get(actor.person_id) if actor.person_id else None
    if themself is None:
        return frozenset()
    themself.restricted_to = passed_on(actor.scopes)
    return themself.permissions


def passed_on(scopes: frozenset[str] | None) -> frozenset[str] | None:
    """Return what an agent with these scopes may pass on of what its person holds; None, for no agent: all of it.

    That is its scopes, and of what no agent can have among them that which any user or viewer has, as a profile.
    """
    return (
        None if scopes is None else scopes | (permissions_of(Role.USER) | permissions_of(Role.VIEWER)) - agent_scopes()
    )


def _own() -> Q:
    person_id = Current.actor.person_id
    if person_id is None:
        return NOBODY
    return Q(id__in=CustomRole.objects.filter(members__user_id=person_id).order_by().values("id"))
