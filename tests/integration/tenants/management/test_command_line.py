"""tenant_command and all_tenants_command on the command line: exit status and a sentence, and an entry even of a sudden end."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest

from tests.acts import rows
from tests.cast import Cast
from tests.environment import CLUSTER, DATABASE, PROJECT, settings_for

SHELL = ("shell", "--no-imports", "-c")
WHY = ("--reason", "ticket 7")
FAIL_AT_ACME = "from workix.core.current import Current; 1 / (Current.organization.slug != 'acme')"


@pytest.fixture
def manage(acme: Cast, globex: Cast) -> Any:
    def run_process(*arguments: str) -> tuple[int, str, str]:
        environ = {**os.environ, **settings_for(CLUSTER, DATABASE), "DJANGO_SETTINGS_MODULE": "tests.settings"}
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=PROJECT, env=environ, capture_output=True, text=True, check=False,
        )  # fmt: skip
        return done.returncode, done.stdout, done.stderr

    return run_process


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "status", "out", "err"),
    [
        (("tenant_command", "check", "--fail-level", "ERROR", "-s", "acme", *WHY), 0,
         "System check identified no issues", ""),
        (("tenant_command", "check", "-s", "nowhere", *WHY), 1, "", "CommandError: There is no organization 'nowhere'."),
        (("tenant_command", "nowhere", "-s", "acme", *WHY), 1, "", "CommandError: There is no command 'nowhere'."),
        (("tenant_command", "check", "-s", "acme"), 1, "", "CommandError: Say why"),
        (("tenant_command", "check", "-s", "acme", "--reason"), 1, "", "CommandError: Error: argument --reason"),
        (("tenant_command",), 2, "", "usage: manage.py tenant_command"),
        (("all_tenants_command", *SHELL, FAIL_AT_ACME, *WHY), 1, "",
         "1/2 acme: ZeroDivisionError: division by zero\n2/2 globex: done\nCommandError: shell failed in 1 of 2"),
    ],
)  # fmt: skip
def test_on_the_command_line_it_is_a_status_and_a_sentence(
    arguments: tuple[str, ...], status: int, out: str, err: str, manage: Any
) -> None:
    code, said, complained = manage(*arguments)
    assert (code, said[: len(out)], complained[: len(err)], "Traceback" in complained) == (status, out, err, False)


@pytest.mark.slow
def test_a_command_that_ends_the_whole_process_has_left_its_entry(manage: Any, acme: Cast) -> None:
    assert manage("tenant_command", *SHELL, "import os; os._exit(9)", "-s", "acme", *WHY)[0] == 9
    left = rows("SELECT action, changes FROM audit_logs WHERE resource_type = 'command'", acme)
    assert left == [("command.run", {"command": "shell", "options": ["--no-imports", "-c"]})]
