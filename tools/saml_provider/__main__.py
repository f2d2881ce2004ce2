"""Installs the SAML identity provider (npm: samlp) where its test looks for it: `python -m tools.saml_provider`."""

from __future__ import annotations

from pathlib import Path

from tools.npm import install

FOLDER = Path("var/saml_provider").resolve()

if __name__ == "__main__":
    install(Path(__file__).parent, FOLDER, "provider.js", without="no identity provider of others signs on")
