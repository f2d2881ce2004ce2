"""Attributes of a SAML assertion: which of them are a person's address, names and groups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from accounts.models import IdentityProvider
from accounts.single_sign_on.identity import Identity

if TYPE_CHECKING:
    from accounts.single_sign_on.saml.messages.assertions import Assertion

_CLAIMS = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims"
_MICROSOFT = "http://schemas.microsoft.com/ws/2008/06/identity/claims"
_MOST_GROUPS = 1_000

#: Setting of a provider -> what attributes are called by those who leave it empty: plain names, LDAP's, Microsoft's.
WELL_KNOWN: Mapping[str, tuple[str, ...]] = {
    "email_attribute": (
        "email",
        "mail",
        "emailAddress",
        "urn:oid:0.9.2342.19200300.100.1.3",
        f"{_CLAIMS}/emailaddress",
    ),
    "first_name_attribute": ("firstName", "first_name", "givenName", "urn:oid:2.5.4.42", f"{_CLAIMS}/givenname"),
    "last_name_attribute": ("lastName", "last_name", "sn", "surname", "urn:oid:2.5.4.4", f"{_CLAIMS}/surname"),
    "groups_attribute": ("groups", "memberOf", f"{_MICROSOFT}/groups", "http://schemas.xmlsoap.org/claims/Group"),
}


def identity_of(provider: IdentityProvider, assertion: Assertion) -> Identity:
    """Return who somebody is to a provider.

    SAML has no word for a verified address: it counts only where an admin declared the provider authoritative for its domain.
    """

    def found(setting: str) -> tuple[str, ...]:
        named = provider.settings.get(setting)
        names = (named,) if named else WELL_KNOWN[setting]
        return next((assertion.attributes[name] for name in names if name in assertion.attributes), ())

    return Identity(
        provider=provider,
        subject=assertion.subject,
        email=_only(found("email_attribute")),
        first_name=_only(found("first_name_attribute")),
        last_name=_only(found("last_name_attribute")),
        groups=frozenset(found("groups_attribute")[:_MOST_GROUPS]),
        authenticated_at=assertion.authenticated_at,
    )


def _only(values: tuple[str, ...]) -> str:
    """Return the one value; of several none is meant."""
    return values[0] if len(values) == 1 else ""
