"""Legal slugs, and the schema and role names made from ids."""

from __future__ import annotations

import re
from uuid import UUID

from workix.core.errors import Invalid

SLUG_LENGTH = (3, 63)
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")

#: Names that mean something else as a host, a path or a log-in.
RESERVED_SLUGS = frozenset(
    "about abuse account accounts acme-challenge admin administrator api app apps assets auth billing blog cdn "
    "community console contact control dashboard dev dns docs email example files ftp grafana graphql health help "
    "host hostmaster http https id imap info internal invalid jobs legal live local localhost login logout mail "
    "media metrics monitoring news noc ns ns1 ns2 null oauth openapi operator operators org owner platform pop "
    "pop3 postgres postmaster pricing privacy prometheus public ready root sales schema security shop signup "
    "smtp sso staging static stats status store support system team tenant terms test tests undefined "
    "webmail webmaster well-known workix www xn".split()
)


def check_slug(slug: str) -> str:
    """Return `slug` if an organization may be called so.

    :raises Invalid: when it is not 3 to 63 lower-case letters, digits and inner hyphens, or is reserved.
    """
    shortest, longest = SLUG_LENGTH
    if not shortest <= len(slug) <= longest or not _SLUG.fullmatch(slug):
        raise Invalid("Use 3 to 63 lower-case letters, digits and inner hyphens.", field="slug", problem="invalid_slug")
    if slug in RESERVED_SLUGS or slug.startswith("xn--"):
        raise Invalid("This name is reserved. Choose another one.", field="slug", problem="reserved_slug")
    return slug


def schema_of(organization_id: UUID) -> str:
    """Name the schema of an organization, and its role: made from the id, so that catalogs carry no customer's name."""
    return f"org_{organization_id.hex}"


def is_schema_of_an_organization(name: str) -> bool:
    return re.fullmatch(r"org_[0-9a-f]{32}", name) is not None
