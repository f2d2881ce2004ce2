"""The dashboard says up to when the trail is signed, and on an entry's page whether it is as it was signed."""

from __future__ import annotations

import pytest

from tests.browsers import Browser, browser_of
from tests.cast import Cast
from tests.integration.tenants.trail.sequenced import leaves, sequence_all, sizes, tamper, write

TRAIL = "/admin/audit/logentry/"


@pytest.fixture
def browser(acme: Cast) -> Browser:
    return browser_of(acme, "alice")


def page_of(browser: Browser, entry: str) -> str:
    return str(browser.get(f"{TRAIL}{entry}/change/").text)


def test_the_list_says_up_to_when_it_is_signed(acme: Cast, browser: Browser) -> None:
    tamper(acme, "DELETE FROM audit_checkpoints", "DELETE FROM audit_leaves")
    assert "No checkpoint is signed over this trail yet." in browser.get(TRAIL).text
    tamper(acme, "DELETE FROM public.audit_arrivals")
    write(acme, 3)
    sequence_all()
    assert " UTC: a checkpoint over 3 entries." in browser.get(TRAIL).text


def test_an_entry_says_that_it_is_as_it_was_signed(acme: Cast, browser: Browser) -> None:
    write(acme, 2)
    sequence_all()
    index, entry = leaves(acme)[-1]
    assert f"Leaf {index} of the checkpoint over {sizes(acme)[-1]} entries; it is as it was signed." in page_of(
        browser, entry
    )


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("UPDATE audit_logs SET reason = 'x' WHERE id = %(entry)s", "It is NOT what was signed."),
        ("DELETE FROM audit_leaves WHERE entry_id = %(entry)s", "No checkpoint is for this entry yet."),
        (
            "DELETE FROM audit_leaves WHERE entry_id <> %(entry)s",
            "It can&#x27;t be proven: a part of the tree is gone.",
        ),
    ],
)
def test_an_entry_says_what_is_wrong_with_it(acme: Cast, browser: Browser, damage: str, said: str) -> None:
    write(acme, 2)
    sequence_all()
    _, entry = leaves(acme)[-1]
    tamper(acme, damage, entry=entry)
    assert said in page_of(browser, entry)
