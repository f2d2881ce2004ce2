"""manage.py create_operator: adds an operator of the platform, and prints the generated password."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from accounts.operators import create_operator
from workix.config.secrets import make_password
from workix.core import commands


class Command(commands.Command):
    help = "Adds an operator of the platform. The password is generated, printed once and kept nowhere."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="Their address, by which they log in.")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        password = make_password()
        operator = create_operator(email=email, password=password, now=timezone.now())
        self.answer({"email": operator.email, "password": password}, operator.email, password)
