"""One thing an operator can set, and how it is found in an environment."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workix.foundation.secret_files import keep_secret, read_secret


@dataclass(frozen=True)
class Setting:
    """One setting. `default` is written as it would be in the environment; None leaves it unset.

    `parse` raises ValueError with the end of a sentence: "must be true or false".
    `made` draws the value that is kept in a file where nobody set one and none is demanded.
    """

    name: str
    parse: Callable[[str], Any]
    default: str | None
    help: str
    secret: bool = False
    production_required: bool = False
    made: Callable[[], str] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The variables this setting is read from: a secret may lie in the file that `NAME_FILE` names."""
        return (self.name, f"{self.name}_FILE") if self.secret else (self.name,)


def setting(name: str, parse: Callable[[str], Any], default: str | None, purpose: str, /, **traits: Any) -> Any:
    """Declare a dataclass field that is a setting."""
    return field(metadata={"setting": Setting(name, parse, default, purpose, **traits)})


@dataclass
class Reading:
    """One pass over an environment. What is wrong with it is gathered in `faults`, as sentences without secrets."""

    environ: Mapping[str, str]
    vault: Path
    demanding: bool
    faults: list[str] = field(default_factory=list)

    def value(self, setting: Setting) -> Any:
        """Find and parse one setting; None when it is unset or at fault."""
        try:
            text = self._text(setting)
            return None if text is None else setting.parse(text)
        except UnicodeDecodeError:
            self.faults.append(f"{setting.name} lies in a file that is not UTF-8 text.")
        except OSError as error:
            self.faults.append(f"{setting.name} cannot be read from {error.filename}: {error.strerror}.")
        except ValueError as error:
            given = "" if setting.secret else f", not {self.environ.get(setting.name)!r}"
            self.faults.append(f"{setting.name} {error}{given}.")
        return None

    def note_unknown(self, known: tuple[Setting, ...], *, beginning: str) -> None:
        """Find fault with every variable that begins like ours and is none of ours."""
        names = [name for each in known for name in each.names]
        for name in sorted(self.environ):
            if name.startswith(beginning) and name not in names:
                self.faults.append(f"{name} is no setting{_closest(name, names)}.")

    def _text(self, setting: Setting) -> str | None:
        given = [name for name in setting.names if self.environ.get(name)]
        if len(given) > 1:
            raise ValueError(f"is set twice: unset it or {setting.names[1]}")
        if not given:
            return self._unset(setting)
        text = self.environ[given[0]]
        return text if given[0] == setting.name else read_secret(Path(text)).reveal()

    def _unset(self, setting: Setting) -> str | None:
        if self.demanding and setting.production_required:
            self.faults.append(f"{' or '.join(setting.names)} must be set in production. {setting.help}")
            return None
        if setting.made:
            name = setting.name.removeprefix("WORKIX_").lower()
            return keep_secret(self.vault / name, setting.made).reveal()
        return setting.default


def _closest(name: str, names: list[str]) -> str:
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.75)
    return f": did you mean {near[0]}" if near else ", see .env.example"
