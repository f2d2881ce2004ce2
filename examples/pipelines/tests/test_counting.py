"""The quota of pipelines under load: the counter is the number of rows at any moment, whatever path they take."""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import OperationalError, connection, models
from django.utils import timezone

from examples.pipelines.editing import add
from examples.pipelines.models import Pipeline
from examples.pipelines.removal import remove, restore
from examples.pipelines.tests.factory import counted
from tenants.scope import use_tenant
from tests.acts import at_once, rows, set_limit
from tests.cast import Api, Cast
from workix.core.errors import ProblemError
from workix.core.models import uuid7

LIMIT, CLIENTS = 10, 64
THREADS, ACTS_EACH = 8, 125
#: One statement sees one moment: rows that are there, units that are taken.
MOMENT = """
    SELECT (SELECT count(*) FROM pipelines WHERE deleted_at IS NULL), used FROM public.quotas
     WHERE resource = 'pipelines' AND organization_id = %(id)s"""

pytestmark = pytest.mark.slow


def test_of_64_clients_at_once_exactly_ten_get_a_pipeline(acme: Cast, bob: Api) -> None:
    answers = at_once(lambda number: bob.post("pipelines/", {"name": f"Number {number}"}), CLIENTS)
    assert sorted((each.status, each.body.get("code", "")) for each in answers) == [
        *[(201, "")] * LIMIT,
        *[(403, "quota_exceeded")] * (CLIENTS - LIMIT),
    ]
    assert counted(acme) == (LIMIT, LIMIT)


def test_after_a_thousand_acts_at_random_the_counter_is_the_number_of_rows(acme: Cast) -> None:
    set_limit(acme, "pipeline_restorations", 1_000)
    moments, is_over = [], threading.Event()

    def watch() -> None:
        while not is_over.is_set():
            moments.extend(rows(MOMENT, acme, id=acme.organization.id))

    watcher = threading.Thread(target=watch)
    watcher.start()
    done = sum(at_once(lambda number: act_at_random(acme, seed=number), THREADS), Counter[str]())
    is_over.set()
    watcher.join()
    assert [moment for moment in moments if moment[0] != moment[1] or moment[1] > LIMIT] == []
    there, taken = counted(acme)
    assert (there, done["refused"] > 0, min(done[act.__name__] for act in ACTS) > 0) == (taken, True, True), done
    assert len(moments) > 10


def act_at_random(cast: Cast, seed: int) -> Counter[str]:
    """Do one thing after the other; return how often each was done, and how often one was refused."""
    chance, done = random.Random(seed), Counter[str]()
    with use_tenant(cast.organization):
        for _ in range(ACTS_EACH):
            act = chance.choice(ACTS)
            try:
                act(chance)
            except (ProblemError, OperationalError):  # no room, gone meanwhile, or two who wait for each other
                done["refused"] += 1
            else:
                done[act.__name__] += 1
    return done


def adds(chance: random.Random) -> None:
    add(name="One")


def adds_many(chance: random.Random) -> None:
    Pipeline.objects.bulk_create(Pipeline(name="One of many") for _ in range(chance.randint(2, 4)))


def removes(chance: random.Random) -> None:
    remove(_some(chance, Pipeline.objects), now=timezone.now())


def removes_many(chance: random.Random) -> None:
    Pipeline.objects.filter(id__in=[_some(chance, Pipeline.objects) for _ in range(2)]).update(
        deleted_at=timezone.now()
    )


def restores(chance: random.Random) -> None:
    restore(_some(chance, Pipeline.with_removed.filter(deleted_at__isnull=False)))


def deletes(chance: random.Random) -> None:
    Pipeline.with_removed.filter(id=_some(chance, Pipeline.with_removed)).delete()


def deletes_by_raw_sql(chance: random.Random) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM pipelines WHERE id = %s", [_some(chance, Pipeline.objects)])


#: Adding is as likely as all that makes room, so that the limit is reached again and again.
ACTS: list[Callable[[random.Random], None]] = [
    *[adds] * 3,
    *[adds_many] * 2,
    removes,
    removes_many,
    restores,
    deletes,
    deletes_by_raw_sql,
]


def _some(chance: random.Random, among: models.Manager[Pipeline] | models.QuerySet[Pipeline]) -> UUID:
    """Choose one of the rows there are now, or an id of none."""
    return chance.choice([each.id for each in among.all()] or [uuid7()])
