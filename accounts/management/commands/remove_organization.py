"""manage.py remove_organization: schedules an organization's removal, cancels that, or removes a suspended one at once."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from accounts.organization_deletion import cancel_for_operator, schedule_for_operator
from tenants.lifecycle import get_organization, remove
from tenants.management.organization_json import as_json
from tenants.models import Organization
from workix.core import commands
from workix.core.current import check_reason


class Command(commands.Command):
    help = (
        "Schedules an organization's removal, for good, in thirty days. Its admins are told by mail, and can cancel it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="Which organization.")
        parser.add_argument(
            "--reason", required=True, help="Kept in its audit trail, or in the platform's when it is gone."
        )
        other = parser.add_mutually_exclusive_group()
        other.add_argument("--cancel", action="store_true", help="Let it stay.")
        other.add_argument("--at-once", action="store_true", help="Remove it now: it must be suspended.")
        parser.add_argument(
            "--noinput", "--no-input", action="store_false", dest="interactive", help="Don't ask for its slug again."
        )

    def handle(self, *args: Any, slug: str, reason: str, cancel: bool, at_once: bool, **options: Any) -> None:
        check_reason(reason)
        if cancel:
            organization = cancel_for_operator(slug, reason=reason)
            self.answer(as_json(organization), f"{organization.name} stays.")
            return
        if options["interactive"]:
            self._confirm(get_organization(slug), at_once=at_once)
        if at_once:
            organization = remove(slug, reason=reason)
            self.answer(as_json(organization) | {"removed": True}, f"{organization.name} is removed.")
        else:
            organization = schedule_for_operator(slug, reason=reason, now=timezone.now())
            due = organization.removal_due_at
            self.answer(as_json(organization), f"{organization.name} will be removed on {due:%d %b %Y, %H:%M} UTC.")

    def _confirm(self, organization: Organization, *, at_once: bool) -> None:
        """Have the slug typed again.

        :raises CommandError: when it is another.
        """
        when = "now" if at_once else "in thirty days"
        self.stderr.write(
            f"{organization.name} and all its data will be removed {when}, for good. Type its slug: ", ending=""
        )
        try:
            typed = input()
        except EOFError:
            typed = ""
        if typed.strip() != organization.slug:
            raise CommandError("Nothing was changed: that is not its slug. (Without a terminal: --noinput.)")
