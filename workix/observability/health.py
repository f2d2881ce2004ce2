"""Health checks: /health/live and /health/ready, the liveness and readiness probes of a load balancer."""

# Note [What a probe costs]
# Anybody may ask, as often as they like. So one look at everything is believed for a second, and there is one look at a time,
# in a thread of its own: a database that does not answer holds that thread, and no probe waits longer than PATIENCE_SECONDS.
# Reasons are a few fixed words: what went wrong in detail is for the log. A check fails where requests would; what they do
# without, as the job worker, only degrades: the answer stays 200, or one worker's end would take every web server away.

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from functools import cache

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connections
from django.http import HttpRequest, JsonResponse
from django.utils.module_loading import import_string

logger = logging.getLogger("workix.health")

BELIEVED_SECONDS = 1.0
PATIENCE_SECONDS = 2.0

#: Raises NotReady where it does not pass.
Check = Callable[[], None]


class NotReady(Exception):  # what is found, as DRF's NotFound
    """Requests would fail. `reason` is a fixed word, which anybody may read."""

    status = "failed"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Degraded(NotReady):
    """Something lacks that requests do without."""

    status = "degraded"


class Look:
    """One look at all checks, in a thread of its own."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._found: dict[str, dict[str, str]] = {}
        self._is_over = threading.Event()
        threading.Thread(target=self._look, name="health", daemon=True).start()

    @property
    def is_good_for_another(self) -> bool:
        """It is young, or still under way: nobody begins a second one beside it."""
        return not self._is_over.is_set() or time.monotonic() - self._began < BELIEVED_SECONDS

    def found(self) -> dict[str, dict[str, str]]:
        """Wait for it, but not too long; what was not found by then counts as failed."""
        self._is_over.wait(max(0.0, self._began + PATIENCE_SECONDS - time.monotonic()))
        found = dict(self._found)
        return {name: found.get(name, {"status": "failed", "reason": "timed_out"}) for name in _checks()}

    def _look(self) -> None:
        try:
            for name, check in _checks().items():
                self._found[name] = _result(name, check)
        finally:
            connections.close_all()
            self._is_over.set()


class Readiness:
    """What this process says of itself: the newest look, and whether it is about to end."""

    def __init__(self) -> None:
        self.is_stopping = False
        self._look: Look | None = None
        self._lock = threading.Lock()

    def found(self) -> dict[str, dict[str, str]]:
        with self._lock:
            if self._look is None or not self._look.is_good_for_another:
                self._look = Look()
            look = self._look
        return look.found()


readiness = Readiness()


def live(request: HttpRequest) -> JsonResponse:
    """The process answers. Asks no database: a restart would not help against a missing one."""
    return JsonResponse({"status": "ok"})


def ready(request: HttpRequest) -> JsonResponse:
    """The process can do its work; 503, with the check that failed and why, when it can't, or is about to end."""
    if readiness.is_stopping:
        return JsonResponse({"status": "stopping", "checks": {}}, status=503)
    checks = readiness.found()
    there = {check["status"] for check in checks.values()}
    status = "unavailable" if "failed" in there else "degraded" if "degraded" in there else "ok"
    return JsonResponse({"status": status, "checks": checks}, status=503 if status == "unavailable" else 200)


@cache
def _checks() -> dict[str, Check]:
    return dict(_of_modules())


def _of_modules() -> Iterator[tuple[str, Check]]:
    for module in settings.READINESS_CHECKS:
        yield from import_string(f"{module}.CHECKS").items()


def _result(name: str, check: Check) -> dict[str, str]:
    try:
        check()
    except NotReady as found:
        return {"status": found.status, "reason": found.reason}
    except (DatabaseError, InterfaceError) as error:
        return _failed(name, "unreachable", error)
    except Exception as error:  # noqa: BLE001  # a probe that breaks is a finding, too
        return _failed(name, "error", error)
    return {"status": "ok", "reason": ""}


def _failed(name: str, reason: str, error: Exception) -> dict[str, str]:
    logger.warning("health.check_failed", extra={"check": name, "because": type(error).__name__})
    return {"status": "failed", "reason": reason}
