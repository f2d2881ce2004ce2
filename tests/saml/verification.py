"""What the tests of SAML ask: is a response taken, and if not, in which words is it refused?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from accounts.single_sign_on.saml.messages.assertions import Assertion
from accounts.single_sign_on.saml.messages.errors import InvalidMessage
from accounts.single_sign_on.saml.messages.expectation import Expectation
from accounts.single_sign_on.saml.messages.responses import parse_response, read_response
from tests.saml.identity_provider import ACS, ENTITY_ID, ISSUER, NOW, REQUEST, encoded
from tests.saml.keys import certificate, rsa_key

ANOTHER_KEY = "The signature is not by a certificate of this provider, or what it covers was changed."


def expecting(**other: Any) -> Expectation:
    """Expect the response that the provider of the tests writes; or something of it otherwise."""
    usual = Expectation(
        request_id=REQUEST,
        acs_url=ACS,
        entity_id=ENTITY_ID,
        issuer=ISSUER,
        certificates=[certificate(rsa_key("provider"))],
        now=NOW,
    )
    return replace(usual, **other)


def taken(response: Any, **other: Any) -> Assertion:
    """Read a response, which is an element, or the text of a form."""
    form = response if isinstance(response, str) else encoded(response)
    return read_response(parse_response(form), expecting(**other))


def refusal(response: Any, **other: Any) -> str:
    """Say in which words a response is refused; "" if it is taken."""
    try:
        taken(response, **other)
    except InvalidMessage as refused:
        return str(refused)
    return ""
