"""People of identities: who is meant (account linking), who becomes a person (just-in-time provisioning), and with which role."""

# Note [Whose word counts for what]
# Somebody is found by the provider's subject, if they came before. Else an address is looked at, once, and only if all of this
# holds: an admin named its domain for this provider, and the provider says that it verified the address, or the admin declared
# it authoritative for these domains. A person who is known to this provider by another subject is not found: the provider gave
# their address to somebody else.
#
# Who was removed does not come back by themself: an admin decided that, and the provider knows nothing of it. An invitation
# brings them back. Nobody gets the role of an admin but by a group that admins mapped to it, or by an invitation to it.
#
# Nothing of this proves a mailbox. The organization's admins chose the provider, and it may say what they like. So the address
# stays as proven as it was, gets no line in the e-mail index, and the session can't switch (Note [Whose password it is]).

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from accounts.login.acceptance import accept_in_person
from accounts.members import LastAdmin, admit, change, who_was_here
from accounts.models import ExternalIdentity, IdentityProvider, User
from accounts.models.email_address import AddressTaken, check_address
from accounts.passwords.break_glass_admins import LastBreakGlassAdmin
from accounts.single_sign_on.identity import Identity, SignOnRefused, readable
from quotas.consumption import taking
from quotas.resources import USERS
from workix.core.current import Actor, Current
from workix.core.errors import Invalid
from workix.core.permissions import Role

#: Where several groups of somebody have one, the first of these is theirs.
_HIGHEST_FIRST = (Role.ADMIN.value, Role.USER.value, Role.VIEWER.value)
_LONGEST_NAME = 100


def person_of(identity: Identity, *, now: datetime) -> User:
    """Return whom a provider means, who becomes a person now if the provider may make one. See Note [Whose word counts for what].

    :raises SignOnRefused: when nobody is meant who may come in.
    :raises QuotaExceeded: when every seat is taken.
    """
    with Current.scoped(actor=Actor("system", label=identity.provider.name)):
        user = link(identity, now=now)
        _follow_groups(user, identity, now=now)
    return User.objects.get(id=user.id)


def link(identity: Identity, *, now: datetime) -> User:
    """Find whom a provider means, and know them by its subject from now on; the errors are those of `person_of`."""
    try:
        return _identify(identity, now=now)
    except (IntegrityError, AddressTaken):  # the same person came twice at this moment: now the first one is here
        return _identify(identity, now=now)


def speaks_for(provider: IdentityProvider, address: str) -> bool:
    """Say whether admins named the domain of an address for this provider."""
    return address.rpartition("@")[2] in provider.domains.split()


def believed_address(identity: Identity) -> str:
    """Return the address that a provider may say somebody by. See Note [Whose word counts for what].

    :raises SignOnRefused: when it may not.
    """
    try:
        email = check_address(identity.email)
    except Invalid:
        raise SignOnRefused("Your identity provider told no e-mail address of you that can be one.") from None
    if not speaks_for(identity.provider, email):
        raise SignOnRefused("Your identity provider does not speak for the domain of your address here. Ask an admin.")
    if not (identity.is_email_verified or identity.provider.is_authoritative):
        raise SignOnRefused("Your identity provider does not say that your address is verified. Ask an admin.")
    return email


def role_of(identity: Identity) -> str:
    """Return the role that the groups of somebody stand for, or the default one."""
    mapped = {identity.provider.group_roles[group] for group in identity.groups & identity.provider.group_roles.keys()}
    return next((role for role in _HIGHEST_FIRST if role in mapped), identity.provider.default_role)


def _identify(identity: Identity, *, now: datetime) -> User:
    with taking(USERS), transaction.atomic():
        known = ExternalIdentity.objects.filter(provider=identity.provider, subject=identity.subject)
        user_id = known.values_list("user_id", flat=True).first()
        user = _by_address(identity, now=now) if user_id is None else _present(user_id)
        ExternalIdentity.objects.update_or_create(
            provider=identity.provider, subject=identity.subject, defaults={"last_used_at": now, "user": user}
        )
    return user


def _present(user_id: UUID) -> User:
    user = User.objects.filter(id=user_id).select_for_update(no_key=True).first()
    if user is None or not user.is_active:
        raise SignOnRefused("You may not come in here any more. Ask an admin of your organization.")
    return user


def _by_address(identity: Identity, *, now: datetime) -> User:
    email = believed_address(identity)
    found = User.objects.filter(email=email).values_list("id", flat=True).first()
    user = _newcomer(identity, email, now=now) if found is None else _present(found)
    others = ExternalIdentity.objects.filter(provider=identity.provider, user=user).exclude(subject=identity.subject)
    if others.exists():
        raise SignOnRefused("Your identity provider knows the person of your address as somebody else. Ask an admin.")
    return user


def _newcomer(identity: Identity, email: str, *, now: datetime) -> User:
    was_here = who_was_here(email)
    role = accept_in_person(email, now=now)
    if role is None:
        if was_here is not None or not identity.provider.creates_people:
            raise SignOnRefused("You are no person of this organization. Ask an admin to invite you.")
        role = role_of(identity)
    user = was_here or User(email=email)
    user.first_name = readable(identity.first_name, _LONGEST_NAME) or user.first_name
    user.last_name = readable(identity.last_name, _LONGEST_NAME) or user.last_name
    admit(user, role=role, password_hash=make_password(None), confirmed_at=None, now=now)
    return user


def _follow_groups(user: User, identity: Identity, *, now: datetime) -> None:
    """Let the role follow the groups, where admins mapped any: in a transaction of its own, for the order of locks."""
    wanted = role_of(identity)
    if not identity.provider.group_roles or user.role == wanted:
        return
    with suppress(
        LastAdmin, LastBreakGlassAdmin
    ):  # nobody else could run the organization; the next sign-on looks again
        change(user.id, role=wanted, now=now)
