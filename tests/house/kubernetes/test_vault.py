"""Secrets from a vault (Secrets Store CSI driver): the SecretProviderClass is one, and mounts what the settings name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from tests.house.kubernetes.manifests import Manifest, container, of_kind, pods, rendered, settings
from tests.house.sources import PROJECT

WITH_VAULT = PROJECT / "tests" / "house" / "kubernetes" / "with_vault"
TEXTS = {"type": "object", "additionalProperties": {"type": "string"}}
#: What the driver's own definition (secrets-store.csi.x-k8s.io/v1) has of a SecretProviderClass, with every field it knows.
SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["apiVersion", "kind", "metadata", "spec"],
    "additionalProperties": False,
    "properties": {
        "apiVersion": {"const": "secrets-store.csi.x-k8s.io/v1"},
        "kind": {"const": "SecretProviderClass"},
        "metadata": {"type": "object", "required": ["name"]},
        "spec": {
            "type": "object",
            "required": ["provider", "parameters"],
            "additionalProperties": False,
            "properties": {
                "provider": {"enum": ["vault", "aws", "azure", "gcp"]},
                "parameters": {**TEXTS, "required": ["vaultAddress", "roleName", "objects"]},
                "secretObjects": {"type": "array"},
            },
        },
    },
}
OBJECTS = {
    "type": "array",
    "minItems": 1,
    "items": {
        **TEXTS,
        "required": ["objectName", "secretPath", "secretKey"],
        "propertyNames": {"enum": ["objectName", "secretPath", "secretKey"]},
    },
}


@pytest.fixture(scope="module")
def manifests() -> list[Manifest]:
    return rendered(WITH_VAULT)


def objects_of(provider: Manifest) -> list[dict[str, str]]:
    found: list[dict[str, str]] = yaml.safe_load(provider["spec"]["parameters"]["objects"])
    return found


def test_every_provider_class_is_as_the_driver_reads_it(manifests: list[Manifest]) -> None:
    found = of_kind(manifests, "SecretProviderClass")
    assert sorted(found) == ["workix-secrets", "workix-setup", "workix-signing-keys"]
    for each in found.values():
        jsonschema.validate(each, SCHEMA)
        jsonschema.validate(objects_of(each), OBJECTS)


def test_what_is_mounted_is_what_the_settings_name_and_is_read_only(manifests: list[Manifest]) -> None:
    """What the driver writes may be readable by all (0644): it is taken for its read-only mount. See Note [Exposed files]."""
    classes = of_kind(manifests, "SecretProviderClass")
    named = {Path(value) for name, value in settings(manifests).items() if name.endswith("_FILE")}
    for name, pod in pods(manifests).items():
        volumes = {each["name"]: each["csi"] for each in pod["volumes"] if "csi" in each}
        mounts = {each["name"]: each for each in container(pod)["volumeMounts"] if each["name"] in volumes}
        assert {each["readOnly"] for each in (*volumes.values(), *mounts.values())} == {True}
        there = {
            Path(mounts[volume]["mountPath"], each["objectName"])
            for volume, csi in volumes.items()
            for each in objects_of(classes[csi["volumeAttributes"]["secretProviderClass"]])
        }
        assert named - there == set(), f"{name} would start without them"
