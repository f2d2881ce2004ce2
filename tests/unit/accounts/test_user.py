"""Addresses of people, as they are kept and as they are shown of strangers."""

from __future__ import annotations

import pytest

from accounts.models.user import mask_address


@pytest.mark.fault("D5")
@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("carol@acme.example", "c***@acme.example"),
        ("c@acme.example", "c***@acme.example"),
        ("", "***"),
        ("a long password of mine", "***"),
        ("pass@word", "***"),
        ("pass@2024!.x", "***"),
        ("a@b@acme.example", "***"),
        ("@acme.example", "***"),
        ("carol@acme.example\n", "***"),
    ],
    ids=repr,
)
def test_a_strangers_address_shows_a_letter_and_the_domain_and_a_password_nothing(typed: str, shown: str) -> None:
    assert mask_address(typed) == shown
