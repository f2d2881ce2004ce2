"""A whole sign-on with a SAML identity provider that others wrote (samlp for Node.js), known by its metadata's address."""

from __future__ import annotations

import html
import re
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.acts import rows
from tests.browsers import Browser
from tests.cast import Cast
from tests.integration.accounts.single_sign_on.saml.connected import PAGE, asked_by, come_back, connect
from tests.integration.accounts.single_sign_on.saml.outgoing import loopback_allowed
from tests.saml.program import MISSING, is_installed, running

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not is_installed(), reason=MISSING),
]


def test_somebody_signs_on_at_a_provider_that_others_wrote(acme: Cast, tmp_path: Path) -> None:
    browser = Browser(acme.host)
    with running(tmp_path) as origin, loopback_allowed():
        provider = connect(acme, settings={"metadata_url": f"{origin}/metadata"})
        address = browser.get(f"/sso/{provider.id}/?next={PAGE}").goes_to
        with urlopen(address) as answered:
            page = answered.read().decode()
        (sent,) = re.findall(r'name="SAMLResponse"\s+value="([^"]+)"', page)

        back = come_back(browser, asked_by(address), html.unescape(sent))

    found = rows("SELECT first_name, last_name, role FROM users WHERE email = 'carol@acme.example'", acme)
    assert (back.status, found) == (302, [("Carol", "Shaw", "user")])
