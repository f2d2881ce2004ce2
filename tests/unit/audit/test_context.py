"""Who acts, written for the database: whole, cut to size, and never more than a text."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
import time_machine

from audit.context import STATEMENT, columns, sign
from audit.signed_calls import mac_of
from workix.core.current import Actor, Context

ALICE = Actor("person", uuid.UUID(int=1), "alice@acme.example")


def test_a_context_fills_the_columns_of_an_entry() -> None:
    context = Context(
        actor=ALICE, request_id="0123456789", ip_address="203.0.113.9", user_agent="curl/8", reason="a ticket"
    )
    assert columns(context) == {
        "user_id": str(ALICE.id),
        "actor_type": "person",
        "actor_id": str(ALICE.id),
        "actor_label": "alice@acme.example",
        "reason": "a ticket",
        "ip_address": "203.0.113.9",
        "user_agent": "curl/8",
        "request_id": "0123456789",
    }


@pytest.mark.parametrize(
    ("context", "of_a_run"),
    [
        (Context(actor=Actor("person", on_behalf_of=ALICE.id)), None),
        (Context(actor=ALICE, run_id="r", step_id="s"), ("r", "s", None)),
        (Context(actor=Actor("agent", on_behalf_of=ALICE.id)), ("", "", str(ALICE.id))),
    ],
)
def test_what_is_of_a_run_or_an_agent_says_so_and_nothing_else_does(context: Context, of_a_run: Any) -> None:
    found = columns(context)
    names = ("run_id", "step_id", "on_behalf_of")
    assert (tuple(map(found.get, names)) if "run_id" in found else None) == of_a_run
    assert {name in found for name in names} == {of_a_run is not None}


@pytest.mark.parametrize(
    ("kind", "is_user"), [("person", True), ("operator", True), ("agent", False), ("system", False)]
)
def test_only_people_are_users(kind: str, is_user: bool) -> None:
    found = columns(Context(actor=Actor(kind, uuid.UUID(int=1))))
    assert (found["user_id"], found["actor_id"]) == (str(uuid.UUID(int=1)) if is_user else None, str(uuid.UUID(int=1)))


def test_nobody_has_no_id() -> None:
    found = columns(Context())
    assert (found["user_id"], found["actor_id"], found["actor_type"]) == (None, None, "anonymous")


def test_texts_are_cut_to_what_the_columns_hold() -> None:
    long = "x" * 10_000
    found = columns(Context(actor=Actor("agent", None, long), request_id=long, user_agent=long, reason=long))
    lengths = {key: len(found[key] or "") for key in ("actor_label", "reason", "user_agent", "request_id")}
    assert lengths == {"actor_label": 255, "reason": 500, "user_agent": 500, "request_id": 100}


def test_what_no_database_keeps_is_taken_out() -> None:
    assert columns(Context(user_agent="a\x00b\ud800c🙂"))["user_agent"] == "ab?c🙂"


def test_a_context_is_signed_for_one_role_and_one_moment() -> None:
    hostile = Context(user_agent="'; DROP TABLE users; --", reason='"}\\\n\x7f Zoë 🙂 \u2028')
    with time_machine.travel(1_800_000_000, tick=False):
        signed, mac = sign(hostile, role="org_1")
        assert (signed, mac) == (f"set_context org_1 1800000000 {json.dumps(columns(hostile))}", mac_of(signed))
        assert sign(hostile, role="org_2")[1] != mac
    with time_machine.travel(1_800_000_001, tick=False):
        assert sign(hostile, role="org_1")[1] != mac


def test_what_is_sent_is_bound_and_never_a_part_of_the_statement() -> None:
    assert STATEMENT == "SELECT public.set_context(%s, %s)"
