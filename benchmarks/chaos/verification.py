"""Verification: is everything that was acknowledged there, whole, and counted once?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import psycopg
from psycopg import sql

from benchmarks.chaos.load import Acknowledged

_PEOPLE = "SELECT id::text, first_name FROM users"
_ENTRIES = """
    SELECT action, resource_id, changes FROM audit_logs
     WHERE action IN ('user.created', 'user.updated') ORDER BY created_at, id"""
_COUNTERS = """
    SELECT q.resource, q.used FROM public.quotas AS q JOIN public.organizations AS o ON o.id = q.organization_id
     WHERE o.schema_name = current_schema()"""
_MOVEMENTS = """
    SELECT m.id::text, m.amount FROM public.quota_movements AS m
      JOIN public.organizations AS o ON o.id = m.organization_id WHERE o.schema_name = current_schema()"""
#: People are added and renamed by one person alone; what the set-up did to her row nobody signed.
_NOBODYS = """
    SELECT count(*) FROM audit_logs
     WHERE action IN ('user.created', 'user.updated') AND actor_type <> 'person'
       AND resource_id <> (SELECT id::text FROM users WHERE email = 'alice@acme.example.com')"""
_UNVERIFIED = "SELECT count(*) FROM audit_logs WHERE NOT is_verified"
_FAILED_JOBS = "SELECT count(*) FROM public.procrastinate_jobs WHERE status = 'failed'"


def verify(database: psycopg.Connection, schema: str, kept: Acknowledged) -> list[str]:
    """Name what is not as it was acknowledged, as sentences. Call it when no call is under way."""
    database.execute(sql.SQL("SET search_path = {}").format(sql.Identifier(schema)))
    return list(_losses(database, kept))


def _losses(database: psycopg.Connection, kept: Acknowledged) -> Iterator[str]:
    people, entries = dict(_rows(database, _PEOPLE)), _rows(database, _ENTRIES)
    created = Counter(identity for action, identity, _ in entries if action == "user.created")
    counters, movements = dict(_rows(database, _COUNTERS)), dict(_rows(database, _MOVEMENTS))
    yield from _told(len(kept.people.keys() - people.keys()), "people were acknowledged and are not there")
    yield from _told(sum(created[identity] != 1 for identity in people), "people have no entry, or two")
    yield from _told(len(created.keys() - people.keys()), "entries tell of people who are not there")
    yield from _names(people, entries, kept)
    yield from _told(abs(counters["users"] - len(people)), "people are counted wrongly")
    yield from _told(
        len(kept.consumptions.keys() - movements.keys()), "consumptions were acknowledged and are not there"
    )
    yield from _told(len(movements.keys() - kept.consumptions.keys()), "consumptions under a key are there twice")
    yield from _told(abs(counters["executions"] - sum(kept.consumptions.values())), "executions are counted wrongly")
    yield from _told(_rows(database, _NOBODYS)[0][0], "entries have lost who acted")
    yield from _told(_rows(database, _UNVERIFIED)[0][0] - kept.unverified, "entries were not verified")
    yield from _told(_rows(database, _FAILED_JOBS)[0][0], "jobs were given up")


def _names(people: dict[str, str], entries: list[Any], kept: Acknowledged) -> Iterator[str]:
    """Compare each acknowledged name with the trail, and what the trail says last with the row."""
    renamed = [
        (identity, changes["first_name"][1])
        for action, identity, changes in entries
        if action == "user.updated" and "first_name" in changes
    ]
    last = dict(renamed)
    yield from _told(len(Counter(kept.names) - Counter(renamed)), "changes were acknowledged and have no entry")
    yield from _told(sum(count > 1 for count in Counter(renamed).values()), "changes have two entries")
    yield from _told(sum(people.get(identity) != name for identity, name in last.items()), "rows and entries disagree")
    beyond = len(Counter(renamed) - Counter(kept.names))
    if beyond > kept.uncertain:
        yield f"{beyond} changes were refused and are there"


def _told(count: int, what: str) -> Iterator[str]:
    if count:
        yield f"{count} {what}"


def _rows(database: psycopg.Connection, query: str) -> list[Any]:
    return database.execute(query).fetchall()
