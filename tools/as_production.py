"""Runs one of the platform's commands as production would: with an environment made for the occasion."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys

from workix.config.values import make_signing_key


def environment() -> dict[str, str]:
    """Make an environment that production accepts. Nothing in it leads anywhere."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {
        "WORKIX_ENV": "production",
        "SECRET_KEY": secrets.token_urlsafe(48),
        "WORKIX_MASTER_SECRET": secrets.token_urlsafe(48),
        "WORKIX_SIGNING_KEYS": make_signing_key(),
        "WORKIX_PUBLIC_URL": "https://api.workix.example",
        "DATABASE_URL": "postgresql://owner:nobody@database.invalid/workix",
        "EMAIL_URL": "smtps://user:nobody@mail.invalid",
    }


if __name__ == "__main__":
    sys.exit(subprocess.run([sys.executable, *sys.argv[1:]], env=environment(), check=False).returncode)
