"""django-auditlog at work: its registry, its log entry and its signals, with the audit trigger writing what happened."""

from __future__ import annotations

from typing import Any

import pytest
from auditlog import get_logentry_model
from auditlog.mixins import LogAccessMixin
from auditlog.signals import accessed
from django.core.management import call_command
from django.db import ProgrammingError, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save

from accounts.models import User
from audit.models import LogEntry
from audit.registry import AUDITED, redacted, registry
from tenants.scope import use_tenant
from tests.acts import rows
from tests.cast import Cast
from workix.core.current import Actor, Current
from workix.core.triggers import declared_triggers


def entry(**values: Any) -> LogEntry:
    return LogEntry(**{"resource_type": "user", "resource_id": "7", "action": "user.updated", **values})


def change_role(acme: Cast) -> LogEntry:
    bob = acme.people["bob"]
    with Current.scoped(actor=Actor("person", acme.people["alice"].id, "alice@acme.example")), transaction.atomic():
        User.objects.filter(id=bob.id).update(role="viewer", is_active=False)
    return LogEntry.objects.first()  # type: ignore[return-value]  # it was just written


def test_the_librarys_log_entry_is_ours() -> None:
    assert get_logentry_model() is LogEntry
    assert rows("SELECT to_regclass('public.auditlog_logentry')::text") == [(None,)]


def test_what_is_registered_is_what_the_triggers_are_told() -> None:
    assert set(registry.get_models()) == set(AUDITED)
    fields = registry.get_model_fields(User)
    masked, silent = ["password", "mailbox_proof"], {"last_login", "mailbox_proof", "password_changed_at", "updated_at"}
    assert (fields["mask_fields"], set(fields["exclude_fields"])) == (masked, silent)
    told = {each.arguments for each in declared_triggers()["users"] if each.name.startswith("audit_")}
    assert [(resource, hidden, set(silent.split(",")), *rest) for resource, hidden, silent, *rest in told] == [
        ("user", ",".join(["password_hash", *masked[1:]]), silent, "email", "id")
    ]


@pytest.mark.parametrize("signal", [pre_save, post_save, post_delete, m2m_changed])
def test_no_receiver_of_the_librarys_writes_a_second_entry(signal: Any) -> None:
    receivers = signal._live_receivers(User)
    assert [each for group in receivers for each in group if each.__module__.startswith("auditlog")] == []


def test_changes_are_shown_with_the_labels_of_fields_and_choices(acme: Cast) -> None:
    with use_tenant(acme.organization):
        changed = change_role(acme)
    assert changed.changes_dict == {"role": ["user", "viewer"], "is_active": ["True", "False"]}
    assert changed.changes_display_dict == {"role": ["User", "Viewer"], "is active": ["True", "False"]}
    assert changed.changes_str == "role: user \u2192 viewer; is_active: True \u2192 False"


def test_an_entry_answers_to_the_librarys_names(acme: Cast) -> None:
    with use_tenant(acme.organization):
        changed = change_role(acme)
    assert (changed.object_pk, changed.object_repr) == (str(acme.people["bob"].id), "bob@acme.example")
    assert (changed.timestamp, changed.cid, changed.remote_addr) == (changed.created_at, changed.request_id, "")
    assert changed.content_type is not None
    assert changed.content_type.model_class() is User


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({"because": "wrong password"}, {}),
        ({"password_hash": ["[redacted]", "[redacted]"]}, {"password": ["[redacted]", "[redacted]"]}),
        ({"gone": [1, None]}, {"gone": ["1", "None"]}),
        ({"role": ["user", "of an earlier release"]}, {"role": ["User", "None"]}),
        ({"deleted_at": [None, "2026-11-26T10:00:00+00:00"]}, {"deleted at": ["None", "26 Nov 2026, 10:00:00"]}),
        (None, {}),
    ],
)
def test_what_is_no_change_of_a_field_does_no_harm(changes: Any, shown: dict[str, list[str]]) -> None:
    assert entry(changes=changes).changes_display_dict == shown


def test_a_thing_of_no_model_is_shown_as_it_is() -> None:
    made = entry(resource_type="robot", changes={"name": ["R1", "R2"], "n": 3})
    assert (made.content_type, made.changes_display_dict) == (None, {"name": ["R1", "R2"]})


def test_the_entries_of_a_thing_are_found(acme: Cast) -> None:
    with use_tenant(acme.organization):
        changed = change_role(acme)
        bob = acme.people["bob"]
        assert LogEntry.objects.get_for_object(bob).first() == changed
        assert LogEntry.objects.get_for_objects(User.objects.filter(id=bob.id)).first() == changed
        assert set(LogEntry.objects.get_for_model(User).values_list("resource_type", flat=True)) == {"user"}


def test_nothing_is_written_through_the_library(acme: Cast) -> None:
    with use_tenant(acme.organization):
        for write in (LogEntry.objects.log_create, LogEntry.objects.log_m2m_changes):
            with pytest.raises(TypeError, match="only grows"):
                write(acme.people["bob"])
        before = LogEntry.objects.count()
        with pytest.raises(ProgrammingError):
            call_command("auditlogflush", "--yes")
        assert LogEntry.objects.count() == before


def test_the_read_of_a_sensitive_row_is_an_entry(acme: Cast) -> None:
    class Base:
        def get_object(self) -> User:
            return acme.people["bob"]

        def render_to_response(self, context: Any, **kwargs: Any) -> str:
            return "seen"

    class View(LogAccessMixin, Base):  # type: ignore[misc]  # the library has no types
        pass

    alice = Actor("person", acme.people["alice"].id, "alice@acme.example")
    with use_tenant(acme.organization), Current.scoped(actor=alice):
        assert View().render_to_response({}) == "seen"
        accessed.send(User, instance=acme.people["vera"])
        found = list(LogEntry.objects.values_list("action", "resource_label", "actor_id", "is_verified")[:2])
    assert found == [
        ("user.accessed", "vera@acme.example", alice.id, True),
        ("user.accessed", "bob@acme.example", alice.id, True),
    ]


def test_a_secret_is_masked_whole() -> None:
    assert redacted("half of this would show") == "[redacted]"
