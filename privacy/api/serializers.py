"""Serializers of the privacy API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from privacy.erasures.scheduling import Preview
from privacy.exports.exporting import Link
from privacy.models import Erasure, ErasureStatus, ExportStatus, PrivacyExport
from workix.api.serializers import StrictSerializer


class SubjectSerializer(StrictSerializer):
    """Whose data is meant."""

    user = serializers.UUIDField(required=False, help_text="Oneself, unless said.")


class ArchiveSerializer(StrictSerializer):
    """What the link is good for."""

    token = serializers.CharField(max_length=100)


@extend_schema_serializer(many=False)
class PrivacyExportSerializer(serializers.Serializer[PrivacyExport]):
    """An export of a person's data. The archive is there until `expires_at`, when it is `ready`."""

    id = serializers.UUIDField()
    user = serializers.UUIDField()
    status = serializers.ChoiceField(ExportStatus.choices)
    size = serializers.IntegerField(help_text="Bytes of the archive.")
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()


class PrivacyLinkSerializer(serializers.Serializer[Link]):
    """A link to an archive: its `token` is in this response and nowhere else."""

    token = serializers.CharField()
    expires_at = serializers.DateTimeField()


def export_as_json(export: PrivacyExport) -> dict[str, Any]:
    names = ("id", "status", "size", "created_at", "expires_at")
    return {**{name: getattr(export, name) for name in names}, "user": export.user_id}


def link_as_json(link: Link) -> dict[str, Any]:
    return {"token": link.token, "expires_at": link.export.link_expires_at}


class PreviewSerializer(serializers.Serializer[Preview]):
    """What an erasure would take: rows by table. Entries of the audit trail stay, with nothing personal in them."""

    examples = {"rows": {"users": 1, "sessions": 3, "audit_logs": 120}}
    user = serializers.UUIDField()
    rows = serializers.DictField(child=serializers.IntegerField())


@extend_schema_serializer(many=False)
class ErasureSerializer(serializers.Serializer[Erasure]):
    """An erasure. When it is `done` there is a `certificate`, a signed note (C2SP)."""

    examples = {"certificate": ""}
    id = serializers.UUIDField()
    user = serializers.UUIDField()
    status = serializers.ChoiceField(ErasureStatus.choices)
    due_at = serializers.DateTimeField()
    erased_at = serializers.DateTimeField(allow_null=True)
    certificate = serializers.CharField()
    created_at = serializers.DateTimeField()
