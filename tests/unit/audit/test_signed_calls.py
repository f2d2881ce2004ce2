"""A signed call is a text with its MAC: HMAC-SHA256 as in RFC 2104, under a key of the master secret."""

from __future__ import annotations

import hashlib
import hmac
import json
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from pytest_django import Settings

from audit.signed_calls import INNER, padded_keys, sign
from workix.config.secrets import Secret
from workix.core.current import Current, NoOrganizationInScope

ACME = UUID("01a206e4-4f12-7b0a-ac0e-50db732c6473")


def organization(identity: UUID = ACME) -> Any:
    return SimpleNamespace(id=identity)


def test_the_text_says_function_organization_and_arguments() -> None:
    with Current.scoped(organization=organization()):
        signed, _ = sign("consume_quota", amount=3, consumption=ACME, resource="executions")
    assert json.loads(signed) == {
        "function": "consume_quota",
        "organization": str(ACME),
        "amount": 3,
        "consumption": str(ACME),
        "resource": "executions",
    }


def test_no_argument_passes_for_function_or_organization() -> None:
    with Current.scoped(organization=organization()):
        signed, _ = sign("consume_quota", organization="another")
    assert json.loads(signed) == {"function": "consume_quota", "organization": str(ACME)}


def test_the_padded_keys_make_the_same_mac_with_two_plain_hashes() -> None:
    with Current.scoped(organization=organization()):
        signed, mac = sign("consume_quota", label="Zoë \x00 “q”")
    inner, outer = padded_keys()
    assert (len(inner), len(outer)) == (64, 64)
    assert mac == hashlib.sha256(outer + hashlib.sha256(inner + signed.encode()).digest()).digest()
    key = bytes(byte ^ INNER for byte in inner)
    assert mac == hmac.digest(key, signed.encode(), "sha256")


def test_another_secret_makes_another_key(settings: Settings) -> None:
    with Current.scoped(organization=organization()):
        before, signed = padded_keys(), sign("consume_quota")
    settings.WORKIX = settings.WORKIX.model_copy(update={"master_secret": Secret("another secret " * 3)})
    assert set(before) & set(padded_keys()) == set()
    with Current.scoped(organization=organization()):
        assert sign("consume_quota")[1] != signed[1]


def test_without_an_organization_nothing_is_signed() -> None:
    with pytest.raises(NoOrganizationInScope):
        sign("consume_quota")
