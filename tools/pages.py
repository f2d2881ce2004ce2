"""Writes what is generated: .env.example, docs/configuration.md, docs/map.md, docs/where-to-look.md, dashboards, rules."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from types import MappingProxyType

from tools import where_to_look
from tools.dashboards.files import DASHBOARDS
from tools.kubernetes import prometheus_rule
from tools.packages import CHECKED_BESIDE, folder_of, foundation, is_own_test
from workix.config.environment import PROJECT, SETTINGS
from workix.config.fields import Setting

_UNMAPPED = ("migrations", "__pycache__")

_EXAMPLE_HEAD = """\
# Everything an operator can set. What is commented out has the value shown, or none.
# A secret may lie in a file instead: SECRET_KEY_FILE names the file that holds SECRET_KEY, and so for every secret.
"""
_CONFIGURATION_HEAD = """\
# Configuration

Everything an operator can set, read once when a process starts. All faults are reported at once; an unknown
`WORKIX_…` variable is one of them. A secret may lie in a file: `SECRET_KEY_FILE` names the file that holds
`SECRET_KEY`, and so for every setting marked *secret*. Generated from `workix/config/environment.py` by `make docs`.

| setting | unset means | what it does |
|---|---|---|
"""
_MAP_HEAD = """\
# The map

Every file of the foundation has one purpose, and its first line says which. Generated from those lines by `make docs`.
A feature app is not in it: its folder is laid out like every other's ([a new app](new-app.md)), and a new one changes no page.
"""


def env_example() -> str:
    """Write .env.example: each setting with its purpose, commented out."""
    return _EXAMPLE_HEAD + "".join(f"\n# {each.help}\n# {each.name}={each.default or ''}\n" for each in SETTINGS)


def configuration() -> str:
    """Write docs/configuration.md: a row a setting."""
    rows = (f"| `{each.name}` | {_unset(each)} | {_cell(each.help)}{_traits(each)} |\n" for each in SETTINGS)
    return _CONFIGURATION_HEAD + "".join(rows)


def house_map() -> str:
    """Write docs/map.md: a row a file."""
    return _MAP_HEAD + "".join(
        f"\n## {folder}/\n\n| file | purpose |\n|---|---|\n" + "".join(_map_row(file) for file in files)
        for folder, files in groupby(_mapped_files(), key=lambda file: file.parent.relative_to(PROJECT).as_posix())
    )


def first_line(file: Path) -> str:
    """Return what a file says it is for: the first line of its docstring, or of the comment an SQL file opens with."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".sql":
        return text.partition("\n")[0].removeprefix("-- ") if text.startswith("-- ") else ""
    return (ast.get_docstring(ast.parse(_opening(text))) or "").partition("\n")[0]


def _opening(text: str) -> str:
    """Cut a file of Python off behind its docstring: to parse the rest takes a hundred times as long."""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.NEWLINE:
            return "\n".join(text.split("\n")[: token.end[0]])
        if token.type not in (tokenize.STRING, tokenize.COMMENT, tokenize.NL):
            break
    return ""


#: Page -> what it must say.
PAGES: Mapping[Path, Callable[[], str]] = MappingProxyType(
    {
        PROJECT / ".env.example": env_example,
        PROJECT / "docs" / "configuration.md": configuration,
        PROJECT / "docs" / "map.md": house_map,
        PROJECT / "docs" / "where-to-look.md": where_to_look.page,
        prometheus_rule.FILE: prometheus_rule.prometheus_rule,
        **{file: dashboard.document for file, dashboard in DASHBOARDS.items()},
    }
)


def _unset(setting: Setting) -> str:
    if setting.production_required:
        return "refused in production" + (f"; else `{setting.default}`" if setting.default else "")
    return f"`{setting.default}`" if setting.default else "none"


def _traits(setting: Setting) -> str:
    return " *secret*" if setting.secret else ""


def _mapped_files() -> Iterator[Path]:
    for folder in map(folder_of, (*foundation(), *CHECKED_BESIDE)):
        files = [*(PROJECT / folder).rglob("*.py"), *(PROJECT / folder).rglob("*.sql")]
        kept = (file for file in files if _has_a_row(file))
        yield from sorted(kept, key=lambda file: (file.parent.as_posix(), file.name))


def _has_a_row(file: Path) -> bool:
    return not set(_UNMAPPED) & set(file.parts) and file.name != "__init__.py" and not is_own_test(file)


def _map_row(file: Path) -> str:
    return f"| `{file.name}` | {_cell(first_line(file))} |\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


if __name__ == "__main__":
    for page, written in PAGES.items():
        page.write_text(written(), encoding="utf-8")
        print(page.relative_to(PROJECT))
