"""Keyed hashes: the same for the same, and useless for anything else."""

from __future__ import annotations

from pytest_django.fixtures import Settings

from workix.config.keyed_hash import keyed_digest, keyed_hash
from workix.config.secrets import Secret


def test_a_hash_is_64_hexadecimal_digits_of_its_digest() -> None:
    found = keyed_hash("address", "alice@acme.example")
    assert found == keyed_hash("address", "alice@acme.example") == keyed_digest("address", b"alice@acme.example").hex()
    assert (len(found), found == keyed_hash("address", "bob@acme.example")) == (64, False)


def test_each_purpose_has_a_key_of_its_own() -> None:
    assert keyed_hash("address", "x") != keyed_hash("token", "x")


def test_another_master_secret_makes_other_hashes(settings: Settings) -> None:
    before = keyed_hash("address", "x")
    settings.WORKIX = settings.WORKIX.model_copy(update={"master_secret": Secret("another" * 8)})
    assert keyed_hash("address", "x") != before
