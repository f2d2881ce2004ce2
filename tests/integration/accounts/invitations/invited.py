"""What tests of invitations do again and again: invite, take the link from the mail, accept, look at seats and states."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.core import mail

from accounts.models import User
from tests.acts import join, rows, used
from tests.cast import PASSWORD, Answer, Api, Cast
from workix.core.permissions import Role

CAROL = "carol@acme.example"


def invite(api: Api, email: str = CAROL, **changes: Any) -> str:
    """Invite somebody; return the id of the invitation."""
    answer = api.post("invitations/", {"email": email, **changes})
    assert answer.status == 201, answer.body
    return str(answer.body["id"])


def hire_ada(cast: Cast) -> tuple[User, Api]:
    """Let Ada be a second admin, who is logged in."""
    ada = join(cast, "ada@acme.example", Role.ADMIN)
    logged_in = Api().post("auth/login/", {"email": ada.email, "password": PASSWORD})
    return ada, Api(logged_in.body["access"])


def links(email: str = CAROL) -> list[str]:
    """List the tokens that were mailed to an address, the oldest first."""
    bodies = [str(message.body) for message in mail.outbox if message.to == [email]]
    return [token for body in bodies for token in re.findall(r"/accept-invitation/#(\S+)", body)]


def invited(api: Api, run_jobs: Callable[[], None], email: str = CAROL, **changes: Any) -> str:
    """Invite somebody, and return the token of the link they got."""
    invite(api, email, **changes)
    run_jobs()
    return links(email)[-1]


def accept(token: str, **changes: Any) -> Answer:
    return Api().post("invitations/accept/", {"token": token, "password": PASSWORD, **changes})


def told(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.body.get("code", "") if answer.body else ""


def seats(cast: Cast) -> tuple[int, int, int]:
    """Count people, invitations that hold a seat, and seats that are taken."""
    ((people,),) = rows("SELECT count(*) FROM users WHERE deleted_at IS NULL", cast)
    ((waiting,),) = rows("SELECT count(*) FROM invitations WHERE ended_at IS NULL", cast)
    return people, waiting, used(cast, "users")


def states(cast: Cast) -> list[tuple[str, str]]:
    """List the addresses that were invited, and what became of it."""
    return [
        (email, status) for email, status in rows("SELECT email, status FROM invitations ORDER BY created_at", cast)
    ]


def acts(cast: Cast) -> list[tuple[str, str, str]]:
    """List what the trail says of invitations, but for the rows themselves: action, actor and name."""
    query = (
        "SELECT action, actor_label, resource_label FROM audit_logs WHERE action LIKE 'invitation.%%'"
        " AND source = 'application' ORDER BY created_at, id"
    )
    return rows(query, cast)  # type: ignore[return-value]  # three columns


def make_over(cast: Cast, email: str = CAROL) -> None:
    """Let the time of an invitation be over, as if a week had passed."""
    rows("UPDATE invitations SET expires_at = now() - interval '1 second' WHERE email = %(email)s", cast, email=email)
