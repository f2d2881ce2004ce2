"""Environments the tests of the configuration begin with."""

from __future__ import annotations

from pathlib import Path

import pytest

from workix.config.environment import read
from workix.config.errors import ConfigurationError
from workix.config.values import make_signing_key

KEY = make_signing_key().strip()
SECRET_KEY = "Qm9vbnRvd24gYmVhY2ggaXMgbmljZSBpbiBzdW1tZXI"
MASTER = "nU4sJx0qv8ZcQ1y7TgWm3LkR9bHdFeVa"
PRODUCTION = {
    "WORKIX_ENV": "production",
    "SECRET_KEY": SECRET_KEY,
    "WORKIX_MASTER_SECRET": MASTER,
    "WORKIX_SIGNING_KEYS": KEY,
    "DATABASE_URL": "postgresql://owner:p%40ss@db:6432/workix?sslmode=require",
    "WORKIX_PUBLIC_URL": "https://api.workix.example",
    "EMAIL_URL": "smtps://mailer:m%2Fail@mail.example",
}


def faults(environ: dict[str, str], base: Path) -> tuple[str, ...]:
    """Return what `read` refuses this environment for."""
    with pytest.raises(ConfigurationError) as refusal:
        read(environ, base=base)
    return refusal.value.faults
