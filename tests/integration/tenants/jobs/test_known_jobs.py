"""Known jobs: an organization's own role can enqueue what we do, in its queue, with arguments of a size; nothing else."""

from __future__ import annotations

import pytest
from django.db import DataError, connection

from tenants.isolation.owner import acting_as_owner
from tenants.jobs.known_jobs import declare_jobs, declared_jobs
from tenants.models import KnownJob
from tenants.scope import use_platform, use_tenant
from tests.acts import rows
from tests.cast import Cast

ENQUEUE = "SELECT public.enqueue_job(%s, %s, %s::jsonb)"


@pytest.mark.fault("D9")
@pytest.mark.parametrize(
    ("queue", "task"),
    [
        ("mails", "accounts.no_such_job"),
        ("default", "accounts.send_confirmation_mail"),
        ("platform", "tenants.repair_roles"),
        ("platform", "tenants.remove_due_organizations"),
        ("builtin", "builtin:procrastinate.builtin_tasks.remove_old_jobs"),
        ("mails", "Accounts.send_confirmation_mail"),
        ("", ""),
    ],
)
def test_a_job_that_nobody_declared_for_organizations_is_refused(acme: Cast, queue: str, task: str) -> None:
    with use_tenant(acme.organization), connection.cursor() as cursor:
        cursor.execute(ENQUEUE, ["mails", "accounts.send_confirmation_mail", "{}"])
        with pytest.raises(DataError, match="there is no such job"):
            cursor.execute(ENQUEUE, [queue, task, "{}"])
    with use_platform(), connection.cursor() as cursor, pytest.raises(DataError, match="there is no such job"):
        cursor.execute("SELECT public.enqueue_job_for(%s, %s, %s, '{}')", [acme.organization.id, queue, task])
    assert rows("SELECT task_name FROM procrastinate_jobs") == [("accounts.send_confirmation_mail",)]


@pytest.mark.fault("C7")
@pytest.mark.fault("D9")
def test_arguments_are_eight_kilobytes_at_most(acme: Cast) -> None:
    """Of what the database keeps: a letter of two bytes counts twice."""
    known = ["mails", "accounts.send_confirmation_mail"]
    with use_tenant(acme.organization), connection.cursor() as cursor:
        cursor.execute(ENQUEUE, [*known, f'{{"text": "{"x" * (8192 - 12)}"}}'])
        for letters in ("x" * (8192 - 11), "ß" * 4091):
            with pytest.raises(DataError, match="at most 8192 bytes"):
                cursor.execute(ENQUEUE, [*known, f'{{"text": "{letters}"}}'])


def test_what_the_code_declares_is_what_the_database_knows(acme: Cast) -> None:
    with acting_as_owner("public"):
        assert set(KnownJob.objects.values_list("name", "queue")) == declared_jobs()
        KnownJob.objects.filter(queue="mails").delete()
        declare_jobs()
        assert set(KnownJob.objects.values_list("name", "queue")) == declared_jobs()
    assert ("accounts.send_confirmation_mail", "mails") in declared_jobs()
