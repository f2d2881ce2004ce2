"""Attacks on the integrity of quotas: consume or release unsigned, forged or again, and have rows that do not count."""

from __future__ import annotations

from functools import partial

from tenants.isolation_tests.attack import Accepted, Aim, Changes, Holds, Technique, undone

_integrity = partial(Technique, Aim.INTEGRITY)

_OF_QUOTAS = (
    "SELECT (SELECT string_agg(q::text, '|' ORDER BY q::text) FROM public.quotas AS q WHERE organization_id = '{0}')"
    " || coalesce((SELECT string_agg(m::text, '|' ORDER BY m::text) FROM public.quota_movements AS m"
    " WHERE organization_id = '{0}'), '-') || coalesce((SELECT string_agg(r::text, '|' ORDER BY r::text)"
    " FROM public.quota_reservations AS r WHERE organization_id = '{0}'), '-')"
)
_MINE, _THEIRS = (Changes(_OF_QUOTAS.replace("{0}", whose)) for whose in ("{{my_id}}", "{{their_id}}"))
#: More people than are counted.
_UNCOUNTED = Holds(
    "SELECT (SELECT count(*) FROM {{my_schema}}.users WHERE deleted_at IS NULL) > used FROM public.quotas"
    " WHERE organization_id = '{{my_id}}' AND resource = 'users'"
)


def _call(function: str, amount: str = "3", consumption: str = "{{my_consumption}}") -> str:
    """Write down what the application might sign; five executions were consumed in the beginning."""
    return (
        f'\'{{"function": "{function}", "organization": "{{{{my_id}}}}", "resource": "executions", "amount": {amount},'
        f' "consumption": "{consumption}", "actor_type": "person", "actor_id": "{{{{my_user}}}}", "actor_label": "",'
        ' "of_anybody": true}\''
    )


_CONSUME, _RELEASE = "SELECT public.consume_quota({}, {})", "SELECT public.release_quota({}, {})"
_RESERVE, _SETTLE = "SELECT public.reserve_quota({}, {})", "SELECT public.settle_reservation({}, {})"
_WARN = "SELECT public.warn_of_quota({}, {})"
_SIGNED, _MAC = "'{{my_signed}}'", "'\\x{{my_mac}}'"
_NEW = "0199ffff-ffff-7fff-bfff-ffffffffffff"
#: What it would be if nobody had set a key: HMAC under no bytes at all.
_KEYLESS = (
    "sha256(decode(repeat('5c', 64), 'hex') || sha256(decode(repeat('36', 64), 'hex') || convert_to({}, 'UTF8')))"
)
_MACS = {
    "without a MAC": "NULL",
    "with an empty MAC": "''",
    "with a wrong MAC": "sha256('wrong')",
    "with the MAC of another call": _MAC,
}

TECHNIQUES = (
    # The tables.
    _integrity(
        "raise one's own limit",
        ("UPDATE public.quotas SET \"limit\" = 999999 WHERE organization_id = '{{my_id}}'",),
        _MINE,
    ),
    _integrity("give oneself a burst", *undone("UPDATE public.quotas SET burst = 999999, override_burst = 999999")),
    _integrity("empty one's own counter", *undone("UPDATE public.quotas SET used = 0")),
    _integrity("delete one's own limit", ("DELETE FROM public.quotas WHERE organization_id = '{{my_id}}'",), _MINE),
    _integrity("use up another's quota", *undone('UPDATE public.quotas SET used = "limit"')),
    _integrity("delete movements", *undone("DELETE FROM public.quota_movements")),
    _integrity("make a consumption larger", *undone("UPDATE public.quota_movements SET amount = 1000")),
    _integrity(
        "forget that a consumption was released", *undone("UPDATE public.quota_movements SET released_at = NULL")
    ),
    _integrity(
        "write a consumption that never was",
        (
            "INSERT INTO public.quota_movements SELECT gen_random_uuid(), '{{my_id}}', 'executions', now(), 900, 0,"
            " 'person', '{{my_user}}', '', now(), NULL",
        ),
        _MINE,
    ),
    _integrity(
        "hold units for ever",
        (
            "INSERT INTO public.quota_reservations SELECT gen_random_uuid(), '{{my_id}}', 'executions', now(), 9, 0, 'person',"
            " NULL, now(), 'infinity', NULL, ''",
        ),
        _MINE,
    ),
    # Calls that the application did not sign.
    *(
        _integrity(f"reserve {how}", (_RESERVE.format(_call("reserve_quota"), mac),), _MINE)
        for how, mac in _MACS.items()
    ),
    *(
        _integrity(f"settle a reservation {how}", (_SETTLE.format(_call("settle_reservation"), mac),), _MINE)
        for how, mac in _MACS.items()
    ),
    *(
        _integrity(f"note a warning that nobody was given, {how}", (_WARN.format(_call("warn_of_quota"), mac),), _MINE)
        for how, mac in _MACS.items()
    ),
    _integrity("look whose limits are nearly taken", ("SELECT * FROM public.quotas_to_warn_of()",), Accepted()),
    _integrity(
        "have another's storage measured", ("SELECT public.measure_storage(ARRAY['{{their_id}}'::uuid])",), Accepted()
    ),
    _integrity("reserve with the signed call that consumed", (_RESERVE.format("'{{my_signed}}'", _MAC),), _MINE),
    _integrity(
        "end what another holds",
        ("SELECT public.return_expired_reservations('{{their_id}}', 'executions')",),
        Accepted(),
    ),
    _integrity(
        "have another's counters set anew", ("SELECT public.recount_usage('{{their_id}}', 'executions')",), Accepted()
    ),
    _integrity("use units past the calls", ("SELECT public.take_from_quota('{{my_id}}', 'executions', -3, 0)",), _MINE),
    *(
        _integrity(f"consume {how}", (_CONSUME.format(_call("consume_quota", consumption=_NEW), mac),), _MINE)
        for how, mac in _MACS.items()
    ),
    *(
        _integrity(f"give back within what was used, {how}", (_RELEASE.format(_call("release_quota"), mac),), _MINE)
        for how, mac in _MACS.items()
    ),
    _integrity("give back what no text says", (_RELEASE.format("NULL", _MAC),), _MINE),
    _integrity("give back a negative amount", (_RELEASE.format(_call("release_quota", "-900"), _MAC),), _MINE),
    _integrity("give back so much that it overflows", (_RELEASE.format(_call("release_quota", "9e99"), _MAC),), _MINE),
    _integrity(
        "give another's consumption back",
        (_RELEASE.format(_call("release_quota", consumption="{{their_consumption}}"), _MAC),),
        _THEIRS,
    ),
    *(
        _integrity(
            f"sign with no key, as if none were set: {call}",
            (
                statement.format(
                    _call(call, consumption=consumption), _KEYLESS.format(_call(call, consumption=consumption))
                ),
            ),
            _MINE,
        )
        for call, statement, consumption in (
            ("consume_quota", _CONSUME, _NEW),
            ("release_quota", _RELEASE, "{{my_consumption}}"),
        )
    ),
    # Calls that it did sign.
    _integrity("consume again with a signed call that was seen", (_CONSUME.format(_SIGNED, _MAC),), _MINE),
    _integrity(
        "consume many times with one signed call",
        (_CONSUME.format(_SIGNED, _MAC) + " FROM generate_series(1, 20)",),
        _MINE,
    ),
    _integrity("release with the signed call that consumed", (_RELEASE.format(_SIGNED, _MAC),), _MINE),
    _integrity(
        "consume less than was signed",
        (_CONSUME.format(f"replace({_SIGNED}, '\"amount\": 5', '\"amount\": 1')", _MAC),),
        _MINE,
    ),
    _integrity("make another's signed call", (_CONSUME.format("'{{their_signed}}'", "'\\x{{their_mac}}'"),), _MINE),
    _integrity(
        "make another's signed call for them", (_CONSUME.format("'{{their_signed}}'", "'\\x{{their_mac}}'"),), _THEIRS
    ),
    _integrity(
        "ask whether a MAC is right", (f"SELECT public.verified_call('consume_quota', {_SIGNED}, {_MAC})",), Accepted()
    ),
    _integrity("choose the key", *undone("UPDATE public.signed_call_key SET inner_key = '', outer_key = ''")),
    _integrity("forget the key", *undone("DELETE FROM public.signed_call_key")),
    # What an earlier release could be asked for.
    _integrity("take an amount", ("SELECT public.take_quota('executions', 3)",), _MINE),
    _integrity("give an amount back, within what was used", ("SELECT public.give_back_quota('executions', 3)",), _MINE),
    _integrity(
        "start a quota period of another",
        ("SELECT public.begin_quota_period('{{their_id}}', 'executions', '2999-01-01')",),
        Accepted(),
    ),
    # Rows that count, and how they are counted.
    _integrity(
        "add more people than there are seats, past the application",
        (
            "INSERT INTO {{my_schema}}.users (id, created_at, updated_at, email, password_hash, first_name, last_name,"
            " role, is_active) SELECT gen_random_uuid(), now(), now(), 'p' || n || '@x.example', '', '', '', 'user', true"
            " FROM generate_series(1, 50) AS n",
        ),
        Holds("SELECT count(*) >= 50 FROM {{my_schema}}.users"),
    ),
    _integrity(
        "remove a person twice, and have them come back",
        (
            "UPDATE users SET deleted_at = now() WHERE id = '{{my_user}}'",
            "UPDATE users SET deleted_at = now() + interval '1 day' WHERE id = '{{my_user}}'",
            "UPDATE users SET deleted_at = NULL WHERE id = '{{my_user}}'",
        ),
        _UNCOUNTED,
    ),
    _integrity(
        "have people who are not counted, as a replica would",
        (
            "SET session_replication_role = replica",
            "UPDATE users SET deleted_at = now()",
            "UPDATE users SET deleted_at = NULL",
        ),
        _UNCOUNTED,
    ),
    _integrity("call the counting trigger", ("SELECT public.count_rows()",), Accepted()),
    _integrity("disable the counting trigger", ("ALTER TABLE users DISABLE TRIGGER count_rows",), Accepted()),
    _integrity("drop the counting trigger", ("DROP TRIGGER count_rows ON users",), Accepted()),
    _integrity(
        "count down with a trigger of one's own",
        (
            "CREATE TRIGGER mine AFTER DELETE ON sessions FOR EACH ROW"
            " EXECUTE FUNCTION public.count_rows('executions', '')",
        ),
        Accepted(),
    ),
    _integrity(
        "count anew what is used, in an empty table",
        ("SELECT public.recount_rows('{{my_schema}}', 'idempotency_keys', 'executions', '')",),
        _MINE,
    ),
    _integrity(
        "count anew what another uses",
        ("SELECT public.recount_rows('{{their_schema}}', 'users', 'users', '')",),
        Accepted(),
    ),
)
