"""Fixtures of the isolation tests: two throw-away organizations, one of them with a secret planted in it."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID, uuid4

from django.db import connection, transaction
from psycopg import sql

from audit.context import sign as sign_context
from audit.signed_calls import call_signed, mac_of, sign
from tenants.isolation import owner
from tenants.isolation.database_roles import (
    DatabaseRole,
    control_role_name,
    sequencer_role_name,
    tenant_role,
    tenants_group,
)
from tenants.isolation.evidence import proofs
from tenants.isolation.removal import remove_organization
from tenants.slugs import schema_of
from workix.core.current import Actor, Current
from workix.core.models import uuid7

SLUG = "prove-"

_PLANTED = (Path(__file__).parent / "fixtures.sql").read_text()


class Opened(Protocol):
    """What of an organization the proof needs."""

    id: UUID
    name: str
    slug: str
    schema_name: str
    credential_version: int
    plan: str


class Opening(Protocol):
    """How the floor above opens an organization: tenants.provisioning.open_organization."""

    def __call__(self, *, name: str, slug: str, identity: UUID, populate: Callable[..., None]) -> Opened: ...


@dataclass(frozen=True)
class _Remains:
    """An organization that a proof opens, or left behind."""

    id: UUID

    @property
    def schema_name(self) -> str:
        return schema_of(self.id)


@dataclass(frozen=True)
class Party:
    """One of the two organizations. Its `marker` is the secret; 64 hexadecimal digits, so that it fits everywhere."""

    organization: Opened
    user_id: str
    marker: str

    @cached_property
    def role(self) -> DatabaseRole:
        return tenant_role(self.organization)

    def acting(self) -> AbstractContextManager[None]:
        """Be this organization inside the block, on a connection of the product's own."""
        ours: Any = connection  # our own backend's wrapper
        scope: AbstractContextManager[None] = ours.acting_as(self.role)
        return scope


@dataclass(frozen=True)
class Fixture:
    """Attacker and attacked, and what the names in a technique stand for."""

    proof: proofs.Begun
    mine: Party
    theirs: Party
    names: dict[str, str]

    def fill(self, text: str, **more: str) -> str:
        """Write a technique's text with real names.

        :raises KeyError: for a name that nobody knows.
        """
        known = self.names | more
        return re.sub(r"\{\{(\w+)\}\}", lambda found: known[found[1]], text)


@contextmanager
def open_fixture(opening: Opening) -> Iterator[Fixture]:
    """Open both organizations, and remove them whatever happens inside the block. See Note [Throw-away organizations].

    :raises AnotherRuns: while another proof does.
    """
    with proofs.one_at_a_time():
        remove_abandoned()
        begun = proofs.begin()
        with ExitStack() as stack, Current.fresh(actor=Actor("system", label="prove_isolation")):
            stack.callback(_clear, begun)
            mine, theirs = _party(opening, begun.attacker_id), _party(opening, begun.attacked_id)
            yield Fixture(begun, mine, theirs, _names(mine, theirs))


def remove_abandoned() -> int:
    """Remove what earlier proofs left when they were killed; return how many proofs that was."""
    left = proofs.not_cleared()
    for begun in left:
        _clear(begun)
    return len(left)


def _clear(begun: proofs.Begun) -> None:
    """Remove what is there of both organizations; only then is the proof over."""
    for identity in (begun.attacker_id, begun.attacked_id):
        remove_organization(_Remains(identity))
    proofs.clear(begun)


def _party(opening: Opening, identity: UUID) -> Party:
    marker, user_id = secrets.token_hex(32), str(uuid4())

    def populate(organization: Opened) -> None:
        values = {
            "user": user_id,
            "organization": str(organization.id),
            "marker": marker,
            "address": f"{marker[:32]}@prove.example",
        }
        with connection.cursor() as cursor:
            for statement in _PLANTED.split(";\n"):
                cursor.execute(statement, values)

    organization = opening(name=marker, slug=f"{SLUG}{secrets.token_hex(12)}", identity=identity, populate=populate)
    return Party(organization, user_id, marker)


def _names(mine: Party, theirs: Party) -> dict[str, str]:
    names = {
        "owner": owner.database().user,
        "control": control_role_name(),
        "sequencer": sequencer_role_name(),
        "group": tenants_group(),
        "database": owner.database().name,
        "marker": theirs.marker,
        "their_hash": theirs.marker,
        "their_slug": theirs.organization.slug,
    }
    for side, party in (("my", mine), ("their", theirs)):
        schema = party.organization.schema_name
        names |= {
            f"{side}_schema": schema,
            f"{side}_role": schema,
            f"{side}_id": str(party.organization.id),
            f"{side}_user": party.user_id,
            **{f"{side}_{name}": value for name, value in (_consumed(party) | _contexts(party)).items()},
        }
    return names | _found(mine, theirs)


def _consumed(party: Party) -> dict[str, str]:
    """Consume five executions as the product does; return the id, and the signed call with its MAC."""
    call = {
        "resource": "executions",
        "consumption": str(uuid7()),
        "amount": 5,
        "actor_type": "person",
        "actor_id": party.user_id,
        "actor_label": "",
    }
    with party.acting(), Current.scoped(organization=party.organization):
        call_signed("consume_quota", **call)
        signed, mac = sign("consume_quota", **call)
        connection.close()  # or the attack would lean on a session that is open already
    return {"consumption": str(call["consumption"]), "signed": signed, "mac": mac.hex()}


def _contexts(party: Party) -> dict[str, str]:
    """Sign contexts as the product does: one that a transaction kept and is over, one of an hour ago, one of this moment."""
    with (
        party.acting(),
        Current.scoped(organization=party.organization, actor=Actor("person", UUID(party.user_id), "Vera")),
    ):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('workix.context')")
            (kept,) = cursor.fetchone()
        fresh, mac = sign_context(Current.context, role=party.role.name)
        connection.close()  # or the attack would lean on a session that is open already
    function, role, moment, context = fresh.split(" ", 3)
    late = f"{function} {role} {int(moment) - 3_600} {context}"
    return {
        "kept": kept,
        "fresh": fresh,
        "fresh_mac": mac.hex(),
        "context": late,
        "context_mac": mac_of(late).hex(),
    }


def _found(mine: Party, theirs: Party) -> dict[str, str]:
    """Ask for what only the server knows: numbers of the other's role and job, and an entry of one's own trail."""
    trail = sql.Identifier(mine.organization.schema_name, "audit_logs")
    query = sql.SQL(
        "SELECT (SELECT oid::text FROM pg_roles WHERE rolname = %s),"
        " (SELECT max(id)::text FROM public.procrastinate_jobs WHERE args ->> 'organization_id' = %s),"
        " (SELECT id::text FROM {} LIMIT 1)"
    ).format(trail)
    with owner.connect() as asking:
        row = asking.execute(query, [theirs.role.name, str(theirs.organization.id)]).fetchone()
    assert row is not None  # a SELECT without FROM has one row
    return dict(zip(("their_oid", "their_job", "my_entry"), row, strict=True))
