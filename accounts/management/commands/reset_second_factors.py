"""manage.py reset_second_factors: takes the second factors of a person away whom no admin of their organization can help."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from accounts.login.second_step.resetting import reset_for_operator
from workix.core import commands


class Command(commands.Command):
    help = "Takes a person's second factors and recovery codes away, and ends their sessions."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="Which organization.")
        parser.add_argument("address", help="The person's e-mail address.")
        parser.add_argument("--reason", required=True, help="Kept in the organization's audit trail.")

    def handle(self, *args: Any, slug: str, address: str, reason: str, **options: Any) -> None:
        user = reset_for_operator(slug, address, reason=reason, now=timezone.now())
        said = {"id": str(user.id), "email": user.email}
        self.answer(said, f"{user.email} has no second factor any more.")
