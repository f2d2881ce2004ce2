"""Hardening of pg_catalog: what only a superuser can revoke, applied where there is one, reported where not."""

from __future__ import annotations

import re
from pathlib import Path

import psycopg
from psycopg import sql

from tenants.isolation import owner

HARDENING_SQL = Path(__file__).parent / "sql" / "hardening.sql"

#: Names of the functions of pg_catalog that nobody but the owner may call.
_REVOKED = re.compile(
    r"^(set_config|pg_notify|pg_listening_channels|pg_notification_queue_usage|ts_stat|ts_rewrite|currtid2"
    r"|pg_advisory_.*|pg_try_advisory_.*|pg_sleep.*|.*_to_xml.*|xpath.*|lo_.*|lo(read|write)|pg_largeobject.*"
    r"|pg_stat_.*|pg_.*_size|pg_terminate_backend|pg_cancel_backend|pg_logical_.*|pg_replication_.*|pg_create_.*"
    r"|pg_drop_.*|pg_read_.*|pg_ls_.*|pg_stat_file|pg_file_.*|pg_rotate_.*|pg_reload_.*|pg_promote|pg_switch_.*"
    r"|pg_backup_.*|pg_wal_.*|pg_current_wal_.*|pg_last_.*|pg_control_.*|pg_export_snapshot|pg_snapshot_.*"
    r"|has_.*_privilege|pg_has_role|row_security_active|to_reg.*|txid_.*|pg_current_xact_id.*|pg_current_snapshot"
    r"|pg_xact_.*|pg_visible_in_snapshot|pg_get_.*def|pg_get_userbyid|pg_get_expr|pg_get_function_.*"
    r"|pg_get_keywords|pg_get_shmem_.*|pg_get_.*_sequence|pg_get_object_address|pg_identify_object.*"
    r"|pg_describe_object|obj_description|col_description|shobj_description|pg_.*_is_visible|pg_show_all_.*"
    r"|pg_settings_.*|pg_hba_.*|pg_ident_.*|pg_lock_.*|pg_blocking_pids|pg_safe_snapshot_.*|pg_isolation_.*"
    r"|pg_prepared_.*|pg_cursor|pg_timezone_.*|pg_available_.*|pg_event_trigger_.*|pg_sequence_.*|pg_my_temp_.*"
    r"|pg_is_other_.*|pg_partition_.*|pg_relation_.*|pg_tablespace_.*|pg_filenode_.*|pg_collation_.*"
    r"|pg_database_.*|pg_extension_.*|pg_options_to_table|pg_config|pg_postmaster_.*|pg_conf_load_time|inet_.*_addr"
    r"|inet_.*_port|aclexplode|acldefault|makeaclitem|brin_.*_range.*|gin_clean_.*|amvalidate|binary_upgrade_.*"
    r"|pg_indexes_size|pg_column_.*|query_to_.*|table_to_.*|schema_to_.*|database_to_.*|cursor_to_.*"
    r"|pg_log_.*|pg_mcv_list_items|pg_input_.*|pg_nextoid|pg_stop_.*|pg_start_.*|pg_sync_.*|pg_get_.*|pg_clear_.*"
    r"|pg_restore_.*|pg_import_.*|pg_copy_.*|pg_index.*_property|pg_numa_.*)$"
)

CLOSED = "pg_catalog is closed to tenant roles."
OPEN = (
    "pg_catalog is as PostgreSQL ships it: tenant roles can see names, counts and activity of others, and set their "
    "own session. Name a superuser in WORKIX_SETUP_DATABASE_URL and run: manage.py migrate"
)

LEFT_OPEN = (
    "Everybody may connect to {} of this server, tenant roles too. These databases are not ours: where nobody needs it, "
    "take it away. REVOKE CONNECT ON DATABASE … FROM PUBLIC"
)

#: A function that stays open where nobody can close pg_catalog -> what it costs.
_COSTS = {
    "set_config": "one injected SELECT changes settings of its session: its time limits, and what it says of who acts",
    "pg_sleep": "one injected SELECT keeps a connection and a thread for as long as statement_timeout lets it",
    "pg_advisory_lock": "one organization can take advisory locks that another's application waits for, and fill the lock table",
    "lo_from_bytea": "one organization can fill the disk with large objects, which no quota counts and no removal finds",
    "pg_logical_emit_message": "one organization can fill the write-ahead log, and with it disk and replicas",
    "pg_notify": "one organization can fill the queue of notifications, and then no transaction that notifies commits",
    "query_to_xml": "one injected SELECT runs whatever query it is given as text",
    "pg_database_size": "sizes of databases and schemas are told to everybody",
}
_NAMES_OPEN = "pg_catalog: names of roles and schemas, their number and statistics are told to everybody"
_TEMP_FILES_OPEN = "temp_file_limit: one organization's sorts can fill the disk with temporary files"

_CALLABLE = """
    SELECT DISTINCT proname::text FROM pg_proc
     WHERE pronamespace = 'pg_catalog'::regnamespace AND proname = ANY (%s)
       AND has_function_privilege('public', oid, 'EXECUTE')"""
_ANYTHING_OPEN = """
    SELECT EXISTS (SELECT 1 FROM pg_language WHERE lanname IN ('plpgsql', 'sql')
                      AND has_language_privilege('public', oid, 'USAGE'))
        OR EXISTS (SELECT 1 FROM pg_class AS c
                    WHERE relnamespace IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
                      AND relkind IN ('r', 'v') AND relname NOT IN ('pg_type', 'pg_range')
                      AND (has_table_privilege('public', c.oid, 'SELECT, INSERT, UPDATE, DELETE')
                        OR has_any_column_privilege('public', c.oid, 'SELECT, INSERT, UPDATE')))"""
# PostgreSQL makes the automaton of an expression anew for each name, which takes ten times as long as to fetch them all.
_OPEN_FUNCTIONS = """
    SELECT DISTINCT proname::text FROM pg_proc
     WHERE pronamespace = 'pg_catalog'::regnamespace AND prokind IN ('f', 'a', 'w')
       AND has_function_privilege('public', oid, 'EXECUTE')"""
_OPEN_DATABASES = """
    SELECT datname FROM pg_database AS d
     WHERE datallowconn AND datdba {} (SELECT oid FROM pg_roles WHERE rolname = current_user)
       AND EXISTS (SELECT 1 FROM aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) AS a
                    WHERE a.grantee = 0 AND a.privilege_type = 'CONNECT')
     ORDER BY datname"""


def harden(control_role_name: str, watchdog_role_name: str) -> bool:
    """Close what only a superuser can. Return whether it was possible; see `OPEN` for what it means if not."""
    superuser = owner.find_superuser()
    if superuser is None:
        return False
    with owner.connect(superuser) as connection:
        script = sql.SQL(HARDENING_SQL.read_text()).format(  # a file of ours
            owner_name=sql.Literal(owner.database().user),
            control_name=sql.Literal(control_role_name),
            watchdog_name=sql.Literal(watchdog_role_name),
            functions=sql.Literal(_open_functions(connection)),
        )
        owner.retried(lambda: connection.execute(script))
    return True


def own_databases(connection: psycopg.Connection) -> list[str]:
    """List the databases of the owner's to which everybody may connect."""
    return [row[0] for row in connection.execute(_OPEN_DATABASES.format("=")).fetchall()]


def databases_of_others(connection: psycopg.Connection) -> list[str]:
    """List the databases of this server to which everybody may connect, tenant roles too, and which are not ours to close."""
    return [row[0] for row in connection.execute(_OPEN_DATABASES.format("<>")).fetchall()]


def what_stays_open(connection: psycopg.Connection) -> list[str]:
    """List what a server that can't be hardened leaves to tenant roles, each with what it costs; nothing where it is."""
    row = connection.execute(
        "SELECT has_table_privilege('public', 'pg_catalog.pg_class', 'SELECT'),"
        " has_parameter_privilege('temp_file_limit', 'SET')"
    ).fetchone()
    assert row is not None
    callable_by_all = {name for (name,) in connection.execute(_CALLABLE, [list(_COSTS)])}
    return [
        *([_NAMES_OPEN] if row[0] else []),
        *(f"{name}(): {cost}" for name, cost in _COSTS.items() if name in callable_by_all),
        *([] if row[1] else [_TEMP_FILES_OPEN]),
    ]


def is_hardened(connection: psycopg.Connection) -> bool:
    """Say whether tenant roles are shut out of pg_catalog: of everything that `harden` closes."""
    if connection.execute(_ANYTHING_OPEN).fetchone() != (False,):
        return False
    return not _open_functions(connection)


def _open_functions(connection: psycopg.Connection) -> list[str]:
    """Name the functions that everybody may call, and nobody should."""
    return sorted(name for (name,) in connection.execute(_OPEN_FUNCTIONS) if _REVOKED.match(name))
