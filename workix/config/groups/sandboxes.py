"""Settings of sandboxes: how many organizations that end by themselves anybody may open."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, Field

from workix.config import values
from workix.config.fields import setting

Number = Annotated[int, Field(ge=0, le=1_000)]


def some_for_developers(found: dict[str, Any]) -> int:
    """Return how many there may be at once where nobody says so."""
    return 0 if found["environment"] == "production" else 20


class SandboxSettings(BaseModel):
    """What an operator may set of them. How many there may be at once depends on where this runs, so it is set there."""

    sandboxes_per_hour: values.PositiveNumber = setting(
        "WORKIX_SANDBOXES_PER_HOUR", "Sandboxes one address may open in an hour.", 100
    )
