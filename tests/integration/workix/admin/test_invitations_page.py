"""Invitations in the dashboard: whoever adds a person invites them, sees what became of it, resends and withdraws."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail

from tests.acts import rows, statements_of, used
from tests.browsers import Browser, browser_of
from tests.cast import Cast
from tests.integration.accounts.invitations.invited import CAROL, accept, acts, links, make_over, seats, states, told

PEOPLE, INVITATIONS = "/admin/accounts/user/", "/admin/accounts/invitation/"


@pytest.fixture
def alice(acme: Cast) -> Browser:
    return browser_of(acme, "alice")


def person(**changes: Any) -> dict[str, Any]:
    return {"email": CAROL, "role": "viewer", "first_name": "Carol", **changes}


def select(cast: Cast, email: str = CAROL) -> list[str]:
    return [str(found) for (found,) in rows("SELECT id FROM invitations WHERE email = %(email)s", cast, email=email)]


def test_before_anybody_is_invited_the_page_says_what_it_is_for(alice: Browser) -> None:
    page = alice.get(INVITATIONS)
    assert (page.status, "Nobody is invited. Whoever you invite gets a link" in page.words) == (200, True)
    assert "3 of 5 seats are taken" in page.words


def test_to_add_a_person_is_to_invite_them(acme: Cast, alice: Browser, run_jobs: Callable[[], None]) -> None:
    assert "Invite a person" in alice.get("/admin/").words
    assert alice.get(PEOPLE + "add/").goes_to == INVITATIONS + "add/"
    form = alice.get(INVITATIONS + "add/")
    assert (form.status, "We send a link, and they choose a password." in form.words) == (200, True)
    assert 'name="password"' not in form.text
    answer = alice.post(INVITATIONS + "add/", **person())
    assert (answer.goes_to, seats(acme)) == (INVITATIONS, (3, 1, 4))
    listed = alice.get(INVITATIONS).words
    assert f"{CAROL} Viewer Pending alice@acme.example" in listed
    assert "4 of 5 seats are taken" in listed
    run_jobs()
    assert [message.to for message in mail.outbox] == [[CAROL]]
    assert accept(links()[0]).body["user"]["first_name"] == "Carol"
    assert f"{CAROL} Viewer Accepted" in alice.get(INVITATIONS).words
    assert f"{CAROL} Carol Viewer" in alice.get(PEOPLE).words


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"email": "bob@acme.example"}, "Somebody in this organization has this address."),
        ({"email": "dave@acme.example"}, "This address is invited already."),
        ({"email": "carol"}, "Enter a valid email address."),
        ({"role": "owner"}, "Select a valid choice."),
        ({"first_name": "a\x00b"}, "Null characters are not allowed."),
    ],
    ids=str,
)
def test_what_is_wrong_is_said_on_the_form(acme: Cast, alice: Browser, changes: Any, sentence: str) -> None:
    alice.post(INVITATIONS + "add/", **person(email="dave@acme.example"))
    answer = alice.post(INVITATIONS + "add/", **person(**changes))
    assert (answer.status, sentence in answer.words, seats(acme)) == (200, True, (3, 1, 4))


@pytest.mark.requirement("S8")
def test_the_sixth_person_finds_no_seat_here_either(acme: Cast, alice: Browser) -> None:
    for number in range(2):
        assert alice.post(INVITATIONS + "add/", **person(email=f"p{number}@acme.example")).status == 302
    answer = alice.post(INVITATIONS + "add/", **person())
    assert (answer.status, "The limit of 5 people is reached." in answer.words, used(acme, "users")) == (200, True, 5)
    assert 'value="Carol"' in answer.text, "What was typed is still there."


def test_one_is_sent_again_and_withdrawn(acme: Cast, alice: Browser, run_jobs: Callable[[], None]) -> None:
    for email in (CAROL, "dave@acme.example"):
        alice.post(INVITATIONS + "add/", **person(email=email))
    run_jobs()
    sent = alice.post(INVITATIONS, action="resend_selected", _selected_action=select(acme))
    assert (sent.status, f"A new link is on its way to {CAROL}." in alice.get(INVITATIONS).words) == (302, True)
    run_jobs()
    first, second = links()
    alice.post(INVITATIONS, action="withdraw_selected", _selected_action=select(acme, "dave@acme.example"))
    assert "The invitation of dave@acme.example is withdrawn." in alice.get(INVITATIONS).words
    assert (told(accept(first)), accept(second).status) == ((400, "token_invalid"), 201)
    assert (states(acme), seats(acme)) == ([(CAROL, "accepted"), ("dave@acme.example", "withdrawn")], (4, 0, 4))
    assert acts(acme) == [
        ("invitation.resent", "alice@acme.example", CAROL),
        ("invitation.withdrawn", "alice@acme.example", "dave@acme.example"),
        ("invitation.accepted", CAROL, CAROL),
    ]
    alice.post(INVITATIONS, action="withdraw_selected", _selected_action=select(acme))
    assert "This invitation is accepted." in alice.get(INVITATIONS).words


def test_what_is_over_is_shown_as_expired_at_once_and_found_by_its_state(acme: Cast, alice: Browser) -> None:
    alice.post(INVITATIONS + "add/", **person())
    make_over(acme)
    assert f"{CAROL} Viewer Expired" in alice.get(INVITATIONS).words
    assert CAROL in alice.get(f"{INVITATIONS}?state=expired").words
    assert CAROL not in alice.get(f"{INVITATIONS}?state=pending").words
    assert alice.get(f"{INVITATIONS}?state=gone").status in (302, 400)
    assert alice.get(f"{INVITATIONS}?token_hash__startswith=a").status == 400


def test_the_page_of_one_shows_what_became_of_it_and_no_secret(
    acme: Cast, alice: Browser, run_jobs: Callable[[], None]
) -> None:
    alice.post(INVITATIONS + "add/", **person())
    run_jobs()
    (identity,) = select(acme)
    page = alice.get(f"{INVITATIONS}{identity}/change/")
    ((hashed,),) = rows("SELECT token_hash FROM invitations", acme)
    assert (page.status, "State" in page.words, "Pending" in page.words, hashed in page.text) == (
        200,
        True,
        True,
        False,
    )
    assert "resource_type=invitation" in page.text, "it leads to the trail"
    assert alice.post(f"{INVITATIONS}{identity}/change/", role="admin").status == 403
    assert alice.post(f"{INVITATIONS}{identity}/delete/", post="yes").status == 403


def test_an_invitation_of_another_organization_is_not_there(acme: Cast, globex: Cast, alice: Browser) -> None:
    alice.post(INVITATIONS + "add/", **person())
    (identity,) = select(acme)
    gina = browser_of(globex, "gina")
    assert gina.get(f"{INVITATIONS}{identity}/change/").goes_to == "/admin/"
    gina.post(INVITATIONS, action="withdraw_selected", _selected_action=identity)
    assert (states(acme), CAROL in gina.get(INVITATIONS).words) == ([(CAROL, "pending")], False)


def test_one_invitation_and_three_take_the_same_number_of_queries(acme: Cast, alice: Browser) -> None:
    rows("UPDATE quotas SET \"limit\" = 9 WHERE resource = 'users'")
    alice.post(INVITATIONS + "add/", **person())
    alice.get(INVITATIONS)
    few = statements_of(lambda: alice.get(INVITATIONS))
    for name in ("dave", "erin"):
        alice.post(INVITATIONS + "add/", **person(email=f"{name}@acme.example"))
    alice.get(INVITATIONS)
    many = statements_of(lambda: alice.get(INVITATIONS))
    assert (len(few), len(many)) == (5, 5)
