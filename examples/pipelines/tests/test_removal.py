"""Removal and restoration of pipelines: soft delete, its quotas, its e-mail, and its end after 30 days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from examples.pipelines import removal
from examples.pipelines.models import Pipeline
from examples.pipelines.retention import KEPT_FOR
from examples.pipelines.tasks import delete_removed
from examples.pipelines.tests.factory import counted, make_pipeline, path_of
from tenants.scope import use_tenant
from tests.acts import at_once, rows, set_limit, used
from tests.cast import Api, Cast


@pytest.fixture
def removed(acme: Cast) -> Pipeline:
    """A pipeline that was removed a moment ago."""
    pipeline = make_pipeline(acme)
    with use_tenant(acme.organization):
        removal.remove(pipeline.id, now=timezone.now())
    return pipeline


def kept(cast: Cast) -> int:
    """Count the rows, those of removed pipelines too."""
    with use_tenant(cast.organization):
        return Pipeline.with_removed.count()


def test_a_removed_pipeline_is_kept_and_takes_no_unit(acme: Cast, bob: Api, removed: Pipeline) -> None:
    assert (kept(acme), counted(acme)) == (1, (0, 0))
    assert (bob.get(path_of(removed)).status, bob.get("pipelines/").body["results"]) == (404, [])


def test_an_admin_restores_it(acme: Cast, alice: Api, removed: Pipeline) -> None:
    answer = alice.post(path_of(removed) + "restoration/")
    assert (answer.status, answer.body) == (201, alice.get(path_of(removed)).body)
    assert (counted(acme), used(acme, "pipeline_restorations")) == ((1, 1), 1)


def test_only_an_admin_may(acme: Cast, alice: Api, bob: Api, gina: Api, removed: Pipeline) -> None:
    path = path_of(removed) + "restoration/"
    tried = [(each.status, each.body["code"]) for each in (bob.post(path), gina.post(path))]
    assert tried == [(403, "permission_denied"), (404, "not_found")]
    assert (counted(acme), alice.post(path).status) == ((0, 0), 201)


def test_of_eight_who_restore_it_at_once_exactly_one_does(acme: Cast, alice: Api, removed: Pipeline) -> None:
    answers = at_once(lambda _: alice.post(path_of(removed) + "restoration/"), 8)
    assert sorted(each.status for each in answers) == [201, *[404] * 7]
    assert (counted(acme), used(acme, "pipeline_restorations")) == ((1, 1), 1)


def test_what_a_restoration_took_is_not_given_back(acme: Cast, alice: Api, removed: Pipeline) -> None:
    alice.post(path_of(removed) + "restoration/")
    ((taken,),) = rows("SELECT changes ->> 'consumption' FROM audit_logs WHERE action = 'quota.consumed'", acme)
    answer = alice.post("quotas/pipeline_restorations/releases/", {"consumption": taken})
    assert (answer.status, used(acme, "pipeline_restorations")) == (409, 1)


@pytest.mark.parametrize("resource", ["pipelines", "pipeline_restorations"])
def test_without_room_nothing_is_restored_and_nothing_is_taken(
    acme: Cast, alice: Api, removed: Pipeline, resource: str
) -> None:
    set_limit(acme, resource, 0)
    answer = alice.post(path_of(removed) + "restoration/")
    assert (answer.status, answer.body["code"], answer.body["resource"]) == (403, "quota_exceeded", resource)
    assert (counted(acme), used(acme, "pipeline_restorations")) == ((0, 0), 0)


def test_the_admins_get_an_email(acme: Cast, removed: Pipeline, run_jobs: Callable[[], None]) -> None:
    run_jobs()
    (message,) = mail.outbox
    assert (message.to, message.subject) == (["alice@acme.example"], "A pipeline was removed")
    assert 'the pipeline "Invoices" of Acme was removed' in str(message.body)
    assert f"/api/v1/{path_of(removed)}restoration/" in str(message.body)


def test_nobody_is_told_of_what_was_restored_meanwhile(
    acme: Cast, removed: Pipeline, run_jobs: Callable[[], None]
) -> None:
    with use_tenant(acme.organization):
        removal.restore(removed.id)
    run_jobs()
    assert mail.outbox == []


def test_what_was_removed_long_ago_is_deleted_by_night(acme: Cast, globex: Cast) -> None:
    """The job runs inside each organization, and touches nothing but what is due there."""
    long_ago = timezone.now() - KEPT_FOR - timedelta(days=1)
    for cast in (acme, globex):
        make_pipeline(cast, "Here")
        gone = make_pipeline(cast, "Gone")
        with use_tenant(cast.organization):
            removal.remove(gone.id, now=long_ago)
    with use_tenant(acme.organization):
        delete_removed.work()
    assert [(kept(cast), counted(cast)) for cast in (acme, globex)] == [(1, (1, 1)), (2, (1, 1))]
    told = rows("SELECT action, actor_type FROM audit_logs WHERE resource_type = 'pipeline' ORDER BY created_at", acme)
    assert [action for action, _ in told] == [
        "pipeline.created",
        "pipeline.created",
        "pipeline.deleted",
        "pipeline.deleted",
    ]
