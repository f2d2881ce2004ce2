"""Tells whether the SAML extra is installed: signxml and lxml, by requirements-saml.txt. See Note [The SAML extra]."""

from __future__ import annotations

from importlib.util import find_spec

from workix.core.errors import Conflict

MISSING = (
    "SAML is not installed on this platform. Whoever operates it installs requirements-saml.txt; "
    "OpenID Connect works without."
)


class SamlNotInstalled(Conflict):
    code = "saml_not_installed"
    detail = MISSING


def is_installed() -> bool:
    """Say whether SAML works here."""
    return find_spec("signxml") is not None


def require() -> None:
    """Make sure that it does.

    :raises SamlNotInstalled: when it does not.
    """
    if not is_installed():
        raise SamlNotInstalled
