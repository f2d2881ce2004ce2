"""Policies of an organization: from which origins (CORS) and networks (CIDR) it is reached, and whether people may switch."""

# Raw SQL: calls functions of `public`.

# Note [Networks]
# An organization may say from which networks it is reached: by its people and its keys, over the API and the dashboard. The
# address is the client's as trusted proxies tell it (workix/web/client_address.py); one that is not known is in no network.
# The list comes with the organization, which a process believes for five seconds, so a request costs no statement more.
#
# Whoever writes the list must be in it: nobody locks themselves out with a mistyped number. Who loses their network afterwards
# asks an operator, who opens it again with `manage.py clear_networks`, with a reason that stands in the organization's trail.

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from django.db import connection, transaction

from audit.recording import record
from tenants.lifecycle import acting_on
from tenants.models import Organization
from tenants.resolution import forget_all
from workix.config.origins import MOST_ORIGINS, page_origin
from workix.core.current import Current
from workix.core.errors import Denied, Invalid
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


class _List(NamedTuple):
    """How a policy that is a list is checked and written: a column of `organizations`, separated by blanks."""

    read_one: Callable[[str], str]
    most: int
    function: str


_LISTS = {
    "allowed_origins": _List(page_origin, MOST_ORIGINS, "allow_my_origins"),
    "allowed_networks": _List(network, MOST_NETWORKS, "allow_my_networks"),
}


def own_policies() -> Policies:
    """Read what the organization in scope decided."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT public.my_allowed_origins(), public.my_allowed_networks(), public.my_organization_allows_switching()"
        )
        origins, networks, switching = cursor.fetchone()
    return Policies(tuple(origins.split()), tuple(networks.split()), switching)


def change_policies(*, allows_switching: bool | None = None, **wanted: Sequence[str]) -> Policies:
    """Decide otherwise what is named (`allowed_origins`, `allowed_networks`, `allows_switching`), and nothing else.

    :raises Invalid: when something is no origin or network, there are more than anybody has, or who asks would be shut out.
    """
    lists = {name: _checked(name, listed) for name, listed in wanted.items()}
    _require_own_address(lists.get("allowed_networks", ()))
    with transaction.atomic():
        before = asdict(own_policies())
        changes: dict[str, Any] = {
            name: [list(before[name]), list(now)] for name, now in lists.items() if now != before[name]
        }
        with connection.cursor() as cursor:
            for name in changes:
                cursor.execute(f"SELECT public.{_LISTS[name].function}(%s)", [" ".join(lists[name])])
            if allows_switching not in (None, before["allows_switching"]):
                cursor.execute("SELECT public.allow_my_switching(%s)", [allows_switching])
                changes["allows_switching"] = [before["allows_switching"], allows_switching]
        if changes:
            _record(Current.organization.id, changes)
        changed = own_policies()
    forget_all()
    return changed


def require_allowed_network(organization: Organization) -> None:
    """Let in who comes from where the organization lets people in. See Note [Networks].

    :raises NetworkNotAllowed: for everybody else.
    """
    allowed = organization.allowed_networks
    address = Current.context.ip_address
    if allowed and not contains(allowed.split(), address):
        raise NetworkNotAllowed(
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
    policy, checked = _LISTS[name], dict[str, None]()
    for number, each in enumerate(listed):
        try:
            checked[policy.read_one(each)] = None
        except ValueError as error:
            raise Invalid(f"This {error}.", field=f"{name}.{number}") from None
    if len(checked) > policy.most:
        raise Invalid(f"Name {policy.most} or fewer.", field=name, problem="max_length")
    return tuple(checked)


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
