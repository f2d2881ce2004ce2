"""Which methods there are: the path of each, what it takes, and the permission it needs. Closed by default."""

from __future__ import annotations

from collections.abc import Mapping

from gateway.grpc import authorization, introspection, quotas
from gateway.grpc.calls import Method
from gateway.grpc.protos.workix.v1 import authorization_pb2, introspection_pb2, quotas_pb2

FILES = (introspection_pb2, quotas_pb2, authorization_pb2)

METHODS: Mapping[str, Method] = {
    "/workix.v1.Introspection/Introspect": Method(introspection_pb2.IntrospectRequest, None, introspection.introspect),
    "/workix.v1.Quotas/Consume": Method(
        quotas_pb2.ConsumeRequest, quotas.PERMISSION, quotas.consume, quotas.consume_at_once, changes=True
    ),
    "/workix.v1.Quotas/Reserve": Method(quotas_pb2.ReserveRequest, quotas.PERMISSION, quotas.reserve, changes=True),
    "/workix.v1.Quotas/Commit": Method(quotas_pb2.CommitRequest, quotas.PERMISSION, quotas.commit, changes=True),
    "/workix.v1.Quotas/Release": Method(quotas_pb2.ReleaseRequest, quotas.PERMISSION, quotas.release, changes=True),
    "/workix.v1.Authorization/Explain": Method(authorization_pb2.ExplainRequest, None, authorization.explain),
}
