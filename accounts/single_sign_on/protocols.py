"""Protocols of single sign-on: what each (OpenID Connect, SAML) needs to know of a provider, and where it sends a browser."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from accounts.models import IdentityProvider, SignOnProtocol
from accounts.single_sign_on.attempts import Attempt
from accounts.single_sign_on.oidc import protocol as oidc
from accounts.single_sign_on.saml import protocol as saml
from workix.core.errors import Invalid


@dataclass(frozen=True, slots=True)
class Protocol:
    """What differs from one protocol to another, but for the answer: that comes to a view of the protocol's own.

    `check_settings` returns the settings in their one form, or raises Invalid. `address` is where a browser goes to sign on; it
    is given the address to come back to, and raises SignOnFailed where the provider can't be asked. `is_complete` says whether a
    provider knows enough to be enabled.
    """

    check_settings: Callable[[Mapping[str, Any]], dict[str, Any]]
    address: Callable[[Attempt, str], str]
    is_complete: Callable[[IdentityProvider], bool]


PROTOCOLS: Mapping[str, Protocol] = {
    SignOnProtocol.OIDC: Protocol(oidc.check_settings, oidc.address, oidc.is_complete),
    SignOnProtocol.SAML: Protocol(saml.check_settings, saml.address, saml.is_complete),
}


def protocol_named(name: str) -> Protocol:
    """Return a protocol.

    :raises Invalid: when it is not spoken here.
    """
    if name not in PROTOCOLS:
        raise Invalid("This protocol is not spoken here.", field="protocol", problem="unknown")
    return PROTOCOLS[name]
