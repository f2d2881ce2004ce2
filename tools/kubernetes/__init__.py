"""Kubernetes manifests (deploy/kubernetes): rendered as kustomize does, the alerts put in, looked through by a policy linter."""

from __future__ import annotations

from pathlib import Path

_PROJECT = Path(__file__).resolve().parents[2]
FOLDER = _PROJECT / "deploy" / "kubernetes"
OVERLAYS = tuple(sorted((FOLDER / "overlays").iterdir()))
#: No overlay of ours has a component: these put one each onto what there is.
WITH_COMPONENTS = tuple(sorted((_PROJECT / "tests" / "house" / "kubernetes").glob("with_*")))
