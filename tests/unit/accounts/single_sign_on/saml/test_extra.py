"""The SAML extra: whoever does not install it runs everything else, and is told what is missing."""

from __future__ import annotations

import subprocess
import sys

import pytest

from accounts.single_sign_on.saml import extra
from tests.environment import PROJECT


def test_it_is_installed_where_the_tests_run() -> None:
    extra.require()

    assert extra.is_installed()


def test_where_it_is_missing_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "signxml", None)

    with pytest.raises(extra.SamlNotInstalled):
        extra.require()


@pytest.mark.slow
def test_the_platform_starts_without_it() -> None:
    """Every URL is there, and nothing has asked for native code that reads XML."""
    ask = (
        "import django; django.setup(); import workix.urls, sys; print(sorted({'lxml', 'signxml'} & set(sys.modules)))"
    )

    said = subprocess.run([sys.executable, "-c", ask], cwd=PROJECT, capture_output=True, text=True, check=True)

    assert said.stdout == "[]\n"
