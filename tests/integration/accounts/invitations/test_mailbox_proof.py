"""Mailbox proof of an invitation: who accepts it through its link may switch organizations."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tenants.resolution import forget_all
from tests.acts import join, rows
from tests.cast import Answer, Api, Cast
from tests.integration.accounts.invitations.invited import CAROL, accept, invited
from workix.core.permissions import Role

OWN = "her very own horse battery"


@pytest.fixture
def carol_at_globex(acme: Cast, globex: Cast) -> None:
    join(globex, CAROL, Role.VIEWER)
    rows("UPDATE organizations SET allows_switching = true")
    forget_all()


def switched(password: str = OWN) -> Answer:
    """Log in at Acme, and go on at Globex."""
    logged_in = Api().post("auth/login/", {"email": CAROL, "password": password, "organization": "acme"})
    return Api(logged_in.body["access"]).post("auth/switch/", {"organization": "globex"})


@pytest.mark.usefixtures("carol_at_globex")
def test_who_was_invited_goes_on_where_they_are_a_person_too(
    acme: Cast, alice: Api, run_jobs: Callable[[], None]
) -> None:
    assert accept(invited(alice, run_jobs), password=OWN).status == 201
    assert switched().body["organization"]["slug"] == "globex"


@pytest.mark.usefixtures("carol_at_globex")
def test_a_link_that_was_mailed_to_another_address_proves_nothing(
    acme: Cast, alice: Api, run_jobs: Callable[[], None]
) -> None:
    token = invited(alice, run_jobs, email="mallory@acme.example")
    rows("UPDATE invitations SET email = %(email)s", acme, email=CAROL)
    assert accept(token, password=OWN).status == 201
    refused = switched()
    assert (refused.status, refused.body["code"]) == (403, "mailbox_not_proven")


@pytest.mark.usefixtures("carol_at_globex")
def test_a_proof_of_another_invitation_is_none(acme: Cast, alice: Api, run_jobs: Callable[[], None]) -> None:
    invited(alice, run_jobs)
    rows("UPDATE invitations SET status = 'withdrawn', ended_at = now()", acme)
    token = invited(alice, run_jobs, email="mallory@acme.example")
    ((proof,),) = rows("SELECT mailbox_proof FROM invitations WHERE email = %(email)s", acme, email=CAROL)
    altered = "UPDATE invitations SET email = %(email)s, mailbox_proof = %(proof)s WHERE ended_at IS NULL"
    rows(altered, acme, email=CAROL, proof=proof)
    assert accept(token, password=OWN).status == 201
    assert switched().body["code"] == "mailbox_not_proven"
