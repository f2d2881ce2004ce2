"""Throttle: counts each request to the API once it is known who asks, before anything is done for them."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from quotas.throttling.requests import COUNTED, count_request
from workix.core.current import Current


class RequestThrottle(BaseThrottle):
    """Refuses by an error of ours, which says more than REST framework's. quotas.middleware writes the headers."""

    def allow_request(self, request: Request, view: Any) -> bool:
        """Let it pass.

        :raises TooMany: when a rate it counts for is used up.
        """
        meta = request._request.META  # noqa: SLF001  # as REST framework does: its own attribute takes a detour
        meta[COUNTED] = {}  # a refusal says all of it by itself
        scopes = getattr(view, "throttle_scopes", None)
        scope = scopes.get(getattr(view, "action", None) or view.request.method.lower(), "") if scopes else ""
        meta[COUNTED] = count_request(Current.context, scope)
        return True
