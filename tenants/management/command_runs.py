"""Runs a management command inside one organization: as its own role, with a reason, and in its audit trail."""

# Note [The entry comes first]
# What a command changes, it commits by itself, and it may end the whole process. So the entry is committed before the
# command begins: where no entry can be left, nothing is run. A command that fails leaves a second entry.

# Note [Names of options, not values]
# An argument may be a password or somebody's address, and the trail is kept for years and read by others. So an entry
# names the command and the options it was given, without anything they were given.

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.management import call_command, get_commands
from django.db import DatabaseError

from audit.recording import record
from tenants.models import Organization
from tenants.scope import use_tenant
from workix.core.apps import foundation_apps
from workix.core.current import Current, check_reason
from workix.core.errors import Denied, NotFound, one_line


class UnknownCommand(NotFound):
    """No installed app has a command of this name."""


class ActsOnThePlatform(Denied):
    """The command is one of the platform's own, which log in as other roles."""


class RefusedByDatabase(Denied):
    """The organization's role may not do what the command does."""


@dataclass(frozen=True, slots=True)
class CommandRun:
    """A command that may be run inside organizations, and why it is."""

    command: str
    arguments: Sequence[str]
    reason: str

    def __post_init__(self) -> None:
        """Check it before any organization is entered.

        :raises UnknownCommand: when there is no such command.
        :raises ActsOnThePlatform: when it is no command for the inside of an organization.
        :raises NoReason: when nobody says why.
        """
        check_reason(self.reason)
        app = get_commands().get(self.command)
        if app is None:
            raise UnknownCommand(f"There is no command {self.command!r}. `manage.py help` lists all.")
        if any(each.name == app for each in foundation_apps()):
            raise ActsOnThePlatform(
                f"{self.command} acts on the platform, with rights no organization has. Run it by itself:"
                f" manage.py {self.command}"
            )

    def inside(self, organization: Organization, **streams: Any) -> None:
        """Run it as the role of `organization`. See Note [The entry comes first].

        :raises RefusedByDatabase: when the database says no.
        """
        with use_tenant(organization), Current.scoped(organization=organization, reason=self.reason):
            self._record("command.run")
            try:
                call_command(self.command, *self.arguments, **streams)
            except BaseException as error:
                if not _ended_well(error):
                    with use_tenant(organization):  # wherever the command went
                        self._record("command.failed", error=type(error).__name__)
                if isinstance(error, DatabaseError):
                    raise RefusedByDatabase(f"The database refused {self.command}: {one_line(error)}") from error
                raise

    def _record(self, action: str, **more: str) -> None:
        changes = {"command": self.command, "options": _names_of_options(self.arguments), **more}
        record(action, resource_type="command", resource_id=self.command, changes=changes)


def _names_of_options(arguments: Sequence[str]) -> list[str]:
    """See Note [Names of options, not values]."""
    options = list(arguments)
    if "--" in options:
        del options[options.index("--") :]
    long = (each.partition("=")[0] if each.startswith("--") else each[:2] for each in options)
    return [each for each in long if each.startswith("-") and each != "-"]


def _ended_well(error: BaseException) -> bool:
    return isinstance(error, SystemExit) and error.code in (None, 0)
