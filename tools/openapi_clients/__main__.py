"""Lints an OpenAPI document (Redocly, Spectral) and makes typed clients from it (openapi-typescript, openapi-python-client)."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).parent
CONTRACT = Path(".specify/specs/001-platform-foundation/contracts/openapi.yaml")
_OURS = ("package.json", "package-lock.json", "redocly.yaml", ".spectral.yaml", "client.ts")


def main() -> int:
    """Return 0 when every tool is content without a warning, or when they can't be installed here."""
    options = _options()
    if shutil.which("npm") is None:
        print("npm is not installed: the document is not linted, and no client is made from it.")
        return 0
    folder: Path = options.folder
    folder.mkdir(parents=True, exist_ok=True)
    for name in _OURS:
        shutil.copy(HERE / name, folder)
    shutil.copy(options.document, folder / "openapi.yaml")
    if _status("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", folder=folder):
        print("npm could not install: the document is not linted, and no client is made from it.")
        return 0
    _run("npx", "redocly", "lint", "openapi.yaml", folder=folder)
    _run("npx", "spectral", "lint", "openapi.yaml", "--fail-severity=hint", folder=folder)
    _run("npx", "openapi-typescript", "openapi.yaml", "--output", "openapi.ts", folder=folder)
    _run("npx", "tsc", "--strict", "--noEmit", "client.ts", "openapi.ts", folder=folder)
    _make_python_client(folder)
    return 0


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
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
