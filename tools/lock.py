"""Compiles requirements*.in into requirements*.txt: every version with its hashes, for Python 3.11 and newer."""

from __future__ import annotations

import shutil
import subprocess
import sys

OPTIONS = (
    "--universal",
    "--generate-hashes",
    "--python-version=3.11",
    # pip's hash mode stops at a requirement with an extra (`psycopg[pool]`) whose lock line does not name that extra.
    "--no-strip-extras",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-annotate",
    "--no-header",
    "--quiet",
)


def compile_requirements(*names: str) -> None:
    """Compile `<name>.in` to `<name>.txt`, one after the other: each keeps to the versions of those before."""
    uv = shutil.which("uv", path=f"{sys.prefix}/bin") or shutil.which("uv")
    if uv is None:
        sys.exit("uv is missing: make .venv anew with `make clean run`.")
    for name in names:
        subprocess.run([uv, "pip", "compile", *OPTIONS, f"{name}.in", "--output-file", f"{name}.txt"], check=True)


if __name__ == "__main__":
    compile_requirements("requirements", "requirements-run", "requirements-saml", "requirements-telemetry")
    compile_requirements("requirements-mcp", "requirements-grpc")
    compile_requirements("requirements-dev")
    compile_requirements("tools/openapi_clients/requirements")
    compile_requirements("tools/kubernetes/requirements", "tools/pipeline/requirements")
