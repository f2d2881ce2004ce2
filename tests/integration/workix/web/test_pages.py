"""Pages for people: the public ones, the browsable API, and problems shown as pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse

from tenants.models import Status
from tests.acts import set_status
from tests.browsers import Browser, browser_of
from tests.cast import Api, Cast
from workix.web.static_files import StaticFilesMiddleware

PUBLIC = ("/", "/sign-up/", "/confirm-email/", "/accept-invitation/", "/reset-password/")


@pytest.mark.parametrize("path", PUBLIC)
def test_anybody_may_read_the_public_pages(database: None, path: str) -> None:
    page = Browser().get(path)
    assert (page.status, "<h1>" in page.text, "Set-Cookie" in page.headers) == (200, True, False)


def test_an_organizations_front_page_leads_to_its_dashboard(acme: Cast) -> None:
    page = Browser(acme.host).get("/")
    assert ("Acme" in page.words, 'href="/admin/"' in page.text, "/sign-up/" in page.text) == (True, True, False)
    assert [Browser(acme.host).get(path).status for path in PUBLIC[1:]] == [404, 200, 200, 200]


def test_sign_up_says_so_when_it_is_closed(database: None, settings: Any) -> None:
    assert "<form" in Browser().get("/sign-up/").text
    settings.WORKIX = settings.WORKIX.model_copy(update={"sign_up": "closed"})
    closed = Browser().get("/sign-up/")
    assert ("<form" in closed.text, "created by the operator" in closed.words) == (False, True)


def test_every_script_and_style_a_page_names_is_served_from_here(database: None) -> None:
    for path in (
        "workix/site.css",
        "workix/admin.css",
        "workix/forms.js",
        "workix/api.js",
        "workix/front.js",
        "workix/icon.svg",
    ):
        assert finders.find(path)
        answer = Browser().get(f"/static/{path}")
        assert (answer.status, answer.headers.get("Cache-Control")) == (200, "max-age=0, public")
        assert Browser("nobody-knows-this.example").get(f"/static/{path}").status == 404
    assert Browser().get("/static/workix/nothing.js").status == 404
    assert Browser().get("/static/../workix/settings.py").status == 404


def test_production_does_not_start_without_its_style_sheets(settings: Any, tmp_path: Path) -> None:
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = False
    settings.STATIC_ROOT = tmp_path / "nothing"
    with pytest.raises(ImproperlyConfigured, match="collectstatic"):
        StaticFilesMiddleware(lambda request: HttpResponse())


def test_the_slash_may_be_left_out_of_admin(acme: Cast) -> None:
    assert Browser(acme.host).get("/admin").goes_to == "/admin/"


def test_a_problem_is_a_page_for_people_and_stays_a_problem_for_programs(acme: Cast) -> None:
    for_people = browser_of(acme, "alice").get("/admin/nothing/")
    assert (for_people.status, "There is nothing here." in for_people.words) == (404, True)
    for_programs = Api(host=acme.host).get("/admin/nothing/")
    assert for_programs.status in (302, 404)
    elsewhere = Api(host=acme.host).get("/nothing/")
    assert (elsewhere.status, elsewhere.headers["Content-Type"]) == (404, "application/problem+json")
    nobodys = Browser("nobody.localhost").get("/admin/")
    assert (nobodys.status, "No organization lives at this address." in nobodys.words) == (404, True)


class TestBrowsableApi:
    """What a person sees who opens the API in a browser."""

    def test_json_stays_what_everybody_else_gets(self, acme: Cast, alice: Api) -> None:
        for accept in ("*/*", "application/json", "application/*"):
            assert alice.get("users/", Accept=accept).headers["Content-Type"] == "application/json"
        assert (
            alice.get("users/?format=json", Accept="text/html,*/*;q=0.8").headers["Content-Type"] == "application/json"
        )

    def test_somebody_unknown_is_asked_to_log_in(self, acme: Cast) -> None:
        page = Browser(acme.host).get("/api/v1/users/?page_size=2")
        assert (page.status, page.headers["Content-Type"]) == (401, "text/html; charset=utf-8")
        assert 'href="/admin/login/?next=%2Fapi%2Fv1%2Fusers%2F%3Fpage_size%3D2"' in page.text
        assert "not_authenticated" in page.words
        assert "data-api" not in page.text

    def test_somebody_who_logged_in_reads_and_pages(self, acme: Cast) -> None:
        page = browser_of(acme, "alice").get("/api/v1/users/?page_size=2")
        assert (page.status, "alice@acme.example" in page.words, "Next page" in page.words) == (200, True, True)

    def test_a_cookie_alone_changes_nothing(self, acme: Cast) -> None:
        alice = browser_of(acme, "alice")
        body = {"data": '{"first_name": "Alicia"}', "content_type": "application/json"}
        headers = {"Host": acme.host, "Accept": "application/json"}
        refused = alice.client.patch("/api/v1/me/", headers=headers, **body)
        assert (refused.status_code, refused.json()["code"]) == (403, "csrf_failed")
        token = alice.client.cookies["workix-csrf"].value
        done = alice.client.patch("/api/v1/me/", headers={**headers, "X-CSRFToken": token}, **body)
        assert (done.status_code, done.json()["first_name"]) == (200, "Alicia")
        listed = alice.client.get("/api/v1/me/sessions/", headers=headers).json()["results"]
        assert [each["is_current"] for each in listed] == [True]

    def test_permissions_are_the_same(self, acme: Cast) -> None:
        vera = browser_of(acme, "vera")
        page = vera.get("/api/v1/audit-logs/")
        assert (page.status, "permission_denied" in page.words) == (403, True)

    def test_what_people_wrote_is_shown_as_text(self, acme: Cast) -> None:
        alice = browser_of(acme, "alice")
        fields = {"role": "viewer", "is_active": "on", "first_name": "<script>x</script>", "last_name": "'\"&"}
        alice.post(f"/admin/accounts/user/{acme.people['bob'].id}/change/", **fields)
        for path in ("/api/v1/users/", "/admin/accounts/user/", "/admin/audit/logentry/"):
            assert "<script>x" not in alice.get(path).text

    def test_every_path_of_the_document_has_a_page(self, acme: Cast, alice: Api) -> None:
        document = alice.get("schema/?format=json").body["paths"]
        paths = [path for path, does in document.items() if "get" in does and "{" not in path]
        browser = browser_of(acme, "alice")
        asked = {"/api/v1/authz/explanation/": "?action=users:read", "/api/v1/authz/holders/": "?permission=users:read"}
        shown = [path for path in paths if "export" not in path and "/scim/" not in path]
        found = {path: browser.get(path + asked.get(path, "")).status for path in shown}
        assert found == dict.fromkeys(found, 200)
        assert len(found) >= 5


@pytest.mark.fault("F9")
@pytest.mark.parametrize("path", ["/", "/nothing/", "/admin/", "/static/nothing.css", "/api/v1/docs/"])
def test_a_host_that_is_nobodys_has_a_page_in_our_look_for_people(database: None, settings: Any, path: str) -> None:
    page = Browser("nobody.localhost").get(path)
    assert (page.status, page.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    platform = settings.WORKIX.public_url
    assert "No organization lives at this address." in page.words
    assert f'href="{platform}/static/workix/site.css"' in page.text, "where a style sheet is served"
    assert f"style-src 'self' {platform}" in page.headers["Content-Security-Policy"]
    varies = "Accept, origin" if path.startswith("/api/") else "Accept"
    assert (page.headers["Vary"], f'href="{platform}/"' in page.text) == (varies, True)


@pytest.mark.fault("F9")
@pytest.mark.parametrize("path", ["/", "/sign-up/", "/admin/", "/reset-password/", "/api/v1/docs/"])
def test_a_suspended_organization_has_a_page_for_people(acme: Cast, path: str) -> None:
    set_status(acme, Status.SUSPENDED)
    page = Browser(acme.host).get(path)
    assert (page.status, page.headers["Content-Type"]) == (403, "text/html; charset=utf-8")
    assert ("This organization is suspended." in page.words, "platform" in page.words) == (True, True)


@pytest.mark.fault("F9")
def test_what_is_not_there_has_a_page_for_people(acme: Cast) -> None:
    for browser in (Browser(acme.host), Browser()):
        page = browser.get("/nothing/")
        assert (page.status, page.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
        assert ("There is nothing here." in page.words, "site.css" in page.text) == (True, True)


@pytest.mark.fault("F9")
@pytest.mark.parametrize(
    "accept",
    [
        "",
        "*/*",
        "application/json",
        "application/json, text/html;q=0.9",
        "application/problem+json,*/*",
        "text/html;q=0",
        ";",
    ],
)
@pytest.mark.parametrize("host", ["nobody.localhost", "localhost"])
def test_programs_are_told_a_problem_as_ever(database: None, host: str, accept: str) -> None:
    answer = Api(host=host).get("/nothing/", Accept=accept)
    assert (answer.status, answer.headers["Content-Type"]) == (404, "application/problem+json")
