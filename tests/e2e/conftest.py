"""Fixtures of tests at a real browser: a platform that files of them share, and people who sit down at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.cast import OTTO, PASSWORD
from tests.chromium import Person, chromium
from tests.customers import Customer
from tests.database import another_database
from tests.e2e.front_ends import served_page
from tests.environment import WORKER
from tests.servers import Platform, free_port

Visit = Callable[..., Person]


@pytest.fixture(scope="session")
def front_end_port() -> int:
    """Where a front-end of somebody's is served, at another origin than the platform."""
    return free_port()


# Note [A shared platform]
# To start one takes longer than most files do at it. So it is started once, and a file has organizations of its own there: no
# other file takes their names. One that begins where nobody has been, or has settings of its own, starts another `platform`.
@pytest.fixture(scope="session")
def shared_platform(tmp_path_factory: pytest.TempPathFactory, front_end_port: int) -> Iterator[Platform]:
    listed = (f"http://{host}:{front_end_port}" for host in ("localhost", "elsewhere.localhost"))
    origins = {"WORKIX_ALLOWED_ORIGINS": ",".join(listed)}
    provider = {"WORKIX_OUTGOING_NETWORKS": "127.0.0.0/8"}  # an identity provider of a test is on this machine
    with at_work(f"workix_browser_{WORKER}", tmp_path_factory.mktemp("var"), **origins, **provider) as platform:
        yield platform


@contextmanager
def at_work(database: str, var: Path, **settings: str) -> Iterator[Platform]:
    """Start a platform where nobody has been, with its worker."""
    with another_database(database) as environment:
        platform = Platform.at(environment, var, **settings)
        with platform.serving(), platform.working():
            yield platform


@pytest.fixture(scope="module")
def platform(shared_platform: Platform) -> Platform:
    """See Note [A shared platform]."""
    return shared_platform


# While Playwright is at work, Django takes every test for asynchronous: so a browser stays for one file.
@pytest.fixture(scope="module")
def browser(platform: Platform, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium(tmp_path_factory.mktemp("profile")) as browser:
        yield browser


@pytest.fixture
def front_end(front_end_port: int, tmp_path: Path, browser: Browser) -> Iterator[Page]:
    """Open a page that is served at `http://localhost:<another port>`."""
    with served_page(tmp_path, front_end_port, browser) as page:
        yield page


@pytest.fixture
def visit(platform: Platform, browser: Browser) -> Iterator[Visit]:
    """Sit somebody down at a browser with no memory, at one host; in the end nothing may have been complained of."""
    people: list[Person] = []

    def sit_down(slug: str = "", *, dark: bool = False, watched: bool = False) -> Person:
        """`watched`: a tool looks at the page from within, which our policy (CSP) lets nobody do."""
        host = f"{slug}.localhost" if slug else "localhost"
        page = browser.new_context(color_scheme="dark" if dark else "light", bypass_csp=watched).new_page()
        people.append(Person(page, f"http://{host}:{platform.port}"))
        return people[-1]

    yield sit_down
    for person in people:
        person.page.context.close()
    assert [complaint for person in people for complaint in person.complaints] == []


@pytest.fixture(scope="session")
def passwords_of_otto() -> dict[int, str]:
    """Otto's password at each platform, by its port."""
    return {}


@pytest.fixture(scope="module")
def password_of_otto(platform: Platform, passwords_of_otto: dict[int, str]) -> str:
    if platform.port not in passwords_of_otto:
        passwords_of_otto[platform.port] = platform.manage("create_operator", OTTO).split()[-1]
    return passwords_of_otto[platform.port]


@pytest.fixture(scope="session")
def numbers() -> Iterator[int]:
    """Count the organizations called Hooli."""
    return count(1)


@pytest.fixture(scope="module")
def customer(platform: Platform, numbers: Iterator[int]) -> Customer:
    """Open an organization of this file's, with an admin, who has added somebody; somebody else guesses at a password."""
    customer = Customer(platform, f"hooli{next(numbers)}")
    customer.begin()
    somebody: dict[str, Any] = {
        "email": f"gavin@{customer.slug}.example",
        "password": PASSWORD,
        "role": "viewer",
        "first_name": "Gavin",
    }
    assert customer.call("POST", "users/", somebody).status == 201
    guess = {"email": customer.address, "password": "a guess that is wrong", "organization": customer.slug}
    assert platform.call("POST", "/api/v1/auth/login/", guess).status == 401
    return customer
