"""Attacks on integrity: alter another's data, the attacker's own plan or quota, or the audit trail."""

from __future__ import annotations

from functools import partial

from tenants.isolation_tests.attack import Accepted, Aim, Changes, Technique, undone
from tenants.isolation_tests.attacks import quotas

_integrity = partial(Technique, Aim.INTEGRITY)


def _sum_of(table: str, condition: str = "true") -> str:
    summed = "md5(string_agg(t::text, '|' ORDER BY t::text))"
    return f"(SELECT {summed} FROM {table} AS t WHERE {condition})"  # noqa: S608  # names of ours


#: Everything that is the other organization's, in its schema and in `public`.
_THEIRS = Changes(
    "SELECT "
    + " || ".join(
        f"coalesce({each}, '-')"
        for each in (
            _sum_of("{{their_schema}}.users"),
            _sum_of("{{their_schema}}.sessions"),
            _sum_of("{{their_schema}}.audit_logs"),
            _sum_of("public.organizations", "id = '{{their_id}}'"),
            _sum_of("public.domains", "organization_id = '{{their_id}}'"),
            _sum_of("public.quotas", "organization_id = '{{their_id}}'"),
            _sum_of("public.quota_movements", "organization_id = '{{their_id}}'"),
            _sum_of("public.email_index", "organization_id = '{{their_id}}'"),
            _sum_of("public.procrastinate_jobs", "args ->> 'organization_id' = '{{their_id}}'"),
        )
    )
)
_MY_PLAN = Changes("SELECT " + _sum_of("public.organizations", "id = '{{my_id}}'"))
_MY_DOMAINS = Changes("SELECT count(*) FROM public.domains WHERE organization_id = '{{my_id}}'")
_ENTRY = Changes("SELECT " + _sum_of("{{my_schema}}.audit_logs", "id = '{{my_entry}}'"))
_INTO_TRAIL = "INSERT INTO audit_logs (actor_type, action, resource_type, {}) VALUES ('system', 'a.b', 'c', {})"
_USER = (
    "INSERT INTO {}.users (id, organization_id, email, password_hash, first_name, last_name, role, is_active,"
    " created_at, updated_at) VALUES (gen_random_uuid(), '{}', 'x@x.example', '', '', '', 'admin', true, now(), now())"
)
_JOB = "'mails', 'accounts.send_confirmation_mail'"


def _forged(column: str, value: str) -> str:
    return _INTO_TRAIL.format(column, value)


TECHNIQUES = (
    # Another's data.
    _integrity("update another's people", ("UPDATE {{their_schema}}.users SET role = 'viewer'",), _THEIRS),
    _integrity("insert a person into another's schema", (_USER.format("{{their_schema}}", "{{their_id}}"),), _THEIRS),
    _integrity("delete another's sessions", ("DELETE FROM {{their_schema}}.sessions",), _THEIRS),
    _integrity("truncate another's table", ("TRUNCATE {{their_schema}}.users CASCADE",), _THEIRS),
    _integrity(
        "merge into another's table",
        ("MERGE INTO {{their_schema}}.sessions AS t USING users AS u ON true WHEN MATCHED THEN DELETE",),
        _THEIRS,
    ),
    _integrity(
        "write another's table behind a select",
        ("WITH gone AS (DELETE FROM {{their_schema}}.sessions RETURNING 1) SELECT count(*) FROM gone",),
        _THEIRS,
    ),
    _integrity("copy into another's table", ("COPY {{their_schema}}.sessions FROM STDIN",), _THEIRS),
    _integrity(
        "add a column to another's table", ("ALTER TABLE {{their_schema}}.users ADD COLUMN spy text",), Accepted()
    ),
    _integrity("drop another's table", ("DROP TABLE {{their_schema}}.sessions",), Accepted()),
    _integrity("drop another's schema", ("DROP SCHEMA {{their_schema}} CASCADE",), Accepted()),
    _integrity(
        "update through search_path",
        ("SET search_path = {{their_schema}}", "UPDATE users SET role = 'viewer'"),
        _THEIRS,
    ),
    _integrity(
        "write as another's role", ("SET ROLE {{their_role}}", "DELETE FROM {{their_schema}}.sessions"), _THEIRS
    ),
    _integrity(
        "write into another's audit trail",
        ("INSERT INTO {{their_schema}}.audit_logs (actor_type, action, resource_type) VALUES ('a', 'b', 'c')",),
        _THEIRS,
    ),
    _integrity("write a row that says it is another's", (_USER.format("{{my_schema}}", "{{their_id}}"),), Accepted()),
    _integrity("turn one's own row into another's", ("UPDATE users SET organization_id = '{{their_id}}'",), Accepted()),
    # What public holds about oneself and others.
    _integrity(
        "give oneself a better plan",
        ("UPDATE public.organizations SET plan = 'enterprise', max_users = 9999 WHERE id = '{{my_id}}'",),
        _MY_PLAN,
    ),
    _integrity(
        "suspend another organization",
        ("UPDATE public.organizations SET status = 'pending' WHERE id = '{{their_id}}'",),
        _THEIRS,
    ),
    _integrity(
        "lift one's own suspension through the confirmation", ("SELECT public.confirm_my_organization()",), _MY_PLAN
    ),
    *quotas.TECHNIQUES,
    _integrity("claim another's host", *undone("UPDATE public.domains SET organization_id = '{{my_id}}'")),
    _integrity(
        "add a host",
        (
            "INSERT INTO public.domains (id, organization_id, host, is_primary, created_at, updated_at)"
            " VALUES (gen_random_uuid(), '{{my_id}}', 'x.example', true, now(), now())",
        ),
        _MY_DOMAINS,
    ),
    _integrity(
        "remove another's entry of the e-mail index with the function",
        ("SELECT public.remove_from_email_index('{{their_hash}}')",),
        _THEIRS,
    ),
    _integrity("delete the e-mail index", *undone("DELETE FROM public.email_index")),
    _integrity(
        "add an entry to the e-mail index for another",
        (
            "INSERT INTO public.email_index (id, address_hash, organization_id)"
            " VALUES (gen_random_uuid(), repeat('0', 64), '{{their_id}}')",
        ),
        _THEIRS,
    ),
    _integrity(
        "add an entry to the e-mail index that is no hash",
        ("SELECT public.add_to_email_index('gina@globex.example')",),
        Accepted(),
    ),
    _integrity("poison the schema template", *undone("UPDATE public.schema_template SET script = 'SELECT 1'")),
    _integrity("delete the schema template", *undone("DELETE FROM public.schema_template")),
    _integrity("rename a content type", *undone("UPDATE public.django_content_type SET model = model || 'x'")),
    _integrity("forget one's own applied migrations", ("DELETE FROM django_migrations",), Accepted()),
    _integrity("rename oneself to nothing", ("SELECT public.rename_my_organization(NULL)",), _MY_PLAN),
    _integrity(
        "rename oneself to a whole book", ("SELECT public.rename_my_organization(repeat('x', 1000000))",), _MY_PLAN
    ),
    _integrity("rename everybody", ("SELECT public.rename_my_organization('x')",), _THEIRS),
    # The job queue.
    _integrity(
        "insert a job for another",
        (
            "INSERT INTO public.procrastinate_jobs (queue_name, task_name, args) VALUES"
            " (" + _JOB + ', \'{"organization_id": "{{their_id}}"}\')',
        ),
        _THEIRS,
    ),
    _integrity("change another's job", *undone("UPDATE public.procrastinate_jobs SET args = '{}'")),
    _integrity("delete another's job", *undone("DELETE FROM public.procrastinate_jobs")),
    _integrity(
        "name another organization in a job's arguments",
        ("SELECT public.enqueue_job(" + _JOB + ', \'{"organization_id": "{{their_id}}"}\')',),
        _THEIRS,
    ),
    _integrity(
        "enqueue a job for another", ("SELECT public.enqueue_job_for('{{their_id}}', " + _JOB + ", '{}')",), _THEIRS
    ),
    _integrity(
        "enqueue a task of the queue's own",
        *undone(
            "SELECT public.enqueue_job('builtin', 'procrastinate.builtin_tasks.remove_old_jobs',"
            ' \'{"max_hours": 0, "remove_failed": true}\')'
        ),
    ),
    _integrity("enqueue a job without arguments", ("SELECT public.enqueue_job(" + _JOB + ", NULL)",), Accepted()),
    _integrity(
        "enqueue a job whose arguments are a list", ("SELECT public.enqueue_job(" + _JOB + ", '[]')",), Accepted()
    ),
    _integrity(
        "cancel another's job", ("SELECT public.procrastinate_cancel_job_v1({{their_job}}, true, true)",), _THEIRS
    ),
    _integrity(
        "drop jobs that agents asked for",
        (
            'SELECT public.drop_agent_jobs(\'{"function": "drop_agent_jobs", "organization": "{{their_id}}"}\','
            " sha256('wrong'))",
        ),
        _THEIRS,
    ),
    _integrity(
        "fetch a job as if one were the worker", *undone("SELECT public.procrastinate_fetch_job_v2(NULL, NULL)")
    ),
    _integrity(
        "wind the queue's numbers on",
        ("SELECT setval('public.procrastinate_jobs_id_seq', 1099511627776)",),  # no transaction takes it back
        Accepted(),
    ),
    # The audit trail.
    _integrity("change an entry", ("UPDATE audit_logs SET action = 'x.y'",), _ENTRY),
    _integrity("delete an entry", ("DELETE FROM audit_logs",), _ENTRY),
    _integrity("truncate the trail", ("TRUNCATE audit_logs",), _ENTRY),
    _integrity(
        "lock and rewrite an entry through a conflict",
        (
            "INSERT INTO audit_logs (actor_type, action, resource_type) VALUES ('a', 'b', 'c')"
            " ON CONFLICT (id) DO UPDATE SET action = 'x'",
        ),
        Accepted(),
    ),
    _integrity(
        "merge into the trail",
        ("MERGE INTO audit_logs AS a USING users AS u ON true WHEN MATCHED THEN DELETE",),
        _ENTRY,
    ),
    _integrity("choose an entry's id", (_forged("id", "gen_random_uuid()"),), Accepted()),
    _integrity("back-date an entry", (_forged("created_at", "'2001-01-01'"),), Accepted()),
    _integrity("back-date an entry with copy", ("COPY audit_logs (actor_type, created_at) FROM STDIN",), Accepted()),
    _integrity("write an entry as another organization", (_forged("organization_id", "'{{their_id}}'"),), Accepted()),
    _integrity("hide which role wrote an entry", (_forged("database_role", "'{{owner}}'"),), Accepted()),
    _integrity("pass an entry off as the trigger's own", (_forged("source", "'trigger'"),), Accepted()),
    _integrity("call the audit trigger", ("SELECT public.audit_changed_rows()",), Accepted()),
    _integrity("disable the audit trigger", ("ALTER TABLE users DISABLE TRIGGER ALL",), Accepted()),
    _integrity("drop the audit trigger", ("DROP TRIGGER audit_update ON users",), Accepted()),
    _integrity("switch triggers off as a replica", ("SET session_replication_role = replica",), Accepted()),
    _integrity(
        "change a default of the trail",
        ("ALTER TABLE audit_logs ALTER COLUMN created_at SET DEFAULT '2001-01-01'",),
        Accepted(),
    ),
)
