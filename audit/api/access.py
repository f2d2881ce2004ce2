"""RecordsAccess: reads of sensitive rows over the API are entries in the trail (`user.accessed`), coalesced."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from audit.access.reads import record_read


class RecordsAccess(GenericViewSet[Any]):
    """Whoever is shown a list, or a row, leaves an entry of it. `accessed` is what the trail calls the rows."""

    accessed: str

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """Record before anything is sent: what can't be recorded is not shown."""
        if response.status_code == 200 and self.action in ("list", "retrieve"):
            record_read(self.accessed, str(kwargs.get("pk", "")))
        return super().finalize_response(request, response, *args, **kwargs)
