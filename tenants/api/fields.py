"""Serializer fields of policies (origins for CORS, networks as CIDR), which tell the OpenAPI document what they accept."""

from __future__ import annotations

from rest_framework import serializers

_LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"


class OriginField(serializers.CharField):
    """Scheme, host and maybe a port: see workix.config.origins, which bounds its length, too."""

    json_schema = {"pattern": rf"^(https://{_LABEL}(\.{_LABEL})*|http://localhost)(:[1-9][0-9]{{0,3}})?$"}


class NetworkField(serializers.CharField):
    """CIDR: see workix.web.networks."""

    json_schema = {"pattern": "^[0-9a-fA-F.:]{2,39}(/[0-9]{1,3})?$"}
