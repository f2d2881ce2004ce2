"""Shares of what rows are counted as: which rows an agent made (the row-count trigger's other half)."""

# Note [Rows of an agent]
# People are counted by their rows, whoever made them. So that an agent makes no more of them than its share of the quota, a
# trigger notes each row that one makes, or brings back, beside the one that counts it (quotas/counted.py), and counts those that
# are still there. A row that others remove is no longer the agent's, nor is one that others bring back. What comes of its rows
# by the act of somebody else (who accepts an invitation is a person by their own act) is theirs. Where an agent acts, it costs a
# few statements; where none does, the trigger is not even called, for its condition is tested first.

from __future__ import annotations

from quotas.counted import counted_models
from workix.core.triggers import Trigger, declare, declared_triggers

#: As PostgreSQL writes it. What claims to be an agent's is verified inside.
_BY_AGENT = "current_setting('workix.context'::text, true) ~~ '%\"actor_type\": \"agent\"%'::text"


def hold_rows() -> None:
    """Have each counted table hold agents to their shares. See Note [Rows of an agent]."""
    declared = declared_triggers()
    for model in counted_models():
        (counts,) = (each for each in declared[model._meta.db_table] if each.name == "count_rows")
        events = "INSERT OR UPDATE" if counts.arguments[1] else "INSERT"
        declare(model, Trigger("hold_agent_rows", counts.arguments, events, when=_BY_AGENT, in_public=False))
