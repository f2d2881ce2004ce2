"""Restricted pod security: every pod, field by field. Source: Kubernetes' Pod Security Standards, level restricted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.kubernetes.manifests import ALL, container, of_kind, pods, rendered
from tests.house.sources import PROJECT

FOLDERS = pytest.mark.parametrize("folder", ALL, ids=lambda folder: folder.name)
OF_PODS = {
    "runAsNonRoot": True,
    "runAsUser": 10001,
    "runAsGroup": 10001,
    "fsGroup": 10001,
    "seccompProfile": {"type": "RuntimeDefault"},
}
OF_CONTAINERS = {
    "allowPrivilegeEscalation": False,
    "readOnlyRootFilesystem": True,
    "capabilities": {"drop": ["ALL"]},
}
#: As in Compose.
WRITTEN_TO = {"/tmp", "/var/lib/workix"}  # noqa: S108  # the container's own
HOST = ("hostNetwork", "hostPID", "hostIPC", "hostUsers")


@FOLDERS
def test_every_pod_is_restricted(folder: Path) -> None:
    for name, pod in pods(rendered(folder)).items():
        assert pod["securityContext"] == OF_PODS, name
        assert container(pod)["securityContext"] == OF_CONTAINERS, name
        assert [each for each in HOST if each in pod] == [], name
        assert {kind for volume in pod["volumes"] for kind in volume} <= {"name", "secret", "csi", "emptyDir"}, name
        assert (pod["automountServiceAccountToken"], pod["serviceAccountName"]) == (False, "workix"), name


@FOLDERS
def test_what_is_written_to_is_bounded_and_secrets_are_not_written_to(folder: Path) -> None:
    for name, pod in pods(rendered(folder)).items():
        volumes = {each["name"]: each for each in pod["volumes"]}
        mounts = {each["name"]: each for each in container(pod)["volumeMounts"]}
        written = {each: volume["emptyDir"] for each, volume in volumes.items() if "emptyDir" in volume}
        assert mounts.keys() == volumes.keys(), name
        assert {mounts[each]["mountPath"] for each in written} == WRITTEN_TO, name
        assert all("sizeLimit" in each for each in written.values()), name
        assert all(mounts[each].get("readOnly") for each in volumes.keys() - written.keys()), name
        assert not any("subPath" in each for each in mounts.values()), f"{name}: what is mounted so is not rotated"


@FOLDERS
def test_every_pod_says_what_it_takes(folder: Path) -> None:
    for name, pod in pods(rendered(folder)).items():
        resources = container(pod)["resources"]
        assert resources["requests"].keys() == {"cpu", "memory", "ephemeral-storage"}, name
        assert resources["limits"].keys() == {"memory", "ephemeral-storage"}, name


def test_the_user_is_the_images() -> None:
    assert "--uid 10001" in (PROJECT / "Dockerfile").read_text(encoding="utf-8")


@FOLDERS
def test_the_namespace_admits_nothing_else_and_is_closed_by_default(folder: Path) -> None:
    manifests = rendered(folder)
    (namespace,) = of_kind(manifests, "Namespace").values()
    labels = namespace["metadata"]["labels"]
    assert {level for name, level in labels.items() if name.startswith("pod-security")} == {"restricted"}
    assert labels["pod-security.kubernetes.io/enforce"] == "restricted"
    assert of_kind(manifests, "NetworkPolicy")["default-deny"]["spec"] == {
        "podSelector": {},
        "policyTypes": ["Ingress", "Egress"],
    }
    elsewhere = [
        each["kind"] for each in manifests if each["metadata"].get("namespace") != namespace["metadata"]["name"]
    ]
    assert elsewhere == ["Namespace"]


def test_nothing_in_the_manifests_is_a_secret() -> None:
    kinds = {each["kind"] for folder in ALL for each in rendered(folder)}
    assert "Secret" not in kinds
    assert not re.search("PRIVATE KEY|://[^/ ]*:[^/ ]*@", str([rendered(folder) for folder in ALL]))
