"""SAML metadata: writes ours (SPSSODescriptor), reads an identity provider's (IDPSSODescriptor)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lxml import etree
from lxml.etree import _Element as Element

from accounts.single_sign_on.saml import certificates
from accounts.single_sign_on.saml.errors import InvalidMessage
from accounts.single_sign_on.saml.names import HTTP_POST, HTTP_REDIRECT, MD, METADATA, NAME_ID_FORMATS, PROTOCOL
from accounts.single_sign_on.saml.signatures import DS
from accounts.single_sign_on.saml.times import read_time
from accounts.single_sign_on.saml.xml import only, parse, text_of

CONTENT_TYPE = "application/samlmetadata+xml"
_MAX_ENTITY_ID = 1024


@dataclass(frozen=True, slots=True)
class ProviderMetadata:
    """What is needed of an identity provider. `certificates` are PEM, one after the other."""

    entity_id: str
    sso_url: str
    certificates: str


def write_metadata(*, entity_id: str, acs_url: str) -> bytes:
    """Describe us to one provider: who we are, where responses go, and that assertions are signed."""
    entity = etree.Element(f"{MD}EntityDescriptor", nsmap={"md": METADATA}, entityID=entity_id)
    role = etree.SubElement(
        entity,
        f"{MD}SPSSODescriptor",
        AuthnRequestsSigned="false",
        WantAssertionsSigned="true",
        protocolSupportEnumeration=PROTOCOL,
    )
    for each in NAME_ID_FORMATS:
        etree.SubElement(role, f"{MD}NameIDFormat").text = each
    acs = f"{MD}AssertionConsumerService"
    etree.SubElement(role, acs, Binding=HTTP_POST, Location=acs_url, index="0", isDefault="true")
    return etree.tostring(entity, xml_declaration=True, encoding="utf-8")


def read_metadata(document: bytes, *, now: datetime) -> ProviderMetadata:
    """Read what an administrator pasted, or their provider's address answered. Its own signature is not looked at.

    :raises InvalidMessage: when it describes no provider that can be used, or more than one.
    """
    root = parse(document, has_comments=True)
    roles = list(root.iter(f"{MD}IDPSSODescriptor"))
    if len(roles) != 1 or (entity := roles[0].getparent()) is None or entity.tag != f"{MD}EntityDescriptor":
        raise InvalidMessage("It does not describe exactly one identity provider (IDPSSODescriptor).")
    for each in (root, entity, roles[0]):
        valid_until = each.get("validUntil")
        if valid_until is not None and read_time(valid_until) <= now:
            raise InvalidMessage("It is not valid any more (validUntil): ask the provider for a new one.")
    entity_id = entity.get("entityID", "")
    if not 1 <= len(entity_id) <= _MAX_ENTITY_ID:
        raise InvalidMessage("It has no entity ID.")
    return ProviderMetadata(entity_id, _sso_url(roles[0]), _certificates(roles[0]))


def _sso_url(role: Element) -> str:
    for service in role.findall(f"{MD}SingleSignOnService"):
        if service.get("Binding") == HTTP_REDIRECT:
            return service.get("Location", "")
    raise InvalidMessage("It has no SingleSignOnService with the binding HTTP-Redirect.")


def _certificates(role: Element) -> str:
    found = []
    for key in role.findall(f"{MD}KeyDescriptor"):
        if key.get("use", "signing") == "signing":
            data = only(only(key, f"{DS}KeyInfo"), f"{DS}X509Data")
            found.append(text_of(only(data, f"{DS}X509Certificate")))
    pem = "".join(f"-----BEGIN CERTIFICATE-----\n{each}\n-----END CERTIFICATE-----\n" for each in found)
    return certificates.write(certificates.read(pem))
