"""The relying party (WebAuthn RP ID and origins) of a request: the host it came to, where its people's passkeys are good."""

# Note [Relying parties]
# A browser signs for an RP ID that is the page's host, or a parent of it. So what keeps organizations apart is that the RP ID is
# the whole host of one (`acme.example.com`, or its own domain), never the domain that they share: a page of Globex can't ask
# for a signature that Acme would take. Besides, the origin that was signed has to be that host's own, or one beneath it that
# the organization lets call its API (CORS). Operators have the platform's host; an organization's page, beneath it perhaps, may
# ask for a signature for that host, and its origin gives it away.
#
# The platform's host serves people of all organizations by their token. No passkey of theirs is good there: that would be one
# RP ID for everybody. See docs/decisions/0036-passkeys-are-of-one-host.md, also for what a new slug or domain does.

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from django.http import HttpRequest

from accounts.emails import address_of
from tenants.models import Organization
from tenants.resolution import host_of, is_platform_host
from workix.core.current import Current
from workix.core.errors import Conflict


class NoPasskeysHere(Conflict):
    code = "passkeys_not_here"
    detail = "Passkeys are good at your organization's own host: call this there, from a page of it."


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """For whom is signed. See Note [Relying parties]."""

    id: str
    name: str
    origins: tuple[str, ...]
    organization_id: UUID | None


def relying_party(request: HttpRequest) -> RelyingParty:
    """Return for whom a passkey signs that is used at the host of this request, in the realm that is entered.

    :raises NoPasskeysHere: on the platform's host for an organization's person, and where the host is an IP address.
    """
    host, here = host_of(request), Current.find_organization()
    if (here is not None and is_platform_host(host)) or _is_address(host):
        raise NoPasskeysHere
    if not isinstance(here, Organization):
        return RelyingParty(host, "Workix", (address_of(host),), None)
    beneath = tuple(
        each for each in here.allowed_origins.split() if (urlsplit(each).hostname or "").endswith(f".{host}")
    )
    return RelyingParty(host, here.name, (address_of(host), *beneath), here.id)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True
