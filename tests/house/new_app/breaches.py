"""Breaches: each breaks one rule in one file of a feature app, with the guard that looks and what it has to say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.house.new_app.project_copy import APP, ProjectCopy

Guard = Callable[[ProjectCopy], tuple[int, str]]

APPS, MODELS, EDITING, ADMIN, VIEWS = (
    f"{APP}/{file}.py" for file in ("apps", "models", "editing", "admin", f"api/{APP}")
)


@dataclass(frozen=True)
class Breach:
    """What `change` does to `file` is refused by `guard`, with the rule, the place and how to mend it.

    `alone`: it would hide what else the guard finds.
    """

    file: str
    change: Callable[[str], str]
    guard: Guard
    rule: str
    place: str
    mend: str
    alone: bool = False

    @property
    def says(self) -> tuple[str, str, str]:
        return self.rule, self.place, self.mend


def without(text: str) -> Callable[[str], str]:
    return lambda source: source.replace(text, "", 1)


def instead(old: str, new: str) -> Callable[[str], str]:
    return lambda source: source.replace(old, new, 1)


def also(text: str) -> Callable[[str], str]:
    return lambda source: source + text


def imports(line: str) -> Callable[[str], str]:
    return instead("from __future__ import annotations\n", f"from __future__ import annotations\n\n{line}\n")


def check(project: ProjectCopy) -> tuple[int, str]:
    """Start Django: what a check refuses, no server starts with."""
    return project.manage("check")


def contracts(project: ProjectCopy) -> tuple[int, str]:
    return project.run("-m", "tools.import_contracts")


def house(project: ProjectCopy) -> tuple[int, str]:
    tests = (
        "test_files",
        "test_raw_sql",
        "test_untested",
        "apps/test_migrations.py::test_the_models_have_every_migration",
    )
    files = (f"tests/house/{each}" if "::" in each else f"tests/house/{each}.py" for each in tests)
    return project.guard(
        *files, f"{APP}/tests/factory.py"
    )  # with the app, whose folder is named: no test is in that file


def document(project: ProjectCopy) -> tuple[int, str]:
    asked = ("spectacular", "--validate", "--fail-on-warn", "--file", "/dev/null")
    return project.run("-m", "tools.as_production", "manage.py", *asked)


_LONG = "\n\ndef wait() -> int:\n    waited = 0\n" + "    waited += 1\n" * 30 + "    return waited\n"
_RAW = (
    '\n\ndef forget(connection: models.Model) -> None:\n    connection.cursor().execute("DELETE FROM data_sources")\n'
)
_NEIGHBOUR = (
    f'"""Runs data sources: a second feature app."""\n\nfrom {APP}.models import DataSource\n\nRUNS = DataSource\n'
)

BREACHES = {
    # What a system check refuses.
    "an unaudited model": Breach(
        MODELS,
        without('@audited("data_source")\n'),
        check,
        "Rule: every tenant model is audited",
        "data_sources.DataSource",
        'Mend: put @audited("<resource>") on the model, or @not_audited("<why>")',
    ),
    "an unclassified column": Breach(
        MODELS,
        instead("name = ordinary(SingleLineField(max_length=200))", "name = SingleLineField(max_length=200)"),
        check,
        "Rule: every column is classified: personal, secret or ordinary",
        "data_sources.DataSource.name",
        "Mend: wrap it in ordinary(), personal() or secret()",
    ),
    "a key that counts": Breach(
        MODELS,
        instead(
            "class DataSource(Record):", "class DataSource(models.Model):\n    id = models.AutoField(primary_key=True)"
        ),
        check,
        "Rule: a key tells nobody how many rows there are",
        "data_sources.DataSource",
        "Mend: derive the model from workix.core.models.Record",
        alone=True,
    ),
    "a permission nobody described": Breach(
        APPS,
        instead('"Read the data sources."', '""'),
        check,
        "Rule: a permission says what it allows",
        "data_sources: data_sources:read",
        "Mend: describe it in a sentence",
    ),
    "privileges on another app's table": Breach(
        APPS,
        also('    privileges = {"users": ()}\n'),
        check,
        "Rule: an app narrows privileges on its own tables",
        "data_sources: users",
        "Mend: name a table of the app",
    ),
    "an AppConfig that declares nothing": Breach(
        APPS,
        lambda _: f'"""An app."""\n\nfrom django.apps import AppConfig\n\n\nclass C(AppConfig):\n    name = "{APP}"\n',
        check,
        "Rule: a feature app declares what is its own",
        "data_sources",
        "Mend: let its AppConfig, in apps.py, extend workix.core.apps.TenantAppConfig",
        alone=True,
    ),
    "an action without a permission": Breach(
        VIEWS,
        without('        "partial_update": "data_sources:write",\n'),
        check,
        "Rule: every action names its permission",
        "data_sources.api.data_sources.DataSourceViewSet.partial_update",
        "Mend: name it in the view's `required_permissions`",
    ),
    "a filter without an index": Breach(
        MODELS,
        instead('models.Index(fields=("is_enabled", ', 'models.Index(fields=("updated_at", '),
        check,
        "Rule: every filter and ordering on offer has an index that serves it",
        "data_sources.api.data_sources.DataSourceViewSet: is_enabled",
        'Mend: add models.Index(fields=("is_enabled", …)) to the model, and a migration',
    ),
    "a page with a permission nobody declared": Breach(
        ADMIN,
        instead('"view": "data_sources:read"', '"view": "data_sources:look"'),
        check,
        "Rule: every page names declared permissions",
        "data_sources.admin.DataSourceAdmin",
        'Mend: name a declared permission for "view"',
    ),
    "rows that count as nothing": Breach(
        MODELS,
        instead('@counted("data_sources")', '@counted("sources")'),
        check,
        "Rule: rows are counted as a declared resource",
        "data_sources.DataSource: sources",
        "Mend: declare it in the `resources` of the app's TenantAppConfig",
    ),
    # What a house test refuses.
    "a column without a migration": Breach(
        MODELS,
        instead("max_length=200", "max_length=100"),
        house,
        "Rule: every change of a model has a migration",
        "Alter field name on datasource",
        "Mend: manage.py makemigrations",
    ),
    "a long function": Breach(
        EDITING,
        also(_LONG),
        house,
        "Rule: a function has at most 30 lines",
        "wait: 33 lines",
        "Mend: give its steps names of their own",
    ),
    "raw SQL without a reason": Breach(
        MODELS,
        also(_RAW),
        house,
        "Rule: raw SQL stands only in a file that says why",
        "connection.cursor().execute('DELETE FROM data_sources')",
        "Mend: use a queryset or a method of the model. If that can't do it, say why in the file",
    ),
    "a junk drawer": Breach(
        f"{APP}/utils.py",
        also('"""Odds and ends."""\n'),
        house,
        "Rule: nothing is called base, common, helper",
        "data_sources/utils.py",
        "Mend: name it for what it does",
    ),
    "a test that does not say what it is for": Breach(
        f"{APP}/tests/test_more.py",
        also("def test_it() -> None: ...\n"),
        house,
        "Rule: the first line of a file says what it is for",
        "data_sources/tests/test_more.py",
        "Mend: open it with a docstring",
    ),
    "an untested file": Breach(
        f"{APP}/exports.py",
        also('"""Exports data sources."""\n'),
        house,
        "Rule: every file is tested",
        "data_sources/exports.py",
        "in a feature app tests/test_<module>.py",
    ),
    # What an import contract refuses.
    "an upward import inside the app": Breach(
        MODELS,
        imports(f"from {APP}.api import urls"),
        contracts,
        "Rule: models and capabilities import no entry point",
        "data_sources.models -> data_sources.api.urls",
        "Mend: move what both need into a module named for what it does, beside models",
    ),
    "an import of the app's own tests": Breach(
        EDITING,
        imports(f"from {APP}.tests import factory"),
        contracts,
        "nothing imports tests",
        "data_sources.editing -> data_sources.tests.factory",
        "Mend: move what both need into a module named for what it does, beside models",
    ),
    "an upward import from a floor": Breach(
        "tenants/plans.py",
        also(f"\nfrom {APP}.models import DataSource\n"),
        contracts,
        "Rule: imports go down only",
        "tenants.plans -> data_sources.models",
        "Mend: move what both need to a floor below, or let the lower one be told by a signal",
    ),
    "an app that imports its neighbour": Breach(
        "runners/__init__.py",
        also(_NEIGHBOUR),
        contracts,
        "no feature app imports its neighbour",
        "runners -> data_sources.models",
        "Mend: move what both need to a floor below",
    ),
    "the privileged connection": Breach(
        EDITING,
        imports("from tenants.isolation import owner"),
        contracts,
        "Rule: only those listed open the privileged connection (tenants.isolation.owner)",
        "data_sources.editing -> tenants.isolation.owner",
        "Mend: do it as the organization's own role (tenants.scope.use_tenant)",
    ),
    "an import of what is beside the product": Breach(
        EDITING,
        imports("from tools import packages"),
        contracts,
        "Rule: no product module imports devserver, tests, tools or benchmarks",
        "data_sources.editing -> tools",
        "Mend: move what the product needs into the product",
    ),
    "the library of tokens": Breach(
        EDITING,
        imports("from rest_framework_simplejwt import tokens"),
        contracts,
        "Rule: only accounts.tokens.access_tokens imports rest_framework_simplejwt",
        "data_sources.editing -> rest_framework_simplejwt",
        "Mend: call that module",
    ),
    # What the document refuses.
    "a text without an example": Breach(
        VIEWS,
        instead(
            "    is_enabled = serializers", "    note = SingleLineField(max_length=99)\n    is_enabled = serializers"
        ),
        document,
        "The text `note` has no example.",
        "note",
        "Give it one beside its serializer: examples = {'note': …}",
    ),
}

#: What is looked for in one run of a guard.
GROUPS = {
    guard.__name__: [name for name, each in BREACHES.items() if each.guard is guard and not each.alone]
    for guard in (check, contracts, house, document)
} | {name: [name] for name, each in BREACHES.items() if each.alone}
