"""manage.py tenant_command: runs a management command inside one organization, as its own role."""

from __future__ import annotations

from django.core.management.base import CommandError

from tenants.management.command_runs import CommandRun
from tenants.management.wrapper_command import WrapperCommand, get_organizations


class Command(WrapperCommand):
    help = "Runs a command inside one organization, as its own role, with an entry in its audit trail."

    def run(self, run: CommandRun, names: list[str]) -> None:
        if len(names) != 1:
            raise CommandError("Name one organization: --schema <slug>. For several there is all_tenants_command.")
        (organization,) = get_organizations(names)
        run.inside(organization, stdout=self.stdout, stderr=self.stderr)
