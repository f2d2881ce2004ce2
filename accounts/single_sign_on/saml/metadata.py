"""Reads the SAML metadata of an identity provider (IDPSSODescriptor): who it is, where it signs people on, its certificates."""

from __future__ import annotations

from lxml.etree import _Element as Element

from accounts.single_sign_on.saml.description import Description
from accounts.single_sign_on.saml.messages import certificates
from accounts.single_sign_on.saml.messages.errors import InvalidMessage
from accounts.single_sign_on.saml.messages.names import HTTP_REDIRECT, MD
from accounts.single_sign_on.saml.messages.signatures import DS
from accounts.single_sign_on.saml.messages.times import read_time
from accounts.single_sign_on.saml.messages.xml import only, parse, text_of

_MAX_ENTITY_ID = 1024


def read_metadata(document: bytes) -> Description:
    """Read what an administrator pasted, or their provider's address answered. Its own signature is not looked at.

    :raises InvalidMessage: when it describes no provider that can be used, or more than one.
    """
    root = parse(document, has_comments=True)
    roles = list(root.iter(f"{MD}IDPSSODescriptor"))
    if len(roles) != 1 or (entity := roles[0].getparent()) is None or entity.tag != f"{MD}EntityDescriptor":
        raise InvalidMessage("It does not describe exactly one identity provider (IDPSSODescriptor).")
    entity_id = entity.get("entityID", "")
    if not 1 <= len(entity_id) <= _MAX_ENTITY_ID:
        raise InvalidMessage("It has no entity ID.")
    limits = [read_time(each.get("validUntil")) for each in (root, entity, roles[0]) if "validUntil" in each.attrib]
    return Description(entity_id, _sso_url(roles[0]), _certificates(roles[0]), min(limits, default=None))


def _sso_url(role: Element) -> str:
    for service in role.findall(f"{MD}SingleSignOnService"):
        if service.get("Binding") == HTTP_REDIRECT:
            location: str = service.get("Location", "")
            return location
    raise InvalidMessage("It has no SingleSignOnService with the binding HTTP-Redirect.")


def _certificates(role: Element) -> str:
    found = []
    for key in role.findall(f"{MD}KeyDescriptor"):
        if key.get("use", "signing") == "signing":
            data = only(only(key, f"{DS}KeyInfo"), f"{DS}X509Data")
            found.append(text_of(only(data, f"{DS}X509Certificate")))
    pem = "".join(f"-----BEGIN CERTIFICATE-----\n{each}\n-----END CERTIFICATE-----\n" for each in found)
    return certificates.write(certificates.read(pem))
