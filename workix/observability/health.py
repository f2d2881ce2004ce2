"""/health/live and /health/ready."""

from __future__ import annotations

from collections.abc import Callable

from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, JsonResponse

from tenants.scope import use_platform


def live(request: HttpRequest) -> JsonResponse:
    """The process answers. Asks no database: a restart would not help against a missing one."""
    return JsonResponse({"status": "ok"})


def ready(request: HttpRequest) -> JsonResponse:
    """The process can do its work; 503, with the check that failed, when it can't."""
    checks = {name: "ok" if _passes(check) else "failed" for name, check in CHECKS.items()}
    good = "failed" not in checks.values()
    body = {"status": "ok" if good else "unavailable", "checks": checks}
    return JsonResponse(body, status=200 if good else 503)


def _database() -> bool:
    with use_platform(), connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone())


CHECKS: dict[str, Callable[[], bool]] = {"database": _database}


def _passes(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except (DatabaseError, InterfaceError):
        return False
