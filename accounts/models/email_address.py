"""E-mail address: its canonical form (IDNA), by which we keep, compare and count it; and which ones mail servers refuse."""

# Note [One form of an address]
# Two spellings of one mailbox must not be two people, each with a seat and a count of failed log-ins. A domain is compared
# as the DNS does: case, width and what is invisible do not count, and other alphabets are in their ASCII form (IDNA 2008
# with the mapping of UTS 46). Before the @ only case is levelled: what else is one mailbox, its server alone knows. There
# other alphabets (SMTPUTF8), quotes and comments are refused, as most servers refuse them; so is an address of a machine.

from __future__ import annotations

import re

import idna
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from workix.core.errors import Invalid

#: Source: RFC 5321, sections 4.5.3.1.1 to 4.5.3.1.3, and its erratum 1690.
_LONGEST_LOCAL, _LONGEST_DOMAIN, _LONGEST = 64, 253, 254
_DOT_ATOM = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*", re.ASCII)


class AddressTaken(Invalid):
    detail = "Somebody in this organization has this address."


def normalize_address(address: str) -> str:
    """Write an e-mail address the one way we keep and compare it. See Note [One form of an address]."""
    local, at, domain = address.strip().rpartition("@")
    return f"{local.lower()}{at}{_as_the_dns_has_it(domain.lower())}"


def check_address(address: str, *, field: str = "email") -> str:
    """Return an address in its one form, if mails can be sent there.

    :raises Invalid: when it is no address, or one that mail servers refuse.
    """
    canonical = normalize_address(address)
    local, _, domain = canonical.rpartition("@")
    try:
        validate_email(canonical)
    except ValidationError as error:
        raise Invalid("This is no e-mail address.", field=field, problem="invalid") from error
    deliverable = _is_in_the_dns(domain) and _DOT_ATOM.fullmatch(local)
    if not deliverable or len(local) > _LONGEST_LOCAL or len(canonical) > _LONGEST:
        raise Invalid("Mail servers do not accept this address.", field=field, problem="invalid")
    return canonical


def _is_in_the_dns(domain: str) -> bool:
    """Say whether a name in its one form can be there: no address of a machine, and what is in `xn--` can be read."""
    try:
        return domain.isascii() and not domain.startswith("[") and bool("xn--" not in domain or idna.decode(domain))
    except UnicodeError:
        return False


def _as_the_dns_has_it(domain: str) -> str:
    """Write it in ASCII; what can't be stays as it is, and is nobody's."""
    if (domain.isascii() and "xn--" not in domain) or len(domain) > _LONGEST_DOMAIN:
        return domain
    try:
        return idna.encode(domain, uts46=True).decode()
    except UnicodeError:  # IDNAError is one
        return domain
