"""Shares of quotas: an agent may use a part of each limit alone (403 agent_share_exceeded)."""

# Note [Shares]
# Who lets an agent act does not want to find all of a quota used by it in the morning. So what an agent takes or holds is also
# counted against a percentage of the limit in force, for the same period. It is not kept in a counter of its own: it is the sum
# of what the agent consumed and did not give back, and of what it holds, read while the row of the quota is locked by the very
# statement that took the units (quotas/sql/shares.sql). So it is as exact as the quota, and comes back with whatever comes
# back. The percentage comes with who acts (Actor.quota_share), and is signed with the call. Rows that are counted by themselves
# (people) are held to it by a trigger: see Note [Rows of an agent] in agents/limits/rows.py.

from __future__ import annotations

import re
from typing import Any, ClassVar

from workix.core.current import Current
from workix.core.errors import LimitReached

#: HINT of the refusal: how much the agent may use, and uses.
_HINT = re.compile(r"share (\d+) (\d+)")


class AgentShareExceeded(LimitReached):
    """An agent would use more of a quota than its share; nothing was taken."""

    code = "agent_share_exceeded"
    extensions: ClassVar[Any] = {
        name: {"type": kind} for name, kind in (("resource", "string"), ("limit", "integer"), ("used", "integer"))
    }


def share_refused(resource: str, hint: str | None) -> AgentShareExceeded | None:
    """Say in our words that the database found an agent's share spent; None when it was something else."""
    found = _HINT.fullmatch(hint or "")
    if found is None:
        return None
    limit, used = map(int, found.groups())
    share = Current.actor.quota_share
    detail = f"This agent may use {share} percent of the limit: {limit} {resource}. It uses {used}."
    return AgentShareExceeded(detail, resource=resource, limit=limit, used=used)
