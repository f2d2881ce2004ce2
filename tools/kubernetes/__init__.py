"""Kubernetes manifests (deploy/kubernetes): rendered as kustomize does, the alerts put in, looked through by a policy linter."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "deploy" / "kubernetes"
OVERLAYS = tuple(sorted((FOLDER / "overlays").iterdir()))
