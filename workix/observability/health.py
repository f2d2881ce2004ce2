"""Health checks: /health/live and /health/ready, the liveness and readiness probes of a load balancer."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, JsonResponse
from django.utils.module_loading import import_string


def live(request: HttpRequest) -> JsonResponse:
    """The process answers. Asks no database: a restart would not help against a missing one."""
    return JsonResponse({"status": "ok"})


def ready(request: HttpRequest) -> JsonResponse:
    """The process can do its work; 503, with the check that failed, when it can't."""
    checks = {name: "ok" if _passes(check) else "failed" for name, check in settings.READINESS_CHECKS.items()}
    good = "failed" not in checks.values()
    body = {"status": "ok" if good else "unavailable", "checks": checks}
    return JsonResponse(body, status=200 if good else 503)


def _passes(dotted_name: str) -> bool:
    check: Callable[[], bool] = import_string(dotted_name)
    try:
        return check()
    except (DatabaseError, InterfaceError):
        return False
