"""Accessibility (WCAG): axe-core finds no barrier on any page of ours, light and dark, at a desk and on a phone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.cast import OTTO, PASSWORD
from tests.chromium import CHROMIUM, PHONE, Person
from tests.customers import Customer
from tests.e2e.conftest import Visit, at_work
from tests.environment import PROJECT, WORKER
from tests.servers import Platform

AXE = PROJECT / "var" / "axe" / "node_modules" / "axe-core" / "axe.min.js"

pytestmark = [
    pytest.mark.drill,
    pytest.mark.fault("F12"),
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed."),
    pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: make axe."),
]

PUBLIC = ("/", "/sign-up/", "/confirm-email/", "/accept-invitation/", "/reset-password/", "/nothing/", "/admin/login/")
#: A window on a desk that is no large one.
DESK = (1200, 900)
#: Ways out, and what is no page.
LEFT_OUT = re.compile(r"/admin/(logout|jsi18n|autocomplete)/")
_ANY = re.compile(r"/[0-9a-f]{8}-[0-9a-f-]{27}/|/\d+/")

# All of axe's rules, the best practices among them, and the size of targets (WCAG 2.2, 2.5.8), which it leaves out by itself.
# What a theme changes is colors alone, so the dark is asked for these. Colors of links change little by little: what is half-way
# is not looked at.
LOOK = """async options => {
    document.getAnimations().forEach(each => each.finish());
    const found = await axe.run(document, {preload: false, resultTypes: ["violations"], ...options});
    return found.violations.flatMap(each => each.nodes.map(node => `${each.id}: ${node.target} ${node.html.slice(0, 120)}`));
}"""
RULES = {
    "light": {"rules": {"target-size": {"enabled": True}}},
    "dark": {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}},
}

#: So that there is a chart to look at, one month of it full.
USED_BEFORE = """
    INSERT INTO past_usage (id, created_at, updated_at, organization_id, resource, period_starts_on, "limit", used)
    SELECT gen_random_uuid(), now(), now(), organization_id, resource, period_starts_on - months * interval '1 month',
           "limit", "limit" / months
      FROM quotas, unnest(ARRAY[1, 2, 4]) AS months WHERE resource = 'executions'"""

# Nothing is wider than the window, and at a desk no column of a list is out of sight, as in a window of 1,200 pixels.
STICKS_OUT = """() => [document.documentElement, ...(innerWidth < 1200 ? [] : document.querySelectorAll(".results"))]
    .filter(each => each.scrollWidth > each.clientWidth + 1).map(each => `${each.tagName} ${each.className}`).join()"""


def barriers(person: Person, path: str) -> list[str]:
    """Look through one page as four people see it."""
    person.go(path)
    return barriers_here(person, path)


def barriers_here(person: Person, name: str) -> list[str]:
    person.page.evaluate(AXE.read_text(encoding="utf-8"))
    found = []
    for theme, rules in RULES.items():
        person.page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]  # one of its literals
        for width, height in (DESK, PHONE):
            person.page.set_viewport_size({"width": width, "height": height})
            found += [f"{name} {theme} {width}: {each}" for each in person.page.evaluate(LOOK, rules)]
            if wide := person.page.evaluate(STICKS_OUT):
                found.append(f"{name} {theme} {width}: sticks out: {wide}")
    person.page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    return found


def pages_from(person: Person, start: str = "/admin/") -> Iterable[str]:
    """Go to every page that links lead to, one of each kind: a row's page is not looked at for each row."""
    seen, waiting = {_ANY.sub("/*/", start)}, [start]
    while waiting:
        person.go(path := waiting.pop(0))
        for link in person.page.eval_on_selector_all(
            "a[href]:not([download])", "links => links.map(link => link.href)"
        ):
            parts = urlsplit(link)
            kind = _ANY.sub("/*/", parts.path)
            here = f"{parts.scheme}://{parts.netloc}" == person.origin and parts.path.startswith("/admin/")
            if here and kind not in seen and not LEFT_OUT.match(parts.path):
                seen.add(kind)
                waiting.append(parts.path)
        yield path


def barriers_from(person: Person) -> tuple[list[str], list[str]]:
    """Look through every page from the first one on; return the pages, and what is in anybody's way."""
    looked = [(path, barriers_here(person, path)) for path in pages_from(person)]
    return [path for path, _ in looked], [each for _, found in looked for each in found]


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """Its organization is removed, and its console has a page for each row."""
    with at_work(f"workix_barriers_{WORKER}", tmp_path_factory.mktemp("var")) as platform:
        yield platform


@pytest.mark.parametrize("is_named", [False, True], ids=["platform", "organization"])
def test_public_pages(visit: Visit, customer: Customer, is_named: bool) -> None:
    person = visit(customer.slug if is_named else "", watched=True)
    paths = [path for path in PUBLIC if not (is_named and path == "/sign-up/")]
    found = [each for path in paths for each in barriers(person, path)]
    person.log_in("nobody@hooli.example", "a guess that is wrong")
    person.reads("The address or the password is wrong.")
    assert found + barriers_here(person, "refused log-in") == []


def have_an_agent_propose(customer: Customer) -> None:
    """So that there are pages of an agent, of what it asks for, and of its run."""
    made = {"name": "Robin", "purpose": "Keeps roles tidy.", "mode": "supervised", "calls_per_hour": 100}
    agent = customer.call("POST", "agents/", {**made, "scopes": ["roles:read", "roles:write", "users:read"]})
    said = {"Workix-Reason": "The readers need a role of their own.", "Workix-Trace": "run-7/step-1"}
    role = {"name": "Readers", "permissions": ["users:read"]}
    proposal = customer.platform.call("POST", "/api/v1/roles/", role, access=agent.body["key"], **said)
    assert (agent.status, proposal.status) == (201, 202)


def test_the_dashboard(visit: Visit, customer: Customer, platform: Platform) -> None:
    have_an_agent_propose(customer)
    admin = visit(customer.slug, watched=True)
    admin.log_in(customer.address, PASSWORD)
    with psycopg.connect(platform.settings["WORKIX_SETUP_DATABASE_URL"]) as behind:
        behind.execute(USED_BEFORE)
    pages, found = barriers_from(admin)
    assert len(pages) >= 20, pages
    assert {"/admin/agents/agent/stop-all/", "/admin/audit/logentry/run/run-7/"} <= set(pages)
    admin.go("/admin/accounts/invitation/add/")
    admin.click("Save")
    admin.reads("Please correct the error below.")
    assert found + barriers_here(admin, "refused form") == []


def test_the_console(visit: Visit, customer: Customer, password_of_otto: str, platform: Platform) -> None:
    platform.manage("remove_organization", customer.slug, "--noinput", "--reason", "to be seen")
    with psycopg.connect(platform.settings["WORKIX_SETUP_DATABASE_URL"]) as behind:
        behind.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status) VALUES ('nobodys', 'x', 'failed')"
        )
    otto = visit(watched=True)
    otto.log_in(OTTO, password_of_otto)
    pages, found = barriers_from(otto)
    assert len(pages) >= 17, pages
    otto.go(next(path for path in pages if path.endswith("/inspect/")))
    otto.fill(reason="to be seen")
    otto.click("Look inside")
    otto.reads(customer.address)
    assert found + barriers_here(otto, "inside an organization") == []
