"""Reads a verified SAML assertion: issuer, subject (NameID), conditions (audience, times), bearer confirmation, attributes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lxml.etree import _Element as Element

from accounts.single_sign_on.saml.messages.errors import InvalidMessage
from accounts.single_sign_on.saml.messages.expectation import Expectation
from accounts.single_sign_on.saml.messages.names import BEARER, ENTITY, NAME_ID_FORMATS, SAML, UNSPECIFIED
from accounts.single_sign_on.saml.messages.times import SKEW, read_time, require_now
from accounts.single_sign_on.saml.messages.xml import only, text_of

MAX_SUBJECT = 255
_CONDITIONS = {f"{SAML}AudienceRestriction", f"{SAML}OneTimeUse", f"{SAML}ProxyRestriction"}


@dataclass(frozen=True, slots=True)
class Assertion:
    """What a provider says of a person who signed on there. `attributes` are its own names and texts."""

    subject: str
    attributes: dict[str, tuple[str, ...]]
    authenticated_at: datetime


def read_assertion(verified: Element, expected: Expectation) -> Assertion:
    """Read what signatures.verify() returned.

    :raises InvalidMessage: when it is for somebody else, for another request, or not for now.
    """
    if verified.tag != f"{SAML}Assertion" or verified.get("Version") != "2.0":
        raise InvalidMessage("It is not an assertion of SAML 2.0.")
    issuer = only(verified, f"{SAML}Issuer")
    if text_of(issuer) != expected.issuer or issuer.get("Format", ENTITY) != ENTITY:
        raise InvalidMessage("The assertion is from another provider (Issuer): check the provider's entity ID.")
    _check_conditions(only(verified, f"{SAML}Conditions"), expected)
    subject = only(verified, f"{SAML}Subject")
    _require_confirmation(subject, expected)
    return Assertion(
        subject=_name_id(subject, expected),
        attributes=_attributes(verified),
        authenticated_at=_authenticated_at(verified, expected),
    )


def _check_conditions(conditions: Element, expected: Expectation) -> None:
    require_now(conditions.get("NotBefore"), conditions.get("NotOnOrAfter"), now=expected.now)
    if any(child.tag not in _CONDITIONS for child in conditions):
        raise InvalidMessage("The assertion has a condition that nobody here can judge.")
    restrictions = conditions.findall(f"{SAML}AudienceRestriction")
    for restriction in restrictions:
        if expected.entity_id not in [text_of(each) for each in restriction.findall(f"{SAML}Audience")]:
            raise InvalidMessage("The assertion is for somebody else (Audience): check our entity ID at the provider.")
    if not restrictions:
        raise InvalidMessage("The assertion does not say whom it is for (Audience).")


def _name_id(subject: Element, expected: Expectation) -> str:
    name_id = only(subject, f"{SAML}NameID")
    if name_id.get("Format", UNSPECIFIED) not in NAME_ID_FORMATS:
        raise InvalidMessage("The NameID's format is not accepted: choose persistent, or the e-mail address.")
    if name_id.get("SPNameQualifier", expected.entity_id) != expected.entity_id:
        raise InvalidMessage("The NameID is for somebody else (SPNameQualifier).")
    name = text_of(name_id)
    if not 1 <= len(name) <= MAX_SUBJECT or not name.isprintable():
        raise InvalidMessage(f"The NameID is empty, longer than {MAX_SUBJECT} characters, or can't be printed.")
    return name


def _require_confirmation(subject: Element, expected: Expectation) -> None:
    """Make sure that whoever brings the assertion may (bearer), here and now. One confirmation has to be right."""
    for confirmation in subject.findall(f"{SAML}SubjectConfirmation"):
        data = confirmation.find(f"{SAML}SubjectConfirmationData")
        if confirmation.get("Method") != BEARER or data is None:
            continue
        if data.get("Recipient") != expected.acs_url or data.get("InResponseTo") != expected.request_id:
            continue
        if data.get("NotOnOrAfter") is None:
            raise InvalidMessage("The assertion does not say how long it is good (NotOnOrAfter).")
        require_now(data.get("NotBefore"), data.get("NotOnOrAfter"), now=expected.now)
        return
    raise InvalidMessage("The assertion is not for this request at this address (SubjectConfirmation).")


def _authenticated_at(verified: Element, expected: Expectation) -> datetime:
    statement = only(verified, f"{SAML}AuthnStatement")
    require_now(None, statement.get("SessionNotOnOrAfter"), now=expected.now)
    moment = read_time(statement.get("AuthnInstant"))
    if moment > expected.now + SKEW:
        raise InvalidMessage("The person signed on in the future: is a clock wrong?")
    return moment


def _attributes(verified: Element) -> dict[str, tuple[str, ...]]:
    """Return the values by name. A name that comes twice is refused: the two would mean one thing to one reader only."""
    found: dict[str, tuple[str, ...]] = {}
    for attribute in verified.iterfind(f"{SAML}AttributeStatement/{SAML}Attribute"):
        name = attribute.get("Name", "")
        if name in found:
            raise InvalidMessage("An attribute comes twice.")
        values = attribute.findall(f"{SAML}AttributeValue")
        found[name] = tuple(text_of(value) for value in values if not len(value))
    return found
