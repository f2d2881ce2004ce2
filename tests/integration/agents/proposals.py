"""A supervised agent of Alice's, what it proposes, and Ada, a second admin: what tests of proposals share."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from agents.models import Mode
from tests.acts import join, rows
from tests.cast import PASSWORD, Answer, Api, Cast, api_of
from tests.integration.agents.leashed import PEOPLE, REASON, robin
from workix.core.permissions import Role

SCOPES = (*PEOPLE, "roles:read", "roles:write")
DAVE = {"email": "dave@acme.example", "password": PASSWORD, "role": "user"}


def supervised(cast: Cast, *scopes: str, **more: Any) -> Api:
    return robin(cast, *(scopes or SCOPES), mode=Mode.SUPERVISED, **more)


def second_admin(cast: Cast) -> Api:
    """Let Ada be an admin, too."""
    ada = join(cast, "ada@acme.example", Role.ADMIN)
    return api_of(replace(cast, people={"ada": ada}), "ada")


def removal(agent: Api, cast: Cast, name: str = "bob", **headers: str) -> Answer:
    """Have an agent ask for somebody's removal."""
    return agent.delete(f"users/{cast.people[name].id}/", **REASON, **headers)


def proposed(agent: Api, cast: Cast, name: str = "bob", **headers: str) -> str:
    """Have an agent propose somebody's removal, and return the proposal's id."""
    answer = removal(agent, cast, name, **headers)
    assert answer.status == 202, answer.body
    assert answer.headers["Location"] == f"/api/v1/proposals/{answer.body['id']}/"
    return str(answer.body["id"])


def give_proposal(cast: Cast) -> str:
    """Let Vera's removal be proposed, and return the proposal's id."""
    return proposed(supervised(cast), cast, "vera")


def is_there(cast: Cast, email: str) -> bool:
    return rows("SELECT count(*) FROM users WHERE email = %(email)s AND deleted_at IS NULL", cast, email=email) == [
        (1,)
    ]


def path_of(proposal: str) -> str:
    return f"proposals/{proposal}/"
