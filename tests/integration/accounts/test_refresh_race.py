"""POST /auth/refresh/, many at once: a refresh token is good once."""

from __future__ import annotations

import pytest

from tests.acts import at_once
from tests.cast import PASSWORD, Api, Cast


@pytest.mark.requirement("S72")
@pytest.mark.requirement("S131")
def test_of_twelve_who_spend_one_refresh_token_at_once_exactly_one_gets_a_pair(acme: Cast) -> None:
    pair = Api().post("auth/login/", {"email": "alice@acme.example", "password": PASSWORD}).body
    answers = at_once(lambda _: Api().post("auth/refresh/", {"refresh": pair["refresh"]}), 12)
    assert sorted((each.status, each.body.get("code", "")) for each in answers) == [
        (200, ""),
        *[(401, "session_revoked")] * 11,
    ]
    assert Api(pair["access"]).get("me/").status == 401
