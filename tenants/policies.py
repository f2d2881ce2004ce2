"""Policies of an organization: from which origins (CORS) and networks (CIDR) it is reached, who may switch, when it is warned."""

# Raw SQL: calls functions of `public`.

# Note [Networks]
# An organization may say from which networks it is reached: by its people and its keys, over the API and the dashboard. The
# address is the client's as trusted proxies tell it (workix/web/client_address.py); one that is not known is in no network.
# The list comes with the organization, which a process believes for five seconds, so a request costs no statement more.
#
# Whoever writes the list must be in it: nobody locks themselves out with a mistyped number. Who loses their network afterwards
# asks an operator, who opens it again with `manage.py clear_networks`, with a reason that stands in the organization's trail.

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.db import connection, transaction

from audit.recording import record
from tenants.lifecycle import acting_on
from tenants.models import Organization
from tenants.resolution import forget_all
from workix.config.origins import MOST_ORIGINS, page_origin
from workix.core.current import Current
from workix.core.errors import Denied, Invalid, read_each
from workix.web.networks import MOST_NETWORKS, contains, network

CHANGED = "organization.policies_changed"


class NetworkNotAllowed(Denied):
    code = "network_not_allowed"


@dataclass(frozen=True, slots=True)
class Policies:
    """What an organization decided. An empty list of origins lets no page in, an empty one of networks lets everybody in."""

    allowed_origins: tuple[str, ...]
    allowed_networks: tuple[str, ...]
    allows_switching: bool
    quota_warning_percent: int


#: How each of a list is read, and how many there may be.
_LISTS = {"allowed_origins": (page_origin, MOST_ORIGINS), "allowed_networks": (network, MOST_NETWORKS)}
#: What writes a column of `organizations`; a list is kept separated by blanks.
_FUNCTIONS = {
    "allowed_origins": "allow_my_origins",
    "allowed_networks": "allow_my_networks",
    "allows_switching": "allow_my_switching",
    "quota_warning_percent": "warn_my_organization_from",
}


def own_policies() -> Policies:
    """Read what the organization in scope decided."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT public.my_allowed_origins(), public.my_allowed_networks(), public.my_organization_allows_switching(),"
            " public.my_quota_warning_percent()"
        )
        origins, networks, switching, percent = cursor.fetchone()
    return Policies(tuple(origins.split()), tuple(networks.split()), switching, percent)


def change_policies(
    *, allows_switching: bool | None = None, quota_warning_percent: int | None = None, **wanted: Sequence[str]
) -> Policies:
    """Decide otherwise what is named: lists, `allows_switching`, `quota_warning_percent` (1 to 100), and nothing else.

    :raises Invalid: when something is no origin, network or percentage, there are too many, or who asks would be shut out.
    """
    decided: dict[str, Any] = {name: _checked(name, listed) for name, listed in wanted.items()}
    _require_own_address(decided.get("allowed_networks", ()))
    if allows_switching is not None:
        decided["allows_switching"] = allows_switching
    if quota_warning_percent is not None:
        decided["quota_warning_percent"] = _percentage(quota_warning_percent)
    with transaction.atomic():
        before = own_policies()
        after = replace(before, **decided)
        was, now = _as_json(before), _as_json(after)
        changes = {name: [was[name], now[name]] for name in now if now[name] != was[name]}
        with connection.cursor() as cursor:
            for name, (_, each) in changes.items():
                kept = " ".join(each) if isinstance(each, list) else each
                cursor.execute(f"SELECT public.{_FUNCTIONS[name]}(%s)", [kept])
        if changes:
            _record(Current.organization.id, changes)
            transaction.on_commit(forget_all)  # what is forgotten before it is committed is read anew as it was
    return after


def require_allowed_network(organization: Organization) -> None:
    """Let in who comes from where the organization lets people in. See Note [Networks].

    :raises NetworkNotAllowed: for everybody else.
    """
    refusal = network_refusal(organization, Current.context.ip_address)
    if refusal is not None:
        raise refusal


def network_refusal(organization: Organization, address: str) -> NetworkNotAllowed | None:
    """Return why nobody is let in from an address, where nobody is. See Note [Networks]."""
    allowed = organization.allowed_networks
    if not allowed or contains(allowed.split(), address):
        return None
    return NetworkNotAllowed(
        f"This organization lets nobody in from {address or 'an address that is not known'}. Come from a network it allows."
    )


def clear_networks(slug: str, *, reason: str) -> Organization:
    """Let an organization be reached from everywhere again. For operators: see Note [Networks].

    :raises NoSuchOrganization: when there is none.
    """
    with acting_on(slug, reason) as organization:
        before, organization.allowed_networks = organization.allowed_networks.split(), ""
        if before:
            organization.save(update_fields=["allowed_networks", "updated_at"])
            _record(organization.id, {"allowed_networks": [before, []]})
    return organization


def _checked(name: str, listed: Sequence[str]) -> tuple[str, ...]:
    read, most = _LISTS[name]
    return read_each(listed, read, most=most, field=name)


def _percentage(number: int) -> int:
    if not 1 <= number <= 100:
        raise Invalid("This is a number from 1 to 100.", field="quota_warning_percent", problem="out_of_range")
    return number


def _as_json(policies: Policies) -> dict[str, Any]:
    return {name: list(each) if isinstance(each, tuple) else each for name, each in asdict(policies).items()}


def _require_own_address(networks: Sequence[str]) -> None:
    address = Current.context.ip_address
    if networks and not contains(networks, address):
        raise Invalid(
            f"You come from {address or 'an address that is not known'}, which is in none of these: you would shut yourself out.",
            field="allowed_networks",
            problem="shuts_you_out",
        )


def _record(organization_id: Any, changes: dict[str, Any]) -> None:
    record(CHANGED, resource_type="organization", resource_id=organization_id, changes=changes)
