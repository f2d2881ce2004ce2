"""Lints an OpenAPI document (Redocly, Spectral), makes a Python client from it, and keeps clients/typescript up to it."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from tools.npm import CI
from tools.openapi_clients import typescript

HERE = Path(__file__).parent
CONTRACT = Path(".specify/specs/001-platform-foundation/contracts/openapi.yaml")
_OURS = ("package.json", "package-lock.json", "redocly.yaml", ".spectral.yaml")


def main() -> int:
    """Return 0 when every tool is content without a warning, or when they can't be installed here; 1 when types have drifted."""
    options = _options()
    if shutil.which("npm") is None:
        print("npm is not installed: the document is not linted, and no client is made from it.")
        return 0
    if not typescript.install():
        return _not_installed()
    typescript.generate(options.document)
    if options.write:
        typescript.write()
    elif differences := typescript.drifted():
        print(*differences, sep="\n\n")
        print("\nThe document changed, and the types of clients/typescript did not. Run: make openapi")
        return 1
    typescript.compile_all()
    return 0 if options.write else _lint_and_make_python_client(options.document, options.folder)


def _lint_and_make_python_client(document: Path, folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    for name in _OURS:
        shutil.copy(HERE / name, folder)
    shutil.copy(document, folder / "openapi.yaml")
    if _status("npm", *CI, folder=folder):
        return _not_installed()
    _run("npx", "redocly", "lint", "openapi.yaml", folder=folder)
    _run("npx", "spectral", "lint", "openapi.yaml", "--fail-severity=hint", folder=folder)
    _make_python_client(folder)
    return 0


def _not_installed() -> int:
    """On a machine without a network that is all right; the pipeline (CI) has one, and nothing is left out there unseen."""
    print("npm could not install: the document is not linted, and no client is made from it.")
    return int("CI" in os.environ)


def _make_python_client(folder: Path) -> None:
    tools = folder / "python"
    if not (tools / "bin" / "openapi-python-client").exists():
        venv.create(tools, with_pip=True)
        _run(str(tools / "bin" / "pip"), "install", "--quiet", "--require-hashes", "-r", str(HERE / "requirements.txt"))
    # It lays out what it wrote with ruff, which is ours.
    path = os.pathsep.join([str(tools / "bin"), str(Path(sys.prefix) / "bin"), os.environ["PATH"]])
    command = ("openapi-python-client", "generate", "--path", "openapi.yaml", "--output-path", "client", "--overwrite")
    _run(*command, "--config", str(HERE / "python_client.yaml"), "--fail-on-warning", folder=folder, PATH=path)


def _run(*command: str, folder: Path | None = None, **environ: str) -> None:
    status = _status(*command, folder=folder, **environ)
    if status:
        sys.exit(status)


def _status(*command: str, folder: Path | None = None, **environ: str) -> int:
    print("+", *command, flush=True)
    program = shutil.which(command[0], path=environ.get("PATH"))
    if program is None:
        sys.exit(f"{command[0]} is not there.")
    return subprocess.run([program, *command[1:]], cwd=folder, env={**os.environ, **environ}, check=False).returncode


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("document", type=Path, nargs="?", default=CONTRACT)
    parser.add_argument("--folder", type=Path, default=Path("var/openapi-clients").resolve(), help="where to work")
    parser.add_argument("--write", action="store_true", help="replace the committed types, and lint nothing")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
