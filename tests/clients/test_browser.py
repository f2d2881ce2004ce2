"""Cookie mode of the TypeScript client in a real browser: a page at another origin, which is loaded anew and goes on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.chromium import CHROMIUM, chromium
from tests.clients.sandboxes import Sandbox, person_of
from tests.e2e.front_ends import served_page
from tools.openapi_clients.typescript import FOLDER

pytestmark = [
    pytest.mark.drill,
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed."),
    pytest.mark.skipif(not (FOLDER / "dist").is_dir(), reason="needs what `make clients` compiles"),
]

#: A bundler does this in earnest.
IMPORTS = '{"imports": {"openapi-fetch": "/node_modules/openapi-fetch/dist/index.mjs"}}'
CLIENT = """async (baseUrl) => {
    const { createWorkix, ok } = await import("/dist/src/index.js");
    window.workix = createWorkix({ baseUrl, auth: { mode: "cookie" } });
    window.whoAmI = async () => (await ok(workix.api.GET("/api/v1/me/"))).email;
}"""
TRIED = """async () => {
    const { dryRun } = await import("/dist/src/index.js");
    const { data } = await workix.api.PATCH("/api/v1/me/", { body: { first_name: "Violet" }, headers: dryRun });
    return data.dry_run.changes.length;
}"""
THREE = "async () => (await Promise.all([whoAmI(), whoAmI(), whoAmI()])).join()"


@pytest.fixture
def page(front_end_port: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with (
        chromium(tmp_path_factory.mktemp("profile")) as browser,
        served_page(FOLDER.resolve(), front_end_port, browser) as page,
    ):
        yield page


def load(page: Page, sandbox: Sandbox) -> None:
    page.reload()
    page.evaluate(
        "(text) => { document.head.append(Object.assign(document.createElement('script'), "
        "{ type: 'importmap', text })); }",
        IMPORTS,
    )
    page.evaluate(CLIENT, sandbox["base_url"])


def test_a_page_that_is_loaded_anew_goes_on(page: Page, sandbox: Sandbox) -> None:
    viewer = person_of(sandbox, "viewer")
    credentials = {
        "email": viewer["email"],
        "password": viewer["password"],
        "organization": sandbox["organization"]["slug"],
    }
    load(page, sandbox)
    assert page.evaluate("() => workix.refresh()") is False
    assert page.evaluate("async (credentials) => (await workix.logIn(credentials)).refresh", credentials) is None
    load(page, sandbox)
    assert page.evaluate(THREE) == ",".join([viewer["email"]] * 3), "nobody has a token, and all wait for the same"
    assert page.evaluate(TRIED) == 1, "CORS lets the header through"
    page.evaluate("() => workix.logOut()")
    load(page, sandbox)
    assert page.evaluate("() => workix.refresh()") is False
