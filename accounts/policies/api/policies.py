"""GET and PATCH /organization/policies/: passwords, origins (CORS), networks (CIDR), switching."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.policies.api.serializers import PoliciesChangeSerializer, PoliciesSerializer
from accounts.policies.organization_policies import change_policies, read_policies


class PoliciesView(APIView):
    """The policies of one's own organization."""

    required_permissions = {"get": "policies:read", "patch": "policies:write"}
    tag = "Organizations"

    @extend_schema(
        summary="Read your organization's policies", operation_id="policies_retrieve", responses=PoliciesSerializer
    )
    def get(self, request: Request) -> Response:
        """What passwords have to be like, from which origins pages may call the API, and from which networks the
        organization is reached.
        """
        return Response(PoliciesSerializer(read_policies()).data)

    @extend_schema(
        summary="Change your organization's policies",
        operation_id="policies_update",
        request=PoliciesChangeSerializer,
        responses=PoliciesSerializer,
    )
    def patch(self, request: Request) -> Response:
        """Changes what is named, all of it or nothing. A rule of passwords holds for the next one that is set; a lifetime from
        the next log-in on. Every process knows networks and origins after five seconds, and a browser of its origins after
        ten minutes. Networks have to include the one this call comes from, so that nobody shuts themselves out.
        """
        given = PoliciesChangeSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        return Response(PoliciesSerializer(change_policies(**given.validated_data)).data)
