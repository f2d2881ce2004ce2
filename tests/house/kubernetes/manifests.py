"""What deploy/kubernetes renders to, as the tests read it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from tools.kubernetes import FOLDER, OVERLAYS
from tools.kubernetes.kustomization import pod_template, render

Manifest = dict[str, Any]
#: Production's settings, with secrets from a vault: no overlay of ours has the component.
WITH_VAULT = Path(__file__).parent / "with_vault"
#: Production, with the MCP server.
WITH_MCP = Path(__file__).parent / "with_mcp"
#: Production, with the gRPC server.
WITH_GRPC = Path(__file__).parent / "with_grpc"
PLATFORM = (FOLDER / "base", *OVERLAYS, WITH_VAULT)
ALL = (*PLATFORM, WITH_MCP, WITH_GRPC)
rendered = cache(render)


def of_kind(manifests: list[Manifest], kind: str) -> dict[str, Manifest]:
    """Name each manifest of that kind."""
    return {each["metadata"]["name"]: each for each in manifests if each["kind"] == kind}


def pods(manifests: list[Manifest]) -> dict[str, Manifest]:
    """Name the spec of the pods that each manifest makes."""
    return {each["metadata"]["name"]: template["spec"] for each in manifests if (template := pod_template(each))}


def settings(manifests: list[Manifest]) -> dict[str, str]:
    """Return what the ConfigMap sets in every pod."""
    (found,) = of_kind(manifests, "ConfigMap").values()
    data: dict[str, str] = found["data"]
    return data


def container(pod: Manifest) -> Manifest:
    (only,) = pod["containers"]
    return only


def ports(pod: Manifest) -> dict[str, int]:
    return {each["name"]: each["containerPort"] for each in container(pod).get("ports", ())}


def probes(pod: Manifest) -> Iterator[tuple[str, Manifest]]:
    return ((name, probe) for name, probe in container(pod).items() if name.endswith("Probe"))


def selects(selector: Manifest, labels: Manifest) -> bool:
    """Say whether a selector finds what has these labels."""
    is_named = all(labels.get(each["key"]) in each["values"] for each in selector.get("matchExpressions", ()))
    return is_named and selector.get("matchLabels", {}).items() <= labels.items()
