"""Privilege escalation: attacks that gain rights on the server, or plant something that later runs with more of them."""

from __future__ import annotations

from functools import partial

from tenants.isolation_tests.attack import Accepted, Aim, Holds, LogsIn, Technique, undone

_escalation = partial(Technique, Aim.ESCALATION)
_DONE = Accepted()
_FUNCTION = "CREATE FUNCTION {{my_schema}}.planted() RETURNS integer "


def _may(role: str, table: str, privilege: str) -> Holds:
    return Holds(f"SELECT has_table_privilege('{role}', '{table}', '{privilege}')")


_MEMBER_OF = (
    "SELECT EXISTS (SELECT 1 FROM pg_auth_members WHERE member = '{{my_role}}'::regrole AND roleid = '%s'::regrole)"
)

TECHNIQUES = (
    # One's own role.
    *(
        _escalation(f"make one's own role {attribute}", (f"ALTER ROLE {{{{my_role}}}} {attribute}",), _DONE)
        for attribute in ("SUPERUSER", "CREATEROLE", "CREATEDB", "BYPASSRLS", "REPLICATION", "CONNECTION LIMIT -1")
    ),
    _escalation("keep one's own role valid for ever", ("ALTER ROLE {{my_role}} VALID UNTIL 'infinity'",), _DONE),
    _escalation("rename one's own role", ("ALTER ROLE {{my_role}} RENAME TO org_of_mine",), _DONE),
    _escalation(
        "keep a way in with a password of one's own",
        ("ALTER ROLE {{my_role}} PASSWORD 'chosen by the attacker'",),
        LogsIn("chosen by the attacker"),
    ),
    _escalation(
        "preload a library as superusers may",
        ("ALTER ROLE {{my_role}} SET session_preload_libraries = 'auto_explain'",),
        _DONE,
    ),
    # Other roles.
    _escalation("set the owner's password", *undone("ALTER ROLE {{owner}} PASSWORD 'x'")),
    _escalation("set the control role's password", *undone("ALTER ROLE {{control}} PASSWORD 'x'")),
    _escalation("set another's password", ("ALTER ROLE {{their_role}} PASSWORD 'x'",), _DONE),
    _escalation("let the tenants' group log in", *undone("ALTER ROLE {{group}} LOGIN PASSWORD 'x'")),
    *(
        _escalation(f"become a member of {role}", (f"GRANT {role} TO {{{{my_role}}}}",), Holds(_MEMBER_OF % role))
        for role in (
            "{{owner}}",
            "{{control}}",
            "{{their_role}}",
            "pg_read_all_data",
            "pg_write_all_data",
            "pg_execute_server_program",
            "pg_read_server_files",
            "pg_signal_backend",
            "pg_monitor",
        )
    ),
    _escalation("act as a role that reads everything", ("SET ROLE pg_read_all_data",), _DONE),
    _escalation("act as the owner", ("SET ROLE {{owner}}",), _DONE),
    _escalation("be somebody else from here on", ("SET SESSION AUTHORIZATION {{owner}}",), _DONE),
    _escalation(
        "be somebody else inside a select", ("SELECT set_config('session_authorization', '{{owner}}', false)",), _DONE
    ),
    _escalation("say that one is a superuser", ("SELECT set_config('is_superuser', 'on', false)",), _DONE),
    _escalation("make a role", *undone("CREATE ROLE org_of_mine LOGIN SUPERUSER")),
    _escalation("take over what the owner owns", *undone("REASSIGN OWNED BY {{owner}} TO {{my_role}}")),
    # Logging in as somebody else, or elsewhere.
    _escalation("log in as another with one's own password", ("SELECT 1",), _DONE, connects={"user": "{{their_role}}"}),
    _escalation(
        "log in as another without a password",
        ("SELECT 1",),
        _DONE,
        connects={"user": "{{their_role}}", "password": ""},
    ),
    _escalation("log in as the owner with one's own password", ("SELECT 1",), _DONE, connects={"user": "{{owner}}"}),
    _escalation(
        "log in to the database postgres", ("SELECT 1",), _DONE, connects={"dbname": "postgres"}, hardening=True
    ),
    _escalation(
        "log in to the database template1", ("SELECT 1",), _DONE, connects={"dbname": "template1"}, hardening=True
    ),
    _escalation("log in for replication", ("SELECT 1",), _DONE, connects={"replication": "database"}),
    _escalation(
        "log in with a superuser's setting",
        ("SELECT 1",),
        _DONE,
        connects={"options": "-c session_replication_role=replica"},
    ),
    # New objects in the database and on the server.
    *(
        _escalation(name, *undone(statement))
        for name, statement in {
            "make a schema": "CREATE SCHEMA of_mine",
            "make a trusted extension": "CREATE EXTENSION hstore",
            "make an extension": "CREATE EXTENSION dblink",
            "make a language": "CREATE LANGUAGE plperl",
            "make a publication": "CREATE PUBLICATION of_mine FOR ALL TABLES",
            "make a foreign server": "CREATE FOREIGN DATA WRAPPER of_mine",
            "make an event trigger": "CREATE EVENT TRIGGER of_mine ON sql_drop EXECUTE FUNCTION public.count_rows()",
            "make a cast": "CREATE CAST (text AS uuid) WITH INOUT AS IMPLICIT",
            "set the database up anew": "ALTER DATABASE {{database}} SET row_security = off",
        }.items()
    ),
    # No transaction takes these back; a slot of this kind goes with its session.
    *(
        _escalation(name, (statement,), _DONE)
        for name, statement in {
            "make a database": "CREATE DATABASE of_mine",
            "make a tablespace": "CREATE TABLESPACE of_mine LOCATION '/tmp'",
            "make a subscription": "CREATE SUBSCRIPTION of_mine CONNECTION '' PUBLICATION y WITH (connect = false)",
            "make a replication slot": "SELECT pg_create_physical_replication_slot('of_mine', false, true)",
            "make a logical slot": "SELECT pg_create_logical_replication_slot('of_mine', 'pgoutput', true)",
            "set the server up anew": "ALTER SYSTEM SET log_statement = 'none'",
            "load a library": "LOAD 'auto_explain'",
        }.items()
    ),
    _escalation("run a DO block", ("DO $$ BEGIN PERFORM 1; END $$",), _DONE, hardening=True),
    # Planting: things that others, or the platform, would run or read later.
    *(
        _escalation(name, *undone(statement))
        for name, statement in {
            "a table in one's own schema": "CREATE TABLE {{my_schema}}.planted (x integer)",
            "a table in public": "CREATE TABLE public.planted (x integer)",
            "a table out of a select": "SELECT 1 AS x INTO public.planted",
            "a temporary table that shadows a real one": "CREATE TEMPORARY TABLE users (email text)",
            "a temporary view that shadows a real table": "CREATE TEMPORARY VIEW organizations AS SELECT 1 AS id",
            "a view in one's own schema": "CREATE VIEW {{my_schema}}.planted AS SELECT 1 AS x",
            "a materialized view": "CREATE MATERIALIZED VIEW {{my_schema}}.planted AS SELECT 1 AS x",
            "a sequence": "CREATE SEQUENCE {{my_schema}}.planted",
            "a type": "CREATE TYPE {{my_schema}}.planted AS (x integer)",
            "a domain with a check": "CREATE DOMAIN {{my_schema}}.planted AS text CHECK (true)",
            "a function in one's own schema": _FUNCTION + "LANGUAGE sql RETURN 1",
            "a function in public": "CREATE FUNCTION public.planted() RETURNS integer LANGUAGE sql RETURN 1",
            "a temporary function": "CREATE FUNCTION pg_temp.planted() RETURNS integer LANGUAGE sql RETURN 1",
            "an overload that fits better": "CREATE FUNCTION public.consume_quota(varchar, bytea) RETURNS bool RETURN true",
            "a function that runs as somebody else": _FUNCTION + "LANGUAGE sql SECURITY DEFINER RETURN 1",
            "a function in C": _FUNCTION + "LANGUAGE c AS 'libc', 'getpid'",
            "an operator": "CREATE OPERATOR {{my_schema}}.= (LEFTARG = text, RIGHTARG = text, FUNCTION = textne)",
            "an aggregate": "CREATE AGGREGATE {{my_schema}}.count (text) (SFUNC = pg_catalog.textcat, STYPE = text)",
            "a trigger": "CREATE TRIGGER planted AFTER UPDATE ON users FOR EACH ROW EXECUTE FUNCTION public.count_rows()",
            "a rule": "CREATE RULE planted AS ON INSERT TO users DO INSTEAD NOTHING",
            "a policy": "CREATE POLICY planted ON users USING (true)",
            "a default": "ALTER TABLE users ALTER COLUMN first_name SET DEFAULT 'planted'",
            "an index over an expression": "CREATE INDEX planted ON users (lower(email))",
            "statistics": "CREATE STATISTICS {{my_schema}}.planted ON email, role FROM users",
            "a column": "ALTER TABLE users ADD COLUMN planted text",
            "a comment on what is not one's own": "COMMENT ON TABLE users IS 'planted'",
        }.items()
    ),
    # Owning, and passing on.
    _escalation("own one's own table", ("ALTER TABLE users OWNER TO {{my_role}}",), _DONE),
    _escalation("own one's own schema", ("ALTER SCHEMA {{my_schema}} OWNER TO {{my_role}}",), _DONE),
    _escalation("rename one's own schema", ("ALTER SCHEMA {{my_schema}} RENAME TO of_mine",), _DONE),
    _escalation(
        "replace a function of public",
        *undone(
            "CREATE OR REPLACE FUNCTION public.my_organization_id() RETURNS uuid LANGUAGE sql"
            " RETURN '{{their_id}}'::uuid"
        ),
    ),
    _escalation(
        "change how a function of public runs",
        *undone("ALTER FUNCTION public.my_quotas() SET search_path = {{my_schema}}"),
    ),
    _escalation("drop a function of public", *undone("DROP FUNCTION public.my_quotas()")),
    _escalation(
        "grant oneself the platform's functions",
        ("GRANT EXECUTE ON FUNCTION public.enqueue_job_for(uuid, text, text, jsonb) TO {{my_role}}",),
        Holds(
            "SELECT has_function_privilege('{{my_role}}', 'public.enqueue_job_for(uuid, text, text, jsonb)', 'EXECUTE')"
        ),
    ),
    _escalation(
        "grant oneself a shared table",
        ("GRANT SELECT ON public.organizations TO {{my_role}}",),
        _may("{{my_role}}", "public.organizations", "SELECT"),
    ),
    _escalation(
        "grant oneself everything on the trail",
        ("GRANT ALL ON audit_logs TO {{my_role}}",),
        _may("{{my_role}}", "{{my_schema}}.audit_logs", "UPDATE"),
    ),
    _escalation(
        "grant another a look at one's own rows",
        ("GRANT SELECT ON users TO {{their_role}}",),
        _may("{{their_role}}", "{{my_schema}}.users", "SELECT"),
    ),
    _escalation(
        "grant everybody one's own schema",
        ("GRANT USAGE ON SCHEMA {{my_schema}} TO PUBLIC",),
        Holds("SELECT has_schema_privilege('{{their_role}}', '{{my_schema}}', 'USAGE')"),
    ),
    _escalation(
        "write the owner's default privileges",
        *undone("ALTER DEFAULT PRIVILEGES FOR ROLE {{owner}} GRANT ALL ON TABLES TO {{my_role}}"),
    ),
    # Out of the server.
    _escalation("copy to a program", ("COPY users TO PROGRAM 'cat'",), _DONE),
    _escalation("copy to a file of the server", ("COPY users TO '/tmp/planted'",), _DONE),
    _escalation("write a file through a large object", ("SELECT lo_export(1, '/tmp/planted')",), _DONE),
    _escalation("reload the server's settings", ("SELECT pg_reload_conf()",), _DONE),
)
