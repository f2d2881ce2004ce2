"""Commit checks: what is shown of a transaction is what would be committed, and what raises has it undone."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from tenants.backend.commit_checks import checked_before_commit
from tenants.scope import use_platform, use_tenant
from tests.cast import Cast
from workix.core.current import Current
from workix.core.errors import Conflict

pytestmark = pytest.mark.requirement("N6")


def rename(name: str) -> None:
    User.objects.filter(email="bob@acme.example").update(first_name=name)


def name_of_bob() -> str:
    return User.objects.get(email="bob@acme.example").first_name


def test_each_transaction_is_shown_with_what_was_done_in_it_and_nothing_that_was_undone(acme: Cast) -> None:
    shown: list[list[Any]] = []
    with use_tenant(acme.organization), Current.scoped(request_id="of-this-test"), checked_before_commit(shown.append):
        with transaction.atomic():
            rename("Rob")
            with pytest.raises(IntegrityError), transaction.atomic():
                rename("Bobby")
                User.objects.filter(email="bob@acme.example").update(role="emperor")
        with transaction.atomic():
            rename("Robert")
        with use_platform(), transaction.atomic():
            pass
    said = [[(entry["source"], entry["changes"]["first_name"]) for entry in entries] for entries in shown]
    assert said == [[("trigger", ["Bob", "Rob"])], [("trigger", ["Rob", "Robert"])]]


def test_what_a_check_has_something_against_is_undone_and_nothing_is_called_for_it(acme: Cast) -> None:
    called: list[str] = []

    def refuse(entries: list[Any]) -> None:
        raise Conflict

    with use_tenant(acme.organization):
        with pytest.raises(Conflict), checked_before_commit(refuse), transaction.atomic():
            rename("Rob")
            transaction.on_commit(lambda: called.append("first"))
        assert (name_of_bob(), called, connection.get_autocommit()) == ("Bob", [], True)
        with transaction.atomic():
            rename("Rob")
            transaction.on_commit(lambda: called.append("second"))
        assert (name_of_bob(), called) == ("Rob", ["second"])
