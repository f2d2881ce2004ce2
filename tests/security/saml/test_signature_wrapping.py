"""XML signature wrapping (XSW): the eight classic ways to have one assertion verified and another one read."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy

import pytest
from lxml import etree

from tests.saml.identity_provider import DS, SAML, SAMLP, Element, assertion_of, signed
from tests.saml.verification import refusal, taken

NOT_ONE = "There is not exactly one assertion."
SAME_ID = "Two elements have the same ID."
NO_RESPONSE = "It is not a response of SAML 2.0."


def evil(element: Element, *, id_: str | None = "_evil", keeps_signature: bool = False) -> Element:
    """Copy a response or an assertion, and let it be Mallory who signed on."""
    copy = deepcopy(element)
    if id_ is not None:
        copy.set("ID", id_)
    for name in copy.iter(f"{SAML}NameID"):
        name.text = "mallory"
    if not keeps_signature:
        for signature in list(copy.iter(f"{DS}Signature")):
            signature.getparent().remove(signature)
    return copy


def _without_signature(element: Element) -> Element:
    copy = deepcopy(element)
    copy.remove(copy.find(f"{DS}Signature"))
    return copy


def xsw1() -> Element:
    """A copy of the response, which was signed, inside the signature of the evil one."""
    response = signed(also_response=True)
    wrapped = evil(response)
    signature = deepcopy(response.find(f"{DS}Signature"))
    signature.append(_without_signature(response))
    wrapped.insert(1, signature)
    return wrapped


def xsw2() -> Element:
    """The same with a detached signature: the signed response stands before it."""
    response = signed(also_response=True)
    wrapped = evil(response)
    wrapped.insert(1, deepcopy(response.find(f"{DS}Signature")))
    wrapped.insert(1, _without_signature(response))
    return wrapped


def xsw3() -> Element:
    """The evil assertion before the signed one."""
    response = signed()
    response.insert(response.index(assertion_of(response)), evil(assertion_of(response)))
    return response


def xsw4() -> Element:
    """The signed assertion inside the evil one."""
    response = signed()
    original = assertion_of(response)
    wrapped = evil(original)
    response.replace(original, wrapped)
    wrapped.append(original)
    return response


def xsw5() -> Element:
    """The evil assertion has the signature; what was signed stands at the end, without it."""
    response = signed()
    original = assertion_of(response)
    wrapped = evil(original, keeps_signature=True)
    response.replace(original, wrapped)
    response.append(_without_signature(original))
    return response


def xsw6() -> Element:
    """The evil assertion has the signature, and in the signature what was signed."""
    response = signed()
    original = assertion_of(response)
    wrapped = evil(original, keeps_signature=True)
    response.replace(original, wrapped)
    wrapped.find(f"{DS}Signature").append(_without_signature(original))
    return response


def xsw7() -> Element:
    """The evil assertion in the response's extensions, whose schema lets anything be in there."""
    response = signed()
    extensions = etree.Element(f"{SAMLP}Extensions")
    extensions.append(evil(assertion_of(response)))
    response.insert(1, extensions)
    return response


def xsw8() -> Element:
    """What was signed in an Object of the evil assertion's signature."""
    response = signed()
    original = assertion_of(response)
    wrapped = evil(original, keeps_signature=True)
    response.replace(original, wrapped)
    holder = etree.SubElement(wrapped.find(f"{DS}Signature"), f"{DS}Object")
    holder.append(_without_signature(original))
    return response


ALL = [xsw1, xsw2, xsw3, xsw4, xsw5, xsw6, xsw7, xsw8]


def test_what_is_wrapped_is_taken_as_long_as_nobody_wraps_it() -> None:
    assert [taken(signed()).subject, taken(signed(also_response=True)).subject] == ["alice", "alice"]


@pytest.mark.parametrize("attack", ALL)
def test_nobody_is_somebody_else_by_wrapping(attack: Callable[[], Element]) -> None:
    refused = SAME_ID if attack in (xsw1, xsw2) else NOT_ONE

    assert refusal(attack()) == refused


@pytest.mark.parametrize("attack", ALL)
def test_nor_by_wrapping_with_the_same_id(attack: Callable[[], Element]) -> None:
    response = attack()
    for element in response.iter(f"{SAML}Assertion"):
        element.set("ID", "_assertion")

    assert refusal(response) == SAME_ID


@pytest.mark.parametrize("attack", [xsw1, xsw2])
def test_nor_by_wrapping_where_every_id_is_another(attack: Callable[[], Element]) -> None:
    response = attack()
    for number, element in enumerate(response.iter(f"{SAML}Assertion")):
        element.set("ID", f"_{number}")

    assert refusal(response) == NOT_ONE


def test_a_signature_of_the_response_is_no_signature_of_the_assertion() -> None:
    response = signed(also_response=True)
    assertion = assertion_of(response)
    assertion.remove(assertion.find(f"{DS}Signature"))

    assert refusal(response).startswith("The assertion is not signed")


def test_a_signature_elsewhere_counts_for_nothing() -> None:
    response = signed()
    status = response.find(f"{SAMLP}Status")
    status.append(assertion_of(response).find(f"{DS}Signature"))

    assert refusal(response).startswith("The assertion is not signed")


def test_a_signature_beyond_the_two_is_refused() -> None:
    response = signed()
    response.find(f"{SAMLP}Status").append(deepcopy(assertion_of(response).find(f"{DS}Signature")))

    assert refusal(response) == "There is a signature where none belongs."


def test_a_signed_assertion_under_another_root_is_refused() -> None:
    root = etree.Element(f"{SAMLP}ArtifactResponse", Version="2.0")
    root.append(signed())

    assert refusal(root) == NO_RESPONSE


def test_the_assertion_alone_is_no_response() -> None:
    assert refusal(assertion_of(signed())) == NO_RESPONSE
