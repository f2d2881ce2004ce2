"""What the server itself answers: pages of the platform's front-ends may read it, others may not (CORS)."""

from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from workix.api.problems import PayloadTooLarge
from workix.web.server.refusals import written

APP = "https://app.example.com"


def fields(origin: str) -> dict[str, str]:
    head = written(PayloadTooLarge(), "192.0.2.1", origin=origin).decode().partition("\r\n\r\n")[0]
    lines = [line.partition(": ") for line in head.split("\r\n")[1:]]
    return {name: text for name, _, text in lines if name.startswith("access-control") or name == "Vary"}


@pytest.mark.fault("F7")
@pytest.mark.parametrize("origin", ["", "https://evil.example", "null", f"{APP}/", "*"])
def test_a_strangers_page_reads_nothing(settings: Settings, origin: str) -> None:
    settings.WORKIX = settings.WORKIX.model_copy(update={"allowed_origins": (APP,)})
    assert fields(origin) == {"Vary": "Origin"}


@pytest.mark.fault("F7")
def test_the_platforms_own_front_end_does(settings: Settings) -> None:
    settings.WORKIX = settings.WORKIX.model_copy(update={"allowed_origins": (APP,)})
    assert fields(APP) == {
        "Vary": "Origin",
        "access-control-allow-origin": APP,
        "access-control-allow-credentials": "true",
        "access-control-expose-headers": ", ".join(settings.CORS_EXPOSE_HEADERS),
    }
