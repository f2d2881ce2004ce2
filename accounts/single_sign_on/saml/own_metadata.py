"""Our SAML metadata (SPSSODescriptor), which an administrator gives to their identity provider."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, tostring  # nosec B405  # it writes XML, and parses none

from accounts.single_sign_on.saml.messages.names import HTTP_POST, METADATA, NAME_ID_FORMATS, PROTOCOL

CONTENT_TYPE = "application/samlmetadata+xml"
_ACS, _METADATA = "acs/", "metadata/"


def entity_id_of(acs_url: str) -> str:
    """Return who we are to a provider, which is where our metadata is: beside where its responses go."""
    return acs_url.removesuffix(_ACS) + _METADATA


def write_metadata(acs_url: str) -> bytes:
    """Describe us to one provider: who we are, where responses go, and that assertions are signed."""
    entity = Element("md:EntityDescriptor", {"xmlns:md": METADATA, "entityID": entity_id_of(acs_url)})
    asked = {
        "AuthnRequestsSigned": "false",
        "WantAssertionsSigned": "true",
        "protocolSupportEnumeration": PROTOCOL,
    }
    role = SubElement(entity, "md:SPSSODescriptor", asked)
    for each in NAME_ID_FORMATS:
        SubElement(role, "md:NameIDFormat").text = each
    consumer = {"Binding": HTTP_POST, "Location": acs_url, "index": "0", "isDefault": "true"}
    SubElement(role, "md:AssertionConsumerService", consumer)
    written: bytes = tostring(entity, encoding="utf-8", xml_declaration=True)
    return written
