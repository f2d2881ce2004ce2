"""OpenAPI tags: every tag that an operation has is declared and described, in the order of the alphabet."""

from __future__ import annotations

from typing import Any

Document = dict[str, Any]


def add_tags(result: Document, generator: Any, request: Any, public: bool) -> Document:
    """Hook of drf-spectacular: an app's tag comes with its first operation; SPECTACULAR_SETTINGS may say more of it."""
    used = {
        tag for operations in result["paths"].values() for operation in operations.values() for tag in operation["tags"]
    }
    described = {tag["name"]: tag for tag in result.get("tags", [])}
    result["tags"] = [described.get(tag, {"name": tag, "description": f"{tag}."}) for tag in sorted(used)]
    return result
