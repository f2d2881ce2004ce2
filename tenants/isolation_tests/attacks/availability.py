"""Attacks on availability: hurt others' service (denial of service), or leave something behind for whoever comes next."""

from __future__ import annotations

from functools import partial

from tenants.isolation_tests.attack import (
    Accepted,
    Aim,
    Answered,
    Hinders,
    Holds,
    Lingers,
    LocksOut,
    Remains,
    Technique,
)

_availability = partial(Technique, Aim.AVAILABILITY)
_MEMORY = (
    "PostgreSQL limits no role's memory, and shows nobody another session's settings; connections and times bound it"
)
#: Moves the counter of people, back or forth.
_TOGGLE = "UPDATE users SET deleted_at = CASE WHEN deleted_at IS NULL THEN now() END"
_OWN_DISK = "PostgreSQL has no disk quota for a role; it is the organization's own table that grows, and that is seen"
_ALIVE = Hinders("SELECT count(*) FROM users")
_THEIR_NEXT = "SELECT count(*) FROM users"
_BURN = "SELECT count(*) FROM generate_series(1, 99999) AS a, generate_series(1, 99999) AS b"
_SORT = "SELECT count(*) FROM (SELECT repeat('x', 100) FROM generate_series(1, 100000000) AS i ORDER BY i DESC) AS s"
#: Every limit of time that a role may lift.
_LIFTED = tuple(
    f"SET {name} = 0" for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
)
_CONTENT_TYPES = "LOCK TABLE public.django_content_type IN {} MODE"

TECHNIQUES = (
    # Signals, locks.
    _availability("end another's session", ("SELECT pg_terminate_backend({{their_pid}})",), _ALIVE),
    _availability("cancel another's statement", ("SELECT pg_cancel_backend({{their_pid}})",), Accepted()),
    _availability("hold an advisory lock", ("SELECT pg_advisory_lock(1)",), Remains(), hardening=True),
    _availability("try for an advisory lock", ("SELECT pg_try_advisory_lock(1, 2)",), Remains(), hardening=True),
    _availability(
        "hold an advisory lock for a transaction",
        ("BEGIN", "SELECT pg_advisory_xact_lock(1)"),
        Remains(),
        hardening=True,
    ),
    _availability("lock the organizations", ("BEGIN", "LOCK TABLE public.organizations"), Accepted()),
    _availability("lock another's table", ("BEGIN", "LOCK TABLE {{their_schema}}.users"), _ALIVE),
    _availability("lock one's own table, as if it were everybody's", ("BEGIN", "LOCK TABLE users"), _ALIVE),
    _availability("lock the content types", ("BEGIN", _CONTENT_TYPES.format("EXCLUSIVE")), Accepted()),
    _availability(
        "hold up migrations with the weakest lock",
        (*_LIFTED, "BEGIN", "SELECT count(*) FROM public.django_content_type"),
        Remains(),
    ),
    _availability(
        "lock rows of a shared table", ("BEGIN", "SELECT * FROM public.django_content_type FOR UPDATE"), Accepted()
    ),
    _availability(
        "share-lock rows of a shared table",
        ("BEGIN", "SELECT * FROM public.django_content_type FOR KEY SHARE"),
        Accepted(),
    ),
    _availability(
        "hold one's own quota row, then see whether others wait",
        ("BEGIN", _TOGGLE),
        Hinders(_TOGGLE),
    ),
    # Time.
    _availability("sleep", ("SELECT pg_sleep(60)",), Remains(), hardening=True),
    _availability(
        "sleep until a moment", ("SELECT pg_sleep_until(now() + interval '1 minute')",), Remains(), hardening=True
    ),
    _availability(
        "lift the time limit inside a select",
        ("SELECT set_config('statement_timeout', '0', false)", _BURN),
        Remains(),
        hardening=True,
    ),
    _availability(
        "lift the time limit of locks, then hold one's own row",
        (*_LIFTED, "BEGIN", _TOGGLE),
        Remains(),
    ),
    _availability(
        "lift the time limit of idle transactions",
        (*_LIFTED, "BEGIN", "SELECT 1"),
        Remains(),
    ),
    _availability(
        "lift the time limit, then burn the processor",
        (*_LIFTED, _BURN),
        Remains(),
    ),
    _availability(
        "lift the time limit, then recurse without an end",
        (*_LIFTED, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"),
        Remains(),
    ),
    _availability(
        "lift the time limit for sessions to come",
        ("ALTER ROLE {{my_role}} SET statement_timeout = 0", "ALTER ROLE {{my_role}} SET work_mem = '1TB'"),
        Lingers("SHOW statement_timeout", "('0',)"),
    ),
    # Room.
    _availability("fill the disk with temporary files", (*_LIFTED, _SORT), Remains()),
    _availability("lift the limit on temporary files", ("SET temp_file_limit = -1",), Accepted()),
    _availability("take more memory for one sort", ("SET work_mem = '1TB'",), Accepted(), known=_MEMORY),
    _availability(
        "fill the disk through one's own table",
        ("INSERT INTO django_session SELECT gen_random_uuid()::text, '', now() FROM generate_series(1, 1000)",),
        Accepted(),
        known=_OWN_DISK,
    ),
    _availability(
        "fill the disk with large objects",
        (*_LIFTED, "SELECT count(lo_from_bytea(0, 'x')) FROM generate_series(1, 100000000)"),
        Remains(),
        hardening=True,
    ),
    _availability(
        "fill the write-ahead log with messages",
        (*_LIFTED, "SELECT count(pg_logical_emit_message(false, 'x', 'x')) FROM generate_series(1, 100000000)"),
        Remains(),
        hardening=True,
    ),
    _availability(
        "keep the write-ahead log with a slot",
        ("SELECT pg_create_physical_replication_slot('of_mine', true)",),
        Accepted(),
    ),
    _availability("open more sessions than are one's own", ("SELECT 1",), Accepted(), sessions=60),
    _availability("leave a prepared transaction behind", ("BEGIN", "PREPARE TRANSACTION 'of_mine'"), Accepted()),
    # The job queue.
    _availability(
        "flood the job queue in one statement",
        (
            "SELECT count(public.enqueue_job('mails', 'accounts.send_confirmation_mail', '{}')::text)"
            " FROM generate_series(1, 1100)",
        ),
        Accepted(),
    ),
    _availability(
        "enqueue a job as large as a table",
        (
            "SELECT public.enqueue_job('mails', 'accounts.send_confirmation_mail',"
            " jsonb_build_object('x', repeat('x', 70000)))",
        ),
        Accepted(),
    ),
    _availability(
        "notify the job worker inside a select",
        ("SELECT pg_notify('procrastinate_any_queue_v1', '{}')",),
        Remains(),
        hardening=True,
    ),
    _availability(
        "notify the job worker",
        ("NOTIFY \"procrastinate_any_queue_v1\", '{}'",),
        Remains(),
    ),
    # Others' roles and the server.
    _availability("keep another from logging in", ("ALTER ROLE {{their_role}} NOLOGIN",), Accepted()),
    _availability("allow another no connections", ("ALTER ROLE {{their_role}} CONNECTION LIMIT 0",), Accepted()),
    _availability("allow the database no connections", ("ALTER DATABASE {{database}} CONNECTION LIMIT 0",), Accepted()),
    _availability("drop another's role", ("DROP ROLE {{their_role}}",), Accepted()),
    _availability("drop what another was granted", ("DROP OWNED BY {{their_role}}",), Accepted()),
    _availability(
        "make another a member of one's own role",
        ("GRANT {{my_role}} TO {{their_role}}",),
        Holds(
            "SELECT EXISTS (SELECT 1 FROM pg_auth_members WHERE roleid = '{{my_role}}'::regrole"
            " AND member = '{{their_role}}'::regrole)"
        ),
    ),
    _availability(
        "keep another's role from being dropped, by default privileges that name it",
        ("ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO {{their_role}}",),
        Holds("SELECT EXISTS (SELECT 1 FROM pg_default_acl WHERE defaclrole = '{{my_role}}'::regrole)"),
        known="everybody may write default privileges of their own; removing an organization clears them away",
    ),
    _availability("write a checkpoint", ("CHECKPOINT",), Accepted()),
    _availability("switch the write-ahead log", ("SELECT pg_switch_wal()",), Accepted()),
    _availability("forget the server's statistics", ("SELECT pg_stat_reset()",), Accepted()),
    _availability("rotate the server's log", ("SELECT pg_rotate_logfile()",), Accepted()),
    # One's own role, against one's own people.
    _availability(
        "lock one's organization out with another password", ("ALTER ROLE {{my_role}} PASSWORD 'x'",), LocksOut()
    ),
    _availability(
        "lock one's organization out with a library that is not there",
        ("ALTER ROLE {{my_role}} SET local_preload_libraries = 'nothing'",),
        LocksOut(),
    ),
    _availability(
        "lock one's organization out in this database only",
        ("ALTER ROLE {{my_role}} IN DATABASE {{database}} SET local_preload_libraries = 'nothing'",),
        LocksOut(),
    ),
    _availability(
        "leave one's organization read-only",
        ("ALTER ROLE {{my_role}} SET default_transaction_read_only = on",),
        LocksOut(),
    ),
    # Left behind for whoever comes next on this thread.
    _availability(
        "leave a search_path behind", ("SET search_path = {{my_schema}}",), Lingers("SHOW search_path", "{{my_schema}}")
    ),
    _availability("leave a role behind", ("SET ROLE {{my_role}}",), Lingers("SELECT current_user", "{{my_role}}")),
    _availability(
        "leave a read-only session behind",
        ("SET default_transaction_read_only = on",),
        Lingers("UPDATE users SET first_name = first_name"),
    ),
    _availability(
        "leave another's name behind for the trail",
        ('SET workix.context = \'{"actor_type": "left behind"}\'',),
        Lingers("SELECT current_setting('workix.context', true)", "left behind"),
    ),
    _availability(
        "leave a prepared statement behind",
        ("PREPARE left_behind AS SELECT 'left behind'",),
        Lingers("EXECUTE left_behind", "left behind"),
    ),
    _availability(
        "leave an open cursor behind",
        ("DECLARE left_behind CURSOR WITH HOLD FOR SELECT 'left behind'",),
        Lingers("FETCH ALL FROM left_behind", "left behind"),
    ),
    _availability("leave a broken transaction behind", ("BEGIN", "SELECT 1 / 0"), Lingers(_THEIR_NEXT)),
    _availability("leave an advisory lock behind", ("SELECT pg_advisory_lock(7)",), Answered(), hardening=True),
)
