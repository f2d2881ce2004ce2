"""manage.py all_tenants_command: runs a management command inside every organization, each by itself, as its own role."""

from __future__ import annotations

from django.core.management.base import CommandError

from tenants.management.command_runs import CommandRun
from tenants.management.wrapper_command import WrapperCommand, get_organizations
from tenants.models import Organization
from tenants.scope import use_platform
from workix.core.errors import ProblemError, one_line


class Command(WrapperCommand):
    help = (
        "Runs a command inside every organization (or those named by --schema), each as its own role, with an entry in"
        " its audit trail. One that fails does not stop the others. Exit status 1: some failed."
    )

    def run(self, run: CommandRun, names: list[str]) -> None:
        organizations = get_organizations(names) if names else _everybody()
        failed = {}
        for number, organization in enumerate(organizations, start=1):
            error = self._inside(run, organization)
            if error:
                failed[organization.slug] = error
            self.stderr.write(f"{number}/{len(organizations)} {organization.slug}: {error or 'done'}", str)
        if failed:
            listed = "".join(f"\n  {slug}: {error}" for slug, error in failed.items())
            raise CommandError(f"{run.command} failed in {len(failed)} of {len(organizations)} organizations:{listed}")

    def _inside(self, run: CommandRun, organization: Organization) -> str:
        """Return what went wrong, in one line."""
        try:
            run.inside(organization, stdout=self.stdout, stderr=self.stderr)
        except (CommandError, ProblemError) as refusal:
            return one_line(refusal)
        except SystemExit as end:
            return f"It ended with status {end.code}." if end.code else ""
        except Exception as error:  # noqa: BLE001  # one that fails must not stop the others
            return one_line(f"{type(error).__name__}: {error}")
        return ""


def _everybody() -> list[Organization]:
    with use_platform():
        return list(Organization.objects.filter(deleted_at__isnull=True))
