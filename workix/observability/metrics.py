"""Prometheus metrics of ours (workix_*), and how each is counted; those of requests are django-prometheus' own."""

# Note [Labels]
# A label has few values, and we wrote all of them: routes, problem codes, names of tasks. Never an organization, a
# person, a path or an address: each would be a series for ever, and customers' names would lie in a second database.
# One series alone is by organization: workix_organization_requests, by their ids, of few of them (decision 0052).

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from prometheus_client import Counter, Gauge, Histogram, disable_created_metrics

from workix.core.errors import ProblemError

disable_created_metrics()  # type: ignore[no-untyped-call]  # the library's own

#: Added up over the processes that live.
_gauge = partial(Gauge, multiprocess_mode="livesum")

REFUSALS = Counter("workix_refusals_total", "Problems answered, by their code.", ("code",))
LOCKOUTS = Counter(
    "workix_lockouts_total", "Locks that began after too many failures: of an account, or of a client.", ("kind",)
)
OPENINGS = Counter("workix_openings_total", "Organizations that were to be opened.", ("outcome",))
SANDBOX_OPENINGS = Counter("workix_sandbox_openings_total", "Sandboxes that were to be opened.", ("outcome",))
LOGINS = Counter("workix_logins_total", "Log-ins: ok, or the code of the refusal.", ("outcome",))
QUOTA_REFUSALS = Counter("workix_quota_refusals_total", "Refusals because a quota is spent.", ("resource",))
QUOTA_BURSTS = Counter(
    "workix_quota_bursts_total", "Consumptions and reservations allowed beyond a limit.", ("resource",)
)
QUOTA_WARNINGS = Counter(
    "workix_quota_warnings_total", "Warnings that a quota is nearly or wholly taken.", ("resource",)
)
RATE_LIMITS_DOWN = Counter(
    "workix_rate_limits_down_total", "Times a rate limit could not be asked: open, or closed.", ("outcome",)
)
GRPC_CALLS = Counter("workix_grpc_calls_total", "Calls over gRPC, by the code they ended with.", ("method", "code"))
GRPC_SECONDS = Histogram(
    "workix_grpc_call_seconds",
    "Time a call over gRPC took.",
    ("method",),
    buckets=(0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10),
)
MCP_CALLS = Counter("workix_mcp_calls_total", "Calls of tools over MCP, by the API's answer.", ("status",))
PROPOSALS = Counter("workix_proposals_total", "Proposals of agents, by what became of them.", ("outcome",))
AGENTS_STOPPED = Counter("workix_agents_stopped_total", "Agents that were stopped.")
JOBS = Counter("workix_jobs_total", "Attempts at a job.", ("task", "outcome"))
JOB_SECONDS = Histogram(
    "workix_job_seconds", "Time an attempt at a job took.", ("task",), buckets=(0.05, 0.25, 1, 5, 15, 60, 300)
)
STALLED_JOBS = Counter("workix_stalled_jobs_total", "Jobs whose worker died, taken up again.", ("outcome",))
MAILS = Counter("workix_mails_total", "Attempts at a mail: ok, or whose fault it was that none went.", ("outcome",))
WEBHOOKS = Counter(
    "workix_webhook_deliveries_total", "Attempts at a delivery to a webhook: ok, failed, or paused by it.", ("outcome",)
)
CHECKPOINTS_PUBLISHED = Counter(
    "workix_checkpoint_publications_total", "Attempts to send a checkpoint to the operator's webhook.", ("outcome",)
)
REMOVALS = Counter("workix_removals_total", "Organizations that were due to be removed.", ("outcome",))
CONNECTIONS = _gauge("workix_connections", "Database connections in our pools.", ("role", "state"))
CONNECTIONS_LIMIT = _gauge("workix_connections_limit", "Database connections our pools may hold.", ("role",))
CONNECTION_WAITS = Counter(
    "workix_connection_waits_total", "Waits for a free database connection: got one, or none.", ("outcome",)
)
DATABASE_CONNECTIONS = _gauge(
    "workix_database_connections", "Connections the database server has, as it sees them.", ("role", "state", "wait")
)
ROLE_REPAIRS = Counter("workix_role_repairs_total", "Database roles that had to be repaired.", ("outcome",))
SESSIONS_ENDED = Counter(
    "workix_sessions_ended_total", "Database sessions of organizations that the watchdog ended.", ("reason",)
)
#: Why the watchdog ends a session, as the trail and the metrics name it.
SESSIONS_END_FOR = (
    "connections", "temporary_files", "advisory_lock", "hindering", "foreign_statement",
    "statement", "idle_in_transaction", "transaction",
)  # fmt: skip
#: What becomes of a proposal: first of all it is made.
BECOMES_OF_PROPOSALS = ("proposed", "approved", "executed", "failed", "refused", "stale", "expired", "dropped")
WATCHDOG_LOOKS = Counter("workix_watchdog_looks_total", "Looks of the watchdog at database sessions.", ("outcome",))
UNREAD_HOPS = Counter(
    "workix_unread_hops_total", "Requests whose trusted proxy named no address we can read.", ("outcome",)
)
PROCESSES = _gauge("workix_processes", "Processes that serve or work.", ("role",))
PROCESS_MEMORY = _gauge("workix_process_memory_bytes", "Resident memory of these processes.", ("role",))
PROCESS_CPU = Counter("workix_process_cpu_seconds_total", "Processor time these processes took.", ("role",))


@contextmanager
def outcome_counted(counter: Counter, *labels: str) -> Iterator[None]:
    """Count how the block, or the function this decorates, ends: ok, the code of a refusal, or failed."""
    outcome = "failed"
    try:
        yield
        outcome = "ok"
    except ProblemError as refusal:
        outcome = refusal.code
        raise
    finally:
        counter.labels(*labels, outcome).inc()


@contextmanager
def job_counted(task: str) -> Iterator[None]:
    """Count one attempt at a job, and the time it takes."""
    with outcome_counted(JOBS, task), JOB_SECONDS.labels(task).time():
        yield


def begin_at_zero() -> None:
    """Show what is rare before it happens: the first increase can be seen only from a zero."""
    for outcome in ("open", "closed"):
        RATE_LIMITS_DOWN.labels(outcome)
    for outcome in ("ok", "none_free"):
        CONNECTION_WAITS.labels(outcome)
    for outcome in ("ok", "failed"):
        CHECKPOINTS_PUBLISHED.labels(outcome)
        ROLE_REPAIRS.labels(outcome)
        REMOVALS.labels(outcome)
        WATCHDOG_LOOKS.labels(outcome)
    for reason in SESSIONS_END_FOR:
        SESSIONS_ENDED.labels(reason)
    for counter, values in (
        (STALLED_JOBS, ("retried", "given_up")),
        (LOCKOUTS, ("account", "client")),
        (MAILS, ("ok", "recipient", "ours", "passing")),
        (WEBHOOKS, ("ok", "failed", "paused")),
        (UNREAD_HOPS, ("hidden", "unreadable")),
        (PROPOSALS, BECOMES_OF_PROPOSALS),
    ):
        for value in values:
            counter.labels(value)
