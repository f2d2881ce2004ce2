"""WORKIX_CHECKPOINT_WEBHOOK: checkpoints arrive in order, signed, at least once; a receiver that is down holds nothing up."""

from __future__ import annotations

import json
import logging
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from audit.transparency.offline_verifier import Broken, verify
from audit.transparency.signing import origin_of, public_keys
from tenants.metrics import read_platform
from tenants.trail.export import export_trail
from tenants.trail.periodic import sign_checkpoints
from tenants.trail.sequencing import sequencer
from tests.acts import rows
from tests.cast import Cast
from tests.integration.tenants.trail.sequenced import sizes, tamper, write
from tests.integration.webhooks.receiver import Receiver
from tests.integration.webhooks.test_delivery import verified
from tests.metrics import value
from webhooks.checkpoints import publishing
from webhooks.checkpoints.publishing import publish_waiting
from webhooks.checkpoints.tasks import publish_checkpoints
from workix.config.environment import PROJECT
from workix.config.values import webhook_secrets
from workix.observability.readings import CHECKPOINTS_UNPUBLISHED
from workix.web import outgoing

SECRETS = ["whsec_" + "A" * 32, "whsec_" + "B" * 44]
WAITING = "SELECT published, signed, failures FROM checkpoint_publications ORDER BY organization_id"


@pytest.fixture(autouse=True)
def published_there(acme: Cast, receiver: Receiver, settings: Settings) -> None:  # the receiver's settings end last
    """Let checkpoints be sent to the receiver; what was signed before is not."""
    use(settings, receiver.url)
    sign_checkpoints.func(timestamp=0)
    rows("UPDATE checkpoint_publications SET published = signed")


def use(settings: Settings, url: str | None) -> None:
    change = {"checkpoint_webhook": url, "checkpoint_webhook_secret": webhook_secrets(",".join(SECRETS))}
    settings.WORKIX = settings.WORKIX.model_copy(update=change)


def signed(cast: Cast, count: int = 1) -> list[int]:
    """Have checkpoints signed; return the sizes of all there are."""
    for _ in range(count):
        write(cast)
        sign_checkpoints.func(timestamp=0)
    return sizes(cast)


def publish(settings: Settings, *, later: timedelta = timedelta(0)) -> int:
    with sequencer() as connection:
        return publish_waiting(connection, settings.WORKIX, now=timezone.now() + later)


def got(receiver: Receiver) -> list[dict[str, Any]]:
    return [json.loads(body)["data"] for _, body in receiver.got]


def documented() -> dict[str, Any]:
    """Return what docs/webhooks.md has a receiver do, as it stands there."""
    page = (PROJECT / "docs" / "webhooks.md").read_text(encoding="utf-8")
    found: dict[str, Any] = {}
    for block in page.split("```python\n")[1:]:
        exec(block.partition("```")[0], found)  # noqa: S102  # our own page
    return found


def test_each_checkpoint_arrives_in_order_signed_and_is_what_the_verifier_reads(
    acme: Cast, globex: Cast, receiver: Receiver, settings: Settings, tmp_path: Path
) -> None:
    wanted = {str(cast.organization.id): signed(cast, 3)[-3:] for cast in (acme, globex)}
    assert publish(settings) == 6
    sent = got(receiver)
    assert {each: [one["size"] for one in sent if one["organization_id"] == each] for each in wanted} == wanted
    assert all(
        verified(secret, headers, body)[which] for headers, body in receiver.got for which, secret in enumerate(SECRETS)
    )
    assert (publish(settings), len({headers["webhook-id"] for headers, _ in receiver.got})) == (0, 6)
    organization = acme.organization.id
    receive = documented()
    for headers, body in [*receiver.got, receiver.got[0]]:
        assert receive["keep"](receive["verify"](SECRETS[1], headers, body), str(tmp_path / "kept")) is True
    kept = [json.loads(line) for line in (tmp_path / "kept").read_text().splitlines()]
    assert kept == sent, "what came twice is kept once"
    mine = [each["checkpoint"] for each in kept if each["organization_id"] == str(organization)]
    verify(export_trail(organization), origin_of(organization), public_keys(), mine)
    tamper(acme, "DELETE FROM audit_logs", "DELETE FROM audit_leaves", "DELETE FROM audit_checkpoints")
    with pytest.raises(Broken, match="is not reached: the trail ends at 0"):
        verify(export_trail(organization), origin_of(organization), public_keys(), mine)


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ((500, {}), "It answers 500."),
        ((302, {"Location": "http://127.0.0.1:1/"}), "It answers with a redirect (302), which is not followed."),
    ],
    ids=["500", "302"],
)
def test_what_is_not_taken_comes_again_later_and_nothing_overtakes_it(
    acme: Cast,
    receiver: Receiver,
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
    answer: tuple[int, dict[str, str]],
    says: str,
) -> None:
    first, second = signed(acme, 2)[-2:]
    failed = value("workix_checkpoint_publications_total", outcome="failed")
    receiver.answers = [answer]
    with caplog.at_level(logging.WARNING, "workix.trail"):
        assert (publish(settings), publish(settings)) == (0, 0)
    assert [each["size"] for each in got(receiver)] == [first], "too early for the second time"
    assert [each.failure for each in caplog.records if each.message == "trail.checkpoint_not_taken"] == [says]
    assert value("workix_checkpoint_publications_total", outcome="failed") == failed + 1
    assert publish(settings, later=timedelta(minutes=1)) == 2
    assert [each["size"] for each in got(receiver)] == [first, first, second]
    ids = [headers["webhook-id"] for headers, _ in receiver.got]
    assert (
        ids[0] == ids[1],
        rows(
            "SELECT failures, next_attempt_at FROM checkpoint_publications WHERE published = signed"
            " AND organization_id = %(id)s",
            id=acme.organization.id,
        ),
    ) == (True, [(0, None)])


def test_what_was_sent_before_a_crash_is_sent_again_with_its_id(
    acme: Cast, receiver: Receiver, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed(acme)

    def crash(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("tenants.trail.unpublished.taken", crash)
        publish(settings)
    assert publish(settings) == 1
    first, again = receiver.got
    assert (first[0]["webhook-id"], first[1]) == (again[0]["webhook-id"], again[1])


def test_a_receiver_that_is_down_holds_up_no_checkpoint_and_ends_the_pass(
    acme: Cast, globex: Cast, receiver: Receiver, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "DOWN_AFTER", 1)
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        use(settings, f"http://127.0.0.1:{unused.getsockname()[1]}/")
    before = len(signed(acme)) + len(signed(globex))
    assert publish(settings) == 0
    assert sorted(failures for _, _, failures in rows(WAITING)) == [0, 1], "the other one is not even tried"
    assert len(signed(acme)) + len(signed(globex)) == before + 2
    use(settings, receiver.url)
    assert publish(settings, later=timedelta(hours=1)) == 4


def test_while_a_slow_receiver_is_waited_for_no_lock_is_held_and_the_wait_has_an_end(
    acme: Cast,
    receiver: Receiver,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    first, answered = signed(acme)[-1], threading.Event()
    receiver.meanwhile = [lambda: answered.wait(10)]
    with (
        ThreadPoolExecutor() as pool,
        caplog.at_level(logging.WARNING, "workix.trail"),
        monkeypatch.context() as impatient,
    ):
        impatient.setattr(outgoing, "SECONDS", 0.3)
        running = pool.submit(publish, settings)
        assert signed(acme)[-1] > first
        assert running.result() == 0
        answered.set()
    assert [each.failure for each in caplog.records] == ["It does not answer as it should, or not in time."]
    assert publish(settings, later=timedelta(minutes=1)) == 2


def test_organizations_take_turns_and_a_pass_ends_when_it_took_long(
    acme: Cast, globex: Cast, receiver: Receiver, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed(acme, 3)
    signed(globex, 3)
    monkeypatch.setattr(publishing, "TURN", 1)
    later = [lambda: None, lambda: None, lambda: monkeypatch.setattr(publishing, "LONGEST_RUN", timedelta(0))]
    receiver.meanwhile = [*later]
    assert publish(settings) == 3
    assert [each["organization_id"] for each in got(receiver)] == [
        str(each.organization.id) for each in (acme, globex, acme)
    ]


def test_addresses_inside_are_refused_unless_they_are_allowed(
    acme: Cast, receiver: Receiver, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    signed(acme)
    use(settings, receiver.url.replace("http:", "https:"))
    settings.WORKIX = settings.WORKIX.model_copy(update={"outgoing_networks": ()})
    with caplog.at_level(logging.WARNING, "workix.trail"):
        assert publish(settings) == 0
    assert ([each.failure for each in caplog.records], receiver.got) == (
        ["The host is not in the public internet."],
        [],
    )


def test_of_history_that_was_rewritten_the_receiver_learns(
    acme: Cast, receiver: Receiver, settings: Settings, tmp_path: Path
) -> None:
    size = signed(acme)[-1]
    publish(settings)
    forge = "UPDATE audit_logs SET reason = 'never happened'"
    emptied = ["DELETE FROM audit_leaves", "DELETE FROM audit_subtrees", "DELETE FROM audit_checkpoints"]
    tamper(acme, *emptied, forge, "SELECT public.note_existing_entries(current_schema(), 'audit_logs')")
    sign_checkpoints.func(timestamp=0)
    assert publish(settings) == 1
    keep = documented()["keep"]
    assert [each["size"] for each in got(receiver)] == [size, size]
    assert [keep({"data": each}, str(tmp_path / "kept")) for each in got(receiver)] == [True, False]


def test_a_checkpoint_that_somebody_deleted_is_reported_and_stops_nothing(
    acme: Cast, receiver: Receiver, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    size = signed(acme)[-1]
    tamper(acme, "DELETE FROM audit_checkpoints WHERE size = %(size)s", size=size)
    with caplog.at_level(logging.ERROR, "workix.trail"):
        assert publish(settings) == 0
    assert [each.message for each in caplog.records] == ["trail.checkpoint_gone"]
    assert publish(settings, later=timedelta(hours=1)) == 0


def test_what_waits_is_measured_while_there_is_a_receiver(acme: Cast, settings: Settings) -> None:
    def lag() -> float:
        (sample,) = [each for each in read_platform(None) if each.reading == CHECKPOINTS_UNPUBLISHED]
        return sample.value

    assert lag() == 0
    signed(acme, 2)
    rows("UPDATE checkpoint_publications SET waiting_since = waiting_since - interval '1 hour'")
    assert lag() > 3_600
    assert publish(settings) == 2
    assert lag() == 0
    rows("UPDATE checkpoint_publications SET signed = signed + 1")
    assert lag() > 0
    use(settings, None)
    assert lag() == 0


def test_the_job_publishes_and_does_nothing_where_no_receiver_is_set(
    acme: Cast, receiver: Receiver, settings: Settings
) -> None:
    use(settings, None)
    signed(acme)
    publish_checkpoints.func(timestamp=0)
    assert receiver.got == []
    use(settings, receiver.url)
    signed(acme)
    publish_checkpoints.func(timestamp=0)
    assert len(receiver.got) == 2, "what was signed meanwhile comes, too"
