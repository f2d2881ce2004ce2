"""Whoever is refused leaves an entry in their own organization's trail."""

from __future__ import annotations

import pytest

from tests import cast
from tests.acts import rows
from tests.cast import PASSWORD, Api, Cast

REFUSALS = "SELECT actor_label, resource_id, changes FROM audit_logs WHERE action = 'access.refused'"


@pytest.mark.requirement("S37")
def test_a_refused_call_is_in_the_trail_of_who_tried(acme: Cast, vera: Api, gina: Api) -> None:
    assert vera.post("users/", {"email": "x@acme.example", "password": PASSWORD}).status == 403
    assert rows(REFUSALS, acme) == [("vera@acme.example", "users:write", {"method": "POST", "path": "/api/v1/users/"})]
    assert gina.get("audit-logs/?action=access.refused").body["results"] == []


def test_an_operator_who_is_refused_is_in_the_platforms_own(database: None) -> None:
    cast.hire_otto()
    otto = Api(Api().post("auth/login/", {"email": cast.OTTO, "password": PASSWORD}).body["access"])
    assert otto.get("users/").status == 403
    assert rows(REFUSALS) == [(cast.OTTO, "users:read", {"method": "GET", "path": "/api/v1/users/"})]


def test_who_has_no_credential_leaves_none(acme: Cast, anonymous: Api) -> None:
    assert anonymous.get("users/").status == 401
    assert rows(REFUSALS, acme) == []
