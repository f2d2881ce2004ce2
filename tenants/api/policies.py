"""GET and PATCH /organization/policies/: origins (CORS), networks (CIDR), switching."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tenants.policies import Policies, change_policies, own_policies
from workix.api.serializers import StrictSerializer
from workix.config.origins import MOST_ORIGINS
from workix.web.networks import LONGEST_NETWORK, MOST_NETWORKS

_ORIGINS = "Origins whose pages may call the API on this organization's own host: https://app.acme.example."

_SWITCHING = (
    "Whether people may switch to and from other organizations of theirs that allow it, without logging in again."
)
_NETWORKS = "Networks from which the organization is reached: 198.51.100.0/24. An empty list is everywhere."

_LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"


class OriginField(serializers.CharField):
    """Scheme, host and maybe a port: see workix.config.origins, which bounds its length, too."""

    json_schema = {"pattern": rf"^(https://{_LABEL}(\.{_LABEL})*|http://localhost)(:[1-9][0-9]{{0,3}})?$"}


class NetworkField(serializers.CharField):
    """CIDR: see workix.web.networks."""

    json_schema = {"pattern": "^[0-9a-fA-F.:]{2,39}(/[0-9]{1,3})?$"}


class PoliciesSerializer(serializers.Serializer[Policies]):
    """What the organization decided."""

    allowed_origins = serializers.ListField(child=serializers.CharField(), help_text=_ORIGINS)
    allowed_networks = serializers.ListField(child=serializers.CharField(), help_text=_NETWORKS)
    allows_switching = serializers.BooleanField(help_text=_SWITCHING)

    examples = {"allowed_origins": ["https://app.acme.example"], "allowed_networks": ["198.51.100.0/24"]}


class PoliciesChangeSerializer(StrictSerializer):
    """What is to be decided otherwise. A list replaces the one before."""

    allowed_origins = serializers.ListField(
        child=OriginField(), required=False, max_length=MOST_ORIGINS, help_text=_ORIGINS
    )
    allowed_networks = serializers.ListField(
        child=NetworkField(max_length=LONGEST_NETWORK), required=False, max_length=MOST_NETWORKS, help_text=_NETWORKS
    )
    allows_switching = serializers.BooleanField(required=False, help_text=_SWITCHING)

    examples = {
        "allowed_origins": ["https://app.acme.example", "http://localhost:3000"],
        "allowed_networks": ["198.51.100.0/24", "2001:db8::/32"],
    }


class PoliciesView(APIView):
    """The policies of one's own organization."""

    required_permissions = {"get": "policies:read", "patch": "policies:write"}
    tag = "Organizations"

    @extend_schema(
        summary="Read your organization's policies", operation_id="policies_retrieve", responses=PoliciesSerializer
    )
    def get(self, request: Request) -> Response:
        """From which origins pages may call the API, and from which networks the organization is reached."""
        return Response(PoliciesSerializer(own_policies()).data)

    @extend_schema(
        summary="Change your organization's policies",
        operation_id="policies_update",
        request=PoliciesChangeSerializer,
        responses=PoliciesSerializer,
    )
    def patch(self, request: Request) -> Response:
        """Changes what is named. Every process knows it after five seconds, and a browser of its origins after ten minutes.
        Networks have to include the one this call comes from, so that nobody shuts themselves out.
        """
        given = PoliciesChangeSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        return Response(PoliciesSerializer(change_policies(**given.validated_data)).data)
