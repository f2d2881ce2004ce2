"""Audit context: tells the database who acts, signed (HMAC), at the start of each transaction, for the audit trigger."""

# Note [Signed context]
# Whoever can make an organization's session say something can set any setting of it. So who acts is signed. Where a
# transaction begins, the application sends the context and its MAC as bind parameters, which no query text shows. The
# server verifies the MAC with a key that the owner alone can read, and keeps the context with a second MAC of its own over
# context, backend process and start of the transaction: it is good for this transaction alone, behind a pooler too, and of
# no use to whoever reads it. The audit trigger verifies that one, once a statement. What does not verify is written down
# as the database's, marked, counted, and an alert. The first MAC is the application's alone to see; it names the role it
# is for and is good for minutes, so that even one which leaks is of little use (audit/sql/signed_context.sql).

# Note [Entries of a run]
# For whom an agent acts, and in which run and step of its own, is said in three columns more, where there is anything to say:
# all three are in a context, or none. So what is nobody's run is signed, written and committed to as before there were any,
# and a schema that the roll-out has not come to yet is written to as ever. Only an agent acts on behalf of somebody: the form
# of an entry's leaf hangs on the kind of its actor, which outlives an erasure (audit/transparency/offline_verifier.py).

from __future__ import annotations

import time
from collections.abc import Mapping
from json.encoder import encode_basestring_ascii

from audit.signed_calls import mac_of
from workix.core.current import Context

STATEMENT = "SELECT public.set_context(%s, %s)"
LABEL_LENGTH, REASON_LENGTH, AGENT_LENGTH, REQUEST_LENGTH, RUN_LENGTH = 255, 500, 500, 100, 64


def columns(context: Context) -> dict[str, str | None]:
    """Spread a context over the columns of an entry, cut to what they hold. See Note [Entries of a run]."""
    actor = context.actor
    identity = str(actor.id) if actor.id else None
    return {
        "user_id": identity if actor.type in ("person", "operator") else None,
        "actor_type": actor.type,
        "actor_id": identity,
        "actor_label": printable(actor.label, LABEL_LENGTH),
        "reason": printable(context.reason, REASON_LENGTH),
        "ip_address": context.ip_address,
        "user_agent": printable(context.user_agent, AGENT_LENGTH),
        "request_id": printable(context.request_id, REQUEST_LENGTH),
        **_of_a_run(context),
    }


def _of_a_run(context: Context) -> dict[str, str | None]:
    actor = context.actor
    owner = actor.on_behalf_of if actor.type == "agent" else None
    if not (owner or context.run_id or context.step_id):
        return {}
    return {
        "run_id": printable(context.run_id, RUN_LENGTH),
        "step_id": printable(context.step_id, RUN_LENGTH),
        "on_behalf_of": str(owner) if owner else None,
    }


def sign(context: Context, *, role: str) -> tuple[str, bytes]:
    """Write a context down for the session of one database role, with its MAC. See Note [Signed context]."""
    signed = f"set_context {role} {int(time.time())} {_written(columns(context))}"
    return signed, mac_of(signed)


def _written(columns: Mapping[str, str | None]) -> str:
    """Write columns as json.dumps() does, in a third of its time: each transaction is signed. Triggers look for this form."""
    pairs = [f'"{name}": {"null" if text is None else encode_basestring_ascii(text)}' for name, text in columns.items()]
    return f"{{{', '.join(pairs)}}}"


def printable(text: str, length: int) -> str:
    """Cut a text, and drop what PostgreSQL can't keep in one: NUL and lone surrogates."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")[:length]
