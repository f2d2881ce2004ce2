"""Passwords of roles: derived, so that nothing is stored, and sent as the verifier a server would keep."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re

import pytest

from tenants.isolation.credentials import ITERATIONS, password_of, verifier_of


def test_a_password_has_256_bits_and_depends_on_role_and_version() -> None:
    found = {password_of(role, version).reveal() for role in ("org_a", "org_b") for version in (1, 2)}
    assert len(found) == 4
    assert {len(base64.urlsafe_b64decode(each + "=")) for each in found} == {32}
    assert password_of("org_a", 1) == password_of("org_a", 1)


@pytest.mark.requirement("S79")
def test_a_password_does_not_show_itself() -> None:
    assert (repr(password_of("org_a", 1)), str(password_of("org_a", 1))) == ("Secret(********)", "********")


def test_a_verifier_is_what_rfc_5802_computes() -> None:
    match = re.fullmatch(r"SCRAM-SHA-256\$(\d+):([^$]+)\$([^:]+):(.+)", verifier_of("org_a", 1))
    assert match is not None
    count, salt, stored, server = match[1], *map(base64.b64decode, match.groups()[1:])
    salted = hashlib.pbkdf2_hmac("sha256", password_of("org_a", 1).reveal().encode(), salt, int(count))
    client_key = hmac.digest(salted, b"Client Key", "sha256")
    expected = (str(ITERATIONS), hashlib.sha256(client_key).digest(), hmac.digest(salted, b"Server Key", "sha256"))
    assert (count, stored, server) == expected
    assert verifier_of("org_a", 1) == verifier_of("org_a", 1) != verifier_of("org_a", 2)
