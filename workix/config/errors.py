"""Configuration errors: everything that is wrong with the environment, in sentences that hold no secret."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ImproperlyConfigured


class ConfigurationError(ImproperlyConfigured):
    """Says everything that is wrong with the environment at once; never shows a secret."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        lines = ["Workix cannot start with this environment:", *(f"  - {fault}" for fault in self.faults)]
        super().__init__("\n".join(lines))


class Fault(ValueError):
    """Whole sentences about a setting. A settings source gives one where it can give no value."""

    def __init__(self, *sentences: str) -> None:
        self.sentences = sentences
        super().__init__(" ".join(sentences))
