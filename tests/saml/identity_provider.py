"""A SAML identity provider for tests: writes responses, and signs them (XMLDSig) well or as an attacker would."""

# It is written by hand, with the canonicalization of lxml and the primitives of cryptography, so that it can sign what no
# library would: other algorithms, other transforms, a reference to something else.

from __future__ import annotations

import hashlib
import hmac
from base64 import b64encode
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from lxml import etree

from tests.saml.keys import Key, rsa_key

Element = Any

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
ISSUER, ACS, ENTITY_ID = (
    "https://idp.example/saml",
    "https://acme.example/sso/1/acs/",
    "https://acme.example/sso/1/metadata/",
)
REQUEST = "_0123456789abcdef"
SSO_URL = "https://idp.example/saml/sign-on"

SAML, SAMLP = "{urn:oasis:names:tc:SAML:2.0:assertion}", "{urn:oasis:names:tc:SAML:2.0:protocol}"
DS = "{http://www.w3.org/2000/09/xmldsig#}"
RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
ECDSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"


def zulu(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True)
class Said:
    """What a response says. Each attack says one thing of it differently."""

    now: datetime = NOW
    request: str = REQUEST
    acs: str = ACS
    recipient: str = ""
    confirmed_request: str = ""
    audience: str = ENTITY_ID
    issuer: str = ISSUER
    subject: str = "<saml:NameID>alice</saml:NameID>"
    attributes: dict[str, str] = field(default_factory=lambda: {"email": "alice@acme.example"})
    not_before: timedelta = timedelta(minutes=-1)
    not_on_or_after: timedelta = timedelta(minutes=5)
    confirmed_for: timedelta = timedelta(minutes=5)
    authenticated: timedelta = timedelta()
    status: str = "urn:oasis:names:tc:SAML:2.0:status:Success"
    method: str = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
    id: str = "_assertion"

    def response(self) -> Element:
        """Write it, unsigned."""
        return etree.fromstring(
            f'<samlp:Response xmlns:samlp="{SAMLP[1:-1]}" xmlns:saml="{SAML[1:-1]}" ID="_response" Version="2.0" '
            f"IssueInstant={quoteattr(zulu(self.now))} Destination={quoteattr(self.acs)} InResponseTo={quoteattr(self.request)}>"
            f"<saml:Issuer>{escape(self.issuer)}</saml:Issuer>"
            f"<samlp:Status><samlp:StatusCode Value={quoteattr(self.status)}/></samlp:Status>{self._assertion()}</samlp:Response>"
        )

    def _assertion(self) -> str:
        return (
            f"<saml:Assertion ID={quoteattr(self.id)} Version='2.0' IssueInstant={quoteattr(zulu(self.now))}>"
            f"<saml:Issuer>{escape(self.issuer)}</saml:Issuer><saml:Subject>{self.subject}"
            f"<saml:SubjectConfirmation Method={quoteattr(self.method)}><saml:SubjectConfirmationData "
            f"Recipient={quoteattr(self.recipient or self.acs)} InResponseTo={quoteattr(self.confirmed_request or self.request)} "
            f"NotOnOrAfter={quoteattr(zulu(self.now + self.confirmed_for))}/></saml:SubjectConfirmation></saml:Subject>"
            f"<saml:Conditions NotBefore={quoteattr(zulu(self.now + self.not_before))} "
            f"NotOnOrAfter={quoteattr(zulu(self.now + self.not_on_or_after))}>"
            f"<saml:AudienceRestriction><saml:Audience>{escape(self.audience)}</saml:Audience></saml:AudienceRestriction>"
            f"</saml:Conditions><saml:AuthnStatement AuthnInstant={quoteattr(zulu(self.now + self.authenticated))}>"
            "<saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password"
            "</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>"
            f"<saml:AttributeStatement>{self._attributes()}</saml:AttributeStatement></saml:Assertion>"
        )

    def _attributes(self) -> str:
        return "".join(
            f"<saml:Attribute Name={quoteattr(name)}><saml:AttributeValue>{escape(value)}</saml:AttributeValue></saml:Attribute>"
            for name, value in self.attributes.items()
        )


@dataclass(frozen=True)
class Signing:
    """How something is signed. Each attack signs in one way differently."""

    key: Key = field(default_factory=lambda: rsa_key("provider"))
    method: str = RSA_SHA256
    digest: str = SHA256
    canonicalization: str = EXCLUSIVE
    transforms: tuple[str, ...] = (ENVELOPED, EXCLUSIVE)
    uri: str | None = None
    key_info: str = ""
    references: int = 1
    hmac_key: bytes = b""

    def sign(self, element: Element) -> Element:
        """Put a signature into an element, behind its issuer."""
        digest = b64encode(_digest(self.digest, canonical(element))).decode()
        uri = f"#{element.get('ID')}" if self.uri is None else self.uri
        signature = etree.fromstring(self._written(uri, digest))
        element.insert(1, signature)
        value = self._value(canonical(signature[0]))
        signature[1].text = b64encode(value).decode()
        return element

    def _written(self, uri: str, digest: str) -> str:
        transforms = "".join(f'<ds:Transform Algorithm="{each}"/>' for each in self.transforms)
        reference = (
            f'<ds:Reference URI="{uri}"><ds:Transforms>{transforms}</ds:Transforms>'
            f'<ds:DigestMethod Algorithm="{self.digest}"/><ds:DigestValue>{digest}</ds:DigestValue></ds:Reference>'
        )
        return (
            f'<ds:Signature xmlns:ds="{DS[1:-1]}"><ds:SignedInfo>'
            f'<ds:CanonicalizationMethod Algorithm="{self.canonicalization}"/><ds:SignatureMethod Algorithm="{self.method}"/>'
            f"{reference * self.references}</ds:SignedInfo><ds:SignatureValue/>{self.key_info}</ds:Signature>"
        )

    def _value(self, signed_info: bytes) -> bytes:
        if self.hmac_key:
            return hmac.digest(self.hmac_key, signed_info, "sha256")
        hash_ = {"sha1": hashes.SHA1(), "md5": hashes.MD5()}.get(self.method.rpartition("-")[2], hashes.SHA256())
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(signed_info, padding.PKCS1v15(), hash_)
        pair = decode_dss_signature(self.key.sign(signed_info, ec.ECDSA(hash_)))
        return b"".join(number.to_bytes(32) for number in pair)


def canonical(element: Element) -> bytes:
    written: bytes = etree.tostring(deepcopy(element), method="c14n", exclusive=True, with_comments=False)
    return written


def signed(said: Said | None = None, signing: Signing | None = None, *, also_response: bool = False) -> Element:
    """Write a response whose assertion is signed, and the response too if asked for."""
    response = (said or Said()).response()
    (signing or Signing()).sign(assertion_of(response))
    return (signing or Signing()).sign(response) if also_response else response


def saying(**said: Any) -> Element:
    """Write a signed response that says something differently."""
    return signed(replace(Said(), **said))


def signing(**ways: Any) -> Element:
    """Write a response that is signed in another way."""
    return signed(signing=replace(Signing(), **ways))


def assertion_of(response: Element) -> Element:
    return response.find(f"{SAML}Assertion")


def changed(response: Element, change: Callable[[str], str]) -> str:
    """Write a response as a form carries it, once its text was changed on the way."""
    return encoded(change(etree.tostring(response, encoding="unicode")))


def encoded(response: Element | str | bytes) -> str:
    """Write a response as a form carries it."""
    document = etree.tostring(response) if not isinstance(response, str | bytes) else response
    return b64encode(document.encode() if isinstance(document, str) else document).decode()


def _digest(method: str, text: bytes) -> bytes:
    return hashlib.new(method.rpartition("#")[2], text).digest()
