"""Attacks with API keys: altered, stolen, foreign, ended, from elsewhere, in the wrong place."""

from __future__ import annotations

import re
from ipaddress import ip_network
from typing import Any

import pytest
from django.db import connection, transaction

from accounts.api_keys import key_format
from accounts.authentication.api_key import LAST_USE_COARSE, LOOK_UP
from tenants.models import Status
from tenants.scope import use_tenant
from tests.acts import at_once, rows, set_status, statements_of
from tests.cast import PASSWORD, Answer, Api, Cast
from tests.database import superuser
from tests.integration.accounts.api_keys.callers import NOT_VALID, key_of, let_pass, outcome, service


def without_request_id(answer: Answer) -> tuple[int, Any, str | None]:
    body = {name: value for name, value in answer.body.items() if name != "request_id"}
    return answer.status, body, answer.headers.get("WWW-Authenticate")


def refused(key: str, **more: str) -> Answer:
    return Api(key, more.pop("host", "localhost")).get("quotas/", **more)


ENDINGS = {
    "revoked": "UPDATE api_keys SET deleted_at = now()",
    "expired": "UPDATE api_keys SET expires_at = now()",
    "deleted": "DELETE FROM api_keys",
    "rotated away": "UPDATE api_keys SET key_hash = 'another'",
    "old one over": "UPDATE api_keys SET previous_hash = key_hash, previous_expires_at = now(), key_hash = 'another'",
    "old one without an end": "UPDATE api_keys SET previous_hash = key_hash, key_hash = 'another'",
    "old one of a revoked key": "UPDATE api_keys SET previous_hash = key_hash, key_hash = 'another',"
    " previous_expires_at = now() + interval '1 hour', deleted_at = now()",
    "old one of an expired key": "UPDATE api_keys SET previous_hash = key_hash, key_hash = 'another',"
    " previous_expires_at = now() + interval '1 hour', expires_at = now()",
    "limited to elsewhere": "UPDATE api_keys SET networks = '203.0.113.0/24 2001:db8::/32'",
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_key_that_is_over_is_refused_on_the_next_call_as_one_that_never_was(acme: Cast, ending: str) -> None:
    key = key_of(acme)
    assert Api(key).get("quotas/").status == 200
    rows(ENDINGS[ending], acme)
    never_was = refused("wxk_" + "0" * 65)
    assert without_request_id(refused(key)) == without_request_id(never_was)
    assert (outcome(never_was), never_was.headers["WWW-Authenticate"]) == (NOT_VALID, 'Bearer realm="workix"')


ALTERED = {
    "upper case": lambda key: "wxk_" + key[4:].upper(),
    "lower case": lambda key: "wxk_" + key[4:].lower(),
    "another checksum": lambda key: key[:-1] + ("0" if key[-1] != "0" else "1"),
    "another random part": lambda key: key[:40] + ("0" if key[40] != "0" else "1") + key[41:],
    "cut off": lambda key: key[:-1],
    "one more": lambda key: key + "0",
    "a blank inside": lambda key: key[:30] + " " + key[31:],
    "NUL inside": lambda key: key[:30] + "\0" + key[31:],
    "two of them": lambda key: key + key,
    "two with a comma, as two headers arrive": lambda key: f"{key},Bearer {key}",
    "quoted": lambda key: f'"{key}"',
    "the prefix alone": lambda key: key[:30],
    "its hash": key_format.hash_of,
    "huge": lambda key: key * 100,
    "the beginning alone": lambda key: "wxk_",
    "SQL": lambda key: "wxk_' OR ''='",
}


@pytest.mark.parametrize("how", ALTERED)
def test_an_altered_key_is_refused_and_reaches_no_table(acme: Cast, how: str) -> None:
    key = key_of(acme)
    assert Api(key, acme.host).get("quotas/").status == 200
    sent = statements_of(lambda: refused(ALTERED[how](key), host=acme.host))
    assert (outcome(refused(ALTERED[how](key))), [each for each in sent if "api_keys" in each]) == (NOT_VALID, [])


@pytest.mark.parametrize("cut", [26, 58])
def test_parts_of_two_organizations_keys_make_none(acme: Cast, globex: Cast, cut: int) -> None:
    ours, theirs = key_of(acme), key_of(globex)
    assert [outcome(refused(made)) for made in (ours[:cut] + theirs[cut:], theirs[:cut] + ours[cut:])] == [
        NOT_VALID,
        NOT_VALID,
    ]


def test_a_flood_of_invented_keys_asks_the_database_nothing(acme: Cast) -> None:
    refused("wxk_" + "0" * 65, host=acme.host)  # looks up the host
    invented = [f"wxk_{number:065}" for number in range(50)]
    assert statements_of(lambda: [refused(key) for key in invented]) == []
    assert statements_of(lambda: [refused(key, host=acme.host) for key in invented]) == []


def test_a_key_at_another_organizations_host_is_refused_as_a_token_is(acme: Cast, globex: Cast, alice: Api) -> None:
    key = key_of(acme)
    answers = [Api(credential, globex.host).get("quotas/") for credential in (key, alice.access)]
    assert [outcome(answer) for answer in answers] == [(403, "wrong_organization")] * 2
    assert [Api(key, host).get("organization/").body["slug"] for host in ("localhost", acme.host)] == ["acme", "acme"]


def test_a_key_for_an_id_it_was_not_made_for_finds_nothing_there(acme: Cast, globex: Cast) -> None:
    """Even with a checksum of ours, the row has to be in that organization's own table."""
    forged = key_format.write(globex.organization.id)
    rows("UPDATE api_keys SET key_hash = %(hash)s", acme, hash=key_format.hash_of(forged))
    assert outcome(refused(forged)) == NOT_VALID


def test_a_key_of_a_suspended_or_removed_organization_leads_nowhere(acme: Cast) -> None:
    key = key_of(acme)
    set_status(acme, Status.SUSPENDED, forget=False)
    assert outcome(refused(key)) == (403, "organization_suspended")
    set_status(acme, Status.SUSPENDED)
    assert outcome(refused(key, host=acme.host)) == (403, "organization_suspended")
    set_status(acme, Status.ACTIVE)
    assert refused(key).status == 200
    rows("UPDATE organizations SET deleted_at = now() WHERE slug = 'acme'")
    set_status(acme, Status.ACTIVE)
    assert outcome(refused(key)) == NOT_VALID


@pytest.mark.parametrize(
    ("networks", "address", "status"),
    [
        (["203.0.113.0/24"], "203.0.113.9", 200),
        (["203.0.113.0/24"], "203.0.114.9", 401),
        (["203.0.113.9"], "203.0.113.9", 200),
        (["2001:db8::/32"], "2001:db8:1::1", 200),
        (["2001:db8::/32"], "203.0.113.9", 401),
        (["203.0.113.0/24"], "::ffff:203.0.113.9", 200),
        (["0.0.0.0/0"], "2001:db8::1", 401),
        (["0.0.0.0/0", "::/0"], "2001:db8::1", 200),
    ],
)
def test_a_key_is_good_in_its_networks_only(
    acme: Cast, settings: Any, networks: list[str], address: str, status: int
) -> None:
    key = key_of(acme, networks=networks)
    settings.WORKIX = settings.WORKIX.model_copy(update={"trusted_proxies": (ip_network("127.0.0.0/8"),)})
    assert refused(key, X_Forwarded_For=address).status == status


def test_whoever_writes_an_allowed_address_into_a_header_is_not_there(acme: Cast) -> None:
    """No proxy is trusted here, so the header is anybody's to write."""
    key = key_of(acme, networks=["203.0.113.0/24"])
    forged = {"X_Forwarded_For": "203.0.113.9", "X_Real_IP": "203.0.113.9", "Forwarded": "for=203.0.113.9"}
    assert outcome(refused(key, **forged)) == NOT_VALID


def test_a_key_is_no_credential_anywhere_but_in_its_header(acme: Cast) -> None:
    key = key_of(acme)
    anonymous = Api()
    tried = [
        anonymous.get(f"quotas/?api_key={key}"),
        anonymous.get(f"quotas/?access_token={key}"),
        anonymous.get("quotas/", X_API_Key=key),
        anonymous.get("quotas/", Cookie=f"workix={key}"),
        anonymous.get("quotas/", Cookie=f"workix-refresh={key}"),
        anonymous.get("quotas/", Authorization=f"Token {key}"),
        anonymous.get("quotas/", Authorization=f"Basic {key}"),
        anonymous.get("quotas/", Authorization=key),
    ]
    assert {outcome(answer) for answer in tried} == {(401, "not_authenticated")}


def test_a_key_logs_nobody_in_and_out(acme: Cast) -> None:
    key = key_of(acme)
    api = Api(key)
    assert outcome(api.post("auth/refresh/", {"refresh": key})) in ((400, "validation_error"), NOT_VALID)
    assert api.post("auth/refresh/", {}, Cookie=f"workix-refresh={key}", X_CSRF_Token="1").status == 401
    assert outcome(api.post("auth/login/", {"email": "alice@acme.example", "password": key})) == (
        401,
        "invalid_credentials",
    )
    closed = [api.post("auth/logout/"), api.post("auth/logout-everywhere/"), api.get("me/"), api.get("me/sessions/")]
    closed += [api.post("me/password/", {"current_password": PASSWORD, "password": "another horse battery"})]
    closed += [api.post("organization/deletion/", {"password": PASSWORD}), api.delete("organization/deletion/")]
    assert {outcome(answer) for answer in closed} == {(403, "permission_denied")}
    assert rows("SELECT count(*) FROM sessions", acme) == [(0,)]


def test_a_key_opens_no_dashboard(acme: Cast) -> None:
    answer = Api(key_of(acme), acme.host).get("/admin/")
    assert (answer.status, answer.headers["Location"]) == (302, "/admin/login/?next=/admin/")


def test_a_page_of_the_browsable_api_calls_the_service_by_its_name(acme: Cast) -> None:
    answer = service(acme).get("quotas/", Accept="text/html")
    assert (answer.status, b"<span>Runner</span>" in answer.body, b"Log out" in answer.body) == (200, True, False)


def test_a_token_of_a_person_is_still_no_key(acme: Cast, alice: Api) -> None:
    assert outcome(refused("wxk_" + alice.access)) == NOT_VALID
    assert refused(alice.access).status == 200


def test_a_request_by_key_is_one_statement_and_its_last_use_one_in_minutes(acme: Cast) -> None:
    api = service(acme, "quotas:read")
    api.get("quotas/executions/history/")  # looks up the organization
    rows("UPDATE api_keys SET last_used_at = NULL", acme)
    counted = [
        len([each for each in statements_of(lambda: api.get("quotas/")) if "api_keys" in each]) for _ in range(3)
    ]
    assert counted == [2, 1, 1]
    let_pass(acme)
    assert len([each for each in statements_of(lambda: api.get("quotas/")) if "api_keys" in each]) == 2
    assert rows("SELECT now() - last_used_at < interval '1 minute' FROM api_keys", acme) == [(True,)]
    assert rows("SELECT count(*) FROM audit_logs WHERE action = 'api_key.updated'", acme) == [(0,)]


def test_a_request_waits_for_nobody_who_holds_the_row(acme: Cast) -> None:
    """An admin who changes a key, or a second request, keeps no service waiting: the use is noted another time."""
    api = service(acme, "quotas:read")
    with superuser() as holder:
        holder.execute("BEGIN")
        holder.execute(f"SELECT 1 FROM {acme.organization.schema_name}.api_keys FOR UPDATE")
        assert api.get("quotas/").status == 200
        holder.execute("ROLLBACK")
    assert rows("SELECT last_used_at FROM api_keys", acme) == [(None,)]


def test_of_requests_at_once_with_a_new_key_all_are_served(acme: Cast) -> None:
    api = service(acme, "quotas:read")
    assert {answer.status for answer in at_once(lambda _: api.get("quotas/"), 8)} == {200}
    assert rows("SELECT last_used_at IS NOT NULL FROM api_keys", acme) == [(True,)]


def test_either_hash_is_found_by_an_index(acme: Cast) -> None:
    with use_tenant(acme.organization), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {LOOK_UP}", {"hash": "x", "coarse": LAST_USE_COARSE})
        plan = str(cursor.fetchall())
    assert re.findall(r"Bitmap Index Scan on (\w+)", plan) == ["api_key_once", "previous_api_key_once"]
