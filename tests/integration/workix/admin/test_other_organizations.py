"""The dashboard offers the way to one's other organizations: to whoever reads the mailbox, where both allow it."""

from __future__ import annotations

import pytest

from tests.acts import join, statements_of
from tests.browsers import Browser
from tests.cast import PASSWORD, Cast
from tests.integration.accounts.login.test_switching_api import DANA, OWN, allow, set_by_link
from workix.core.permissions import Role

OFFER = "Your other organizations"


@pytest.fixture
def both(acme: Cast, globex: Cast) -> tuple[Cast, Cast]:
    for cast in (acme, globex):
        join(cast, DANA, Role.ADMIN)
    return acme, globex


def home_of(cast: Cast, password: str) -> str:
    browser = Browser(cast.host)
    assert browser.log_in(DANA, password).status == 302
    return browser.get("/admin/").text


def test_who_reads_the_mailbox_is_offered_the_dashboards_of_the_others(both: tuple[Cast, Cast]) -> None:
    acme, _ = both
    allow(*both)
    set_by_link(acme)
    page = home_of(acme, OWN)
    assert (OFFER in page, 'href="http://globex.localhost:8000/admin/"' in page) == (True, True)


def test_who_was_given_a_password_learns_nothing(both: tuple[Cast, Cast]) -> None:
    allow(*both)
    page = home_of(both[0], PASSWORD)
    assert (OFFER in page, "globex" in page) == (False, False)


@pytest.mark.parametrize("allowing", [0, 1])
def test_where_one_of_the_two_does_not_allow_it_nothing_is_offered(both: tuple[Cast, Cast], allowing: int) -> None:
    allow(both[allowing])
    set_by_link(both[0])
    assert OFFER not in home_of(both[0], OWN)


def test_a_dashboard_whose_organization_does_not_allow_it_asks_nobody(both: tuple[Cast, Cast]) -> None:
    set_by_link(both[0])
    browser = Browser(both[0].host)
    browser.log_in(DANA, OWN)
    browser.get("/admin/")
    assert [each for each in statements_of(lambda: browser.get("/admin/")) if "email_index" in each] == []
