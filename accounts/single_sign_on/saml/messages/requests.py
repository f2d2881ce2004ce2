"""Writes an AuthnRequest (SAML 2.0) and the address it travels in (HTTP-Redirect binding, DEFLATE)."""

from __future__ import annotations

import zlib
from base64 import b64encode
from datetime import datetime
from urllib.parse import urlencode, urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring  # nosec B405  # it writes XML, and parses none

from accounts.single_sign_on.saml.messages.names import ASSERTION, HTTP_POST, PROTOCOL
from accounts.single_sign_on.saml.messages.times import write_time


def write_request(
    request_id: str, *, sso_url: str, acs_url: str, entity_id: str, force_authn: bool = False, now: datetime
) -> bytes:
    """Ask a provider to sign somebody on; with `force_authn`, to ask them anew although they are signed on there."""
    said = {
        "xmlns:samlp": PROTOCOL,
        "xmlns:saml": ASSERTION,
        "ID": request_id,
        "Version": "2.0",
        "IssueInstant": write_time(now),
        "Destination": sso_url,
        "AssertionConsumerServiceURL": acs_url,
        "ProtocolBinding": HTTP_POST,
        **({"ForceAuthn": "true"} if force_authn else {}),
    }
    request = Element("samlp:AuthnRequest", said)
    SubElement(request, "saml:Issuer").text = entity_id
    SubElement(request, "samlp:NameIDPolicy", AllowCreate="true")
    return tostring(request)


def redirect_url(sso_url: str, request: bytes) -> str:
    """Write the address that carries a request to the provider. No RelayState: the ID of the request says it all."""
    deflated = zlib.compress(request, wbits=-zlib.MAX_WBITS)
    query = urlencode({"SAMLRequest": b64encode(deflated).decode()})
    return f"{sso_url}{'&' if urlsplit(sso_url).query else '?'}{query}"
