"""Kubernetes 1.29 to 1.33 takes every manifest: the API's own schemas, in which an unknown field is a fault."""

from __future__ import annotations

import copy
from functools import cache

import kubernetes_validate
import pytest
from kubernetes_validate import utils

from tests.house.kubernetes.manifests import ALL, Manifest, of_kind, rendered
from tools.kubernetes import FOLDER

#: Kinds of an operator or a driver, whose schemas are in no release of Kubernetes.
OF_OTHERS = {"PrometheusRule", "SecretProviderClass", "ServiceMonitor"}
VERSIONS = ("1.29", "1.30", "1.31", "1.32", "1.33")


@pytest.fixture(autouse=True)
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A version's schemas are a megabyte, which the library reads anew for each manifest."""
    monkeypatch.setattr(utils, "schema_contents", cache(utils.schema_contents))


def assert_taken(manifests: list[Manifest], version: str) -> None:
    for each in manifests:
        if each["kind"] not in OF_OTHERS:
            assert kubernetes_validate.validate(each, version, strict=True) == version


@pytest.mark.parametrize("version", VERSIONS)
def test_every_manifest_is_taken(version: str) -> None:
    for folder in ALL:
        assert_taken(rendered(folder), version)


def test_a_field_that_is_not_there_would_be_noticed() -> None:
    deployment = copy.deepcopy(of_kind(rendered(FOLDER / "base"), "Deployment")["workix-web"])
    deployment["spec"]["template"]["spec"]["runAsNobody"] = True
    with pytest.raises(kubernetes_validate.ValidationError):
        assert_taken([deployment], VERSIONS[0])
