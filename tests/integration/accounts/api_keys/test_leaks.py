"""POST /api-keys/report-leak/: whoever finds a key ends it, and learns nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail

from accounts.api_keys.leaks import REPORTS
from tenants.models import Status
from tests.acts import at_once, join, rows, set_status
from tests.cast import Api, Cast
from tests.integration.accounts.api_keys.callers import NOT_VALID, id_of, key_of, outcome
from workix.core.permissions import Role

PATH = "api-keys/report-leak/"


def reported(acme: Cast) -> list[tuple[Any, ...]]:
    asked = "SELECT actor_type, resource_label, changes FROM audit_logs WHERE action = 'api_key.leak_reported'"
    return rows(asked, acme)


@pytest.mark.parametrize("host", ["localhost", "acme.localhost", "globex.localhost"])
def test_a_key_that_was_found_ends_at_once_and_all_admins_are_told(
    acme: Cast, globex: Cast, run_jobs: Callable[[], None], host: str
) -> None:
    join(acme, "ada@acme.example", Role.ADMIN)
    key = key_of(acme)
    answer = Api(host=host).post(PATH, {"key": key})
    assert (answer.status, answer.body, outcome(Api(key).get("quotas/"))) == (202, b"", NOT_VALID)
    assert reported(acme) == [("anonymous", "Runner", {"reported": "the key"})]
    run_jobs()
    assert sorted(message.to[0] for message in mail.outbox) == ["ada@acme.example", "alice@acme.example"]
    assert all(key[:30] in str(message.body) and key[30:] not in str(message.message()) for message in mail.outbox)


def test_every_text_gets_the_same_answer(acme: Cast, anonymous: Api, run_jobs: Callable[[], None]) -> None:
    key = key_of(acme)
    other = key[:-1] + ("0" if key[-1] != "0" else "1")
    texts = [key, key, other, "wxk_", "nonsense", "wxk_" + "0" * 65, "ü" * 65]
    answers = [anonymous.post(PATH, {"key": text}) for text in texts]
    assert [(answer.status, answer.body) for answer in answers] == [(202, b"")] * len(texts)
    assert len({str(sorted(set(answer.headers) - {"X-Request-ID"})) for answer in answers}) == 1
    run_jobs()
    assert (len(reported(acme)), len(mail.outbox)) == (1, 1)


def test_of_a_key_that_rotates_only_the_one_that_was_found_ends(
    acme: Cast, alice: Api, anonymous: Api, run_jobs: Callable[[], None]
) -> None:
    old = key_of(acme)
    new = alice.post(f"api-keys/{id_of(acme)}/rotation/").body["key"]
    assert anonymous.post(PATH, {"key": old}).status == 202
    assert [outcome(Api(key).get("quotas/")) for key in (old, new)] == [NOT_VALID, (200, "")]
    assert reported(acme) == [("anonymous", "Runner", {"reported": "the key before its last rotation"})]
    run_jobs()
    assert ["the new one is good as before" in str(message.body) for message in mail.outbox] == [True]


def test_a_suspended_organizations_key_ends_as_well(acme: Cast, anonymous: Api) -> None:
    key = key_of(acme)
    set_status(acme, Status.SUSPENDED)
    assert anonymous.post(PATH, {"key": key}).status == 202
    set_status(acme, Status.ACTIVE)
    assert outcome(Api(key).get("quotas/")) == NOT_VALID


def test_the_end_and_what_tells_of_it_are_one(acme: Cast, anonymous: Api) -> None:
    """With no entry in the trail there is no revocation, and no mail."""
    key = key_of(acme)
    rows("ALTER TABLE audit_logs ADD CONSTRAINT broken CHECK (action <> 'api_key.leak_reported') NOT VALID", acme)
    try:
        assert anonymous.post(PATH, {"key": key}).status == 500
    finally:
        rows("ALTER TABLE audit_logs DROP CONSTRAINT broken", acme)
    assert (Api(key).get("quotas/").status, rows("SELECT count(*) FROM procrastinate_jobs")) == (200, [(0,)])


def test_twenty_reports_at_once_are_one_end_and_one_mail(acme: Cast) -> None:
    key = key_of(acme)
    answers = at_once(lambda _: Api().post(PATH, {"key": key}), 20)
    assert ({answer.status for answer in answers}, len(reported(acme))) == ({202}, 1)
    assert rows("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'accounts.send_api_key_leaked'") == [(1,)]


def test_reports_are_limited_for_each_client(acme: Cast, anonymous: Api) -> None:
    statuses = [anonymous.post(PATH, {"key": f"wxk_{number:065}"}).status for number in range(REPORTS.most)]
    beyond = anonymous.post(PATH, {"key": key_of(acme)})
    assert (set(statuses), outcome(beyond), "Retry-After" in beyond.headers) == ({202}, (429, "rate_limited"), True)


@pytest.mark.parametrize("body", [{}, {"key": 1}, {"key": None}, {"key": ["wxk_"]}, {"key": "x" * 1_001}, []])
def test_what_is_no_text_is_refused(anonymous: Api, body: Any) -> None:
    assert outcome(anonymous.post(PATH, body)) == (400, "validation_error")
