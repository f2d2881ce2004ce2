"""Hostile XML in a SAML response: XXE, billion laughs, comments, encodings, size, depth, duplicate IDs."""

from __future__ import annotations

import zlib
from base64 import b64encode
from typing import Any

import pytest
from lxml import etree

from tests.saml.identity_provider import Said, assertion_of, changed, encoded, saying, signed
from tests.saml.verification import refusal, taken

PLAIN = "It holds a DTD, a comment, a CDATA section or a processing instruction."
BASE64, UTF_8, MALFORMED = "It is not Base64.", "It is not in UTF-8.", "It is not well-formed XML."
SAME_ID, NESTED = "Two elements have the same ID.", "It is nested too deeply, or has too many elements."
LONG = "It is longer than 256 kB."

LAUGHS = "<!DOCTYPE l [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {name} '{f'&{before};' * 10}'>" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
GOOD = etree.tostring(signed(), encoding="unicode")

HOSTILE: dict[str, tuple[str | bytes, str]] = {
    "a DTD": (f"<!DOCTYPE Response>{GOOD}", PLAIN),
    "a DTD of another host": (f"<!DOCTYPE r SYSTEM 'http://127.0.0.1:1/'>{GOOD}", PLAIN),
    "XXE": (f"<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>{GOOD.replace('alice', '&x;')}", PLAIN),
    "a parameter entity": (f"<!DOCTYPE r [<!ENTITY % x SYSTEM 'file:///etc/passwd'> %x;]>{GOOD}", PLAIN),
    "billion laughs": (f"{LAUGHS}]>{GOOD.replace('alice', '&i;')}", PLAIN),
    "quadratic blow-up": (f"<!DOCTYPE r [<!ENTITY a '{'a' * 50_000}'>]><r>{'&a;' * 20_000}</r>", PLAIN),
    "a default attribute": (f"<!DOCTYPE r [<!ATTLIST Assertion ID CDATA '_x'>]>{GOOD}", PLAIN),
    "an entity nobody declared": (GOOD.replace("alice", "&nbsp;"), MALFORMED),
    "a processing instruction": (GOOD.replace("<saml:Subject>", "<?php x ?><saml:Subject>"), PLAIN),
    "a style sheet": (f"<?xml-stylesheet href='https://mallory.example'?>{GOOD}", PLAIN),
    "CDATA": (GOOD.replace(">alice<", "><![CDATA[alice]]><"), PLAIN),
    "XInclude": (
        GOOD.replace("alice", "<x:include xmlns:x='http://www.w3.org/2001/XInclude' href='/etc/passwd'/>"),
        "",
    ),
    "a comment before all": (f"<!-- -->{GOOD}", PLAIN),
    "a comment in the NameID": (GOOD.replace(">alice<", ">alice<!-- -->.mallory<"), PLAIN),
    "a comment in the digest": (GOOD.replace("<ds:DigestValue>", "<ds:DigestValue><!--x-->"), PLAIN),
    "two roots": (GOOD + GOOD, MALFORMED),
    "nothing": ("", MALFORMED),
    "no XML": ("SAMLResponse", MALFORMED),
    "JSON": ('{"subject": "alice"}', MALFORMED),
    "half of it": (GOOD[: len(GOOD) // 2], MALFORMED),
    "NUL": (GOOD.replace("alice", "al\0ice"), MALFORMED),
    "NUL by reference": (GOOD.replace("alice", "al&#0;ice"), MALFORMED),
    "no UTF-8": (GOOD.replace("alice", "alicé").encode("latin-1"), UTF_8),
    "UTF-16": (GOOD.encode("utf-16"), UTF_8),
    "UTF-7 that hides a DTD": (f'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE r>{GOOD}', UTF_8),
    "another encoding declared": (f"<?xml version='1.0' encoding='EBCDIC-CP-US'?>{GOOD}", UTF_8),
    "two declarations": (f"<?xml version='1.0'?><?xml version='1.0' encoding='UTF-7'?>{GOOD}", PLAIN),
    "deep": ("<a>" * 40 + "</a>" * 40, NESTED),
    "very deep": ("<a>" * 30_000 + "</a>" * 30_000, MALFORMED),
    "many elements": (f"<a>{'<b/>' * 5_000}</a>", NESTED),
    "many attributes": ("<a " + " ".join(f"b{n}=''" for n in range(100)) + "/>", "An element has too many attributes."),
    "many namespaces": (
        "<a " + " ".join(f"xmlns:b{n}='u:{n}'" for n in range(100)) + "/>",
        "An element has too many attributes.",
    ),
    "huge": (GOOD.replace("alice", "a" * (256 << 10)), LONG),
    "the same ID twice": (GOOD.replace('ID="_response"', 'ID="_assertion"'), SAME_ID),
    "the same ID under another name": (GOOD.replace("<samlp:Status>", '<samlp:Status xml:id="_assertion">'), SAME_ID),
    "the same ID in small letters": (GOOD.replace("<samlp:Status>", '<samlp:Status id="_assertion">'), SAME_ID),
    "compressed": (zlib.compress(GOOD.encode(), wbits=-15), UTF_8),
    "a compressed bomb": (zlib.compress(b"<" * (100 << 20), wbits=-15), UTF_8),
}


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_xml_is_refused(hostile: str) -> None:
    document, refused = HOSTILE[hostile]

    assert refusal(encoded(document)) == (
        refused or "The signature is not by a certificate of this provider, or what it covers was changed."
    )


@pytest.mark.parametrize("form", ["", "%", "a", "=", "PHNhbWw", "é", "PD94\0bWw=", "PHNhbWw+_-"])
def test_what_is_no_base64_is_refused(form: str) -> None:
    assert refusal(form) == (MALFORMED if form == "" else BASE64)


def test_a_form_that_is_far_too_long_is_refused_unread() -> None:
    assert refusal("A" * (1 << 20)) == LONG


def test_lines_and_blanks_of_base64_are_borne() -> None:
    lines = b64encode(GOOD.encode()).decode()
    wrapped = "\r\n".join(lines[start : start + 76] for start in range(0, len(lines), 76))

    assert taken(f"{wrapped}\r\n").subject == "alice"


def test_the_usual_declaration_is_borne() -> None:
    assert taken(encoded(f"\ufeff<?xml version='1.0' encoding='UTF-8' standalone='no'?>\n{GOOD}")).subject == "alice"


def test_a_comment_that_a_provider_signed_is_refused_all_the_same() -> None:
    """Exclusive canonicalization leaves comments out: whoever adds one leaves the signature good (CVE-2018-0489)."""
    with_comment = changed(saying(subject="<saml:NameID>alice@acme.example.mallory.example</saml:NameID>"), _comment)

    assert refusal(with_comment) == PLAIN


def _comment(text: str) -> str:
    return text.replace("alice@acme.example.", "alice@acme.example<!---->.")


@pytest.mark.parametrize("tag", ["EncryptedAssertion", "EncryptedID", "EncryptedAttribute"])
def test_what_is_encrypted_is_refused_in_plain_words(tag: str) -> None:
    response: Any = Said().response()
    etree.SubElement(response, f"{{urn:oasis:names:tc:SAML:2.0:assertion}}{tag}")

    assert refusal(response) == "It is encrypted: turn that off at the provider. The way here is encrypted by TLS."


def test_two_assertions_are_one_too_many_though_both_are_signed() -> None:
    response = signed()
    other = assertion_of(saying(id="_other"))
    response.append(other)

    assert refusal(response) == "There is not exactly one assertion."
