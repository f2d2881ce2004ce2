"""Django's SECRET_KEY and SECRET_KEY_FALLBACKS, which follow their files while the platform runs (key rotation)."""

from __future__ import annotations

from collections import UserString
from collections.abc import Iterator

from workix.config.secrets import Secret


class LiveSecretKey(UserString):
    """SECRET_KEY, revealed whenever something is signed. See Note [Made at first use] and Note [Replaced while we run].

    Django asks for its truth whenever anybody reads the setting, and libraries read it when they are imported.
    """

    def __init__(self, key: Secret) -> None:
        self._key = key

    @property
    def data(self) -> str:  # type: ignore[override]  # UserString keeps a text there; this one is asked for anew
        return self._key.reveal()

    def __getitem__(self, index: object) -> str:  # type: ignore[override]  # UserString's makes another of its kind
        return self.data[index]  # type: ignore[index]  # a number or a slice

    def __bool__(self) -> bool:
        return True

    def __repr__(self) -> str:
        return "LiveSecretKey(********)"


class LiveSecretKeys(list[str]):
    """SECRET_KEY_FALLBACKS: what was SECRET_KEY before, and still verifies. A list, since Django insists on one."""

    def __init__(self, keys: Secret | None) -> None:
        super().__init__()
        self._keys = keys

    def __iter__(self) -> Iterator[str]:
        return iter(self._revealed())

    def __len__(self) -> int:
        return len(self._revealed())

    def __bool__(self) -> bool:
        return bool(self._keys)

    def __repr__(self) -> str:
        return "LiveSecretKeys(********)"

    def _revealed(self) -> list[str]:
        return self._keys.reveal().split(",") if self._keys else []
