"""Modes of agents: what an agent may change at all, whatever its scopes say. Asked around the view, before anything is done."""

from __future__ import annotations

from django.http import HttpRequest

from agents.dry_run import takes_a_secret
from agents.models import Agent, Mode
from workix.core.errors import Denied


class NotForAgents(Denied):
    code = "not_for_agents"
    detail = "This takes a secret that a person knows, or answers with a file: an agent can't do it."


class AgentSandboxed(Denied):
    code = "agent_sandboxed"
    detail = (
        "This agent only tries: send Workix-Dry-Run: true to see what would change. Its owner can choose another mode."
    )


def require_allowed(request: HttpRequest, agent: Agent, *, is_tried: bool) -> None:
    """Make sure that an agent may change something by this request, or try to (`is_tried`).

    :raises NotForAgents: when it takes a secret. See Note [No free guess].
    :raises AgentSandboxed: when the agent may only try, and does more.
    """
    refusal = mode_refusal(agent, request.path, is_tried=is_tried)
    if refusal is not None:
        raise refusal


def mode_refusal(agent: Agent, path: str, *, is_tried: bool) -> Denied | None:
    """Return why an agent may change nothing by a call of `path`, where it may not."""
    if takes_a_secret(path):
        return NotForAgents()
    return AgentSandboxed() if agent.mode == Mode.SANDBOX and not is_tried else None
