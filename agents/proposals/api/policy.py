"""GET and PATCH /approval-policy/: which acts of supervised agents wait for approval."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agents.proposals.api.serializers import ApprovalPolicyChangeSerializer, ApprovalPolicySerializer
from agents.proposals.policy import as_json, change_policy, read_policy
from agents.proposals.rules import read
from workix.api.serializers import sent


class ApprovalPolicyView(APIView):
    """The approval policy of one's own organization."""

    required_permissions = {"get": "policies:read", "patch": "policies:write"}
    recent_authentication = ("patch",)
    tag = "Agents"

    @extend_schema(
        summary="Read the approval policy", operation_id="approval_policy_retrieve", responses=ApprovalPolicySerializer
    )
    def get(self, request: Request) -> Response:
        """By which rules an act of a supervised agent waits, and whether its owner may approve it."""
        return Response(as_json(read_policy()))

    @extend_schema(
        summary="Change the approval policy",
        operation_id="approval_policy_update",
        request=ApprovalPolicyChangeSerializer,
        responses=ApprovalPolicySerializer,
    )
    def patch(self, request: Request) -> Response:
        """Changes what is named. It holds for what agents ask from now on; what waits already waits still."""
        given = sent(ApprovalPolicyChangeSerializer, request)
        rules = read(given["rules"]) if "rules" in given else None
        return Response(as_json(change_policy(rules=rules, four_eyes=given.get("four_eyes"))))
