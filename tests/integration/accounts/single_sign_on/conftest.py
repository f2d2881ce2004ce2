"""Fixtures of single sign-on: a provider on a loopback port, and one of Acme's that is enabled."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from accounts.models import IdentityProvider
from tests.browsers import Browser
from tests.cast import Cast
from tests.integration.accounts.single_sign_on.provider import FakeProvider, fake_provider
from tests.integration.accounts.single_sign_on.signing_on import CAROL, connect


@pytest.fixture
def fake() -> Iterator[FakeProvider]:
    with fake_provider() as provider:
        provider.person = dict(CAROL)
        yield provider


@pytest.fixture
def provider(acme: Cast, fake: FakeProvider) -> IdentityProvider:
    return connect(acme, fake)


@pytest.fixture
def browser(acme: Cast) -> Browser:
    return Browser(acme.host)
