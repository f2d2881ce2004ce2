"""The handler of gRPC: bytes in, bytes or a status out; what every call is given, measured by and logged as."""

from __future__ import annotations

import logging
import time
from typing import Any

import grpc
from django.db import DEFAULT_DB_ALIAS, connections

from gateway.grpc.calls import Method, answered, tell
from gateway.grpc.deadlines import DeadlineExceeded
from gateway.grpc.requests import request_of
from gateway.grpc.statuses import DETAILS, code_of, details_of
from quotas.heavy_use.counter import COUNTER
from workix.api.problems import problem_of
from workix.core.current import Context, Current
from workix.core.errors import ProblemError
from workix.observability import metrics
from workix.observability.logging import write_access_line
from workix.web.request import circumstances_of, request_id_of, whose

logger = logging.getLogger("workix.access")

_OK = grpc.StatusCode.OK


class Handlers(grpc.GenericRpcHandler):
    """Finds who answers a call by its path; what is not there gRPC itself refuses as UNIMPLEMENTED."""

    def __init__(self, methods: dict[str, Method]) -> None:
        self._handlers: dict[str, Any] = {
            path: grpc.unary_unary_rpc_method_handler(Answering(path, method)) for path, method in methods.items()
        }

    def service(self, handler_call_details: Any) -> Any:
        return self._handlers.get(handler_call_details.method)


class Answering:
    """Answers the calls of one method."""

    def __init__(self, path: str, method: Method) -> None:
        self._path, self._method = path, method
        self._observe = metrics.GRPC_SECONDS.labels(path).observe
        self._count_ok = metrics.GRPC_CALLS.labels(path, _OK.name).inc

    def __call__(self, sent: bytes, context: Any) -> bytes:
        started, database = time.perf_counter(), connections[DEFAULT_DB_ALIAS]
        before = _statements(database)
        request = request_of(context, self._path)
        request_id, refusal = request_id_of(request), None
        with Current.fresh(request_id=request_id, **circumstances_of(request)):
            request.context = Current.context  # type: ignore[attr-defined]  # as REST keeps it
            said, answer = {"x-request-id": request_id}, b""
            try:
                answer = answered(self._method, sent, request, context, said).SerializeToString()
            except Exception as error:  # noqa: BLE001  # whatever it is, it becomes a status
                refusal = problem_of(error)
            self._finish(request.context, refusal, started, before, _statements(database))  # type: ignore[attr-defined]  # as REST keeps it
            if refusal is not None:
                _refuse(context, refusal, said)
            context.set_trailing_metadata(tuple((name.lower(), value) for name, value in said.items()))
        return answer

    def _finish(
        self,
        context: Context,
        refusal: ProblemError | None,
        started: float,
        before: tuple[int, float],
        after: tuple[int, float],
    ) -> None:
        seconds = time.perf_counter() - started
        self._observe(seconds)
        if refusal is None:
            self._count_ok()
            code, status = _OK, 200
        else:
            code, status = code_of(refusal), refusal.status
            metrics.GRPC_CALLS.labels(self._path, code.name).inc()
        database_seconds = after[1] - before[1]
        if context.organization is not None:
            COUNTER.count_request(context.organization.id, status, database_seconds)
        if logger.isEnabledFor(logging.INFO):
            line = _line(context, seconds, after[0] - before[0], database_seconds)
            write_access_line(
                logger, {"method": "POST", "route": self._path, "status": status, "grpc": code.name, **line}
            )


def _refuse(context: Any, refusal: ProblemError, said: dict[str, str]) -> None:
    if isinstance(refusal, DeadlineExceeded) and not context.is_active():
        return  # nobody listens
    tell(said, {name: value for name, value in refusal.headers.items() if name.startswith(("RateLimit", "Retry"))})
    told: list[tuple[str, str | bytes]] = [(name.lower(), value) for name, value in said.items()]
    context.set_trailing_metadata((*told, (DETAILS, details_of(refusal))))
    context.abort(code_of(refusal), refusal.detail)


def _statements(database: Any) -> tuple[int, float]:
    return database.database_statements, database.database_seconds


def _line(context: Context, seconds: float, statements: int, database_seconds: float) -> dict[str, Any]:
    return {
        "ms": round(seconds * 1_000, 1),
        "queries": statements,
        "db_ms": round(database_seconds * 1_000, 1),
        **whose(context),
    }
