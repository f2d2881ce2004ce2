"""Forged signatures of SAML assertions: other keys, other algorithms (SHA-1, HMAC), other transforms, other references."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.saml.identity_provider import (
    DS,
    ECDSA_SHA256,
    ENVELOPED,
    EXCLUSIVE,
    RSA_SHA256,
    Element,
    Said,
    Signing,
    assertion_of,
    changed,
    signed,
    signing,
)
from tests.saml.keys import base64_of, certificate, ec_key, pem, rsa_key
from tests.saml.verification import ANOTHER_KEY, refusal, taken

MORE = "http://www.w3.org/2001/04/xmldsig-more#"
XMLDSIG = "http://www.w3.org/2000/09/xmldsig#"
INCLUSIVE = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"

ALGORITHM = "The signature's algorithm is not accepted: choose RSA or ECDSA with SHA-256."
DIGEST = "The signature's digest is not accepted: choose SHA-256."
SHAPE = "The signature is of a shape that is not accepted."
TRANSFORMS = "The signature has other transforms than the two that are accepted."
CANONICALIZATION = "The signature has another canonicalization than the one that is accepted."
REFERENCE = "The signature does not refer to the element it is in."


def in_message(name: str) -> str:
    """Bring the key along, as a certificate and as a bare key."""
    key = rsa_key(name).public_key().public_numbers()
    modulus = key.n.to_bytes(256).hex()
    return (
        f"<ds:KeyInfo><ds:KeyName>{modulus[:16]}</ds:KeyName><ds:X509Data><ds:X509Certificate>{base64_of(rsa_key(name))}"
        "</ds:X509Certificate></ds:X509Data></ds:KeyInfo>"
    )


FORGED: dict[str, tuple[dict[str, Any], str]] = {
    "another key": ({"key": rsa_key("mallory")}, ANOTHER_KEY),
    "another key that is in the message": ({"key": rsa_key("mallory"), "key_info": in_message("mallory")}, ANOTHER_KEY),
    "another key beside the provider's certificate": (
        {"key": rsa_key("mallory"), "key_info": in_message("provider")},
        ANOTHER_KEY,
    ),
    "a key of another kind": ({"key": ec_key("mallory"), "method": ECDSA_SHA256}, ANOTHER_KEY),
    "RSA with SHA-1": ({"method": f"{XMLDSIG}rsa-sha1"}, ALGORITHM),
    "RSA with MD5": ({"method": f"{MORE}rsa-md5"}, ALGORITHM),
    "DSA with SHA-1": ({"method": f"{XMLDSIG}dsa-sha1"}, ALGORITHM),
    "HMAC by the public key": (
        {"method": f"{MORE}hmac-sha256", "hmac_key": pem(rsa_key("provider")).encode()},
        ALGORITHM,
    ),
    "HMAC under the name of RSA": ({"hmac_key": pem(rsa_key("provider")).encode()}, ANOTHER_KEY),
    "no algorithm anybody knows": ({"method": f"{MORE}none"}, ALGORITHM),
    "no algorithm": ({"method": ""}, ALGORITHM),
    "a digest by SHA-1": ({"digest": f"{XMLDSIG}sha1"}, DIGEST),
    "a digest by MD5": ({"digest": f"{MORE}md5"}, DIGEST),
    "no transforms": ({"transforms": ()}, SHAPE),
    "one transform": ({"transforms": (ENVELOPED,)}, SHAPE),
    "the canonicalization alone": ({"transforms": (EXCLUSIVE,)}, SHAPE),
    "the two in the other order": ({"transforms": (EXCLUSIVE, ENVELOPED)}, TRANSFORMS),
    "a third transform": ({"transforms": (ENVELOPED, EXCLUSIVE, EXCLUSIVE)}, SHAPE),
    "XPath": ({"transforms": (ENVELOPED, "http://www.w3.org/TR/1999/REC-xpath-19991116")}, TRANSFORMS),
    "XSLT": ({"transforms": ("http://www.w3.org/TR/1999/REC-xslt-19991116", EXCLUSIVE)}, TRANSFORMS),
    "Base64": ({"transforms": (ENVELOPED, f"{XMLDSIG}base64")}, TRANSFORMS),
    "a canonicalization that keeps comments": (
        {"transforms": (ENVELOPED, f"{EXCLUSIVE}WithComments")},
        TRANSFORMS,
    ),
    "the inclusive canonicalization": ({"canonicalization": INCLUSIVE}, CANONICALIZATION),
    "no reference": ({"references": 0}, SHAPE),
    "two references": ({"references": 2}, SHAPE),
    "a reference to the whole document": ({"uri": ""}, REFERENCE),
    "a reference to the response": ({"uri": "#_response"}, REFERENCE),
    "a reference to nothing": ({"uri": "#"}, REFERENCE),
    "a reference by XPointer": ({"uri": "#xpointer(/)"}, REFERENCE),
    "a reference to another host": ({"uri": "https://mallory.example/"}, REFERENCE),
    "a reference to a file": ({"uri": "file:///etc/passwd"}, REFERENCE),
}


@pytest.mark.parametrize("forged", FORGED)
def test_a_forged_signature_is_refused(forged: str) -> None:
    ways, refused = FORGED[forged]

    assert refusal(signing(**ways)) == refused


@pytest.mark.parametrize("forged", ["another key", "RSA with SHA-1", "two references"])
def test_a_forged_signature_of_the_response_spoils_a_good_assertion(forged: str) -> None:
    ways, refused = FORGED[forged]
    response = replace(Signing(), **ways).sign(signed())

    assert refusal(response) == refused


def test_an_unsigned_response_is_refused() -> None:
    assert refusal(Said().response()).startswith("The assertion is not signed")


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        (">alice<", ">mallory<"),
        ("alice@acme.example", "mallory@acme.example"),
        ("https://acme.example/sso/1/metadata/", "https://globex.example/sso/2/metadata/"),
        ('Name="email"', 'Name="groups"'),
        ("ac:classes:Password", "ac:classes:X509"),
    ],
)
def test_whatever_is_changed_in_a_signed_assertion_breaks_its_signature(was: str, becomes: str) -> None:
    assert refusal(changed(signed(), lambda text: text.replace(was, becomes))) == ANOTHER_KEY


@pytest.mark.parametrize("name", ["SignatureValue", "DigestValue"])
def test_a_signature_with_an_empty_value_is_refused(name: str) -> None:
    response = signed()
    next(response.iter(f"{DS}{name}")).text = ""

    assert refusal(response) == SHAPE


@pytest.mark.parametrize(
    "name", ["SignedInfo", "SignatureValue", "Reference", "DigestMethod", "DigestValue", "Transforms"]
)
def test_a_signature_that_lacks_a_part_is_refused(name: str) -> None:
    response = signed()
    part = next(response.iter(f"{DS}{name}"))
    part.getparent().remove(part)

    assert refusal(response) == SHAPE


@pytest.mark.parametrize("name", ["SignedInfo", "SignatureValue", "Reference", "Transforms", "Signature"])
def test_a_signature_with_a_part_twice_is_refused(name: str) -> None:
    response = signed()
    part = next(response.iter(f"{DS}{name}"))
    part.addnext(deepcopy(part))

    assert refusal(response) in (SHAPE, "There is not exactly one Signature.")


def test_an_assertion_without_id_can_not_be_referred_to() -> None:
    def anonymous(response: Element) -> Element:
        del assertion_of(response).attrib["ID"]
        return response

    assert refusal(anonymous(signing(uri="#"))) == REFERENCE


def test_a_namespace_that_has_no_canonical_form_voids_no_digest() -> None:
    """Void canonicalization: where the canonical form is an error, some libraries digest nothing instead."""
    response = changed(signed(), lambda text: text.replace("<saml:AuthnContext>", '<saml:AuthnContext xmlns:v="1">', 1))

    assert refusal(response) == ANOTHER_KEY


@pytest.mark.parametrize(
    "ways",
    [
        {},
        {"key": ec_key("provider"), "method": ECDSA_SHA256},
        {"digest": "http://www.w3.org/2001/04/xmlenc#sha512"},
        {"key_info": in_message("provider")},
        {"key_info": in_message("mallory")},
    ],
)
def test_what_providers_write_is_taken(ways: dict[str, Any]) -> None:
    both = [certificate(rsa_key("provider")), certificate(ec_key("provider"))]

    assert taken(signing(**ways), certificates=both).subject == "alice"


def test_both_certificates_of_a_roll_over_are_good_and_no_third_one() -> None:
    both = [certificate(rsa_key("old")), certificate(rsa_key("new"))]

    assert [refusal(signing(key=rsa_key(name)), certificates=both) for name in ("old", "new", "provider")] == [
        "",
        "",
        ANOTHER_KEY,
    ]


def test_a_certificate_that_ended_still_carries_its_key() -> None:
    ended = certificate(rsa_key("provider"), ends=datetime(2020, 1, 1, tzinfo=UTC))

    assert taken(signed(), certificates=[ended]).subject == "alice"


def test_without_a_certificate_nothing_is_good() -> None:
    assert refusal(signed(), certificates=[]) == ANOTHER_KEY


def test_an_algorithm_is_said_by_its_name_alone() -> None:
    response = changed(signed(), lambda text: text.replace(RSA_SHA256, f" {RSA_SHA256}"))

    assert refusal(response) == ALGORITHM
