"""An erasure, and the preview of one, as JSON: over the API and on the command line."""

from __future__ import annotations

from typing import Any

from privacy.erasures.scheduling import Preview
from privacy.models import Erasure


def preview_as_json(shown: Preview) -> dict[str, Any]:
    return {"user": shown.person.id, "rows": shown.rows}


def erasure_as_json(erasure: Erasure) -> dict[str, Any]:
    names = ("id", "status", "due_at", "erased_at", "certificate", "created_at")
    return {**{name: getattr(erasure, name) for name in names}, "user": erasure.user_id}
