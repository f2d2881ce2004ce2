"""Robin, an agent: what tests of agents share."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from agents.agents import create
from agents.models import Mode
from tenants.scope import use_tenant
from tests.cast import PLATFORM, Api, Cast

ROBIN = {"name": "Robin", "purpose": "Keeps the list of people tidy."}
#: What takes adding and removing people of role `user`: their role has these.
PEOPLE = ("organization:read", "proposals:read", "quotas:read", "users:read", "users:write")
REASON = {"Workix_Reason": "Tidying up the list of people."}


def key_of(cast: Cast, *scopes: str, owner: str = "", mode: Mode = Mode.LIVE, **more: Any) -> str:
    """Create an agent of somebody's (of the first admin's), as they would, and return its key."""
    person = cast.people[owner or next(iter(cast.people))]
    with use_tenant(cast.organization):
        given = {**ROBIN, **more}
        return create(by=person, now=timezone.now(), scopes=scopes or PEOPLE, mode=mode, **given).key


def robin(cast: Cast, *scopes: str, host: str = PLATFORM, **more: Any) -> Api:
    """Speak to the API as a new agent."""
    return Api(key_of(cast, *scopes, **more), host)
