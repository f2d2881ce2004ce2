"""Signals: what happens to organizations, for the apps above."""

from django.dispatch import Signal

#: Inside the transaction that opens `organization`, as the owner, in its schema. A receiver that fails stops it all.
organization_opening = Signal()

#: Entries of `organization_ids` got their place in the Merkle tree; `connection` is the sequencer's, in no transaction.
trail_sequenced = Signal()

#: After an attempt at a job, in its scope: for so many `seconds` it waited for statements.
job_attempted = Signal()

#: Before an attempt at a job that the agent `agent_id` asked for, in its scope, and again while it works: a receiver raises
#: JobDropped (tenants/jobs/agents/dropping.py) where that agent may act no more.
agent_job_going_on = Signal()

#: As the owner, in `public`, when it and the schema template are migrated and before any organization is.
roll_out_beginning = Signal()

#: Inside the transaction that changes what `organization` is entitled to, as the owner.
organization_entitled = Signal()
