"""Writes the import contracts (import-linter) for the packages there are, and checks them: `python -m tools.import_contracts`."""

# Note [Contracts without a list of apps]
# The floors are few and named (tools/packages.py): a floor is a decision. Every other package at the top of the project
# is a feature app, known to nobody here, and gets the same contracts: it uses every floor below, no other feature app,
# and inside it the entry points lie above the rest, its tests above all. Order among the rest needs no list either:
# siblings must not import in a circle, so what imports `models` can't be imported by `models`.

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from configparser import ConfigParser
from pathlib import Path

from importlinter.cli import lint_imports

from tools.packages import BESIDE, EXAMPLES, FLOORS, PROJECT, TESTS, checked, folder_of, foundation, product

Contract = Mapping[str, str | list[str]]

ROOF = ("workix.settings", "workix.urls", "workix.wsgi", "workix.asgi", "workix.gunicorn")
#: The order inside the ground, from top to bottom. A new folder of workix/ needs a place here.
GROUND = (
    ("workix.web", "workix.admin"),
    ("workix.api",),
    ("workix.observability",),
    ("workix.config",),
    ("workix.core",),
)
#: What Django, the API, an operator or a request calls first, from top to bottom. Above them only an app's own tests.
ENTRY_POINTS = ((TESTS,), ("apps",), ("api", "admin", "management", "middleware"))

#: The privileged connection, and who may open it.
OWNER = "tenants.isolation.owner"
MAY_BE_OWNER = (
    "tenants.isolation",
    "tenants.isolation_tests",
    "tenants.backend",
    "tenants.schema.template",
    "tenants.schema.rollback",
    "tenants.schema.replay",
    "tenants.schema.rollout",
    "tenants.lifecycle",
    "tenants.provisioning",
    "tenants.erasure.transaction",
    "tenants.tripwires.decoy_schema",
    "tenants.sandboxes.ending",
    "tenants.trail.retention",
    "tenants.watchdog.connecting",
    "tenants.watchdog.aftermath",  # its entries are the owner's acts
    "tenants.management",
)
TOKEN_LIBRARY, KNOWS_TOKENS = "rest_framework_simplejwt", "accounts.tokens.access_tokens"
#: Import of one file that goes against the order of its folder -> why it stays. No circle of files is among them.
EXCEPTIONS = {
    "accounts.login.sessions -> accounts.authentication.bearer": "bearer.py is the lowest of its folder: what a session is",
    "accounts.login.browser_sessions -> accounts.authentication.bearer": "as above",
    "accounts.login.refresh -> accounts.authentication.bearer": "as above",
    "tenants.isolation.drift -> tenants.models": "drift is looked for in every organization",
    "tenants.isolation.evidence.organization_drift -> tenants.models": "or in one of them",
    "tenants.isolation.drift -> tenants.schema.template": "and in the schema template",
    "workix.api.apps -> workix.admin.checks": "the AppConfig of the ground registers every check of the ground",
    "workix.observability.exporter -> workix.api.problems": "a view, which refuses as the API does",
}


def contracts(project: Path = PROJECT) -> dict[str, Contract]:
    """Return every contract by its id, for the packages in `project`."""
    packages = product(project)
    made = {"floors": _floors(project, packages)}
    made |= {f"entry_points_{app}": _entry_points(project, app) for app in packages if app != "workix"}
    return made | {
        "circles": _circles(project, checked(project)),
        "beside": _beside(packages),
        "owner": _owner(project, packages),
        "token_library": _token_library(),
    }


def write(project: Path = PROJECT) -> Path:
    """Write the configuration of import-linter to var/imports/, and return where it is."""
    config = ConfigParser(interpolation=None)
    config["importlinter"] = {"root_packages": _lines(_roots(project)), "include_external_packages": "True"}
    for name, contract in contracts(project).items():
        config[f"importlinter:contract:{name}"] = {
            key: value if isinstance(value, str) else _lines(value) for key, value in contract.items()
        }
    page = project / "var" / "imports" / "contracts.cfg"
    page.parent.mkdir(parents=True, exist_ok=True)
    with page.open("w", encoding="utf-8") as file:
        config.write(file)
    return page


def _floors(project: Path, packages: Iterable[str]) -> Contract:
    floors = foundation(project)
    features = tuple(package for package in packages if package not in floors)
    layers = [layer for layer in (ROOF, features, *FLOORS[:-1], *GROUND) if layer]
    homeless = _modules_of(project / "workix") - {name.removeprefix("workix.") for layer in layers for name in layer}
    if homeless:
        sys.exit(
            f"Rule: every folder of workix/ has a place in the order of imports. Without one: {', '.join(sorted(homeless))}."
            " Mend: add it to GROUND (or ROOF) in tools/import_contracts.py."
        )
    return {
        "name": "Imports go down only, and no feature app imports its neighbour",
        "type": "layers",
        "layers": [" | ".join(f"({name})" for name in layer) for layer in layers],
        "ignore_imports": _exceptions(project),
        "broken_contract_guidance": (
            "Rule: imports go down only, and no feature app imports its neighbour. Mend: move what both need to a floor"
            " below, or let the lower one be told by a signal, a dotted name in the settings, or what an app declares in"
            " its AppConfig. The floors are in tools/packages.py."
        ),
    }


def _entry_points(project: Path, app: str) -> Contract:
    entries = {name for layer in ENTRY_POINTS for name in layer}
    rest = sorted(_modules_of(project / app.replace(".", "/")) - entries)
    layers = [" | ".join(f"({name})" for name in layer) for layer in ENTRY_POINTS]
    return {
        "name": f"{app}: entry points lie above models and capabilities",
        "type": "layers",
        "containers": [app],
        "layers": [*layers, *([" : ".join(rest)] if rest else [])],
        "exhaustive": "True",
        "broken_contract_guidance": (
            "Rule: models and capabilities import no entry point (api, admin, management, middleware, apps), and those"
            " do not import each other; nothing imports tests. Mend: move what both need into a module named for what it"
            " does, beside models."
        ),
    }


def _circles(project: Path, packages: Iterable[str]) -> Contract:
    return {
        "name": "No circles: what is imported by models does not import models",
        "type": "acyclic_siblings",
        "ancestors": list(packages),
        "ignore_imports": _exceptions(project),
        "broken_contract_guidance": (
            "Rule: the modules of a folder import each other in one direction. Mend: let one of the imports above go:"
            " move what both need into a module below them."
        ),
    }


def _beside(packages: Iterable[str]) -> Contract:
    return {
        "name": "The product does without what is beside it",
        "type": "forbidden",
        "source_modules": list(packages),
        "forbidden_modules": list(BESIDE),
        "ignore_imports": [f"{package}.{TESTS}.** -> {TESTS}" for package in packages],
        "unmatched_ignore_imports_alerting": "none",
        "broken_contract_guidance": (
            "Rule: no product module imports devserver, tests, tools or benchmarks: none of them is in the image."
            " Mend: move what the product needs into the product."
        ),
    }


def _owner(project: Path, packages: Iterable[str]) -> Contract:
    tests = [f"{package}.{TESTS}" for package in packages if (project / folder_of(package) / TESTS).is_dir()]
    return {
        "name": "Few reach the privileged connection",
        "type": "protected",
        "protected_modules": [OWNER],
        "allowed_importers": [*MAY_BE_OWNER, *tests],
        "broken_contract_guidance": (
            f"Rule: only those listed open the privileged connection ({OWNER}). Mend: do it as the organization's own"
            " role (tenants.scope.use_tenant); a new importer is a decision for MAY_BE_OWNER in tools/import_contracts.py."
        ),
    }


def _token_library() -> Contract:
    return {
        "name": "One file knows the library of tokens",
        "type": "protected",
        "protected_modules": [TOKEN_LIBRARY],
        "allowed_importers": [KNOWS_TOKENS],
        "broken_contract_guidance": f"Rule: only {KNOWS_TOKENS} imports {TOKEN_LIBRARY}. Mend: call that module.",
    }


def _exceptions(project: Path) -> list[str]:
    """List the exceptions of files that are there; one that is needed no more is reported by import-linter."""
    return [each for each in EXCEPTIONS if (project / f"{each.split(' ')[0].replace('.', '/')}.py").exists()]


def _roots(project: Path) -> list[str]:
    """Name what import-linter reads: a folder of examples counts as one package once it has an `__init__.py`."""
    one_package = (project / EXAMPLES / "__init__.py").exists()
    return sorted({EXAMPLES if one_package and f"{EXAMPLES}." in each else each for each in checked(project)})


def _modules_of(folder: Path) -> set[str]:
    """Name the modules and packages right inside a package."""
    files = {each.stem for each in folder.glob("*.py")} - {"__init__"}
    return files | {each.name for each in folder.iterdir() if each.is_dir() and any(each.glob("*.py"))}


def _lines(values: Iterable[str]) -> str:
    return "".join(f"\n{value}" for value in values)


if __name__ == "__main__":
    sys.path.insert(0, str(PROJECT))
    # No cache: it answers for the packages of the run before when one was added since, and reading anew takes a second.
    sys.exit(lint_imports(config_filename=str(write()), no_cache=True, no_logo=True))
