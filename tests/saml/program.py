"""A SAML identity provider that others wrote (samlp for Node.js), run as a program: `make saml-provider` installs it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.environment import PROJECT
from tests.saml.keys import pem, rsa_key

HOME = PROJECT / "var" / "saml_provider"
NODE = shutil.which("node")
MISSING = "The SAML provider is not installed, or Node.js is not: make saml-provider."


def is_installed() -> bool:
    return NODE is not None and (HOME / "node_modules").exists()


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """Run the provider, which ends with its standard input."""
    key = rsa_key("provider")
    (folder / "key.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    (folder / "certificate.pem").write_text(pem(key))
    command = [str(NODE), str(HOME / "provider.js"), str(folder / "key.pem"), str(folder / "certificate.pem")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
