"""Identity providers of an organization: added, changed, enabled and removed by its admins."""

# Note [Who may name a provider]
# Whoever names a provider can come in as anybody of its domains, admins among them. So the permission alone is not enough: it
# takes all that an admin may do. When a provider is disabled or removed the sessions of its people end: what is wrong with it may
# be that somebody else speaks for it.

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from accounts.login.sessions import end_those_of
from accounts.models import IdentityProvider, User
from accounts.models.email_address import check_address
from accounts.passwords.single_sign_on_only import require_another_provider
from accounts.single_sign_on import provider_secrets
from accounts.single_sign_on.protocols import protocol_named
from workix.core.apps import permissions_of
from workix.core.errors import Conflict, Denied, Invalid, NotFound, read_each
from workix.core.permissions import Role

MOST_PROVIDERS, MOST_DOMAINS, MOST_GROUPS = 20, 50, 100
LONGEST_GROUP = 255


class NotAllOfAnAdmin(Denied):
    detail = (
        "Who names an identity provider can come in as anybody, so it takes all that an admin may do. Ask an admin."
    )


class NotComplete(Conflict):
    code = "provider_not_complete"
    detail = "It can't be enabled yet: give it all that its protocol needs, and one domain or more."


@dataclass(frozen=True, slots=True)
class Details:
    """What an admin says of a provider, as it is kept."""

    fields: dict[str, Any]
    secret: str | None = field(repr=False)


def providers() -> QuerySet[IdentityProvider]:
    """List the providers of the organization in scope, in the order they came."""
    return IdentityProvider.objects.order_by("created_at", "id")


def get_provider(provider_id: UUID, *, lock: bool = False) -> IdentityProvider:
    """Return one of them.

    :raises NotFound: when there is none with this id.
    """
    found = providers().filter(id=provider_id)
    provider = (found.select_for_update() if lock else found).first()
    if provider is None:
        raise NotFound
    return provider


def add(*, protocol: str, by: User, **said: Any) -> IdentityProvider:
    """Add a provider, which signs nobody on until it is enabled.

    :raises NotAllOfAnAdmin: when `by` may do less than an admin. See Note [Who may name a provider].
    :raises Invalid: when something that is said of it can't be, or there are too many.
    """
    _require_all_of_an_admin(by)
    provider = IdentityProvider(protocol=protocol)
    protocol_named(protocol)
    with transaction.atomic():
        if providers().count() >= MOST_PROVIDERS:
            raise Invalid(
                f"There are {MOST_PROVIDERS} providers, which is the most there can be.", problem="max_length"
            )
        _write(provider, said)
        provider.save(force_insert=True)
    return provider


def change(provider_id: UUID, *, by: User, now: datetime, **said: Any) -> IdentityProvider:
    """Change what is named. Another issuer has no secret until it is given anew: see Note [The secret of a provider].

    :raises NotFound: when there is no such provider.
    :raises NotAllOfAnAdmin: when `by` may do less than an admin.
    :raises Invalid: when something that is said of it can't be.
    :raises LastProvider: when it would be disabled, and passwords are forbidden.
    :raises NotComplete: when it is enabled, or would be, without all it needs.
    """
    _require_all_of_an_admin(by)
    with transaction.atomic():
        provider = get_provider(provider_id, lock=True)
        was_enabled = provider.is_enabled
        _write(provider, said)
        provider.save()
        if was_enabled and not provider.is_enabled:
            require_another_provider(provider)
            _end_sessions(provider, now=now)
    return provider


def remove(provider_id: UUID, *, by: User, now: datetime) -> None:
    """Remove a provider and whom it knew. The people stay; their sessions end.

    :raises NotFound: when there is no such provider.
    :raises NotAllOfAnAdmin: when `by` may do less than an admin.
    """
    _require_all_of_an_admin(by)
    with transaction.atomic():
        provider = get_provider(provider_id, lock=True)
        require_another_provider(provider)
        _end_sessions(provider, now=now)
        provider.delete()


def _write(provider: IdentityProvider, said: Mapping[str, Any]) -> None:
    issuer = provider.settings.get("issuer")
    for name, value in said.items():
        if name != "secret":
            setattr(provider, name, _READERS[name](value) if name in _READERS else value)
    if "settings" in said:
        provider.settings = protocol_named(provider.protocol).check_settings(provider.settings)
    if "secret" in said or provider.settings.get("issuer") != issuer:
        provider_secrets.keep(provider, said.get("secret", ""))
    is_complete = protocol_named(provider.protocol).is_complete(provider) and bool(provider.domains)
    if provider.is_enabled and not is_complete:
        raise NotComplete


def _domains(listed: Iterable[str]) -> str:
    return " ".join(read_each(listed, _domain, most=MOST_DOMAINS, field="domains"))


def _domain(text: str) -> str:
    try:
        return check_address(f"a@{text}").rpartition("@")[2]
    except Invalid:
        raise ValueError("must be the domain of addresses such as acme.example") from None


def _default_role(role: str) -> str:
    if role not in (Role.USER, Role.VIEWER):
        raise Invalid("Nobody is an admin by default: map a group to it.", field="default_role", problem="not_allowed")
    return role


def _group_roles(said: Mapping[str, str]) -> dict[str, str]:
    if len(said) > MOST_GROUPS:
        raise Invalid(f"Map {MOST_GROUPS} groups or fewer.", field="group_roles", problem="max_length")
    for group, role in said.items():
        if not (0 < len(group) <= LONGEST_GROUP and group.isprintable()) or role not in [each.value for each in Role]:
            raise Invalid("Map a group by its name to admin, user or viewer.", field="group_roles", problem="invalid")
    return dict(said)


_READERS: Mapping[str, Any] = {"domains": _domains, "default_role": _default_role, "group_roles": _group_roles}


def _require_all_of_an_admin(by: User) -> None:
    if not permissions_of(Role.ADMIN) <= by.permissions:
        raise NotAllOfAnAdmin


def _end_sessions(provider: IdentityProvider, *, now: datetime) -> None:
    end_those_of(User.objects.filter(external_identities__provider=provider), now=now)
