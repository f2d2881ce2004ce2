"""Streamed responses: each part is made in the scope of its request, and nothing is held between two."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest, StreamingHttpResponse
from django.test import RequestFactory

from tenants.middleware import OrganizationMiddleware
from tests.cast import Cast
from workix.core.current import Actor, Current, NoOrganizationInScope


def whose() -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user")
        return f"{cursor.fetchone()[0]} {Current.actor.label}".encode()


def stream(cast: Cast, seen: list[str]) -> StreamingHttpResponse:
    """Ask for two parts, each of which says as whom it is made; `seen` hears of the end."""

    def parts() -> Iterator[bytes]:
        try:
            yield whose()
            yield whose()
        finally:
            seen.append("closed")

    def view(request: HttpRequest) -> Any:
        Current.update(actor=Actor("person", label="alice"))
        return StreamingHttpResponse(parts())

    request = RequestFactory().get("/api/v1/x/", headers={"Host": cast.host})
    response = OrganizationMiddleware(view)(request)
    assert isinstance(response, StreamingHttpResponse)
    return response


def test_every_part_is_made_as_the_role_and_the_actor_of_the_request(acme: Cast, globex: Cast) -> None:
    ours, theirs = stream(acme, []), stream(globex, [])
    said = [part for pair in zip(ours, theirs, strict=True) for part in pair]
    assert said == [f"{each.organization.schema_name} alice".encode() for each in (acme, globex)] * 2


def test_nobody_is_in_scope_between_two_parts_and_after_them(acme: Cast) -> None:
    seen: list[str] = []
    response = stream(acme, seen)
    for _ in response:
        with pytest.raises(NoOrganizationInScope):
            _ = Current.organization
        assert Current.actor.label == ""
    response.close()
    assert seen == ["closed"]


def test_whoever_leaves_early_ends_it(acme: Cast) -> None:
    seen: list[str] = []
    response = stream(acme, seen)
    next(iter(response))
    response.close()
    assert seen == ["closed"]
