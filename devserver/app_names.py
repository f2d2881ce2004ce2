"""Names of a new feature app (startapp_tenant): derived from one word, and refused where they would not work."""

from __future__ import annotations

import io
import re
import sys
import tokenize
from dataclasses import dataclass
from importlib.util import find_spec
from keyword import iskeyword, issoftkeyword
from pathlib import Path

from django.apps import apps
from django.core.management.base import CommandError
from django.urls import Resolver404, resolve

#: Names of indexes begin with it, and PostgreSQL's and Django's limit for those is 30.
LONGEST_NAME = 22
#: Words that SQL keeps for itself, among PostgreSQL's: a table of this name would need quotes everywhere.
RESERVED = frozenset(
    """all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation
    column concurrently constraint create cross current_catalog current_date current_role current_schema current_time
    current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign freeze from
    full grant group having ilike in initially inner intersect into is isnull join lateral leading left like limit localtime
    localtimestamp natural not notnull null offset on only or order outer overlaps placing primary references returning
    right select session_user similar some symmetric system_user table tablesample then to trailing true union unique user
    using values variadic verbose when where window with""".split()
)

_PLURALS = ((r"ies$", "y"), (r"(ss|x|z|ch|sh)es$", r"\1"), (r"(?<!s)s$", ""))
_PLACEHOLDER = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")


@dataclass(frozen=True, slots=True)
class AppNames:
    """What an app is called in code (data_sources, data_source) and in texts (data sources, data source)."""

    name: str
    singular: str

    @property
    def model(self) -> str:
        return self.singular.title().replace("_", "")

    def context(self) -> dict[str, str]:
        """Return what the templates call them."""
        names, one = self.name.replace("_", " "), self.singular.replace("_", " ")
        article = "an" if one[0] in "aeio" else "a"
        return {
            "singular": self.singular,
            "model": self.model,
            "config": self.name.title().replace("_", ""),
            "names": names,
            "one": one,
            "a_or_an": article,
            "a_one": f"{article} {one}",
            "one_title": f"{article.capitalize()} {one}",
            "title": names.capitalize(),
            "path": self.name.replace("_", "-"),
        }


def name_app(name: str, *, singular: str = "", template: Path) -> AppNames:
    """Derive every name from one.

    :raises CommandError: where one is no identifier, too long, or taken.
    """
    _refuse_no_word(name)
    names = AppNames(name, singular or _singular_of(name))
    _refuse_no_word(names.singular)
    if names.name == names.singular:
        raise CommandError(f"One and many are both called {name}: nobody could tell them apart.")
    _refuse_taken(names)
    clash = {names.name, names.singular, names.model} & _identifiers(template)
    if clash:
        raise CommandError(f"{', '.join(sorted(clash))} is a name that the app's own code needs. Choose another one.")
    return names


def _singular_of(name: str) -> str:
    singular = next((re.sub(end, one, name) for end, one in _PLURALS if re.search(end, name)), "")
    if not singular:
        raise CommandError(f"What is one of {name} called? Say it: --singular …")
    return singular


def _refuse_no_word(word: str) -> None:
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", word):
        raise CommandError(f"{word!r} is no name: use lower-case letters, digits and single underscores.")
    if iskeyword(word) or issoftkeyword(word):
        raise CommandError(f"{word} is a word of Python. Choose another one.")
    if len(word) > LONGEST_NAME:
        raise CommandError(f"{word} is too long: use at most {LONGEST_NAME} characters.")


def _refuse_taken(names: AppNames) -> None:
    if names.name in RESERVED:
        raise CommandError(f"{names.name} is a word of SQL, and no name for a table. Choose another one.")
    taken = {
        "a module of Python": names.name in sys.stdlib_module_names,
        "an installed app": names.name in {app.label for app in apps.get_app_configs()},
        "a package that can be imported": find_spec(names.name) is not None,
        "a table": names.name in {model._meta.db_table for model in apps.get_models()},
        "a path of the API": _is_path_of_the_api(names.context()["path"]),
    }
    for what, is_taken in taken.items():
        if is_taken:
            raise CommandError(f"{names.name} is taken: it is {what}. Choose another name.")


def _is_path_of_the_api(path: str) -> bool:
    try:
        resolve(f"/api/v1/{path}/")
    except Resolver404:
        return False
    return True


def _identifiers(template: Path) -> set[str]:
    """List the identifiers in the code of the templates: a name that is one of them would hide it."""
    texts = (_PLACEHOLDER.sub("_", file.read_text(encoding="utf-8")) for file in template.rglob("*.py-tpl"))
    tokens = (token for text in texts for token in tokenize.generate_tokens(io.StringIO(text).readline))
    return {token.string for token in tokens if token.type == tokenize.NAME}
