"""The fingerprint of a request: the same for the same call, and of no use to whoever guesses its secrets."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from workix.api.fingerprints import fingerprint_of
from workix.config.secrets import Secret

BODY = {"email": "a@acme.example", "admin": {"name": "A", "password": "p"}, "list": [{"refresh": "r", "amount": 1}]}


def printed(data: Any = BODY, path: str = "/x/", method: str = "POST") -> str:
    request: Any = SimpleNamespace(method=method, path=path, data=data)
    return fingerprint_of(request)


def test_the_order_of_fields_does_not_count() -> None:
    assert printed(dict(reversed(BODY.items()))) == printed()


@pytest.mark.fault("D6")
def test_what_is_named_like_a_secret_does_not_count_at_any_depth() -> None:
    bare = {"email": "a@acme.example", "admin": {"name": "A"}, "list": [{"amount": 1}]}
    assert printed(bare) == printed() == printed({**BODY, "api_key": "k", "token": ["t"]})


def test_everything_else_does() -> None:
    others = [
        printed(path="/y/"),
        printed(method="PUT"),
        printed({**BODY, "email": ""}),
        printed([]),
        printed({"list": [1]}),
    ]
    assert len({printed(), *others}) == 1 + len(others)


@pytest.mark.fault("D6")
def test_it_hangs_on_our_key(settings: Settings) -> None:
    before = printed()
    settings.WORKIX = settings.WORKIX.model_copy(update={"master_secret": Secret("another one " * 4)})
    assert printed() != before
