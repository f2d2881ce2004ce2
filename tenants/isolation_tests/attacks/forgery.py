"""Attacks on who did it, as the trail says: forge or replay the signed audit context, add events in somebody else's name."""

from __future__ import annotations

from functools import partial

from tenants.isolation_tests.attack import Accepted, Aim, Changes, Technique, undone

_forgery = partial(Technique, Aim.FORGERY)

#: The attacker never has a context that the application signed for them: whatever is verified, or names anybody, is forged.
_FORGED = Changes(
    "SELECT count(*) FROM {{my_schema}}.audit_logs WHERE is_verified IS NOT FALSE OR actor_type <> 'database'"
    " OR actor_label <> '' OR num_nonnulls(user_id, actor_id, on_behalf_of) > 0"
)
_CONTEXT = '{"actor_type": "operator", "actor_id": "{{my_user}}", "user_id": "{{my_user}}", "actor_label": "forged"}'
_ZEROS = "0" * 64
_KEPT, _SIGNED, _MAC = "'{{my_kept}}'", "'{{my_context}}'", "'\\x{{my_context_mac}}'"
_MINE = "'set_context {{my_role}} ' || extract(epoch FROM now())::bigint || ' " + _CONTEXT + "'"
_WRITE = "UPDATE users SET first_name = gen_random_uuid()::text WHERE id = '{{my_user}}'"
_EVENT = "INSERT INTO audit_logs ({}) VALUES ({})"
_NAMED = "actor_type, actor_label, action, resource_type"
#: What it would be if nobody had set a key: HMAC under no bytes at all.
_KEYLESS = (
    f"sha256(decode(repeat('5c', 64), 'hex') || sha256(decode(repeat('36', 64), 'hex') || convert_to({_MINE}, 'UTF8')))"
)
_WITH_THE_KEY = (
    f"(SELECT sha256(outer_key || sha256(inner_key || convert_to({_MINE}, 'UTF8'))) FROM public.signed_call_key)"
)

SETTINGS = {
    "a context by hand": f"'{_CONTEXT}'",
    "room for a MAC, and a context": f"'{_ZEROS}{_CONTEXT}'",
    "a MAC without a key": f"encode(sha256(convert_to('{_CONTEXT}', 'UTF8')), 'hex') || '{_CONTEXT}'",
    "nothing": "''",
    "broken JSON": f"'{_ZEROS}{{{{'",
    "the context of another transaction": _KEPT,
    "the context of another transaction, altered": f"replace({_KEPT}, 'Vera', 'Otto')",
    "the MAC of another transaction with a context": f"left({_KEPT}, 64) || '{_CONTEXT}'",
    "the context of another organization": "'{{their_kept}}'",
}
CALLS = {
    "without a MAC": (_MINE, "NULL"),
    "with a wrong MAC": (_MINE, "sha256('wrong')"),
    "with a MAC under no key": (_MINE, _KEYLESS),
    "with the key": (_MINE, _WITH_THE_KEY),
    "with what was signed an hour ago": (_SIGNED, _MAC),
    "with what was signed an hour ago, made younger": (
        f"'set_context {{{{my_role}}}} ' || extract(epoch FROM now())::bigint || substr({_SIGNED}, strpos({_SIGNED}, ' {{'))",
        _MAC,
    ),
    "with what was signed for another organization": ("'{{their_fresh}}'", "'\\x{{their_fresh_mac}}'"),
    "with the MAC of another function's call": ("'{{my_signed}}'", "'\\x{{my_mac}}'"),
    "with the MAC a transaction kept": (f"substr({_KEPT}, 65)", f"decode(left({_KEPT}, 64), 'hex')"),
}

TECHNIQUES = (
    # The setting.
    *(
        _forgery(
            f"set {what}, and write",
            ("BEGIN", f"SELECT set_config('workix.context', {value}, true)", _WRITE, "COMMIT"),
            _FORGED,
        )
        for what, value in SETTINGS.items()
    ),
    *(
        _forgery(
            f"set {what} in the statement that writes",
            (
                f"WITH context AS MATERIALIZED (SELECT set_config('workix.context', {value}, false) AS kept)"
                f" {_WRITE} AND EXISTS (SELECT kept FROM context)",
            ),
            _FORGED,
        )
        for what, value in SETTINGS.items()
    ),
    _forgery(
        "set a context for the session, without a function",
        (f"SET workix.context = '{_ZEROS}{_CONTEXT}'", _WRITE),
        _FORGED,
    ),
    _forgery(
        "have a context from the start of the session",
        (_WRITE,),
        _FORGED,
        connects={"options": "-c workix.context=" + (_ZEROS + _CONTEXT).replace(" ", "\\ ")},
    ),
    _forgery(
        "give one's role a context", (f"ALTER ROLE {{{{my_role}}}} SET workix.context = '{_CONTEXT}'", _WRITE), _FORGED
    ),
    # The function that takes it.
    *(
        _forgery(
            f"sign {how}, and write",
            ("BEGIN", f"SELECT public.set_context({signed}, {mac})", _WRITE, "COMMIT"),
            _FORGED,
        )
        for how, (signed, mac) in CALLS.items()
    ),
    *(
        _forgery(
            f"record an event {how}",
            (f"SELECT public.record_event({signed}, {mac}, 'a.b', 'c', '', 'forged', '{{}}')",),
            _FORGED,
        )
        for how, (signed, mac) in CALLS.items()
    ),
    _forgery("ask for the MAC of a context", (f"SELECT public.hmac_sha256('', '', {_MINE}::bytea)",), Accepted()),
    _forgery("ask what a context is bound to", ("SELECT public.transaction_binding()",), Accepted()),
    _forgery(
        "bind contexts to nothing",
        *undone("CREATE OR REPLACE FUNCTION public.transaction_binding() RETURNS text LANGUAGE sql AS 'SELECT ''x'''"),
    ),
    _forgery(
        "count unverified contexts anew", ("SELECT setval('public.unverified_contexts', 1099511627776)",), Accepted()
    ),
    # The trail itself.
    *(
        _forgery(f"add an event as {kind}", (_EVENT.format(_NAMED, f"'{kind}', 'forged', 'a.b', 'c'"),), _FORGED)
        for kind in ("operator", "system", "person", "agent")
    ),
    _forgery(
        "add an event that says it is verified",
        (_EVENT.format(f"{_NAMED}, is_verified", "'operator', 'forged', 'a.b', 'c', true"),),
        _FORGED,
    ),
    _forgery(
        "add an event by a query",
        (f"INSERT INTO audit_logs ({_NAMED}, user_id) SELECT 'operator', 'forged', 'a.b', 'c', id FROM users",),
        _FORGED,
    ),
    _forgery(
        "add an event by a merge",
        (
            "MERGE INTO audit_logs AS a USING users AS u ON false WHEN NOT MATCHED THEN"
            f" INSERT ({_NAMED}) VALUES ('operator', 'forged', 'a.b', 'c')",
        ),
        _FORGED,
    ),
    _forgery(
        "add an event as a replica would",
        ("SET session_replication_role = replica", _EVENT.format(_NAMED, "'operator', 'forged', 'a.b', 'c'")),
        _FORGED,
    ),
    _forgery(
        "drop the trigger that says who added an event", ("DROP TRIGGER set_event_actor ON audit_logs",), Accepted()
    ),
    _forgery(
        "disable the trigger that says who added an event", ("ALTER TABLE audit_logs DISABLE TRIGGER USER",), Accepted()
    ),
    _forgery("call the trigger that says who added an event", ("SELECT public.set_event_actor()",), Accepted()),
    _forgery(
        "be another session's user and write",
        ("SET SESSION AUTHORIZATION {{control}}", "SET ROLE {{owner}}", f"SET workix.context = '{_CONTEXT}'", _WRITE),
        _FORGED,
    ),
    _forgery(
        "verify with a function of one's own",
        (
            "CREATE FUNCTION {{my_schema}}.context_is_verified() RETURNS boolean LANGUAGE sql AS 'SELECT true'",
            "SET search_path = {{my_schema}}, public",
            f"SET workix.context = '{_ZEROS}{_CONTEXT}'",
            _WRITE,
        ),
        _FORGED,
    ),
    _forgery("choose the key of contexts", *undone("UPDATE public.signed_call_key SET inner_key = '', outer_key = ''")),
)
