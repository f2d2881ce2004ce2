"""A whole sign-on with a SAML identity provider that others wrote (samlp for Node.js), known by its metadata's address."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.acts import rows
from tests.browsers import Browser
from tests.cast import Cast
from tests.environment import PROJECT
from tests.integration.accounts.single_sign_on.saml.connected import PAGE, asked_by, come_back, connect
from tests.integration.accounts.single_sign_on.saml.outgoing import loopback_allowed
from tests.saml.keys import pem, rsa_key

HOME = PROJECT / "var" / "saml_provider"
NODE = shutil.which("node")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(NODE is None, reason="Node.js is not installed."),
    pytest.mark.skipif(
        not (HOME / "node_modules").exists(), reason="The SAML provider is not installed: make saml-provider."
    ),
]


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """Run the provider, which ends with its standard input."""
    key = rsa_key("provider")
    (folder / "key.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    (folder / "certificate.pem").write_text(pem(key))
    command = [str(NODE), str(HOME / "provider.js"), str(folder / "key.pem"), str(folder / "certificate.pem")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()


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
