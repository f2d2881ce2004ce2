"""deploy/kubernetes/roll-out migrates before anything new serves, and stops where that fails (kubectl is a stand-in)."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.house.kubernetes.manifests import rendered
from tools.kubernetes import FOLDER

OVERLAY = FOLDER / "overlays" / "staging"
KUBECTL = """\
#!/usr/bin/env bash
[ "$1" != kustomize ] || exec cat "{folder}/rendered.yaml"
echo "$@" >>"{folder}/notes"
[[ "$*" != *" get "* ]] || printf '%s' "{became}"
[ "$1" != apply ] || grep -c '^kind:' >>"{folder}/counts"
"""
ON = ["--namespace", "workix-staging"]
COMPONENT = "app.kubernetes.io/component"
MIGRATED = [
    ["apply", "--filename", "-", "--selector", f"{COMPONENT}=platform"],
    [*ON, "delete", "job/workix-migrate", "--ignore-not-found"],
    ["apply", "--filename", "-", "--selector", f"{COMPONENT}=migrate"],
    [*ON, "get", "job/workix-migrate", "--output", 'jsonpath={.status.conditions[?(@.status=="True")].type}'],
]
SERVED = [
    ["apply", "--filename", "-", "--selector", f"{COMPONENT} notin (platform,migrate)"],
    [*ON, "rollout", "status", "deployment/workix-web"],
    [*ON, "rollout", "status", "deployment/workix-worker"],
]


@pytest.mark.parametrize(
    ("became", "status", "done"),
    [
        ("SuccessCriteriaMet Complete", 0, [*MIGRATED, *SERVED]),
        ("FailureTarget Failed", 1, [*MIGRATED, [*ON, "logs", "job/workix-migrate", "--tail", "50"]]),
    ],
)
def test_migrations_come_first(tmp_path: Path, became: str, status: int, done: list[list[str]]) -> None:
    # Kustomize sorts what it writes: kind comes before metadata, labels before name.
    (tmp_path / "rendered.yaml").write_text(yaml.safe_dump_all(rendered(OVERLAY)), encoding="utf-8")
    program = tmp_path / "kubectl"
    program.write_text(KUBECTL.format(folder=tmp_path, became=became), encoding="utf-8")
    program.chmod(0o755)
    environ = {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "WAIT_SECONDS": "0"}
    ended = subprocess.run([FOLDER / "roll-out", OVERLAY], env=environ, capture_output=True, text=True, check=False)
    notes = (tmp_path / "notes").read_text(encoding="utf-8").splitlines()
    assert (ended.returncode, notes) == (status, [" ".join(each) for each in done]), ended.stderr
    assert set((tmp_path / "counts").read_text(encoding="utf-8").split()) == {str(len(rendered(OVERLAY)))}


def test_everything_is_rolled_out_in_one_of_three_steps() -> None:
    found = {each["metadata"]["labels"][COMPONENT] for each in rendered(OVERLAY)}
    assert {"platform", "migrate", "web", "worker"} <= found
