"""What tests of checkpoints do: write entries, have them sequenced, verify, and tamper as somebody with every right."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql

from audit.models import Checkpoint, Leaf
from audit.recording import record
from tenants.scope import use_tenant
from tenants.trail.sequencing import BATCH, Batch, sequence_waiting, sequencer
from tenants.trail.verification import verify_trail
from tests.cast import Cast
from tests.database import superuser
from tests.integration.audit.trail import acting


def write(cast: Cast, count: int = 1) -> None:
    """Write entries, one behind the other."""
    with acting(cast, next(iter(cast.people))):
        for number in range(count):
            record("thing.looked_at", resource_type="thing", resource_id=number, changes={"number": number})


def sequence_all(*, batch: int = BATCH) -> list[Batch]:
    with sequencer() as connection:
        return list(sequence_waiting(connection, batch=batch))


def fault_of(cast: Cast) -> str:
    return verify_trail(cast.organization).fault


def leaves(cast: Cast) -> list[tuple[int, str]]:
    with use_tenant(cast.organization):
        return [(index, str(entry)) for index, entry in Leaf.objects.order_by("index").values_list("index", "entry_id")]


def sizes(cast: Cast) -> list[int]:
    with use_tenant(cast.organization):
        return list(Checkpoint.objects.order_by("size").values_list("size", flat=True))


@contextmanager
def tampering(cast: Cast) -> Iterator[psycopg.Connection]:
    """Do to one organization's schema what no privilege stops and no trigger sees."""
    with superuser() as connection:
        connection.execute(sql.SQL("SET search_path = {}").format(sql.Identifier(cast.organization.schema_name)))
        connection.execute("SET session_replication_role = replica")
        yield connection


def tamper(cast: Cast, *statements: str, **values: Any) -> None:
    with tampering(cast) as connection:
        for statement in statements:
            connection.execute(statement, values or None)  # type: ignore[arg-type]  # ours
