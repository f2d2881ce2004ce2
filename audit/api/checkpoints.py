"""GET /audit-logs/checkpoints/ and GET /audit-logs/{id}/proof/: signed tree heads (C2SP), and their proofs (RFC 6962)."""

from __future__ import annotations

import re
from base64 import b64encode
from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from audit.models import Checkpoint, Pruning
from audit.transparency.proofs import Consistency, Proof, prove_consistency
from workix.api.pagination import NewestFirst
from workix.api.serializers import StrictSerializer

_HASH = "bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0="
_NOTE = f"workix.dev/audit/01a206e4-4f12-7b0a-ac0e-50db732c6473\n1\n{_HASH}\n\n— …\n"


class CheckpointSerializer(serializers.ModelSerializer[Checkpoint]):
    """A signed tree head. `note` is what is verified: a signed note with origin, number of entries and head of the tree."""

    examples = {"size": 1, "note": _NOTE}

    class Meta:
        model = Checkpoint
        fields = ("id", "size", "note", "created_at")


@extend_schema_serializer(many=False)
class ProofSerializer(serializers.Serializer[Proof]):
    """Leads from the `leaf`, which is the entry in canonical JSON, to the head of the tree in `checkpoint`.

    `leaf_index` and `hashes` (base64, from the leaf upwards) are an inclusion proof of RFC 6962.
    """

    examples = {"leaf": '{"action":"user.created", …}', "hashes": [_HASH]}
    entry_id = serializers.UUIDField()
    leaf = serializers.CharField()
    leaf_index = serializers.IntegerField(source="index")
    hashes = serializers.ListField(child=serializers.CharField())
    checkpoint = CheckpointSerializer()

    def to_representation(self, proof: Proof) -> dict[str, Any]:
        return proof_as_json(proof)


def proof_as_json(proof: Proof) -> dict[str, Any]:
    return {
        "entry_id": proof.entry_id,
        "leaf": proof.leaf,
        "leaf_index": proof.index,
        "hashes": [b64encode(each).decode() for each in proof.hashes],
        "checkpoint": checkpoint_as_json(proof.checkpoint),
    }


def checkpoint_as_json(checkpoint: Checkpoint) -> dict[str, Any]:
    return {name: getattr(checkpoint, name) for name in CheckpointSerializer.Meta.fields}


class KeptHeadSerializer(StrictSerializer):
    """The query of the list: a tree head that somebody kept, by the number of its entries."""

    consistent_with = serializers.RegexField(
        re.compile(r"\A[1-9][0-9]{0,17}\Z"),
        required=False,
        error_messages={"invalid": "Use a whole number, 1 or more."},
    )
    cursor = serializers.CharField(required=False, allow_blank=True)
    page_size = serializers.CharField(required=False, allow_blank=True)


class CheckpointPages(NewestFirst):
    """Pages of checkpoints, each with the line up to where the trail was pruned (retention), and a consistency proof; or null."""

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> Any:
        """Read the kept head of the query, too."""
        given = KeptHeadSerializer(data=request.query_params.dict())
        given.is_valid(raise_exception=True)
        size = given.validated_data.get("consistent_with")
        self.consistency = None if size is None else consistency_as_json(prove_consistency(int(size)))
        return super().paginate_queryset(queryset, request, view)

    def get_paginated_response(self, data: Any) -> Response:
        response = super().get_paginated_response(data)
        newest = Pruning.objects.first()
        response.data["pruned"] = None if newest is None else pruning_as_json(newest)
        response.data["consistency"] = self.consistency
        return response

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Describe the line beside the page."""
        page = super().get_paginated_response_schema(schema)
        page["properties"] |= {"pruned": _PRUNED, "consistency": _CONSISTENCY}
        page["required"] = [*page.get("required", ()), "pruned", "consistency"]
        return page


def pruning_as_json(pruning: Pruning) -> dict[str, Any]:
    return {name: getattr(pruning, name) for name in ("size", "note", "older_than", "created_at")}


def consistency_as_json(proof: Consistency) -> dict[str, Any]:
    hashes = [b64encode(each).decode() for each in proof.hashes]
    return {"size": proof.size, "hashes": hashes, "checkpoint": checkpoint_as_json(proof.newest)}


_MOMENT = {"type": "string", "format": "date-time"}
_PRUNED = {
    "type": ["object", "null"],
    "description": "Up to which leaf entries were taken out (retention), signed like a checkpoint; null: none was.",
    "properties": {
        "size": {"type": "integer"},
        "note": {"type": "string", "examples": [_NOTE]},
        "older_than": _MOMENT,
        "created_at": _MOMENT,
    },
    "required": ["size", "note", "older_than", "created_at"],
}
_CONSISTENCY = {
    "type": ["object", "null"],
    "description": "With `consistent_with`: proof (RFC 6962) that a tree of `size` entries is part of that of `checkpoint`, the "
    "newest. `hashes` are base64.",
    "properties": {
        "size": {"type": "integer"},
        "hashes": {"type": "array", "items": {"type": "string", "examples": [_HASH]}},
        "checkpoint": {"$ref": "#/components/schemas/Checkpoint"},
    },
    "required": ["size", "hashes", "checkpoint"],
}
