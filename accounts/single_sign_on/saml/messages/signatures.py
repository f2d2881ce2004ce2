"""Verifies an XML signature (XMLDSig, enveloped) by configured certificates, and returns only what it covers."""

# Note [What is signed is what is read]
# Signature wrapping (XSW) shows the verifier one element and the reader another. Here the element stands alone when its
# signature is verified: it is the root of a document of its own, so a reference that names its ID can mean nothing else.
# What is returned is parsed anew from the very bytes whose digest was right. Nobody reads the document that arrived.
#
# Only one shape of signature is taken, the one every provider writes: one reference, to the element the signature is a
# child of; the two transforms, in their order; RSA or ECDSA with SHA-2. Its KeyInfo is thrown away unread: the
# certificates of the provider's settings are the only ones there are.

from __future__ import annotations

from collections.abc import Iterable

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.x509 import Certificate
from lxml import etree
from lxml.etree import _Element as Element
from signxml import DigestAlgorithm, SignatureConfiguration, SignatureMethod, XMLVerifier
from signxml.exceptions import SignXMLException
from signxml.verifier import VerifyResult

from accounts.single_sign_on.saml.messages.errors import InvalidMessage
from accounts.single_sign_on.saml.messages.xml import only, parse, text_of

DS = "{http://www.w3.org/2000/09/xmldsig#}"
SIGNATURE = f"{DS}Signature"
ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
_INCLUSIVE_NAMESPACES = "{http://www.w3.org/2001/10/xml-exc-c14n#}InclusiveNamespaces"

METHODS = frozenset(
    method
    for method in SignatureMethod
    if method.name.startswith(("RSA_", "ECDSA_")) and method.name.endswith(("_SHA256", "_SHA384", "_SHA512"))
)
DIGESTS = frozenset({DigestAlgorithm.SHA256, DigestAlgorithm.SHA384, DigestAlgorithm.SHA512})


def verify(signed: Element, certificates: Iterable[Certificate]) -> Element:
    """Return what the signature of an element covers. See Note [What is signed is what is read].

    :raises InvalidMessage: when no certificate made the signature, or it is of another shape.
    """
    alone = parse(etree.tostring(signed, encoding="utf-8", with_tail=False))
    _require_shape(alone)
    for certificate in certificates:
        result = _verify(alone, certificate)
        if result is not None:
            return _as_signed(result, alone)
    raise InvalidMessage("The signature is not by a certificate of this provider, or what it covers was changed.")


def _verify(alone: Element, certificate: Certificate) -> VerifyResult | None:
    configuration = SignatureConfiguration(
        location="./",
        signature_methods=METHODS,
        digest_algorithms=DIGESTS,
        # A provider's certificate only carries its key: SAML gives no meaning to when it ends (docs/decisions/0035).
        verification_time=certificate.not_valid_before_utc,
    )
    try:
        result = XMLVerifier().verify(alone, x509_cert=certificate, id_attribute="ID", expect_config=configuration)
    except (SignXMLException, etree.LxmlError, UnsupportedAlgorithm, ValueError):
        return None
    assert isinstance(result, VerifyResult)  # one reference, as the configuration asks for by default
    return result


def _as_signed(result: VerifyResult, alone: Element) -> Element:
    covered = parse(result.signed_data)
    if (covered.tag, covered.get("ID")) != (alone.tag, alone.get("ID")):
        raise InvalidMessage("The signature covers something else.")
    return covered


def _require_shape(alone: Element) -> None:
    signature = only(alone, SIGNATURE)
    for key_info in signature.findall(f"{DS}KeyInfo"):
        signature.remove(key_info)
    signed_info, signature_value = _children(signature, "SignedInfo", "SignatureValue")
    canonicalization, method, reference = _children(
        signed_info, "CanonicalizationMethod", "SignatureMethod", "Reference"
    )
    transforms, digest, value = _children(reference, "Transforms", "DigestMethod", "DigestValue")
    if dict(reference.attrib) != {"URI": f"#{alone.get('ID', '')}"} or not alone.get("ID"):
        raise InvalidMessage("The signature does not refer to the element it is in.")
    if [_algorithm(each) for each in _children(transforms, "Transform", "Transform")] != [ENVELOPED, EXCLUSIVE]:
        raise InvalidMessage("The signature has other transforms than the two that are accepted.")
    if _algorithm(canonicalization) != EXCLUSIVE or len(canonicalization):
        raise InvalidMessage("The signature has another canonicalization than the one that is accepted.")
    if _algorithm(method) not in {each.value for each in METHODS} or len(method):
        raise InvalidMessage("The signature's algorithm is not accepted: choose RSA or ECDSA with SHA-256.")
    if _algorithm(digest) not in {each.value for each in DIGESTS} or len(digest):
        raise InvalidMessage("The signature's digest is not accepted: choose SHA-256.")
    if not (text_of(value) and text_of(signature_value)):
        raise InvalidMessage("The signature is of a shape that is not accepted.")


def _children(parent: Element, *names: str) -> list[Element]:
    """Return the children of an element, which are these and no others."""
    if [child.tag for child in parent] != [f"{DS}{name}" for name in names]:
        raise InvalidMessage("The signature is of a shape that is not accepted.")
    return list(parent)


def _algorithm(element: Element) -> str | None:
    if [child.tag for child in element] not in ([], [_INCLUSIVE_NAMESPACES]):
        raise InvalidMessage("The signature is of a shape that is not accepted.")
    algorithm: str | None = element.get("Algorithm")
    return algorithm
