"""The platform as a person runs it: processes, on a port and in a folder of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.environment import PROJECT
from tests.servers import PATIENCE_SECONDS

#: What a bare machine has not.
OF_THE_TESTS = ("WORKIX_ENV", "WORKIX_ROLE_PREFIX", "WORKIX_MASTER_SECRET", "DATABASE_URL", "WORKIX_SETUP_DATABASE_URL")


@dataclass
class Platform:
    """The platform on a port and in a folder of its own: on the database of this worker, or on one it starts itself."""

    var: Path
    port: int
    bare: bool = False
    said: list[str] = field(default_factory=list)
    more: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if not (self.bare and name in OF_THE_TESTS)}
        return inherited | {
            "DJANGO_SETTINGS_MODULE": "workix.settings",
            "WORKIX_BIND": f"127.0.0.1:{self.port}",
            "WORKIX_PUBLIC_URL": f"http://localhost:{self.port}",
            "WORKIX_VAR": str(self.var),
            "WORKIX_WEB_WORKERS": "1",
            **self.more,
        }

    def manage(self, *command: str) -> subprocess.CompletedProcess[str]:
        return self.python(str(PROJECT / "manage.py"), *command)

    def python(self, *command: str) -> subprocess.CompletedProcess[str]:
        line = [sys.executable, *command]
        return subprocess.run(
            line,
            cwd=PROJECT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )

    def run(self) -> subprocess.Popen[str]:
        """Start it, and read until it has said everything."""
        line = [sys.executable, PROJECT / "manage.py", "run"]
        process = subprocess.Popen(
            line, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        assert process.stdout
        for said in process.stdout:
            self.said.append(said)
            if said.startswith("     -d"):
                break
        return process

    def pid_of(self, program: str) -> int:
        return int((self.var / "run" / f"{program}.pid").read_text().split()[0])
