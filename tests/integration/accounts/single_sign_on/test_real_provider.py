"""One whole journey with a provider that somebody else wrote (oidc-provider-mock, which stands on Authlib)."""

from __future__ import annotations

from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

import pytest

from tests.acts import rows
from tests.browsers import Browser
from tests.cast import Cast
from tests.integration.accounts.single_sign_on.provider import FakeProvider, loopback_allowed
from tests.integration.accounts.single_sign_on.signing_on import connect, leave
from tests.servers import PATIENCE_SECONDS

oidc_provider_mock = pytest.importorskip("oidc_provider_mock")


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # its own, of the libraries it stands on
def test_somebody_signs_on_by_a_provider_that_somebody_else_wrote(acme: Cast) -> None:
    claims = {"email": "alice@acme.example", "email_verified": True, "groups": ["bosses"]}
    alice = oidc_provider_mock.User(sub="alice-1", claims=claims)
    with (
        loopback_allowed(),
        oidc_provider_mock.run_server_in_thread(user_claims=[alice]) as server,
    ):
        issuer = f"http://localhost:{server.server_port}"
        provider = connect(acme, FakeProvider(issuer))
        browser = Browser(acme.host)
        form = urlencode({"sub": "alice-1"}).encode()
        there = leave(browser, provider.id, next="/admin/accounts/user/")
        back = _location(there, form)
        assert browser.get(f"{urlsplit(back).path}?{urlsplit(back).query}").goes_to == "/admin/accounts/user/"
        assert browser.get("/admin/").status == 200
    assert rows("SELECT subject FROM external_identities", acme) == [("alice-1",)]


def _location(address: str, form: bytes) -> str:
    """Be a browser at the provider: choose who one is, and go where it sends one."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE_SECONDS)
    connection.request(
        "POST", f"{parts.path}?{parts.query}", form, {"Content-Type": "application/x-www-form-urlencoded"}
    )
    location = connection.getresponse().getheader("Location", "")
    connection.close()
    return str(location)
