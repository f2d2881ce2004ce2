"""Our own kustomize does what the manifests ask of it, and refuses what it does not know or can't find."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.house.kubernetes.manifests import WITH_VAULT, container, of_kind, pods, rendered
from tools.kubernetes import FOLDER
from tools.kubernetes.kustomization import render
from tools.kubernetes.strategic_merge import merge

HEAD = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n"
PATCH = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: workix-nobody}\n"


@pytest.mark.parametrize(
    ("old", "patch", "merged"),
    [
        ({"a": 1, "b": {"c": 2, "d": 3}}, {"b": {"c": None, "e": 4}}, {"a": 1, "b": {"d": 3, "e": 4}}),
        ({"args": [1, 2]}, {"args": [3]}, {"args": [3]}),
        (
            {"volumes": [{"name": "a", "secret": {"secretName": "s"}}, {"name": "b"}]},
            {"volumes": [{"name": "a", "secret": None, "csi": {"driver": "d"}}]},
            {"volumes": [{"name": "a", "csi": {"driver": "d"}}, {"name": "b"}]},
        ),
    ],
)
def test_a_strategic_merge(old: object, patch: object, merged: object) -> None:
    assert merge(old, patch) == merged


def test_an_overlay_changes_what_it_names_and_leaves_the_rest() -> None:
    base, production = rendered(FOLDER / "base"), rendered(FOLDER / "overlays" / "production")
    images = {container(pod)["image"] for pod in pods(production).values()}
    assert images == {"registry.workix.example/workix:1.0.0"}
    before, after = (of_kind(each, "Deployment")["workix-worker"]["spec"] for each in (base, production))
    assert (before["replicas"], after["replicas"]) == (2, 3)
    assert before["strategy"] == after["strategy"]
    assert of_kind(base, "ConfigMap").keys() != of_kind(production, "ConfigMap").keys()


def test_a_vault_takes_the_place_of_every_secret() -> None:
    found = {
        name: {volume["name"]: set(volume) - {"name"} for volume in pod["volumes"]}
        for name, pod in pods(rendered(WITH_VAULT)).items()
    }
    given = {"secrets": {"csi"}, "signing-keys": {"csi"}, "var": {"emptyDir"}, "tmp": {"emptyDir"}}
    assert found.pop("workix-migrate") == given | {"setup": {"csi"}}
    assert list(found.values()) == [given] * len(found)


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ("helmCharts: []\n", NotImplementedError),
        ("patches: [{path: patch.yaml}]\n", LookupError),
        ("images: [{name: workix, newName: a, newTag: b}]\n", LookupError),
        ("configMapGenerator: [{name: workix, behavior: merge, literals: [A=b]}]\n", LookupError),
    ],
)
def test_what_it_does_not_know_or_find_is_refused(tmp_path: Path, said: str, error: type[Exception]) -> None:
    (tmp_path / "kustomization.yaml").write_text(HEAD + said, encoding="utf-8")
    (tmp_path / "patch.yaml").write_text(PATCH, encoding="utf-8")
    with pytest.raises(error):
        render(tmp_path)
