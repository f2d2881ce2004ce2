"""manage.py create_organization: opens an organization, and prints the generated password of its admin."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from accounts.signup import open_for_operator
from tenants.plans import Plan
from workix.config.secrets import make_password
from workix.core import commands


class Command(commands.Command):
    help = "Opens an organization. Its admin gets a link by e-mail; the password is generated, printed once and kept nowhere."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="3 to 63 lower-case letters, digits and inner hyphens.")
        parser.add_argument("email", help="The address of its first admin.")
        parser.add_argument("--name", help="As people know it; the slug, unless said otherwise.")
        parser.add_argument("--plan", choices=Plan.values, default=Plan.FREE.value, help="The free one, unless said.")

    def handle(self, *args: Any, slug: str, email: str, name: str | None, plan: str, **options: Any) -> None:
        password = make_password()
        organization = open_for_operator(name=name or slug, slug=slug, plan=plan, email=email, password=password)
        data = {"id": organization.id, "slug": organization.slug, "email": email, "password": password}
        self.answer(data, f"{organization.name} waits for the confirmation of {email}.", password)
