"""Attacks on confidentiality: read another organization's rows, or a secret of the platform."""

from __future__ import annotations

from functools import partial

from tenants.isolation_tests.attack import Accepted, Aim, Answered, Returns, Technique

_confidentiality = partial(Technique, Aim.CONFIDENTIALITY)
_MARKER = Returns("{{marker}}")
_THEIR_NAMES = "SELECT first_name FROM {{their_schema}}.users"

TECHNIQUES = (
    # Straight at another organization's tables.
    _confidentiality("select another's people by their schema's name", (_THEIR_NAMES,), _MARKER),
    _confidentiality("select another's sessions", ("SELECT refresh_hash FROM {{their_schema}}.sessions",), _MARKER),
    _confidentiality(
        "select another's e-mail tokens", ("SELECT token_hash FROM {{their_schema}}.email_tokens",), _MARKER
    ),
    _confidentiality("select another's invitations", ("SELECT token_hash FROM {{their_schema}}.invitations",), _MARKER),
    _confidentiality("select another's audit trail", ("SELECT changes FROM {{their_schema}}.audit_logs",), _MARKER),
    _confidentiality("select another's browser sessions", ("SELECT * FROM {{their_schema}}.django_session",), _MARKER),
    _confidentiality(
        "select another's applied migrations", ("SELECT * FROM {{their_schema}}.django_migrations",), Answered()
    ),
    _confidentiality("copy another's table out", ("COPY {{their_schema}}.users TO STDOUT",), _MARKER),
    _confidentiality(
        "explain and analyze over another's table", ("EXPLAIN (ANALYZE, VERBOSE) " + _THEIR_NAMES,), Accepted()
    ),
    # Through a statement that is about one's own.
    _confidentiality(
        "copy another's rows into one's own table",
        (
            "INSERT INTO django_session SELECT gen_random_uuid(), first_name, now() FROM {{their_schema}}.users",
            "SELECT session_data FROM django_session",
        ),
        _MARKER,
    ),
    _confidentiality(
        "join another's table into an update",
        ("UPDATE users SET last_name = t.first_name FROM {{their_schema}}.users AS t RETURNING users.last_name",),
        _MARKER,
    ),
    _confidentiality(
        "join another's table into a delete",
        ("DELETE FROM django_session USING {{their_schema}}.users AS t RETURNING t.first_name",),
        _MARKER,
    ),
    _confidentiality(
        "merge another's table into one's own",
        (
            "MERGE INTO users AS u USING {{their_schema}}.users AS t ON true WHEN MATCHED THEN"
            " UPDATE SET last_name = t.first_name",
            "SELECT last_name FROM users",
        ),
        _MARKER,
    ),
    _confidentiality(
        "make an error repeat another's value", ("SELECT (" + _THEIR_NAMES + " LIMIT 1)::integer",), _MARKER
    ),
    _confidentiality("prepare now, execute later", ("PREPARE theirs AS " + _THEIR_NAMES, "EXECUTE theirs"), _MARKER),
    _confidentiality(
        "hold a cursor over another's rows",
        ("DECLARE theirs CURSOR WITH HOLD FOR " + _THEIR_NAMES, "FETCH ALL FROM theirs"),
        _MARKER,
    ),
    # Moving the session elsewhere.
    _confidentiality(
        "set search_path to another's schema",
        ("SET search_path = {{their_schema}}", "SELECT first_name FROM users"),
        _MARKER,
    ),
    _confidentiality(
        "set search_path inside a select, then read through XML",
        (
            "SELECT set_config('search_path', '{{their_schema}}', false),"
            " query_to_xml('SELECT first_name FROM users', true, false, '')",
        ),
        _MARKER,
    ),
    _confidentiality(
        "set the role inside a select, then read through XML",
        ("SELECT set_config('role', '{{their_role}}', false), query_to_xml('" + _THEIR_NAMES + "', true, false, '')",),
        _MARKER,
    ),
    _confidentiality(
        "set the owner's role inside a select, then read through XML",
        ("SELECT set_config('role', '{{owner}}', false), query_to_xml('" + _THEIR_NAMES + "', true, false, '')",),
        _MARKER,
    ),
    _confidentiality("set role to another's", ("SET ROLE {{their_role}}", _THEIR_NAMES), _MARKER),
    _confidentiality("set role to the owner", ("SET ROLE {{owner}}", _THEIR_NAMES), _MARKER),
    _confidentiality(
        "set role to the control role", ("SET ROLE {{control}}", "SELECT name FROM public.organizations"), _MARKER
    ),
    _confidentiality(
        "set role to the tenants' group",
        ("SET ROLE {{group}}", _THEIR_NAMES, "SELECT name FROM public.organizations"),
        _MARKER,
    ),
    _confidentiality(
        "set session authorization to another's", ("SET SESSION AUTHORIZATION {{their_role}}", _THEIR_NAMES), _MARKER
    ),
    _confidentiality(
        "reset role and authorization, hoping for more",
        ("RESET ROLE", "RESET SESSION AUTHORIZATION", "RESET ALL", _THEIR_NAMES),
        _MARKER,
    ),
    _confidentiality(
        "switch row security off", ("SET row_security = off", "SELECT name FROM public.organizations"), _MARKER
    ),
    # Functions that run SQL given as text.
    _confidentiality("query_to_xml", ("SELECT query_to_xml('" + _THEIR_NAMES + "', true, false, '')",), _MARKER),
    _confidentiality("table_to_xml", ("SELECT table_to_xml('{{their_schema}}.users', true, false, '')",), _MARKER),
    _confidentiality("schema_to_xml", ("SELECT schema_to_xml('{{their_schema}}', true, false, '')",), _MARKER),
    _confidentiality("database_to_xml", ("SELECT database_to_xml(true, false, '')",), _MARKER),
    _confidentiality(
        "cursor_to_xml over a cursor of one's own",
        ("DECLARE theirs CURSOR WITH HOLD FOR " + _THEIR_NAMES, "SELECT cursor_to_xml('theirs', 9, true, false, '')"),
        _MARKER,
    ),
    _confidentiality(
        "ts_stat", ("SELECT word FROM ts_stat('SELECT to_tsvector(first_name) FROM {{their_schema}}.users')",), _MARKER
    ),
    _confidentiality(
        "a DO block that raises what it reads",
        (f"DO $$ BEGIN RAISE NOTICE '%', ({_THEIR_NAMES} LIMIT 1); END $$",),
        _MARKER,
    ),
    _confidentiality(
        "dblink back into the database",
        ("SELECT * FROM dblink('dbname={{database}}', 'SELECT 1') AS t (one integer)",),
        Answered(),
    ),
    # The shared tables.
    _confidentiality("select every organization", ("SELECT name FROM public.organizations",), _MARKER),
    _confidentiality("copy every organization out", ("COPY public.organizations TO STDOUT",), _MARKER),
    _confidentiality(
        "copy a query over every organization out", ("COPY (SELECT name FROM public.organizations) TO STDOUT",), _MARKER
    ),
    _confidentiality("select every host", ("SELECT host FROM public.domains",), Returns("{{their_slug}}")),
    _confidentiality(
        "select every quota", ("SELECT organization_id, used FROM public.quotas",), Returns("{{their_id}}")
    ),
    _confidentiality(
        "select quota movements", ("SELECT organization_id FROM public.quota_movements",), Returns("{{their_id}}")
    ),
    _confidentiality(
        "select quota reservations", ("SELECT organization_id FROM public.quota_reservations",), Returns("{{their_id}}")
    ),
    _confidentiality("read the key of signed calls", ("SELECT inner_key FROM public.signed_call_key",), Answered()),
    _confidentiality("copy the key of signed calls out", ("COPY public.signed_call_key TO STDOUT",), Accepted()),
    _confidentiality("select past usage", ("SELECT organization_id FROM public.past_usage",), Returns("{{their_id}}")),
    _confidentiality("select heavy use", ("SELECT organization_id FROM public.heavy_use",), Returns("{{their_id}}")),
    _confidentiality(
        "select shares of quotas", ("SELECT organization_id FROM public.quota_shares",), Returns("{{their_id}}")
    ),
    _confidentiality("select the e-mail index", ("SELECT address_hash FROM public.email_index",), _MARKER),
    _confidentiality("select the schema template", ("SELECT script FROM public.schema_template",), Answered()),
    _confidentiality("select the job queue", ("SELECT args FROM public.procrastinate_jobs",), _MARKER),
    _confidentiality("select the job queue's events", ("SELECT * FROM public.procrastinate_events",), Answered()),
    _confidentiality("select the operators", ("SELECT email, password_hash FROM public.users",), Accepted()),
    _confidentiality("select the operators' sessions", ("SELECT * FROM public.sessions",), Accepted()),
    _confidentiality("select the platform's audit trail", ("SELECT * FROM public.audit_logs",), Accepted()),
    _confidentiality("select the platform's browser sessions", ("SELECT * FROM public.django_session",), Accepted()),
    _confidentiality(
        "ask for one's organization as somebody else",
        ("SET ROLE {{group}}", "SELECT * FROM public.my_organization()"),
        Returns("{{their_id}}"),
    ),
    _confidentiality(
        "ask for more past usage than one's own",
        ("SELECT count(*) AS more FROM public.my_past_usage('executions') HAVING count(*) > 1",),
        Answered(),
    ),
    _confidentiality(
        "ask for more usage by month than one's own",
        ("SELECT resource FROM public.my_usage_since('2000-01-01') GROUP BY resource HAVING count(*) > 2",),
        Answered(),
    ),
    # Secrets of the server.
    _confidentiality("select the passwords of roles", ("SELECT rolname, rolpassword FROM pg_authid",), Answered()),
    _confidentiality("select pg_shadow", ("SELECT usename, passwd FROM pg_shadow",), Answered()),
    _confidentiality("select the passwords of foreign servers", ("SELECT umoptions FROM pg_user_mapping",), Accepted()),
    _confidentiality("select the log-in rules", ("SELECT * FROM pg_hba_file_rules",), Accepted()),
    _confidentiality("select the secrets of subscriptions", ("SELECT subconninfo FROM pg_subscription",), Accepted()),
    _confidentiality("select large objects", ("SELECT * FROM pg_largeobject",), Accepted()),
    _confidentiality("select values kept as statistics", ("SELECT * FROM pg_statistic",), Accepted()),
    _confidentiality(
        "select values shown as statistics",
        ("SELECT t::text FROM pg_stats AS t WHERE schemaname = '{{their_schema}}'",),
        Answered(),
    ),
    _confidentiality(
        "select what others are running",
        ("SELECT query FROM pg_stat_activity WHERE usename <> current_user AND query <> '<insufficient privilege>'",),
        Answered(),
    ),
    # Files of the server.
    _confidentiality("pg_read_file", ("SELECT pg_read_file('pg_hba.conf')",), Answered()),
    _confidentiality("pg_read_binary_file", ("SELECT pg_read_binary_file('global/pg_control')",), Answered()),
    _confidentiality("pg_ls_dir", ("SELECT pg_ls_dir('.')",), Answered()),
    _confidentiality("lo_import", ("SELECT lo_import('/etc/passwd')",), Answered()),
    _confidentiality("copy from a file of the server", ("COPY django_session FROM '/dev/null'",), Accepted()),
    _confidentiality("copy from a program of the server", ("COPY django_session FROM PROGRAM 'true'",), Accepted()),
)
