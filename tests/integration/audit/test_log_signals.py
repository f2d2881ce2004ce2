"""django-auditlog's pre_log and post_log: whoever listens gets the entry that the trigger wrote, and nothing is read for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

import pytest
from auditlog.signals import post_log, pre_log
from django.db import transaction

from accounts.models import User
from audit.models import LogEntry
from tenants.scope import use_tenant
from tests.acts import calls_of, statements_of
from tests.cast import Cast
from workix.core.current import Actor, Current

SAME = ("action", "resource_type", "resource_id", "resource_label", "actor_type", "actor_id", "actor_label", "changes")


@pytest.fixture
def told() -> Iterator[list[dict[str, Any]]]:
    """What a listener is told."""
    heard: list[dict[str, Any]] = []

    def listen(sender: object, **given: Any) -> None:
        heard.append(given)

    post_log.connect(listen)
    yield heard
    post_log.disconnect(listen)


def as_alice(test: Callable[..., None]) -> Callable[..., None]:
    """Let Alice do it, at Acme, in one transaction."""

    @wraps(test)
    def inside(acme: Cast, **given: Any) -> None:
        alice = Actor("person", acme.people["alice"].id, "alice@acme.example")
        with use_tenant(acme.organization), Current.scoped(actor=alice), transaction.atomic():
            test(acme=acme, **given)

    return inside


def of(entry: Any) -> tuple[dict[str, Any], Any]:
    """Take an entry apart: what both of them say, and what was changed."""
    said = {name: getattr(entry, name) for name in SAME}
    return said | {"actor_id": str(said["actor_id"])}, said.pop("changes")


def written() -> Any:
    return LogEntry.objects.first()


@as_alice
def test_a_listener_gets_what_the_trigger_wrote(told: list[dict[str, Any]], acme: Cast) -> None:
    bob = User.objects.get(id=acme.people["bob"].id)
    bob.role, bob.password = "viewer", "!"
    bob.save()
    (given,) = told
    assert (given["instance"], given["action"], given["error"], given["log_created"]) == (bob, 1, None, True)
    assert given["changes"] == {"role": ["user", "viewer"], "password_hash": ["[redacted]", "[redacted]"]}
    assert of(given["log_entry"]) == of(written())


@as_alice
def test_of_a_new_row_everything_is_new(told: list[dict[str, Any]], acme: Cast) -> None:
    User.objects.create(email="carol@acme.example", password="!", role="viewer")
    (given,) = told
    assert (given["action"], given["log_entry"].action, given["log_entry"].resource_label) == (
        0,
        "user.created",
        "carol@acme.example",
    )
    assert given["changes"].keys() == written().changes.keys()


@as_alice
def test_nothing_is_read_for_a_listener(told: list[dict[str, Any]], acme: Cast) -> None:
    bob = User.objects.get(id=acme.people["bob"].id)
    bob.first_name = "Robert"
    sent = statements_of(lambda: bob.save(update_fields=["first_name"]))
    assert [each.partition(" ")[0] for each in sent if not each.startswith("SAVEPOINT")] == ["UPDATE"]
    bob.first_name = "Bob"
    bob.save()
    assert [each["changes"] for each in told] == [{"first_name": ["Bob", "Robert"]}, {"first_name": ["Robert", "Bob"]}]


@as_alice
def test_what_is_no_act_is_told_to_nobody(told: list[dict[str, Any]], acme: Cast) -> None:
    User.objects.get(id=acme.people["bob"].id).save()
    assert told == []


@as_alice
def test_of_a_row_that_was_loaded_before_only_that_it_changed_is_known(told: list[dict[str, Any]], acme: Cast) -> None:
    bob = acme.people["bob"]
    bob.save()
    assert [(each["changes"], each["log_entry"].action) for each in told] == [(None, "user.updated")]


@as_alice
def test_what_a_model_adds_is_there(told: list[dict[str, Any]], acme: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(User, "get_additional_data", lambda self: {"first": self.first_name}, raising=False)
    User.objects.create(email="carol@acme.example", password="!", role="viewer", first_name="Carol")
    assert told[0]["log_entry"].additional_data == {"first": "Carol"}


@as_alice
def test_pre_log_is_sent_before_and_keeps_nothing_out_of_the_trail(told: list[dict[str, Any]], acme: Cast) -> None:
    def refuse(sender: object, instance: User, action: int, **more: Any) -> bool:
        return False

    pre_log.connect(refuse)
    try:
        bob = User.objects.get(id=acme.people["bob"].id)
        bob.role = "viewer"
        bob.save()
    finally:
        pre_log.disconnect(refuse)
    assert (told[0]["pre_log_results"], written().action) == ([(refuse, False)], "user.updated")


def test_where_nobody_listens_a_save_takes_two_calls_more(acme: Cast) -> None:
    with use_tenant(acme.organization):
        bob = User.objects.get(id=acme.people["bob"].id)
        bob.role = "viewer"
        assert calls_of(bob.save, "before_save", "after_save") == 2
        assert calls_of(bob.save, "_values", "_changes", "_entry") == 0
