"""AuthnRequest and the HTTP-Redirect binding of SAML 2.0."""

from __future__ import annotations

import zlib
from base64 import b64decode
from urllib.parse import parse_qs, urlsplit

import pytest

from accounts.single_sign_on.saml.messages.requests import redirect_url, write_request
from tests.saml.identity_provider import ACS, ENTITY_ID, NOW, SSO_URL

BEGINS = (
    '<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" '
    f'ID="_a" Version="2.0" IssueInstant="2026-11-26T12:00:00Z" Destination="{SSO_URL}" AssertionConsumerServiceURL="{ACS}" '
    'ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"'
)
ENDS = f'><saml:Issuer>{ENTITY_ID}</saml:Issuer><samlp:NameIDPolicy AllowCreate="true" /></samlp:AuthnRequest>'


def test_a_request_says_who_asks_and_where_the_answer_goes() -> None:
    request = write_request("_a", sso_url=SSO_URL, acs_url=ACS, entity_id=ENTITY_ID, now=NOW)

    assert request.decode() == BEGINS + ENDS


@pytest.mark.parametrize(("sso_url", "query"), [(SSO_URL, {}), (f"{SSO_URL}?idpid=C01", {"idpid": ["C01"]})])
def test_it_travels_compressed_in_the_address_of_the_provider(sso_url: str, query: dict[str, list[str]]) -> None:
    url = urlsplit(redirect_url(sso_url, b"<request/>"))
    found = parse_qs(url.query)
    document = zlib.decompress(b64decode(found.pop("SAMLRequest")[0]), wbits=-15)

    assert (url._replace(query="").geturl(), found, document) == (SSO_URL, query, b"<request/>")


def test_markup_in_an_address_stays_text() -> None:
    request = write_request("_a", sso_url='https://x/"><a>&', acs_url=ACS, entity_id="<b>", now=NOW)

    assert b'Destination="https://x/&quot;&gt;&lt;a&gt;&amp;"' in request
    assert b"<saml:Issuer>&lt;b&gt;</saml:Issuer>" in request
