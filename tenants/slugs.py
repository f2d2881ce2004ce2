"""Legal slugs, and the schema and role names made from ids."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import UUID

from workix.core.errors import Invalid

SLUG_LENGTH = (3, 63)
#: Begins the slugs of sandboxes, which are drawn, and of nothing else.
SANDBOX_PREFIX = "sandbox-"
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")

_LISTS = Path(__file__).with_name("reserved_slugs.txt").read_text(encoding="utf-8").split("\n\n")


def _names(*, of: str) -> frozenset[str]:
    """List the names below headings that begin so."""
    blocks = [block.splitlines() for block in _LISTS if block.startswith(of)]
    return frozenset(name for block in blocks for line in block if not line.startswith("#") for name in line.split())


#: Names that mean something else as a host, a path or a mailbox. The file says whose lists they are.
RESERVED_SLUGS = _names(of="# Source")
_LETTERS = frozenset(name.replace("-", "") for name in RESERVED_SLUGS)
_NUMBERED = _names(of="# Source (numbered)")


def check_slug(slug: str) -> str:
    """Return `slug` if an organization may be called so.

    :raises Invalid: when it is not 3 to 63 lower-case letters, digits and inner hyphens, or is reserved.
    """
    shortest, longest = SLUG_LENGTH
    if not shortest <= len(slug) <= longest or not _SLUG.fullmatch(slug):
        raise Invalid("Use 3 to 63 lower-case letters, digits and inner hyphens.", field="slug", problem="invalid_slug")
    if _is_reserved(slug):
        raise Invalid("This name is reserved. Choose another one.", field="slug", problem="reserved_slug")
    return slug


def _is_reserved(slug: str) -> bool:
    """Look for it as it is, with other hyphens (`log-in`) and, where such stand in rows, with a number (`www2`, `ns-1`).

    Hyphens as its third and fourth characters mark another alphabet: RFC 5891, section 4.2.3.1.
    """
    letters = slug.replace("-", "")
    return (
        slug.startswith(SANDBOX_PREFIX)
        or slug[2:4] == "--"
        or letters in _LETTERS
        or letters.rstrip("0123456789") in _NUMBERED
    )


def schema_of(organization_id: UUID) -> str:
    """Name the schema of an organization, and its role: made from the id, so that catalogs carry no customer's name."""
    return f"org_{organization_id.hex}"


def is_schema_of_an_organization(name: str) -> bool:
    return re.fullmatch(r"org_[0-9a-f]{32}", name) is not None
