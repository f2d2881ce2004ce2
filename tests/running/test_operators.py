"""Operators: made on the command line, in `public`, and recorded there."""

from __future__ import annotations

import stat
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from accounts.models import User
from accounts.operators import FIRST_OPERATOR, ensure_first_operator
from tenants.scope import use_platform, use_tenant
from tests.cast import Cast


def _operators() -> list[User]:
    with use_platform():
        return list(User.objects.all())


def test_the_command_adds_an_operator_and_prints_the_password_once(database: None) -> None:
    said = StringIO()
    call_command("create_operator", "Otto@Example.com", stdout=said)
    email, password = said.getvalue().split()
    (otto,) = _operators()
    assert (otto.email, email, otto.is_operator, otto.check_password(password)) == (
        email,
        "otto@example.com",
        True,
        True,
    )


def test_an_operator_is_recorded_in_public_without_the_password(database: None) -> None:
    call_command("create_operator", "otto@example.com", stdout=StringIO())
    with use_platform(), connection.cursor() as cursor:
        cursor.execute("SELECT action, actor_type, changes ->> 'password_hash' FROM audit_logs")
        assert cursor.fetchall() == [("user.created", "system", '["[redacted]", "[redacted]"]')]


def test_an_operator_is_nobody_in_an_organization(acme: Cast) -> None:
    call_command("create_operator", "otto@example.com", stdout=StringIO())
    with use_tenant(acme.organization):
        assert not User.objects.filter(email="otto@example.com").exists()


def test_one_address_is_one_operator(database: None) -> None:
    call_command("create_operator", "otto@example.com", stdout=StringIO())
    with pytest.raises(CommandError, match=r"^There is an operator with this address\.$"):
        call_command("create_operator", "OTTO@example.com", stdout=StringIO())


def test_a_fresh_platform_gets_its_operator_once(database: None, tmp_path: Path) -> None:
    file = tmp_path / "operator.txt"
    assert ensure_first_operator(file, now=timezone.now()) is True
    assert ensure_first_operator(file, now=timezone.now()) is False
    (operator,) = _operators()
    assert (operator.email, operator.check_password(file.read_text())) == (FIRST_OPERATOR, True)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
