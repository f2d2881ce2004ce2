"""Secrets: made when they are first revealed, once, and shown to nobody who did not ask."""

from __future__ import annotations

import copy
import math
from itertools import count
from pathlib import Path

import pytest
from django.core import signing
from django.core.signing import Signer
from django.test import override_settings
from django.utils.encoding import force_bytes

from workix.config.errors import ConfigurationError
from workix.config.keys.secret_key import LiveSecretKey, LiveSecretKeys
from workix.config.secrets import KeptSecret, LiveSecret, Secret, replace_secret


def kept(folder: Path, *, drawn: str = "drawn") -> KeptSecret:
    return KeptSecret(folder / "secrets" / "key", lambda: drawn, Secret, name="KEY")


def test_a_kept_secret_is_made_when_it_is_first_revealed(tmp_path: Path) -> None:
    secret = kept(tmp_path)
    assert (f"{secret} {secret!r}", list(tmp_path.iterdir())) == ("******** Secret(********)", [])
    assert (secret.reveal(), (tmp_path / "secrets" / "key").read_text()) == ("drawn", "drawn")


def test_whoever_comes_second_gets_what_the_first_made(tmp_path: Path) -> None:
    first, second = kept(tmp_path, drawn="first"), kept(tmp_path, drawn="second")
    assert (first.reveal(), second.reveal(), first == second) == ("first", "first", True)


def test_a_secret_that_cannot_be_kept_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "secrets").touch()
    with pytest.raises(ConfigurationError) as refusal:
        kept(tmp_path).reveal()
    assert refusal.value.faults == (f"KEY cannot be kept in {tmp_path / 'secrets' / 'key'}: Not a directory.",)


def test_a_secret_is_shared_by_copies(tmp_path: Path) -> None:
    secret = kept(tmp_path)
    assert (copy.copy(secret) is secret, copy.deepcopy([secret])[0] is secret) == (True, True)


def test_secrets_are_equal_when_their_texts_are() -> None:
    assert [Secret("a") == other for other in (Secret("a"), Secret("b"), "a")] == [True, False, False]
    assert (len({Secret("a"), Secret("a"), Secret("b")}), bool(Secret(""))) == (2, False)


def test_the_secret_key_is_true_and_not_shown_before_anybody_signs() -> None:
    revealed = count()

    class Watched(Secret):
        def reveal(self) -> str:
            next(revealed)
            return super().reveal()

    key = LiveSecretKey(Watched("a key"))
    assert (bool(key), repr(key), next(revealed)) == (True, "LiveSecretKey(********)", 0)
    assert Signer(key=key).sign("x") == Signer(key="a key").sign("x")
    assert (force_bytes(key), len(set(key)), repr(key)) == (b"a key", 5, "LiveSecretKey(********)")


def test_what_was_signed_with_the_key_before_is_good_while_it_is_a_fallback(tmp_path: Path) -> None:
    file = tmp_path / "secret_key"
    file.write_text("an old key")
    secret = LiveSecret(Secret("an old key"), file, Secret)
    fallbacks = LiveSecretKeys(None)
    with override_settings(SECRET_KEY=LiveSecretKey(secret), SECRET_KEY_FALLBACKS=fallbacks):
        signed = signing.dumps({"a": 1})
        replace_secret(file, "a new key")
        secret._looked_at = -math.inf  # as if seconds had passed
        with pytest.raises(signing.BadSignature):
            signing.loads(signed)
        with override_settings(SECRET_KEY_FALLBACKS=LiveSecretKeys(Secret("older,an old key"))):
            assert signing.loads(signed) == {"a": 1}
    assert (repr(fallbacks), len(fallbacks), list(LiveSecretKeys(Secret("a,b")))) == (
        "LiveSecretKeys(********)",
        0,
        ["a", "b"],
    )
