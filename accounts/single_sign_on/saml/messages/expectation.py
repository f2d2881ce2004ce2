"""Expectation: what a SAML response must say to be the answer to one AuthnRequest of ours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography.x509 import Certificate


@dataclass(frozen=True, slots=True)
class Expectation:
    """All of it comes from our settings and from the browser's own state: nothing from the response."""

    request_id: str
    #: Where responses go: the assertion consumer service of this organization's host (Destination, Recipient).
    acs_url: str
    #: Who we are to this provider (Audience).
    entity_id: str
    #: Who the provider is (Issuer), and its certificates.
    issuer: str
    certificates: Sequence[Certificate]
    now: datetime
