"""SAML assertions that a provider signed, and that are not for here: audience, recipient, request, times, subject, status."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from xml.sax.saxutils import quoteattr

import pytest
from lxml import etree

from tests.saml.identity_provider import ACS, SAML, Said, Signing, assertion_of, saying, signed
from tests.saml.keys import certificate, rsa_key
from tests.saml.verification import ANOTHER_KEY, refusal, taken

CONFIRMATION = "The assertion is not for this request at this address (SubjectConfirmation)."
ISSUER = "It is from another provider (Issuer): check the provider's entity ID."
REQUEST = "It does not answer the request this browser made. Start from the log-in page."
EARLY = "The assertion is not good yet: is a clock wrong?"
LATE = "The assertion is not good any more: it expired, or a clock is wrong."
NAME_ID = "The NameID is empty, longer than 255 characters, or can't be printed."
FORMAT = "The NameID's format is not accepted: choose persistent, or the e-mail address."
STATUS = "The provider did not sign the person in: they canceled it, or it does not let them."


def name_id(text: str, **attributes: str) -> str:
    written = " ".join(f"{name}={quoteattr(value)}" for name, value in attributes.items())
    return f"<saml:NameID {written}>{text}</saml:NameID>"


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


FOREIGN: dict[str, tuple[dict[str, Any], str]] = {
    "another audience": (
        {"audience": "https://globex.example/sso/2/metadata/"},
        "The assertion is for somebody else (Audience): check our entity ID at the provider.",
    ),
    "another destination": (
        {"acs": "https://globex.example/sso/2/acs/"},
        "It is meant for another address (Destination): check the ACS URL at the provider.",
    ),
    "another recipient": ({"recipient": "https://globex.example/sso/2/acs/"}, CONFIRMATION),
    "an address that only begins the same": ({"recipient": f"{ACS}x"}, CONFIRMATION),
    "another request": ({"request": "_other"}, REQUEST),
    "no request": ({"request": ""}, REQUEST),
    "another request in what is signed": ({"confirmed_request": "_other"}, CONFIRMATION),
    "another issuer": ({"issuer": "https://mallory.example/saml"}, ISSUER),
    "another confirmation method": ({"method": "urn:oasis:names:tc:SAML:2.0:cm:holder-of-key"}, CONFIRMATION),
    "expired": ({"not_on_or_after": minutes(-1)}, LATE),
    "a confirmation that expired": ({"confirmed_for": minutes(-1)}, LATE),
    "not yet": ({"not_before": minutes(1.1)}, EARLY),
    "signed on in the future": ({"authenticated": minutes(2)}, "The person signed on in the future: is a clock wrong?"),
    "a sign-on that failed": ({"status": "urn:oasis:names:tc:SAML:2.0:status:Responder"}, STATUS),
    "no NameID": ({"subject": ""}, "There is not exactly one NameID."),
    "two NameIDs": ({"subject": name_id("alice") + name_id("bob")}, "There is not exactly one NameID."),
    "an empty NameID": ({"subject": name_id("  ")}, NAME_ID),
    "a long NameID": ({"subject": name_id("a" * 256)}, NAME_ID),
    "a NameID with a line break": ({"subject": name_id("alice&#10;bob")}, NAME_ID),
    "a NameID written from the right": ({"subject": name_id("\u202eecila")}, NAME_ID),
    "elements in the NameID": ({"subject": name_id("alice<b/>")}, "There are elements where text is expected."),
    "a transient NameID": (
        {"subject": name_id("alice", Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient")},
        FORMAT,
    ),
    "an entity's NameID": (
        {"subject": name_id("alice", Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity")},
        FORMAT,
    ),
    "a NameID for somebody else": (
        {"subject": name_id("alice", SPNameQualifier="https://globex.example")},
        "The NameID is for somebody else (SPNameQualifier).",
    ),
}


@pytest.mark.parametrize("foreign", FOREIGN)
def test_a_signed_assertion_that_is_not_for_here_is_refused(foreign: str) -> None:
    said, refused = FOREIGN[foreign]

    assert refusal(saying(**said)) == refused


def _signed_without(path: str, *, attribute: str = "") -> Any:
    response = Said().response()
    part = response.find(f".//{SAML}{path}")
    if attribute:
        del part.attrib[attribute]
    else:
        part.getparent().remove(part)
    Signing().sign(assertion_of(response))
    return response


@pytest.mark.parametrize(
    ("path", "attribute", "refused"),
    [
        ("Conditions", "", "There is not exactly one Conditions."),
        ("AudienceRestriction", "", "The assertion does not say whom it is for (Audience)."),
        ("Audience", "", "The assertion is for somebody else (Audience): check our entity ID at the provider."),
        ("Subject", "", "There is not exactly one Subject."),
        ("SubjectConfirmation", "", CONFIRMATION),
        ("SubjectConfirmationData", "", CONFIRMATION),
        ("SubjectConfirmationData", "Recipient", CONFIRMATION),
        ("SubjectConfirmationData", "InResponseTo", CONFIRMATION),
        (
            "SubjectConfirmationData",
            "NotOnOrAfter",
            "The assertion does not say how long it is good (NotOnOrAfter).",
        ),
        ("AuthnStatement", "", "There is not exactly one AuthnStatement."),
        ("AuthnStatement", "AuthnInstant", "A time is missing, or is not in UTC."),
        ("Assertion", "Version", "It is not an assertion of SAML 2.0."),
    ],
)
def test_an_assertion_that_leaves_something_out_is_refused(path: str, attribute: str, refused: str) -> None:
    assert refusal(_signed_without(path, attribute=attribute)) == refused


@pytest.mark.parametrize("attribute", ["Destination", "InResponseTo", "Version"])
def test_a_response_that_leaves_something_out_is_refused(attribute: str) -> None:
    response = signed()
    del response.attrib[attribute]

    assert refusal(response) != ""


def test_an_assertion_of_another_organizations_provider_is_refused() -> None:
    """Each organization configures the certificate of its own provider, though both be of the same company."""
    theirs = [certificate(rsa_key("provider of Globex"))]

    assert [refusal(signed()), refusal(signed(), certificates=theirs)] == [
        "",
        ANOTHER_KEY,
    ]


def test_a_condition_that_nobody_here_knows_is_refused() -> None:
    response = Said().response()
    etree.SubElement(response.find(f".//{SAML}Conditions"), f"{SAML}Condition")
    Signing().sign(assertion_of(response))

    assert refusal(response) == "The assertion has a condition that nobody here can judge."


def test_every_audience_restriction_has_to_name_us() -> None:
    response = Said().response()
    restriction = etree.SubElement(response.find(f".//{SAML}Conditions"), f"{SAML}AudienceRestriction")
    etree.SubElement(restriction, f"{SAML}Audience").text = "https://globex.example"
    Signing().sign(assertion_of(response))

    assert refusal(response) == "The assertion is for somebody else (Audience): check our entity ID at the provider."


@pytest.mark.parametrize("said", [{"not_before": minutes(0.9)}, {"not_on_or_after": minutes(-0.9)}])
def test_clocks_may_be_a_minute_apart(said: dict[str, timedelta]) -> None:
    assert taken(saying(**said)).subject == "alice"


def test_an_attribute_that_comes_twice_is_refused() -> None:
    response = Said().response()
    statement = response.find(f".//{SAML}AttributeStatement")
    statement.append(replace(Said(), attributes={"email": "x@y"}).response().find(f".//{SAML}Attribute"))
    Signing().sign(assertion_of(response))

    assert refusal(response) == "An attribute comes twice."
