"""Signed tokens: only what we wrote, for the purpose we wrote it."""

from __future__ import annotations

import base64
import uuid

import pytest
from pytest_django.fixtures import Settings

from accounts.tokens import signed_tokens
from accounts.tokens.signed_tokens import Subject
from workix.config.secrets import Secret

SUBJECT = Subject(uuid.UUID(int=7), uuid.UUID(int=9))


def bytes_of(token: str) -> bytearray:
    return bytearray(base64.urlsafe_b64decode(token + "=="))


def text_of(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def test_what_was_written_is_read_back() -> None:
    token = signed_tokens.write("confirm", SUBJECT)
    assert (signed_tokens.read("confirm", token), len(token)) == (SUBJECT, 86)


def test_a_token_of_the_platform_names_no_organization() -> None:
    subject = Subject(None, uuid.UUID(int=9))
    assert signed_tokens.read("confirm", signed_tokens.write("confirm", subject)) == subject


def test_two_tokens_about_the_same_differ() -> None:
    assert signed_tokens.write("confirm", SUBJECT) != signed_tokens.write("confirm", SUBJECT)


def test_a_token_of_another_purpose_is_not_ours() -> None:
    assert signed_tokens.read("refresh", signed_tokens.write("confirm", SUBJECT)) is None


@pytest.mark.requirement("S135")
def test_any_changed_byte_breaks_the_signature() -> None:
    token = signed_tokens.write("confirm", SUBJECT)
    assert signed_tokens.read("confirm", text_of(bytes_of(token))) == SUBJECT
    for index in range(64):
        raw = bytes_of(token)
        raw[index] ^= 1
        assert signed_tokens.read("confirm", text_of(raw)) is None, index


@pytest.mark.requirement("S135")
@pytest.mark.parametrize(
    "garbage", ["", "x", "a" * 86, "a" * 85, "a" * 10_000, "ümlaut", "\x00" * 86, "=" * 86, "a b", "🙂" * 86], ids=repr
)
def test_garbage_is_about_nothing(garbage: str) -> None:
    assert signed_tokens.read("confirm", garbage) is None


def test_neither_more_nor_less_than_a_token_is_one() -> None:
    token = signed_tokens.write("confirm", SUBJECT)
    for other in (token[:-1], token + "A", token + "AA", token * 2, token[4:]):
        assert signed_tokens.read("confirm", other) is None


def test_with_another_master_secret_old_tokens_are_void(settings: Settings) -> None:
    token = signed_tokens.write("confirm", SUBJECT)
    settings.WORKIX = settings.WORKIX.model_copy(update={"master_secret": Secret("another" * 8)})
    assert signed_tokens.read("confirm", token) is None


def test_what_is_kept_depends_on_purpose_and_token() -> None:
    kept = {signed_tokens.hash_of(purpose, token) for purpose in ("confirm", "refresh") for token in ("a", "b")}
    assert ({len(each) for each in kept}, len(kept)) == ({64}, 4)
