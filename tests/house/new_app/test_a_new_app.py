"""A feature app that is added is guarded like the rest: whole it passes, and each broken rule is refused by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.house.new_app.project_copy import ProjectCopy

pytestmark = pytest.mark.slow

MODELS, RAW_SQL, PERMISSIONS = (f"tests/house/test_{name}.py" for name in ("models", "raw_sql", "permissions"))
FUNCTIONS = "tests/house/test_files.py::test_no_function_is_longer_than_a_screen"
UNTESTED = "tests/house/test_untested.py::test_every_file_is_reached_by_a_test"
CONTRACTS = "tools.import_contracts"
#: Not those that need a database, or look at what has nothing to do with an app. The OpenAPI contract changes with every app,
#: and says so (`make openapi`).
NOT_ABOUT_APPS = ("metrics", "new_app", "pages/test_vocabulary.py", "test_migrations.py", "test_schema_template.py")
CONTRACT = "tests/house/specification/test_layout.py::test_the_contract_is_what_the_code_says_each_time"
ALL_GUARDS = " ".join(
    [
        "tests/house",
        "tests/unit/pipelines",
        *(f"--ignore=tests/house/{each}" for each in NOT_ABOUT_APPS),
        f"--deselect={CONTRACT}",
    ]
)

NEIGHBOUR = '"""Runs pipelines: a second feature app."""\n\nfrom pipelines.models import Pipeline\n\nRUNS = Pipeline\n'
LONG = "\n\ndef wait() -> int:\n    waited = 0\n" + "    waited += 1\n" * 30 + "    return waited\n"
RAW = '\n\ndef forget(connection: models.Model) -> None:\n    connection.cursor().execute("DELETE FROM pipelines")\n'


@dataclass(frozen=True)
class Breach:
    """One rule, broken in one file, the guard that looks, and what it has to say."""

    file: str
    change: Callable[[str], str]
    guard: str
    rule: str
    place: str
    mend: str


BREACHES = {
    "an unaudited model": Breach(
        "pipelines/models.py",
        lambda text: text.replace('@audited("pipeline")\n', ""),
        MODELS,
        "Rule: every tenant model is audited",
        "pipelines.Pipeline",
        'Mend: put @audited("<resource>") on the model, or @not_audited("<why>")',
    ),
    "an unclassified column": Breach(
        "audit/data_inventory.py",
        lambda text: text.replace('ordinary="id name created_at updated_at"', 'ordinary="id created_at updated_at"'),
        MODELS,
        "Rule: every column is classified: personal, secret or ordinary",
        "pipelines.name",
        "Mend: say in audit/data_inventory.py what it holds",
    ),
    "missing grants": Breach(
        "tenants/isolation/privileges.py",
        lambda text: text.replace('        "pipelines": EVERY_ROW,\n', ""),
        MODELS,
        "Rule: every tenant table has its grants",
        " pipelines ",
        "Mend: say in TENANT_GRANTS of tenants/isolation/privileges.py what the tenant role may do",
    ),
    "an action without a permission": Breach(
        "pipelines/api/pipelines.py",
        lambda text: text.replace('        "partial_update": Permission.ORGANIZATION_WRITE,\n', ""),
        PERMISSIONS,
        "Rule: every action names its permission",
        "pipelines.api.pipelines.PipelineViewSet.partial_update",
        "Mend: name it in the view's `required_permissions`",
    ),
    "a long function": Breach(
        "pipelines/pipeline_names.py",
        lambda text: text + LONG,
        FUNCTIONS,
        "Rule: a function has at most 30 lines",
        "wait: 33 lines",
        "Mend: give its steps names of their own",
    ),
    "raw SQL outside its place": Breach(
        "pipelines/models.py",
        lambda text: text + RAW,
        RAW_SQL,
        "Rule: raw SQL stands only in a file that says why",
        "pipelines/models.py:26 connection.cursor().execute('DELETE FROM pipelines')",
        "Mend: use a queryset or a method of the model. If that can't do it, say why in the file",
    ),
    "an upward import inside the app": Breach(
        "pipelines/models.py",
        lambda text: text.replace("from workix", "from pipelines.api import urls\nfrom workix"),
        CONTRACTS,
        "Rule: models and capabilities import no entry point",
        "pipelines.models -> pipelines.api.urls",
        "Mend: move what both need into a module named for what it does, beside models",
    ),
    "an upward import from a floor": Breach(
        "tenants/plans.py",
        lambda text: text + "\nfrom pipelines.models import Pipeline\n",
        CONTRACTS,
        "Rule: imports go down only",
        "tenants.plans -> pipelines.models",
        "Mend: move what both need to a floor below, or let the lower one be told by a signal",
    ),
    "an app that imports its neighbour": Breach(
        "runners/__init__.py",
        lambda text: NEIGHBOUR,
        CONTRACTS,
        "no feature app imports its neighbour",
        "runners -> pipelines.models",
        "Mend: move what both need to a floor below",
    ),
    "the privileged connection": Breach(
        "pipelines/pipeline_names.py",
        lambda text: text.replace("from pipelines", "from tenants.isolation import owner\nfrom pipelines"),
        CONTRACTS,
        "Rule: only those listed open the privileged connection (tenants.isolation.owner)",
        "pipelines.pipeline_names -> tenants.isolation.owner",
        "Mend: do it as the organization's own role (tenants.scope.use_tenant)",
    ),
    "an import of what is beside the product": Breach(
        "pipelines/pipeline_names.py",
        lambda text: text.replace("from pipelines", "from tools import packages\nfrom pipelines"),
        CONTRACTS,
        "Rule: no product module imports devserver, tests, tools or benchmarks",
        "pipelines.pipeline_names -> tools",
        "Mend: move what the product needs into the product",
    ),
    "the library of tokens": Breach(
        "pipelines/pipeline_names.py",
        lambda text: text.replace("from pipelines", "from rest_framework_simplejwt import tokens\nfrom pipelines"),
        CONTRACTS,
        "Rule: only accounts.tokens.access_tokens imports rest_framework_simplejwt",
        "pipelines.pipeline_names -> rest_framework_simplejwt",
        "Mend: call that module",
    ),
    "a junk drawer": Breach(
        "pipelines/utils.py",
        lambda text: '"""Odds and ends."""\n',
        "tests/house/test_files.py::test_there_is_no_junk_drawer",
        "Rule: nothing is called base, common, helper",
        "pipelines/utils.py",
        "Mend: name it for what it does",
    ),
    "an untested file": Breach(
        "pipelines/exports.py",
        lambda text: '"""Exports pipelines."""\n',
        UNTESTED,
        "Rule: every file is tested",
        "pipelines/exports.py",
        "Mend: write tests/unit/<app>/test_<module>.py",
    ),
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> ProjectCopy:
    copy = ProjectCopy(tmp_path_factory.mktemp("project"))
    copy.add_app()
    return copy


def test_a_healthy_app_passes_every_guard(project: ProjectCopy) -> None:
    status, said = project.run_guard(ALL_GUARDS)
    assert status == 0, said


def test_a_healthy_app_is_laid_out_and_looked_through(project: ProjectCopy) -> None:
    for tool in (("ruff", "check"), ("ruff", "format", "--check"), ("bandit", "-q", "-r", "--ini", ".bandit")):
        status, said = project.run("-m", *tool, "pipelines")
        assert status == 0, said


def test_a_new_app_is_typed_measured_and_shipped(project: ProjectCopy) -> None:
    """What make and the Dockerfile ask is answered with the app in it."""
    answers = [project.run("-m", "tools.packages", *asked) for asked in ((), ("checked",), ("measured",))]
    assert [(status, said.split().count("pipelines")) for status, said in answers] == [(0, 1)] * 3


def test_an_untyped_function_in_it_is_refused_and_nothing_else(project: ProjectCopy, tmp_path: Path) -> None:
    """One run tells both: mypy looks at the app, and is content with the rest of it."""
    _, packages = project.run("-m", "tools.packages", "checked")
    untyped = project.read("pipelines/pipeline_names.py") + "\n\ndef shorten(name):\n    return name[:10]\n"
    with project.with_file("pipelines/pipeline_names.py", untyped):
        status, said = project.run("-m", "mypy", "--cache-dir", str(tmp_path), *packages.split())
    assert (status, "pipelines/pipeline_names.py:15: error: Function is missing a type annotation" in said) == (
        1,
        True,
    ), said
    assert "Found 1 error in 1 file" in said


@pytest.mark.parametrize("breach", BREACHES.values(), ids=BREACHES)
def test_a_broken_rule_is_refused_by_name(project: ProjectCopy, breach: Breach) -> None:
    before = project.read(breach.file) if (project.folder / breach.file).exists() else ""
    after = breach.change(before)
    assert after != before
    with project.with_file(breach.file, after):
        status, said = project.run_guard(breach.guard)
    assert (status, [each for each in (breach.rule, breach.place, breach.mend) if each not in said]) == (1, []), said
