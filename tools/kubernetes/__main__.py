"""Looks through what overlays and components render to with a policy linter (checkov, PyPI): `python -m tools.kubernetes`."""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from pathlib import Path

import yaml

from tools.install import pip_install
from tools.kubernetes import OVERLAYS, WITH_COMPONENTS
from tools.kubernetes.kustomization import render

HERE = Path(__file__).parent
#: Checkov asks for a hundred packages, some of them in other versions than ours: it has an environment of its own.
FOLDER = Path("var/kubernetes").resolve()
CHECKOV = FOLDER / "checkov" / "bin" / "checkov"


def main() -> int:
    """Return 0 when the linter is content, or when it can't be installed here."""
    if not CHECKOV.exists() and not _install():
        print("checkov could not be installed: no linter looks through deploy/kubernetes.")
        return 0
    rendered = FOLDER / "rendered"
    shutil.rmtree(rendered, ignore_errors=True)  # an overlay that is gone is not looked through
    rendered.mkdir(parents=True)
    for folder in (*OVERLAYS, *WITH_COMPONENTS):
        text = yaml.safe_dump_all(render(folder), sort_keys=False)
        (rendered / f"{folder.name}.yaml").write_text(text, encoding="utf-8")
    line: list[str | Path] = [CHECKOV, "--config-file", HERE / "checkov.yaml", "--directory", rendered]
    return subprocess.run(line, check=False).returncode


def _install() -> bool:
    environment = CHECKOV.parents[1]
    venv.create(environment, with_pip=True, clear=True)
    return not pip_install(environment / "bin" / "python", str(HERE / "requirements.txt"))


if __name__ == "__main__":
    sys.exit(main())
