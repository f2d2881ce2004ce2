"""GET /audit-logs/ and GET /audit-logs/{id}/: what happened, who did it, from where."""

from __future__ import annotations

from typing import Any

import pytest

from tests.acts import follow, rows, statements_of
from tests.cast import PASSWORD, Api, Cast
from workix.core.models import uuid7


def add(api: Api, email: str = "carol@acme.example", **headers: str) -> str:
    body = {"email": email, "password": PASSWORD, "first_name": "Carol", "role": "viewer"}
    answer = api.post("users/", body, **headers)
    assert answer.status == 201
    return str(answer.body["id"])


def entries(api: Api, query: str = "") -> list[dict[str, Any]]:
    answer = api.get(f"audit-logs/{query}")
    assert answer.status == 200
    found: list[dict[str, Any]] = answer.body["results"]
    return found


@pytest.mark.requirement("S85")
def test_an_entry_says_who_did_what_to_whom_from_where(acme: Cast, alice: Api) -> None:
    carol = add(alice, User_Agent="curl/8", X_Request_ID="a-request-of-mine")
    (entry,) = entries(alice, "?page_size=1")
    changes = entry.pop("changes")
    person = str(acme.people["alice"].id)
    assert entry == {
        "id": entry["id"],
        "organization_id": str(acme.organization.id),
        "user_id": person,
        "actor": {"type": "person", "id": person, "label": "alice@acme.example", "on_behalf_of": None},
        "action": "user.created",
        "resource_type": "user",
        "resource_id": carol,
        "resource_label": "carol@acme.example",
        "reason": "",
        "ip_address": "127.0.0.1",
        "user_agent": "curl/8",
        "request_id": "a-request-of-mine",
        "run_id": "",
        "step_id": "",
        "created_at": entry["created_at"],
        "is_verified": True,
    }
    assert changes == {
        "id": [None, carol],
        "organization_id": [None, str(acme.organization.id)],
        "email": [None, "carol@acme.example"],
        "password_hash": ["[redacted]", "[redacted]"],
        "first_name": [None, "Carol"],
        "last_name": [None, ""],
        "role": [None, "viewer"],
        "is_active": [None, True],
        "external_id": [None, ""],
        "created_at": changes["created_at"],
    }
    assert alice.get(f"audit-logs/{entry['id']}/").body == entry | {"changes": changes}


@pytest.mark.requirement("S79")
def test_a_password_is_never_in_the_trail(acme: Cast, alice: Api) -> None:
    add(alice)
    ((kept,),) = rows("SELECT password_hash FROM users WHERE email = 'carol@acme.example'", acme)
    trail = str(rows("SELECT to_jsonb(a)::text FROM audit_logs AS a", acme))
    assert ("carol@acme.example" in trail, kept in trail, "argon2" in trail, PASSWORD in trail) == (
        True,
        False,
        False,
        False,
    )


@pytest.mark.requirement("S13")
def test_only_an_admin_reads_the_trail(alice: Api, bob: Api, vera: Api, anonymous: Api) -> None:
    (entry, *_) = entries(alice)
    for path in ("audit-logs/", f"audit-logs/{entry['id']}/"):
        assert [each.get(path).status for each in (alice, bob, vera, anonymous)] == [200, 403, 403, 401]


@pytest.mark.requirement("S133")
def test_somebody_elses_entry_is_not_there(alice: Api, gina: Api) -> None:
    (entry, *_) = entries(alice)
    theirs, nobodys = gina.get(f"audit-logs/{entry['id']}/"), gina.get(f"audit-logs/{uuid7()}/")
    assert (theirs.status, theirs.body | {"request_id": ""}) == (404, nobodys.body | {"request_id": ""})
    assert {each["organization_id"] for each in entries(gina)} == {entries(gina)[0]["organization_id"]}


def test_the_trail_is_read_newest_first_page_by_page_while_it_grows(acme: Cast, alice: Api) -> None:
    entries(alice)  # is an entry, once in a while
    every = [each["id"] for each in entries(alice, "?page_size=200")]
    seen: list[str] = []
    link: str | None = "/api/v1/audit-logs/?page_size=3"
    while link:
        page = follow(alice, link).body
        assert sorted(page) == ["next", "previous", "results"]
        seen += [each["id"] for each in page["results"]]
        link = page["next"]
        rows("INSERT INTO audit_logs (actor_type, action, resource_type) VALUES ('system', 'x.y', 'x')", acme)
    assert (len(every) > 6, seen) == (True, every)
    moments = [each["created_at"] for each in entries(alice)]
    assert moments == sorted(moments, reverse=True)


@pytest.mark.parametrize("cursor", ["garbage", "cD15ZXN0ZXJkYXk=", "bz0xMDAwMDAw", "cD0yMDI2LTEx", "cD0lMDA="])
def test_a_forged_cursor_leads_nowhere_or_to_nothing(alice: Api, cursor: str) -> None:
    answer = alice.get(f"audit-logs/?cursor={cursor}")
    assert (answer.status, answer.body.get("results", [])) in [(404, []), (200, [])]


@pytest.mark.requirement("S124")
def test_one_entry_and_many_take_the_same_number_of_queries(acme: Cast, alice: Api) -> None:
    assert len(entries(alice)) > 2
    many = statements_of(lambda: alice.get("audit-logs/"))
    rows("DELETE FROM audit_logs WHERE id <> (SELECT id FROM audit_logs ORDER BY id LIMIT 1)", acme)
    assert len(entries(alice)) == 1
    one = statements_of(lambda: alice.get("audit-logs/"))
    assert (len(one), len(many)) == (3, 3), "one asks whether the reader left an entry not long ago"


@pytest.mark.requirement("S78")
@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Mozilla/5.0 (X11; Linux)", "Mozilla/5.0 (X11; Linux)"),
        ('it\'s "quoted"', 'it\'s "quoted"'),
        ("back\\slash \\' \\\\ \\u0000 \\x00", "back\\slash \\' \\\\ \\u0000 \\x00"),
        ("'; DROP TABLE audit_logs; --", "'; DROP TABLE audit_logs; --"),
        ('"}, "actor_type": "system", "x": {"', '"}, "actor_type": "system", "x": {"'),
        ("$$ $1 %s %(x)s {} {0}", "$$ $1 %s %(x)s {} {0}"),
        ("nul\x00nul", "nulnul"),
        ("emoji 🙂 é", "emoji 🙂 é"),
        ("lone \ud83d surrogate", "lone ? surrogate"),
        ("x" * 5_000, "x" * 500),
        ("🙂" * 600, "🙂" * 500),
        ("tab\tand\x1bescape\x7f", "tab\tand\x1bescape\x7f"),
    ],
    ids=lambda text: ascii(text)[:30],
)
def test_a_hostile_browser_is_written_down_and_does_no_harm(alice: Api, sent: str, kept: str) -> None:
    carol = add(alice, User_Agent=sent)
    (entry,) = entries(alice, "?page_size=1")
    assert (entry["user_agent"], entry["action"], entry["resource_id"]) == (kept, "user.created", carol)
    assert (entry["actor"]["type"], entry["actor"]["label"]) == ("person", "alice@acme.example")


def test_a_hostile_browser_may_log_in_too(acme: Cast, alice: Api) -> None:
    sent = {"email": "alice@acme.example", "password": PASSWORD}
    assert Api().post("auth/login/", sent, User_Agent="nul\x00 \ud83d '\\").status == 200
    (entry,) = entries(alice, "?page_size=1")
    assert (entry["action"], entry["user_agent"]) == ("session.started", "nul ? '\\")


@pytest.mark.requirement("S9")
def test_the_opening_is_the_first_thing_an_organization_remembers(alice: Api, acme: Cast) -> None:
    opened, created = entries(alice, "?page_size=200")[::-1][1::-1]
    assert [created["action"], opened["action"]] == ["user.created", "organization.opened"]
    assert opened["changes"] == {
        "name": "Acme",
        "slug": "acme",
        "plan": "free",
        "quotas": {"users": 5, "pipelines": 10, "executions": 1_000},
    }


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nobody_writes_the_trail_through_the_api(alice: Api, method: str) -> None:
    (entry, *_) = entries(alice)
    for path in ("audit-logs/", f"audit-logs/{entry['id']}/"):
        answer = alice.call(method, path, {"action": "x.y"})
        assert (answer.status, answer.body["code"]) == (405, "method_not_allowed")
