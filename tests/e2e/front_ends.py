"""Front-ends of tests: a page that is served at another port, and runs the code that our documentation has for it."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.chromium import PATIENCE_MILLISECONDS
from tests.customers import Customer
from tests.environment import PROJECT
from tests.integration.accounts.single_sign_on.provider import FakeProvider
from tests.servers import Platform


@contextmanager
def served_page(folder: Path, port: int, browser: Browser) -> Iterator[Page]:
    """Open an empty page at `http://localhost:<port>`; any other name of this machine leads there, too."""
    (folder / "index.html").write_text("<!DOCTYPE html><title>A front-end</title>")
    served = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", port), served) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        context = browser.new_context()
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        page = context.new_page()
        page.goto(f"http://localhost:{port}/")
        yield page
        context.close()
        server.shutdown()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


def run_code_of(
    page: Page, heading: str, platform: Platform, host: str = "localhost", guide: str = "front-end.md"
) -> None:
    """Run the first code below a heading of a guide (docs/), with the address of this platform in place of its example's."""
    code = (
        (PROJECT / "docs" / guide).read_text().partition(f"## {heading}\n")[2].partition("```js")[2].partition("```")[0]
    )
    for example in ("http://localhost:8000", "https://acme.example.com"):
        code = code.replace(example, f"http://{host}:{platform.port}")
    page.add_script_tag(content=code)


def let_call(customer: Customer, page: str) -> None:
    """Have an organization list the origin of a page."""
    origins = {"allowed_origins": [page.rstrip("/")]}
    assert customer.call("PATCH", "organization/policies/", origins).status == 200


def connect_provider(customer: Customer, fake: FakeProvider) -> str:
    """Have a customer name this provider, where Carol is; return where a sign-on begins."""
    fake.person = {"sub": "carol-1", "email": f"carol@{customer.slug}.example", "email_verified": True}
    settings = {"issuer": fake.issuer, "client_id": "workix"}
    details = {"name": "Hooli ID", "protocol": "oidc", "settings": settings, "domains": [f"{customer.slug}.example"]}
    added = customer.call("POST", "identity-providers/", {**details, "secret": "of a test", "creates_people": True})
    path = f"identity-providers/{added.body['id']}/"
    assert customer.call("PATCH", path, {"is_enabled": True}).status == 200
    return f"http://{customer.slug}.localhost:{customer.platform.port}/sso/{added.body['id']}/"
