"""JSON Schema of what the answer of a dry run has besides, with an example."""

from __future__ import annotations

from typing import Any

Document = dict[str, Any]

_COUNT = {"type": "integer"}
SCHEMA: Document = {
    "type": "object",
    "description": "What a dry run would have done. In no answer of a real call.",
    "properties": {
        "dry_run": {
            "type": "object",
            "properties": {
                "changes": {
                    "type": "array",
                    "description": "The entries of the trail: object by object, each field before and after.",
                    "items": {
                        "type": "object",
                        "properties": {
                            **{
                                name: {"type": "string"}
                                for name in ("id", "action", "resource_type", "resource_id", "resource_label")
                            },
                            "changes": {"type": "object", "additionalProperties": True},
                        },
                        "required": ["id", "action", "resource_type", "resource_id", "resource_label", "changes"],
                    },
                },
                "quota_effects": {
                    "type": "array",
                    "description": "What would be used or reserved more, or less, of which quota.",
                    "items": {
                        "type": "object",
                        "properties": {"resource": {"type": "string"}, "used": _COUNT, "reserved": _COUNT},
                        "required": ["resource", "used", "reserved"],
                    },
                },
                "jobs": {
                    "type": "array",
                    "description": "Jobs that would leave, mails among them.",
                    "items": {
                        "type": "object",
                        "properties": {"task": {"type": "string"}, "queue": {"type": "string"}},
                        "required": ["task", "queue"],
                    },
                },
            },
            "required": ["changes", "quota_effects", "jobs"],
        }
    },
}
EXAMPLE: Document = {
    "dry_run": {
        "changes": [
            {
                "id": "01a206e4-4f12-7b0a-ac0e-50db732c6473",
                "action": "user.deleted",
                "resource_type": "user",
                "resource_id": "01a206e4-4f12-7b0a-ac0e-50db732c6474",
                "resource_label": "bob@acme.example",
                "changes": {"is_active": [True, False]},
            }
        ],
        "quota_effects": [{"resource": "users", "used": -1, "reserved": 0}],
        "jobs": [],
    }
}
