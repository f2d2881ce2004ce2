"""Production strictness: the settings it must be told, and those it refuses as unsafe (DEBUG, http, weak secrets)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from workix.config.errors import Fault
from workix.config.fields import Setting
from workix.config.secrets import Secret
from workix.config.values import KEY_LENGTH, boolean

_VARIETY = 8
_KNOWN = ("django-insecure", "change-me", "changeme", "example", "insecure", "secret", "password")
_KEYS = ("SECRET_KEY", "WORKIX_MASTER_SECRET")
_LISTS = ("WORKIX_ROLE_SECRETS", "WORKIX_DIRECTORY_KEYS")


def refused(given: Mapping[str, Any], settings: Iterable[Setting]) -> dict[str, Fault]:
    """Say of each setting why production does not start with it."""
    missing = {each.name: [_must_be_set(each)] for each in settings if _is_missing(each, given)}
    unsafe: dict[str, list[str]] = {}
    for name, sentence in _unsafe(given):
        unsafe.setdefault(name, []).append(sentence)
    return {name: Fault(*found) for name, found in (missing | unsafe).items()}


def _is_missing(setting: Setting, given: Mapping[str, Any]) -> bool:
    return setting.production_required and setting.name not in given


def _must_be_set(setting: Setting) -> str:
    return f"{' or '.join(setting.names)} must be set in production. {setting.help}"


def _unsafe(given: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Look at what was written, not at what it means: so these are found although something else is malformed."""
    with suppress(ValueError):
        if boolean(given.get("WORKIX_DEBUG", "false")):
            yield (
                "WORKIX_DEBUG",
                "WORKIX_DEBUG must be off in production: its error pages show the source and the settings.",
            )
    if not given.get("WORKIX_PUBLIC_URL", "https://").lower().startswith("https://"):
        yield (
            "WORKIX_PUBLIC_URL",
            "WORKIX_PUBLIC_URL must begin with https:// in production: over http tokens travel in the open.",
        )
    for name in _LISTS:
        listed = given.get(name)
        if isinstance(listed, Secret) and any(map(_guessable, _keys_of(listed))):
            yield name, f"{name} has a key that can be guessed: draw a new one with `openssl rand -base64 48`."
    keys = {name: given[name] for name in _KEYS if isinstance(given.get(name), Secret)}
    for name, key in keys.items():
        if _guessable(key.reveal()):
            yield name, f"{name} can be guessed: draw a new one with `openssl rand -base64 48`."
    if len(keys) > 1 and len(set(keys.values())) == 1:
        yield _KEYS[1], "SECRET_KEY and WORKIX_MASTER_SECRET must differ: who learns one must not have both."


def _keys_of(listed: Secret) -> list[str]:
    return [each.strip() for each in listed.reveal().split(",") if each.strip()]


def _guessable(text: str) -> bool:
    return len(text) < KEY_LENGTH or len(set(text)) < _VARIETY or text.lower().startswith(_KNOWN)
