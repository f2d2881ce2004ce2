"""Attacks on the trail's Merkle tree and its sequencer: read another's, forge, alter or drop it, be the role that writes it."""

# Whatever is accepted has succeeded: trees of throw-away organizations are empty, so an UPDATE let through alters nothing.

from __future__ import annotations

from functools import partial

from tenants.isolation_tests.attack import Accepted, Aim, Changes, Holds, Technique, undone

_transparency = partial(Technique, Aim.TRANSPARENCY)
_DONE = Accepted()

#: Table of the tree -> a row that somebody would put in, and a column to alter.
_TREE = {
    "audit_leaves": ("(index, entry_id, commitment, hash) VALUES (999, gen_random_uuid(), '', '')", "hash"),
    "audit_subtrees": ("(level, index, hash) VALUES (1, 999, '')", "hash"),
    "audit_checkpoints": ("(size, root, note) VALUES (999, '', 'forged')", "root"),
}
_ARRIVALS = "public.audit_arrivals"
_NOTED = Changes("SELECT count(*) FROM public.audit_arrivals WHERE organization_id IN ('{{my_id}}', '{{their_id}}')")
_MEMBER = (
    "SELECT EXISTS (SELECT 1 FROM pg_auth_members WHERE member = '{{my_role}}'::regrole"
    " AND roleid = '{{sequencer}}'::regrole)"
)


def _changes_of(table: str) -> tuple[tuple[str, str], ...]:
    """List statements that change rows of a table, whoever's it is."""
    row, column = _TREE[table.rpartition(".")[2]]
    return (
        ("add to", f"INSERT INTO {table} {row}"),
        ("alter", f"UPDATE {table} SET {column} = ''"),
        ("delete from", f"DELETE FROM {table}"),
        ("truncate", f"TRUNCATE {table}"),
        ("merge into", f"MERGE INTO {table} USING users AS u ON true WHEN MATCHED THEN DELETE"),
        ("lock", f"LOCK TABLE {table} IN EXCLUSIVE MODE"),
    )


TECHNIQUES = (
    # One's own tree, which one's own role may read.
    *(
        _transparency(f"{what} one's own {table}", (statement,), _DONE)
        for table in _TREE
        for what, statement in (
            *_changes_of(table),
            ("drop", f"DROP TABLE {table}"),
            ("lay another table over", f"CREATE TEMPORARY TABLE {table} (x integer)"),
            ("make a rule over", f"CREATE RULE planted AS ON INSERT TO {table} DO INSTEAD NOTHING"),
            ("take a column away from", f"ALTER TABLE {table} DROP COLUMN hash"),
            ("disable triggers of", f"ALTER TABLE {table} DISABLE TRIGGER ALL"),
        )
    ),
    *(
        _transparency(
            f"grant oneself {privilege} on {table}",
            (f"GRANT {privilege} ON {table} TO {{{{my_role}}}}",),
            Holds(f"SELECT has_table_privilege('{{{{my_role}}}}', '{{{{my_schema}}}}.{table}', '{privilege}')"),
        )
        for table in _TREE
        for privilege in ("INSERT", "UPDATE", "DELETE")
    ),
    # Another's.
    *(
        _transparency(f"{what} another's {table}", (statement,), _DONE)
        for table in _TREE
        for what, statement in (
            ("read", f"SELECT count(*) FROM {{{{their_schema}}}}.{table}"),
            *_changes_of(f"{{{{their_schema}}}}.{table}"),
        )
    ),
    # What waits to be sequenced.
    *(
        _transparency(f"{what} the notes of what waits", *undone(statement))
        for what, statement in {
            "read": f"SELECT count(*) FROM {_ARRIVALS}",
            "alter": f"UPDATE {_ARRIVALS} SET noted_at = '-infinity'",
            "truncate": f"TRUNCATE {_ARRIVALS}",
            "lock": f"LOCK TABLE {_ARRIVALS} IN EXCLUSIVE MODE",
        }.items()
    ),
    _transparency("take one's own entries out of the notes", *undone(f"DELETE FROM {_ARRIVALS}")),
    _transparency(
        "note an entry that is none",
        (f"INSERT INTO {_ARRIVALS} (entry_id, organization_id) VALUES (gen_random_uuid(), '{{{{their_id}}}}')",),
        _NOTED,
    ),
    _transparency("call the trigger that notes entries", ("SELECT public.note_arrivals()",), _NOTED),
    _transparency(
        "note all entries once more", ("SELECT public.note_existing_entries('{{my_schema}}', 'audit_logs')",), _NOTED
    ),
    _transparency("drop the trigger that notes entries", ("DROP TRIGGER note_arrivals ON audit_logs",), _DONE),
    _transparency(
        "replace what the trigger calls",
        *undone(
            "CREATE OR REPLACE FUNCTION public.note_arrivals() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'"
        ),
    ),
    _transparency(
        "empty the trail's end before it is signed", ("DELETE FROM audit_logs WHERE id = '{{my_entry}}'",), _DONE
    ),
    # The sequencer.
    _transparency("act as the sequencer", ("SET ROLE {{sequencer}}",), _DONE),
    _transparency("be the sequencer from here on", ("SET SESSION AUTHORIZATION {{sequencer}}",), _DONE),
    _transparency(
        "be the sequencer inside a select",
        ("SELECT set_config('session_authorization', '{{sequencer}}', false)",),
        _DONE,
    ),
    _transparency(
        "be the sequencer by a select of the role", ("SELECT set_config('role', '{{sequencer}}', false)",), _DONE
    ),
    _transparency("become a member of the sequencer", ("GRANT {{sequencer}} TO {{my_role}}",), Holds(_MEMBER)),
    _transparency("make the sequencer a member of oneself", ("GRANT {{my_role}} TO {{sequencer}}",), _DONE),
    *(
        _transparency(what, *undone(f"ALTER ROLE {{{{sequencer}}}} {how}"))
        for what, how in {
            "set the sequencer's password": "PASSWORD 'x'",
            "keep the sequencer from logging in": "NOLOGIN",
            "let the sequencer see nothing": "SET search_path = {{my_schema}}",
            "let the sequencer inherit": "INHERIT",
            "leave the sequencer no connection": "CONNECTION LIMIT 0",
            "rename the sequencer": "RENAME TO sequencer_of_mine",
        }.items()
    ),
    _transparency("drop the sequencer", *undone("DROP ROLE {{sequencer}}")),
    _transparency("take what the sequencer owns", *undone("REASSIGN OWNED BY {{sequencer}} TO {{my_role}}")),
    _transparency("drop what the sequencer may", *undone("DROP OWNED BY {{sequencer}}")),
    _transparency("log in as the sequencer", ("SELECT 1",), _DONE, connects={"user": "{{sequencer}}"}),
    _transparency(
        "log in as the sequencer without a password",
        ("SELECT 1",),
        _DONE,
        connects={"user": "{{sequencer}}", "password": ""},
    ),
    *(
        _transparency(
            f"take {privilege} on the sequencer's {table} away",
            (f"REVOKE {privilege} ON {{{{my_schema}}}}.{table} FROM {{{{sequencer}}}}",),
            Changes(f"SELECT has_table_privilege('{{{{sequencer}}}}', '{{{{my_schema}}}}.{table}', '{privilege}')"),
        )
        for table, privilege in (("audit_logs", "SELECT"), ("audit_leaves", "INSERT"))
    ),
)
