"""manage.py erase_person: schedules the erasure of a person (GDPR), shows what would go, or does it at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.management.base import CommandParser
from django.utils import timezone

from privacy.erasures.erasure_json import erasure_as_json, preview_as_json
from privacy.erasures.operators import erase_for_operator, find_person_id, preview_for_operator
from privacy.erasures.scheduling import GRACE
from privacy.models import Erasure, ErasureStatus
from workix.core import commands


class Command(commands.Command):
    help = "Erases a person of an organization for good, in seven days or at once; prints the certificate."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="Which organization.")
        parser.add_argument("person", help="The person's e-mail address, or their id.")
        parser.add_argument(
            "--reason", required=True, help="Kept in the organization's audit trail: name nobody in it."
        )
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--preview", action="store_true", help="Show what would go, and do nothing.")
        how.add_argument("--at-once", action="store_true", help="Do not wait for seven days.")

    def handle(self, *args: Any, slug: str, person: str, reason: str, **options: Any) -> None:
        person_id: UUID = find_person_id(slug, person)
        if options["preview"]:
            shown = preview_for_operator(slug, person_id)
            self.answer(preview_as_json(shown), *(f"{table}: {count}" for table, count in shown.rows.items() if count))
            return
        grace = timedelta(0) if options["at_once"] else GRACE
        erasure = erase_for_operator(slug, person_id, reason=reason, grace=grace, now=timezone.now())
        self.answer(erasure_as_json(erasure), _said(erasure))


def _said(erasure: Erasure) -> str:
    if erasure.status == ErasureStatus.DONE:
        return f"Erased.\n\n{erasure.certificate}"
    return f"Erasure {erasure.id} is due on {erasure.due_at:%d %b %Y, %H:%M} UTC."
