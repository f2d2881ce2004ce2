"""Attacks on metadata (side channels): learn names, counts, sizes or timing of others."""

from __future__ import annotations

from functools import partial

from tenants.isolation_tests.attack import Accepted, Aim, Answered, Returns, Technique

_metadata = partial(Technique, Aim.METADATA)
#: Closed only where a superuser closed pg_catalog (point 10).
_catalog = partial(Technique, Aim.METADATA, hardening=True)
_THEM = Returns("{{their_schema}}")
_OPAQUE = (
    "type output functions can't be revoked; names are made of ids, and say when an organization was opened, not who"
)

TECHNIQUES = (
    # Catalogs: names of others.
    *(
        _catalog(f"select {relation}", (f"TABLE {relation}",), _THEM)
        for relation in (
            "pg_roles",
            "pg_user",
            "pg_namespace",
            "pg_tables",
            "pg_indexes",
            "pg_stat_user_tables",
            "pg_statio_user_tables",
            "pg_stat_activity",
            "information_schema.tables",
        )
    ),
    # Catalogs: counts, sizes, activity.
    *(
        _catalog(f"count {relation}", (f"SELECT count(*) FROM {relation}",), Answered())  # noqa: S608  # ours
        for relation in (
            "pg_class",
            "pg_group",
            "pg_attribute",
            "pg_constraint",
            "pg_depend",
            "pg_shdepend",
            "pg_auth_members",
            "pg_proc",
            "pg_database",
            "pg_locks",
            "pg_db_role_setting",
            "pg_default_acl",
            "pg_policies",
            "pg_settings",
            "pg_stat_database",
            "pg_stat_replication",
            "pg_replication_slots",
            "pg_sequences",
            "pg_prepared_xacts",
            "pg_description",
            "pg_stats",
            "pg_stat_progress_vacuum",
            "information_schema.schemata",
            "information_schema.applicable_roles",
            "information_schema.columns",
            "information_schema.role_table_grants",
        )
    ),
    _catalog(
        "read the planner's row counts of others",
        ("SELECT reltuples FROM pg_class WHERE relnamespace = '{{their_schema}}'::regnamespace",),
        Answered(),
    ),
    _catalog("read bodies of functions", ("SELECT prosrc FROM pg_proc WHERE proname = 'consume_quota'",), Answered()),
    _metadata(
        "count organizations by the types of their tables",
        ("SELECT count(*) FROM pg_type WHERE typname = 'audit_logs'",),
        Answered(),
        known="drivers look types up in pg_type; it holds random names and no numbers of rows",
    ),
    # Output and input functions of the object identifier types.
    _metadata(
        "turn numbers into names of roles",
        (
            "SELECT string_agg(n::oid::regrole::text, ' ')"
            " FROM generate_series({{their_oid}} - 9, {{their_oid}} + 9) AS n",
        ),
        Returns("{{their_role}}"),
        known=_OPAQUE,
    ),
    _metadata(
        "ask whether a schema of a known name is there",
        ("SELECT '{{their_schema}}'::regnamespace::oid",),
        Answered(),
        known="input functions can't be revoked either; the name has to be known, and 74 bits of it are random",
    ),
    _metadata(
        "ask whether a table of a known name is there", ("SELECT '{{their_schema}}.users'::regclass::oid",), Answered()
    ),
    _metadata("take another's row type", ("SELECT NULL::{{their_schema}}.users",), Accepted()),
    _catalog("ask for a name without an error", ("SELECT to_regnamespace('{{their_schema}}')::oid",), Answered()),
    _catalog("ask for a role without an error", ("SELECT to_regrole('{{their_role}}')::oid",), Answered()),
    Technique(
        Aim.METADATA,
        "ask whether a text names a role",
        ("SELECT pg_input_is_valid('{{their_role}}', 'regrole')",),
        Answered(),
        hardening=True,
        since=16,
    ),
    # Privilege, definition, description.
    *(
        _catalog(f"call {call.partition('(')[0]}", (f"SELECT {call}",), Answered())
        for call in (
            "has_schema_privilege('{{their_role}}', 'public', 'USAGE')",
            "has_database_privilege('{{their_role}}', current_database(), 'CONNECT')",
            "pg_has_role('{{their_role}}', '{{group}}', 'MEMBER')",
            "pg_get_userbyid({{their_oid}})",
            "pg_get_functiondef('public.consume_quota(text, bytea)'::regprocedure)",
            "pg_get_viewdef('pg_catalog.pg_roles'::regclass)",
            "pg_describe_object(1260, {{their_oid}}, 0)",
            "pg_identify_object(1260, {{their_oid}}, 0)",
            "pg_relation_filepath(1260)",
            "pg_table_is_visible(1260)",
        )
    ),
    Technique(
        Aim.METADATA,
        "read an access list by number",
        ("SELECT pg_get_acl(2615, 'public'::regnamespace, 0)",),
        Answered(),
        hardening=True,
        since=18,
    ),
    # Sizes and statistics.
    *(
        _catalog(f"call {call.partition('(')[0]}", (f"SELECT {call}",), Answered())
        for call in (
            "pg_database_size(current_database())",
            "pg_total_relation_size(1259)",
            "pg_relation_size(1259)",
            "pg_table_size(1259)",
            "pg_tablespace_size(1663)",
            "pg_stat_get_live_tuples(1259)",
            "pg_stat_get_numscans(1259)",
            "pg_stat_get_db_xact_commit(1)",
            "pg_stat_get_backend_idset()",
            "pg_stat_get_activity(NULL)",
            "pg_current_wal_lsn()",
            "pg_postmaster_start_time()",
            "pg_notification_queue_usage()",
        )
    ),
    _metadata("have the planner estimate a shared table", ("EXPLAIN SELECT * FROM public.organizations",), Accepted()),
    _metadata(
        "have the planner print its estimate before it is refused",
        ("SET debug_print_plan = on", "SET client_min_messages = log", "SELECT name FROM public.organizations"),
        Returns("SEQSCAN"),
    ),
    _metadata(
        "have the planner estimate another's table", ("EXPLAIN SELECT * FROM {{their_schema}}.users",), Accepted()
    ),
    # Numbers that everybody's work moves.
    _metadata("read the queue's sequence", ("SELECT last_value FROM public.procrastinate_jobs_id_seq",), Answered()),
    _metadata("draw from the queue's sequence", ("SELECT nextval('public.procrastinate_jobs_id_seq')",), Answered()),
    _metadata(
        "get one's own job's number, which counts everybody's",
        (
            "SELECT public.enqueue_job('mails', 'accounts.send_confirmation_mail', '{\"user_id\": \"{{my_user}}\","
            ' "context": {"request_id": "", "on_behalf_of": ""}}\')',
        ),
        Answered(),
    ),
    _catalog("count transactions with txid_current", ("SELECT txid_current()",), Answered()),
    _catalog("see who is in a transaction", ("SELECT pg_current_snapshot()",), Answered()),
    _catalog("export a snapshot", ("SELECT pg_export_snapshot()",), Answered()),
    _metadata(
        "count transactions by xmin of one's own rows",
        ("SELECT xmin FROM users",),
        Answered(),
        known="system columns can't be revoked; it is the rate of everybody's writes together",
    ),
    _metadata(
        "listen to the job queue",
        ('LISTEN "procrastinate_any_queue_v1"',),
        Accepted(),
        known="PostgreSQL has no privilege on LISTEN; it tells when jobs of everybody arrive, and nothing of them",
    ),
    _catalog("see what one's own session could hear", ("SELECT pg_listening_channels()",), Accepted()),
    # Oracles: is it there?
    _metadata(
        "tell from an error whether an address is in the e-mail index",
        (
            "INSERT INTO public.email_index (id, address_hash, organization_id)"
            " VALUES (gen_random_uuid(), '{{their_hash}}', '{{their_id}}')",
        ),
        Returns("duplicate"),
    ),
    _metadata(
        "tell from the function whether an address is in the e-mail index",
        ("SELECT public.add_to_email_index('{{their_hash}}')",),
        Answered(),
    ),
    _metadata(
        "tell from a foreign key whether a person is there",
        (
            "INSERT INTO sessions (id, user_id, refresh_hash, expires_at, ip_address, user_agent, last_seen_at,"
            " created_at, updated_at)"
            " VALUES (gen_random_uuid(), '{{their_user}}', '', now(), '', '', now(), now(), now())",
        ),
        Accepted(),
    ),
    _metadata(
        "tell from a unique constraint whether a slug is taken",
        ("UPDATE public.organizations SET slug = '{{their_slug}}' WHERE id = '{{my_id}}'",),
        Returns("duplicate"),
    ),
    _metadata(
        "tell another's row count from an error",
        ("SELECT 1 / (SELECT count(*) FROM {{their_schema}}.users)",),
        Answered(),
    ),
)
