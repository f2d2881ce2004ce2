"""Writes an AuthnRequest (SAML 2.0) and the address it travels in (HTTP-Redirect binding, DEFLATE)."""

from __future__ import annotations

import secrets
import zlib
from base64 import b64encode
from datetime import datetime
from urllib.parse import urlencode, urlsplit

from lxml import etree

from accounts.single_sign_on.saml.names import ASSERTION, HTTP_POST, PROTOCOL, SAML, SAMLP
from accounts.single_sign_on.saml.times import write_time


def new_request_id() -> str:
    """Make an ID nobody can guess. XML wants a letter or an underscore first."""
    return f"_{secrets.token_hex(20)}"


def write_request(
    request_id: str, *, sso_url: str, acs_url: str, entity_id: str, forces: bool = False, now: datetime
) -> bytes:
    """Ask a provider to sign somebody on; `forces`: whether or not it knows them already (ForceAuthn)."""
    said = {
        "ID": request_id,
        "Version": "2.0",
        "IssueInstant": write_time(now),
        "Destination": sso_url,
        "AssertionConsumerServiceURL": acs_url,
        "ProtocolBinding": HTTP_POST,
    }
    request = etree.Element(f"{SAMLP}AuthnRequest", said, nsmap={"samlp": PROTOCOL, "saml": ASSERTION})
    if forces:
        request.set("ForceAuthn", "true")
    etree.SubElement(request, f"{SAML}Issuer").text = entity_id
    etree.SubElement(request, f"{SAMLP}NameIDPolicy", AllowCreate="true")
    return etree.tostring(request)


def redirect_url(sso_url: str, request: bytes) -> str:
    """Write the address that carries a request to the provider. No RelayState: the browser's own cookie knows the rest."""
    deflated = zlib.compress(request, wbits=-zlib.MAX_WBITS)
    query = urlencode({"SAMLRequest": b64encode(deflated).decode()})
    return f"{sso_url}{'&' if urlsplit(sso_url).query else '?'}{query}"
