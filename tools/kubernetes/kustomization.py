"""Renders a kustomization: resources, components, namespace, images, configMapGenerator and patches, as kustomize does."""

# Note [Our own kustomize]
# Kustomize is a program written in Go, and in no registry of Python or npm that we could pin. Tests and the linter need
# what it would write, so the features that our manifests use are done here, and any other is refused rather than passed
# over. What goes to a cluster is rendered by `kubectl kustomize`.

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from tools.kubernetes.strategic_merge import merge

Manifest = dict[str, Any]


def render(folder: Path) -> list[Manifest]:
    """Return what `kubectl kustomize` would apply.

    :raises NotImplementedError: for a feature that is not done here.
    :raises LookupError: for a patch, an image or settings that find nothing to change.
    """
    return _named_by_content(_build(folder, []))


def pod_template(manifest: Manifest) -> Manifest | None:
    """Return the template of the pods that a manifest makes, where it makes any."""
    spec = manifest.get("spec", {})
    template: Manifest | None = spec.get("jobTemplate", {}).get("spec", spec).get("template")
    return template


def read(file: Path) -> list[Manifest]:
    return [each for each in yaml.safe_load_all(file.read_text(encoding="utf-8")) if each]


def _build(folder: Path, found: list[Manifest]) -> list[Manifest]:
    """Add what `folder` says to what was `found` before it."""
    kustomization = read(folder / "kustomization.yaml")[0]
    for field in kustomization:
        if field not in _STEPS:
            raise NotImplementedError(f"{folder.name}: {field}")
    for field, step in _STEPS.items():
        if field in kustomization:
            found = step(found, kustomization[field], folder)
    return found


def _add_resources(found: list[Manifest], names: list[str], folder: Path) -> list[Manifest]:
    for name in names:
        path = folder / name
        found = [*found, *(_build(path, []) if path.is_dir() else read(path))]
    return found


def _generate(found: list[Manifest], generators: list[Manifest], folder: Path) -> list[Manifest]:
    for each in generators:
        data = dict(literal.split("=", 1) for literal in each["literals"])
        if each.get("behavior") == "merge":
            found = _change(found, {"kind": "ConfigMap", "name": each["name"]}, {"data": data})
        else:
            labels = each.get("options", {}).get("labels", {})
            metadata = {"name": each["name"], "labels": labels}
            found = [*found, {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": data}]
    return found


def _apply_components(found: list[Manifest], names: list[str], folder: Path) -> list[Manifest]:
    for name in names:
        found = _build(folder / name, found)
    return found


def _apply_patches(found: list[Manifest], patches: list[Manifest], folder: Path) -> list[Manifest]:
    for each in patches:
        (patch,) = read(folder / each["path"])
        target = each.get("target", {"kind": patch["kind"], "name": patch["metadata"]["name"]})
        found = _change(found, target, {key: value for key, value in patch.items() if key != "metadata"})
    return found


def _set_namespace(found: list[Manifest], namespace: str, folder: Path) -> list[Manifest]:
    """Put everything into it; a Namespace is called by it."""
    return [
        merge(each, {"metadata": {"name" if each["kind"] == "Namespace" else "namespace": namespace}}) for each in found
    ]


def _set_images(found: list[Manifest], images: list[Manifest], folder: Path) -> list[Manifest]:
    for image in images:
        containers = [each for each in _containers(found) if each["image"].partition(":")[0] == image["name"]]
        if not containers:
            raise LookupError(f"{folder.name}: no container has the image {image['name']}")
        for container in containers:
            container["image"] = f"{image['newName']}:{image['newTag']}"
    return found


def _change(found: list[Manifest], target: Mapping[str, str], patch: Manifest) -> list[Manifest]:
    def is_meant(manifest: Manifest) -> bool:
        return {"kind": manifest["kind"], "name": manifest["metadata"]["name"]}.items() >= target.items()

    if not any(map(is_meant, found)):
        raise LookupError(f"nothing is {target}")
    return [merge(each, patch) if is_meant(each) else each for each in found]


def _named_by_content(found: list[Manifest]) -> list[Manifest]:
    """End each ConfigMap's name with a hash of what is in it, and call it so wherever it is read."""
    for manifest in found:
        if manifest["kind"] == "ConfigMap":
            before = manifest["metadata"]["name"]
            digest = hashlib.sha256(json.dumps(manifest["data"], sort_keys=True).encode()).hexdigest()
            manifest["metadata"]["name"] = f"{before}-{digest[:10]}"
            for source in (source for each in _containers(found) for source in each.get("envFrom", ())):
                if source["configMapRef"]["name"] == before:
                    source["configMapRef"]["name"] = manifest["metadata"]["name"]
    return found


def _containers(found: list[Manifest]) -> list[Manifest]:
    templates = [template for manifest in found if (template := pod_template(manifest))]
    return [container for template in templates for container in template["spec"]["containers"]]


def _nothing(found: list[Manifest], given: object, folder: Path) -> list[Manifest]:
    return found


#: What a kustomization may say, in the order that kustomize does it in.
_STEPS: Mapping[str, Callable[[list[Manifest], Any, Path], list[Manifest]]] = MappingProxyType(
    {
        "apiVersion": _nothing,
        "kind": _nothing,
        "resources": _add_resources,
        "configMapGenerator": _generate,
        "components": _apply_components,
        "patches": _apply_patches,
        "namespace": _set_namespace,
        "images": _set_images,
    }
)
