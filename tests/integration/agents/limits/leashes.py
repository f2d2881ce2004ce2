"""An agent within limits: what tests of limits share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from agents.agents import create
from agents.models import Mode
from tenants.scope import use_tenant
from tests.acts import join, set_limit
from tests.cast import Answer, Api, Cast
from tests.integration.agents.leashed import PEOPLE, REASON, ROBIN

RUN = {"run": "tidy-1", "model": "example-model-2", "units": 40}


@dataclass(frozen=True)
class Leashed:
    """An agent, and its voice."""

    id: str
    api: Api

    @property
    def usage(self) -> str:
        return f"agents/{self.id}/usage/"

    def delete(self, path: str, **headers: str) -> Answer:
        return self.api.delete(path, **REASON, **headers)

    def take(self, amount: int, resource: str = "executions", **headers: str) -> Answer:
        return self.api.post(f"quotas/{resource}/consumptions/", {"amount": amount}, **REASON, **headers)

    def report(self, **said: Any) -> Answer:
        return self.api.post(self.usage, {**RUN, **said})


def leashed(cast: Cast, *scopes: str, owner: str = "alice", mode: Mode = Mode.LIVE, **limits: Any) -> Leashed:
    """Create an agent within limits."""
    with use_tenant(cast.organization):
        given = {**ROBIN, "scopes": scopes or PEOPLE, "mode": mode, **limits}
        made = create(by=cast.people[owner], now=timezone.now(), **given)
    return Leashed(str(made.row.id), Api(made.key))


def people(cast: Cast, count: int) -> list[str]:
    """Let so many more people join, and return the addresses of their pages."""
    set_limit(cast, "users", 50)
    return [f"users/{join(cast, f'p{number}@acme.example').id}/" for number in range(count)]
