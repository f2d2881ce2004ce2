"""Security headers in production (HSTS, CSP, COOP, Permissions-Policy): a real gunicorn, behind a proxy that ends TLS or none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from devserver.postgres.server import Cluster
from tests.cast import Answer
from tests.drills.conftest import StartServer
from tests.servers import PATIENCE_SECONDS, Platform, settings_of, wait_for
from tools.as_production import environment
from workix.web.security_headers import NO_PAGE, PERMISSIONS

pytestmark = pytest.mark.drill

HOST = "api.workix.example"
HSTS = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload"}
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
}
PAGE = (
    "base-uri 'none'; connect-src 'self'; default-src 'none'; font-src 'self'; form-action 'self'; frame-ancestors 'none';"
    " img-src 'self' data:; script-src 'self'; style-src 'self'"
)
HTML = {"Accept": "text/html"}
LOGIN = ("POST", "/api/v1/auth/login/", {"email": "nobody@acme.example", "password": "a guess that is long"})
#: What is asked -> method, path, body, more headers, then the status over TLS and the policy of the answer.
ASKED: dict[str, tuple[tuple[str, str, object], dict[str, str], int, str]] = {
    "the API": (("GET", "/api/v1/me/", None), {}, 401, NO_PAGE),
    "the API in a browser": (("GET", "/api/v1/me/", None), HTML, 401, PAGE),
    "a log-in that fails": (LOGIN, {}, 401, NO_PAGE),
    "the dashboard": (("GET", "/admin/login/", None), HTML, 200, PAGE),
    "a way to the dashboard": (("GET", "/admin/", None), HTML, 302, PAGE),
    "the documents": (("GET", "/api/v1/docs/", None), HTML, 200, PAGE),
    "a style sheet that is none": (("GET", "/static/nothing.css", None), {}, 404, NO_PAGE),
    "health": (("GET", "/health/live", None), {}, 200, NO_PAGE),
    "the keys": (("GET", "/.well-known/jwks.json", None), {}, 200, NO_PAGE),
    "nothing": (("GET", "/nothing", None), {}, 404, NO_PAGE),
    "nothing, of a page": (("GET", "/admin/nothing/", None), HTML, 302, PAGE),
    "an unknown host": (("GET", "/", None), {"Host": "evil.example"}, 404, NO_PAGE),
    "no JSON": (("POST", "/api/v1/auth/login/", "text"), {}, 400, NO_PAGE),
    "a body that is too large": (("POST", "/api/v1/auth/login/", None), {"Content-Length": "2000000"}, 413, NO_PAGE),
    "a head that is malformed": (("GET", "/health/live", None), {"X(": "1"}, 400, NO_PAGE),
}
#: gunicorn refuses these before it is known whether the client spoke TLS: they can't promise that it will (HSTS).
UNREAD = {"a body that is too large", "a head that is malformed"}


@pytest.fixture(scope="module")
def cluster(start_server: StartServer) -> Cluster:
    return start_server("headers")


@pytest.fixture(scope="module")
def platform(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """Start it as production does, and let it believe a proxy on this machine."""
    var = tmp_path_factory.mktemp("var")
    more = environment() | {"WORKIX_ENV": "production", "WORKIX_TRUSTED_PROXIES": "127.0.0.1/32"}
    database = settings_of(cluster)
    platform = Platform.at(more | database, var, WORKIX_PUBLIC_URL=f"https://{HOST}", WORKIX_ENV="production")
    platform.manage("migrate", "--quiet")
    platform.manage("collectstatic", "--noinput")
    process = platform.start_web()
    try:
        wait_for(lambda: ask(platform, "health").status == 200 or None)
        yield platform
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE_SECONDS)


def ask(platform: Platform, what: str, **more: str) -> Answer:
    (method, path, body), headers, *_ = ASKED[what]
    return platform.call(method, path, body, **{"Host": HOST, "X-Forwarded-Proto": "https", **headers, **more})


def headers_of(answer: Answer) -> dict[str, str]:
    """Pick those of security, the policy's directives in the order of the alphabet."""
    found = {name: value for name, value in answer.headers.items() if name in {*ALWAYS, *HSTS}}
    policy = answer.headers["Content-Security-Policy"].split(";")
    return found | {"Content-Security-Policy": "; ".join(sorted(each.strip() for each in policy))}


@pytest.mark.parametrize("what", ASKED)
def test_every_kind_of_answer_has_every_header(platform: Platform, what: str) -> None:
    *_, status, policy = ASKED[what]
    answer = ask(platform, what)
    wanted = ALWAYS | {"Content-Security-Policy": policy} | ({} if what in UNREAD else HSTS)
    assert (answer.status, headers_of(answer)) == (status, wanted)


def test_a_style_sheet_has_them_and_a_cookie_is_for_tls_and_this_host(platform: Platform) -> None:
    page = ask(platform, "the dashboard")
    sheet = page.body.decode().partition('href="/static/')[2].partition('"')[0]
    answer = platform.call("GET", f"/static/{sheet}", **{"Host": HOST, "X-Forwarded-Proto": "https"})
    assert (answer.status, headers_of(answer)) == (200, ALWAYS | HSTS | {"Content-Security-Policy": NO_PAGE})
    name, _, attributes = page.headers["Set-Cookie"].partition("=")
    said = {each.strip() for each in attributes.split(";")[1:]}
    assert (name[:7], {"Secure", "Path=/"} - said, [each for each in said if "Domain" in each]) == (
        "__Host-",
        set(),
        [],
    )


@pytest.mark.parametrize("proto", ["http", "", "https, http"])
def test_over_http_everything_but_health_is_led_to_https_and_nothing_is_promised(
    platform: Platform, proto: str
) -> None:
    moved = ask(platform, "the API", **{"X-Forwarded-Proto": proto})
    assert (moved.status, moved.headers["Location"]) == (301, f"https://{HOST}/api/v1/me/")
    assert headers_of(moved) == ALWAYS | {"Content-Security-Policy": PAGE}
    assert ask(platform, "health", **{"X-Forwarded-Proto": proto}).status == 200


def test_an_error_of_ours_has_them_too(platform: Platform, cluster: Cluster) -> None:
    superuser = replace(cluster.superuser, name=cluster.owner.name)
    with psycopg.connect(**superuser.connection_parameters(), autocommit=True) as behind:  # type: ignore[arg-type]  # libpq's own names
        behind.execute("ALTER TABLE public.email_index RENAME TO mislaid")
        try:
            answer = ask(platform, "a log-in that fails")
        finally:
            behind.execute("ALTER TABLE public.mislaid RENAME TO email_index")
    assert (answer.status, headers_of(answer)) == (500, ALWAYS | HSTS | {"Content-Security-Policy": NO_PAGE})


def test_who_is_no_proxy_of_ours_says_nothing_about_tls(platform: Platform, tmp_path: Path) -> None:
    distrustful = Platform.at(
        platform.settings, tmp_path, WORKIX_TRUSTED_PROXIES="10.9.9.9/32", WORKIX_PUBLIC_URL=f"https://{HOST}"
    )
    process = distrustful.start_web()
    try:
        wait_for(lambda: ask(distrustful, "health").status == 200 or None)
        moved = ask(distrustful, "the API")
        assert (moved.status, "Strict-Transport-Security" in moved.headers) == (301, False)
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE_SECONDS)
