"""Kill switch: stop an agent or all of them, and start one again with a new key."""

# Bulk write: one statement stops all of them.

# Note [The kill switch]
# A stop is one UPDATE: each call of an agent reads its row, and the row says so, so its keys are dead with the next call in
# every process, and nothing is cached. In the same transaction its waiting jobs are deleted and its open proposals dropped; its
# jobs at work are told (Note [Jobs of an agent] in tenants/jobs/agents/dropping.py). It waits for no transaction of the agent's.
# Whoever may change an agent may stop it, and nobody is asked for a password first: a switch that asks questions is late. Nor is
# a reason refused in which a key was pasted, as it would be elsewhere (Note [Kept words]): the key is left out of it.
#
# To start it again takes an admin, a recent proof that it is them, and a new key: what made somebody stop it may be that its
# key was in the wrong hands. What was dropped stays dropped; limits and what is spent are as they were.

from __future__ import annotations

from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from accounts.api_keys import key_format
from accounts.models import User
from agents.agents import Created, get_agent, held
from agents.models import Agent
from agents.runs.secrets import refuse_secret
from agents.signals import agent_stopped
from audit.recording import record
from audit.registry import record_about
from tenants.jobs.agents.dropping import drop_waiting
from workix.core.current import Current
from workix.core.errors import Conflict
from workix.observability import metrics
from workix.observability.logs.redaction import without_secrets


class NotStopped(Conflict):
    code = "agent_not_stopped"
    detail = "This agent is not stopped. To give it a new key, rotate the one it has."


def stop(agent_id: UUID, *, by: User, reason: str, now: datetime) -> Agent:
    """Stop an agent, from its next call on. One that is stopped stays so, with the first reason. See Note [The kill switch].

    :raises NotFound: when there is no such agent that is theirs to see.
    """
    reason = without_secrets(reason)
    with Current.scoped(reason=reason), transaction.atomic():
        agent = get_agent(agent_id, by=by)
        stop_each(Agent.objects.filter(id=agent_id), reason=reason, now=now)
        agent.refresh_from_db(fields=["stopped_at", "stop_reason"])
    return agent


def stop_all(*, reason: str, now: datetime) -> list[Agent]:
    """Stop every agent of the organization in scope that is not stopped yet. See Note [The kill switch]."""
    reason = without_secrets(reason)
    with Current.scoped(reason=reason), transaction.atomic():
        stopped = stop_each(Agent.objects.all(), reason=reason, now=now)
        changes = {"agents": [str(each.id) for each in stopped]}
        record("agents.stopped", resource_type="agent", resource_id="", changes=changes)
    return stopped


def stop_each(agents: QuerySet[Agent], *, reason: str, now: datetime) -> list[Agent]:
    """Stop those of them that are not stopped yet, in the transaction around; return which."""
    stopped = list(agents.filter(stopped_at__isnull=True).order_by("id").select_for_update(no_key=True))
    Agent.objects.filter(id__in=[each.id for each in stopped]).update(stopped_at=now, stop_reason=reason)
    for each in stopped:
        each.stopped_at, each.stop_reason = now, reason
        agent_stopped.send(sender=Agent, agent=each, reason=reason)
        record_about(each, "agent.stopped", {"jobs_dropped": drop_waiting(each.id)})
    transaction.on_commit(partial(metrics.AGENTS_STOPPED.inc, len(stopped)))
    return stopped


def restart(agent_id: UUID, *, by: User, reason: str) -> Created:
    """Let a stopped agent act again, with a new key. Its old ones stay dead. See Note [The kill switch].

    :raises NotFound: when there is no such agent.
    :raises MoreThanYours: when it may use what `by` does not hold, who gets to see its key.
    :raises NotStopped: when it is not stopped.
    :raises Invalid: when the reason holds what looks like a secret.
    """
    refuse_secret(reason, field="reason")
    key = key_format.write(Current.organization.id, begin=key_format.BEGIN_OF_AGENT)
    with Current.scoped(reason=reason), transaction.atomic():
        agent = held(agent_id, by=by)
        if agent.stopped_at is None:
            raise NotStopped
        agent.key_hash, agent.prefix = key_format.hash_of(key), key_format.prefix_of(key)
        agent.previous_hash = agent.previous_expires_at = agent.stopped_at = None
        agent.stop_reason = ""
        agent.save()
        record_about(agent, "agent.restarted")
    return Created(agent, key)
