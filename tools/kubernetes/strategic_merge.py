"""Strategic merge patches: lists of named things are merged by name, `null` takes away, everything else is replaced."""

from __future__ import annotations

from typing import Any

#: Which field names an element of a list. Source: x-kubernetes-patch-merge-key in Kubernetes' OpenAPI document.
MERGE_KEYS = {
    "containers": "name",
    "env": "name",
    "initContainers": "name",
    "volumeMounts": "mountPath",
    "volumes": "name",
}


def merge(old: Any, patch: Any, *, field: str = "") -> Any:
    """Return `old` changed by `patch`, neither of which is altered; `field` is where both stand."""
    if isinstance(old, dict) and isinstance(patch, dict):
        kept = {key: value for key, value in old.items() if patch.get(key, value) is not None}
        given = {key: value for key, value in patch.items() if value is not None}
        return kept | {key: merge(kept.get(key), value, field=key) for key, value in given.items()}
    if isinstance(old, list) and isinstance(patch, list) and field in MERGE_KEYS:
        return _merge_named(old, patch, MERGE_KEYS[field])
    if isinstance(patch, dict):
        return merge({}, patch, field=field)
    return patch


def _merge_named(old: list[Any], patch: list[Any], key: str) -> list[Any]:
    changes = {each[key]: each for each in patch}
    merged = [merge(each, changes.pop(each[key], {})) for each in old]
    return [*(merge({}, each) for each in changes.values()), *merged]
