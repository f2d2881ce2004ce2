"""Delivery of the trail: in order, at least once, waiting after a failure, and never behind a replay's back."""

from __future__ import annotations

import hmac
import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from tenants.trail.periodic import sign_checkpoints
from tests.acts import rows
from tests.cast import Api, Cast
from tests.integration.tenants.trail.sequenced import leaves, write
from tests.integration.webhooks.receiver import Receiver, added, deliver, grow, put, row

DAY = timedelta(days=1)


def verified(secret: str, headers: dict[str, str], body: bytes) -> list[bool]:
    """Say of each signature whether it is right."""
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    right = b64encode(hmac.digest(b64decode(secret.removeprefix("whsec_")), signed, "sha256")).decode()
    return [each == f"v1,{right}" for each in headers["webhook-signature"].split(" ")]


def states(cast: Cast, webhook: dict[str, Any]) -> tuple[str, int]:
    found = row(cast, webhook)
    return found.state.value, found.failures


def test_entries_arrive_in_order_signed_and_whole(
    acme: Cast, receiver: Receiver, webhook: dict[str, Any], alice: Api
) -> None:
    start = row(acme, webhook).position
    grow(acme, 3)
    assert deliver(acme, webhook) is None
    sent = [entry for index, entry in leaves(acme) if index >= start]
    assert receiver.indexes() == list(range(start, start + len(sent)))
    assert [headers["webhook-id"] for headers, _ in receiver.got] == [f"msg_{entry}" for entry in sent]
    assert all(verified(webhook["secret"], headers, body) == [True] for headers, body in receiver.got)
    said = json.loads(receiver.got[-1][1])
    assert (said["type"], said["data"]["entry"]) == ("thing.looked_at", alice.get(f"audit-logs/{sent[-1]}/").body)
    assert row(acme, webhook).position == start + len(sent)
    assert deliver(acme, webhook) is None
    assert len(receiver.got) == len(sent), "nothing is sent twice"


def test_a_job_delivers_what_the_sequencer_placed(
    acme: Cast, globex: Cast, receiver: Receiver, webhook: dict[str, Any], run_jobs: Callable[[], None]
) -> None:
    run_jobs()
    before = len(receiver.got)
    write(acme)
    write(globex)
    sign_checkpoints.func(timestamp=0)
    queued = "SELECT args ->> 'endpoint_id' FROM procrastinate_jobs WHERE task_name = 'webhooks.deliver'"
    assert rows(queued) == [(webhook["id"],)], "and none for whoever follows nothing"
    run_jobs()
    assert len(receiver.got) > before
    assert json.loads(receiver.got[-1][1])["type"] == "thing.looked_at"


def test_an_endpoint_that_waits_for_a_job_gets_no_second_one(acme: Cast, webhook: dict[str, Any]) -> None:
    rows("DELETE FROM procrastinate_jobs")
    for _ in range(3):
        write(acme)
        sign_checkpoints.func(timestamp=0)
    assert rows("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'webhooks.deliver'") == [(1,)]


def test_what_was_sent_before_a_crash_is_sent_again_with_its_id(
    acme: Cast, receiver: Receiver, webhook: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    grow(acme, 2)

    def crash(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("webhooks.delivery._write", crash)
        deliver(acme, webhook)
    start = row(acme, webhook).position
    assert receiver.indexes() == [start]
    deliver(acme, webhook)
    assert receiver.indexes()[:3] == [start, start, start + 1]
    ids = [headers["webhook-id"] for headers, _ in receiver.got]
    assert ids[0] == ids[1]


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ((500, {}), "It answers 500."),
        ((429, {"Retry-After": "1800"}), "too much for it (429)"),
        ((302, {"Location": "http://127.0.0.1:1/"}), "It answers with a redirect (302), which is not followed."),
    ],
    ids=["500", "429", "302"],
)
def test_what_fails_is_tried_again_later_and_nothing_overtakes_it(
    acme: Cast, receiver: Receiver, webhook: dict[str, Any], answer: tuple[int, dict[str, str]], says: str
) -> None:
    start = row(acme, webhook).position
    grow(acme, 2)
    receiver.answers = [answer]
    again_at = deliver(acme, webhook)
    found = row(acme, webhook)
    assert (found.state.value, found.position, found.next_attempt_at) == ("failing", start, again_at)
    assert says in found.last_failure
    assert deliver(acme, webhook) == again_at, "too early"
    assert receiver.indexes() == [start]
    assert again_at is not None
    assert (again_at - timezone.now() > timedelta(minutes=25)) is ("Retry-After" in answer[1])
    deliver(acme, webhook, later=timedelta(hours=1))
    assert receiver.indexes()[:3] == [start, start, start + 1]
    assert states(acme, webhook) == ("active", 0)


def test_who_does_not_answer_or_is_inside_is_a_failure_that_tells_nothing(
    acme: Cast, alice: Api, receiver: Receiver
) -> None:
    inside = added(alice, "https://10.0.0.1/hook")
    nobody = added(alice, "http://127.0.0.1:1/hook")
    grow(acme)
    for each in (inside, nobody):
        deliver(acme, each)
    assert row(acme, inside).last_failure == "The host is not in the public internet."
    assert row(acme, nobody).last_failure == "It does not answer as it should, or not in time."


def test_after_a_day_of_failures_it_is_paused_and_admins_are_told_once(
    acme: Cast, receiver: Receiver, webhook: dict[str, Any], run_jobs: Callable[[], None]
) -> None:
    grow(acme)
    put(acme, webhook, failures=9, failing_since=timezone.now() - DAY)
    receiver.answers = [(503, {})] * 5
    assert deliver(acme, webhook) is None
    assert deliver(acme, webhook, later=DAY) is None
    assert len(receiver.got) == 1
    position = row(acme, webhook).position
    changes = {"failure": "It answers 503.", "failures": 10, "position": position}
    paused = "SELECT resource_label, changes FROM audit_logs WHERE action = 'webhook.paused'"
    assert rows(paused, acme) == [("SIEM", changes)]
    mail.outbox.clear()
    run_jobs()
    told = [message for message in mail.outbox if message.subject == "A webhook was paused"]
    assert [message.to for message in told] == [["alice@acme.example"]]
    assert "It answers 503." in told[0].body


def test_one_that_says_it_is_gone_is_paused_and_goes_on_from_where_it_was(
    acme: Cast, alice: Api, receiver: Receiver, webhook: dict[str, Any]
) -> None:
    start = row(acme, webhook).position
    grow(acme)
    receiver.answers = [(410, {})]
    deliver(acme, webhook)
    assert alice.get(f"webhooks/{webhook['id']}/").body["state"] == "paused"
    resumed = alice.patch(f"webhooks/{webhook['id']}/", {"is_enabled": True}).body
    assert (resumed["state"], resumed["position"], resumed["failures"]) == ("active", start, 0)
    deliver(acme, webhook)
    assert receiver.indexes()[:2] == [start, start]
    assert rows("SELECT count(*) FROM audit_logs WHERE action = 'webhook.resumed'", acme) == [(1,)]


def test_a_disabled_one_is_sent_nothing_and_misses_nothing(
    acme: Cast, alice: Api, receiver: Receiver, webhook: dict[str, Any]
) -> None:
    alice.patch(f"webhooks/{webhook['id']}/", {"is_enabled": False})
    start = row(acme, webhook).position
    grow(acme)
    assert (deliver(acme, webhook), receiver.got) == (None, [])
    alice.patch(f"webhooks/{webhook['id']}/", {"is_enabled": True})
    deliver(acme, webhook)
    assert receiver.indexes()[0] == start


def test_a_replay_wins_over_a_delivery_that_is_under_way(
    acme: Cast, alice: Api, receiver: Receiver, webhook: dict[str, Any]
) -> None:
    start = row(acme, webhook).position
    grow(acme, 2)
    receiver.meanwhile = [lambda: put(acme, webhook, position=0)]
    deliver(acme, webhook)
    assert receiver.indexes()[:3] == [start, 0, 1]
    assert row(acme, webhook).position == receiver.indexes()[-1] + 1 == len(leaves(acme))


def test_a_replay_sends_the_same_ids_once_more(
    acme: Cast, alice: Api, receiver: Receiver, webhook: dict[str, Any]
) -> None:
    grow(acme, 2)
    deliver(acme, webhook)
    first, ids = receiver.indexes()[0], [headers["webhook-id"] for headers, _ in receiver.got]
    answer = alice.post(f"webhooks/{webhook['id']}/replay/", {"from": first})
    assert (answer.status, answer.body["position"]) == (200, first)
    deliver(acme, webhook)
    assert [headers["webhook-id"] for headers, _ in receiver.got] == ids * 2


def test_no_delivery_is_an_entry_to_deliver(acme: Cast, receiver: Receiver, webhook: dict[str, Any]) -> None:
    grow(acme)
    before = rows("SELECT count(*) FROM audit_logs", acme)
    receiver.answers = [(500, {})]
    deliver(acme, webhook)
    deliver(acme, webhook, later=DAY)
    assert rows("SELECT count(*) FROM audit_logs", acme) == before


def test_one_job_at_a_time_and_who_died_keeps_nobody_out_for_long(
    acme: Cast, receiver: Receiver, webhook: dict[str, Any]
) -> None:
    grow(acme)
    put(acme, webhook, leased_until=timezone.now() + timedelta(seconds=60))
    assert (deliver(acme, webhook), receiver.got) == (None, [])
    deliver(acme, webhook, later=timedelta(seconds=61))
    assert receiver.got


def test_of_an_entry_that_is_gone_nothing_is_sent(acme: Cast, receiver: Receiver, webhook: dict[str, Any]) -> None:
    start = row(acme, webhook).position
    grow(acme, 2)
    gone = dict(leaves(acme))[start]
    rows("DELETE FROM audit_logs WHERE id = %(gone)s::uuid", acme, gone=gone)
    deliver(acme, webhook)
    assert receiver.indexes()[0] == start + 1
