"""Reads a SAML response (HTTP-POST binding): its envelope is checked, its one signed assertion verified."""

# Note [The envelope is not believed]
# Many providers sign the assertion only. So nothing is read from the response but the assertion; that the response is an
# answer to our request, meant for us, a success, is asked for all the same: it refuses a mistake early and in plain words.
# The binding checks are repeated inside of what is signed (assertions.py). Where the response is signed too, that
# signature must be right.

from __future__ import annotations

from base64 import b64decode

from lxml.etree import _Element as Element

from accounts.single_sign_on.saml.messages.assertions import Assertion, read_assertion
from accounts.single_sign_on.saml.messages.errors import InvalidMessage
from accounts.single_sign_on.saml.messages.expectation import Expectation
from accounts.single_sign_on.saml.messages.names import SAML, SAMLP, SUCCESS
from accounts.single_sign_on.saml.messages.signatures import SIGNATURE, verify
from accounts.single_sign_on.saml.messages.xml import MAX_BYTES, only, parse, text_of

#: Of the form field, in Base64 with its line breaks.
MAX_CHARACTERS = MAX_BYTES * 3 // 2


def parse_response(encoded: str) -> Element:
    """Parse the response that a form carries. Nothing of it is verified yet.

    :raises InvalidMessage: when it is no plain XML.
    """
    return parse(_decode(encoded))


def read_response(response: Element, expected: Expectation) -> Assertion:
    """Return what the assertion of a response says, all of it verified. See Note [The envelope is not believed].

    :raises InvalidMessage: when it is not the answer to our request, or not signed by the provider.
    """
    _check_envelope(response, expected)
    assertion = _only_assertion(response)
    _require_signatures_in_place(response, assertion)
    if response.find(SIGNATURE) is not None:
        verify(response, expected.certificates)
    return read_assertion(verify(assertion, expected.certificates), expected)


def _decode(encoded: str) -> bytes:
    if len(encoded) > MAX_CHARACTERS:
        raise InvalidMessage(f"It is longer than {MAX_BYTES >> 10} kB.")
    try:
        return b64decode("".join(encoded.split()), validate=True)
    except ValueError as error:
        raise InvalidMessage("It is not Base64.") from error


def _check_envelope(response: Element, expected: Expectation) -> None:
    if response.tag != f"{SAMLP}Response" or response.get("Version") != "2.0":
        raise InvalidMessage("It is not a response of SAML 2.0.")
    status = only(only(response, f"{SAMLP}Status"), f"{SAMLP}StatusCode").get("Value")
    if status != SUCCESS:
        raise InvalidMessage("The provider did not sign the person in: they canceled it, or it does not let them.")
    if response.get("InResponseTo") != expected.request_id:
        raise InvalidMessage("It does not answer the request this browser made. Start from the log-in page.")
    if response.get("Destination") != expected.acs_url:
        raise InvalidMessage("It is meant for another address (Destination): check the ACS URL at the provider.")
    if any(text_of(issuer) != expected.issuer for issuer in response.findall(f"{SAML}Issuer")):
        raise InvalidMessage("It is from another provider (Issuer): check the provider's entity ID.")


def _only_assertion(response: Element) -> Element:
    """Return the one assertion there is, anywhere in the response: it is the response's own child."""
    if (
        next(response.iter(f"{SAML}EncryptedAssertion", f"{SAML}EncryptedID", f"{SAML}EncryptedAttribute"), None)
        is not None
    ):
        raise InvalidMessage("It is encrypted: turn that off at the provider. The way here is encrypted by TLS.")
    found = list(response.iter(f"{SAML}Assertion"))
    if len(found) != 1 or found[0].getparent() is not response:
        raise InvalidMessage("There is not exactly one assertion.")
    return found[0]


def _require_signatures_in_place(response: Element, assertion: Element) -> None:
    """Make sure that the assertion has a signature, and that there is none but it and the response's own."""
    if assertion.find(SIGNATURE) is None:
        raise InvalidMessage(
            "The assertion is not signed: turn that on at the provider. Signing the response is not enough."
        )
    for signature in response.iter(SIGNATURE):
        if signature.getparent() not in (response, assertion):
            raise InvalidMessage("There is a signature where none belongs.")
