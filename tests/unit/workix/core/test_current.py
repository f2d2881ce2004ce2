"""Current: who acts, for whom, and that it never outlives its block."""

from __future__ import annotations

import threading
import uuid

import pytest

from workix.core.current import ANONYMOUS, SYSTEM, Actor, Context, Current, NoOrganizationInScope

ALICE = Actor("person", uuid.UUID(int=1), "alice@acme.example")


class Acme:
    id = uuid.UUID(int=7)
    slug = "acme"
    schema_name = "org_acme"


def test_outside_everything_nothing_is_known() -> None:
    assert Current.context == Context(None, ANONYMOUS, "", "", "", "", dry_run=False)
    assert (Current.actor, Current.request_id, Current.find_organization()) == (ANONYMOUS, "", None)


def test_asking_for_an_organization_outside_every_scope_is_an_error() -> None:
    with pytest.raises(NoOrganizationInScope) as caught:
        _ = Current.organization
    assert str(caught.value) == "No organization is in scope. Enter one with use_tenant()."


def test_a_scope_adds_to_what_is_known_and_takes_it_back() -> None:
    with Current.scoped(request_id="outer"), Current.scoped(organization=Acme, actor=ALICE) as inner:
        assert inner == Current.context == Context(Acme, ALICE, "outer")  # type: ignore[arg-type]  # a stand-in
        assert Current.organization is Acme
    assert Current.context == Context()


def test_a_fresh_start_knows_nothing_of_what_surrounds_it() -> None:
    with Current.scoped(organization=Acme, actor=ALICE, reason="a ticket"):
        with Current.fresh(actor=SYSTEM):
            assert Current.context == Context(actor=SYSTEM)
        assert Current.context == Context(Acme, ALICE, reason="a ticket")  # type: ignore[arg-type]  # a stand-in


def test_a_block_that_fails_takes_its_changes_back_too() -> None:
    for block in (Current.scoped, Current.fresh):
        with pytest.raises(ZeroDivisionError), block(actor=ALICE):
            raise ZeroDivisionError
        assert Current.context == Context()


def test_an_update_lasts_until_the_surrounding_scope_ends() -> None:
    with Current.scoped():
        Current.update(actor=ALICE)
        assert Current.actor == ALICE
    assert Current.actor == ANONYMOUS


def test_a_new_thread_starts_from_nothing() -> None:
    seen: list[Context] = []
    with Current.scoped(actor=ALICE):
        thread = threading.Thread(target=lambda: seen.append(Current.context))
        thread.start()
        thread.join()
    assert seen == [Context()]
