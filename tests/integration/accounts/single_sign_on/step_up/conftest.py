"""Fixtures of step-up by a provider: Alice signed on an hour ago, and Acme's front-end may call the API."""

from __future__ import annotations

import pytest

from accounts.models import IdentityProvider
from tenants.resolution import forget_all
from tests.acts import rows
from tests.cast import Api, Cast
from tests.integration.accounts.single_sign_on.provider import FakeProvider
from tests.integration.accounts.single_sign_on.step_up.stepping_up import ALICE, long_ago, signed_on


@pytest.fixture
def front_end(acme: Cast) -> None:
    rows("UPDATE organizations SET allowed_origins = 'https://app.acme.example' WHERE slug = 'acme'")
    forget_all()


@pytest.fixture
def stale(acme: Cast, front_end: None, provider: IdentityProvider, fake: FakeProvider) -> Api:
    """Alice at Acme's front-end, who signed on an hour ago."""
    fake.person = dict(ALICE)
    api = signed_on(provider, fake, acme.host)
    long_ago(acme)
    return api
