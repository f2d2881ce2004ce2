"""@tenant_task: background jobs that run in the organization that enqueued them."""

# Raw SQL: calls functions of `public`.

# Note [Whose job it is]
# The queue is one table for everybody, so its rows must not be written by anybody. A tenant role calls enqueue_job(),
# which sets the organization from session_user; whatever id the arguments carry is overwritten. The worker enters
# that organization as its own role, so even a forged job could do only what its forger may do anyway.

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg.types.json import Jsonb

from tenants.backend.dry_run import tell_of_job
from tenants.isolation.database_roles import RoleKind
from tenants.jobs.agents.dropping import agent_of_asking, run_unless_stopped
from tenants.jobs.job import BackgroundJob, trace_of_asking
from tenants.models import Organization
from tenants.scope import use_platform, use_tenant
from workix.core.current import SYSTEM, Current

#: The queue of what sends e-mails.
MAILS = "mails"
_OF_A_RUN = ("run_id", "step_id")
#: Unless the same, with the same arguments, waits already and is due no later.
_ENQUEUE_AT = """
    SELECT public.procrastinate_defer_jobs_v1(ARRAY[
        ROW(queue, task, 0, NULL, NULL, payload, at)::public.procrastinate_job_to_defer_v1])
      FROM (SELECT %(queue)s::text AS queue, %(task)s::text AS task, %(organization)s::text AS organization,
                   %(arguments)s::jsonb AS arguments, %(payload)s::jsonb AS payload, %(at)s::timestamptz AS at) AS asked
     WHERE NOT EXISTS (
        SELECT 1 FROM procrastinate_jobs
         WHERE status = 'todo' AND coalesce(args ->> 'organization_id', '') = organization
           AND task_name = task AND args @> arguments AND (scheduled_at IS NULL OR scheduled_at <= coalesce(at, now())))"""


class Job(BackgroundJob):
    """A function that runs later, in the worker, for the organization that asked for it."""

    def enqueue(self, **arguments: Any) -> None:
        """Ask for it inside the caller's transaction: it will run if, and only if, that commits.

        Arguments are JSON, at most 8 kB; never put a secret among them. Within the organization the order is kept.
        """
        tell_of_job(task=self.name, queue=self.queue)
        asked_by = {
            "request_id": Current.request_id,
            "on_behalf_of": Current.actor.label,
            **trace_of_asking(),
            **_run(),
            **agent_of_asking(),
        }
        payload: Any = Jsonb({**arguments, "context": asked_by})
        with connection.cursor() as cursor:
            if connection.database_role.kind is RoleKind.TENANT:  # type: ignore[attr-defined]  # our own backend
                cursor.execute("SELECT public.enqueue_job(%s, %s, %s)", [self.queue, self.name, payload])
            else:
                cursor.execute(
                    "SELECT public.enqueue_job_for(%s, %s, %s, %s)",
                    [Current.organization.id, self.queue, self.name, payload],
                )

    def enqueue_at(self, at: datetime | None, *, organization_id: UUID, **arguments: Any) -> None:
        """Ask for it from outside the organization, at once and in no transaction: due `at` this time, or now.

        Where the same waits already and is due no later, there is no second one.
        """
        tell_of_job(task=self.name, queue=self.queue)
        payload = {**arguments, "organization_id": str(organization_id)}
        context = {"request_id": Current.request_id, "on_behalf_of": "", **trace_of_asking(), **agent_of_asking()}
        named: dict[str, Any] = {
            "queue": self.queue,
            "task": self.name,
            "organization": str(organization_id),
            "at": at,
            "arguments": Jsonb(arguments),
            "payload": Jsonb({**payload, "context": context}),
        }
        with use_platform(), connection.cursor() as cursor:
            cursor.execute(_ENQUEUE_AT, named)

    def _run(  # type: ignore[override]  # what our enqueue() and the database add
        self, *, organization_id: str, context: dict[str, str], **arguments: Any
    ) -> None:
        agent_id = UUID(context["agent_id"]) if "agent_id" in context else None
        run = {name: context.get(name, "") for name in _OF_A_RUN}
        who = {"actor": SYSTEM, "reason": _on_behalf(context), "agent_id": agent_id}
        with Current.fresh(request_id=context["request_id"], **who, **run):
            with use_platform():
                organization = Organization.objects.filter(id=UUID(organization_id), deleted_at__isnull=True).first()
            if organization is None:
                return  # removed meanwhile: nothing is left to do it for
            if self.queue == MAILS and organization.is_sandbox:
                return  # see Note [Sandboxes] in tenants/sandboxes/opening.py
            asked_in = context.get("traceparent", "")
            with use_tenant(organization):
                run_unless_stopped(self.name, lambda: self._attempt(asked_in, **arguments))


def tenant_task(name: str, *, queue: str = "default") -> Callable[[Callable[..., None]], Job]:
    """Make a function a job. `name` is what the queue knows it by, so it stays when the function moves.

    What sends e-mails has the queue `mails`: it is tried again for three days. See Note [Whose fault it is].
    """

    def make(work: Callable[..., None]) -> Job:
        return Job(name, queue, work)

    return make


def _run() -> dict[str, str]:
    """Return what a job keeps of the run it is asked for in: nothing where it is nobody's."""
    return {name: getattr(Current.context, name) for name in _OF_A_RUN} if Current.context.run_id else {}


def _on_behalf(context: dict[str, str]) -> str:
    return f"on behalf of {context['on_behalf_of']}" if context["on_behalf_of"] else ""
