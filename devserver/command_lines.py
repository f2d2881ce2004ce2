"""Reads the command line of a process (/proc/PID/cmdline, ps): the proof that a pid still is the process that was meant."""

from __future__ import annotations

import subprocess
from pathlib import Path


def command_line_of(pid: int) -> str:
    """Read a process's command; nothing when it is gone, or a zombie that only waits for its parent."""
    if Path("/proc/self").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_text(errors="surrogateescape").replace("\0", " ").rstrip()
        except OSError:
            return ""
    command = ["/bin/ps", "-ww", "-o", "command=", "-p", str(pid)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.rstrip()
