"""The charset of a body: UTF-8 by any of its names, else one that Django does not know and decodes nothing by."""

from __future__ import annotations

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest

from workix.web.well_formed import in_utf_8_only


def passed_on(content_type: str) -> str:
    found: list[str] = []

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        found.append(environ["CONTENT_TYPE"])
        return []

    in_utf_8_only(application)({"CONTENT_TYPE": content_type}, lambda *_: lambda _: None)
    return found[0]


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "application/json",
        "application/json; charset=utf-8",
        'application/json;charset="UTF-8"',
        "text/plain; charset=us-ascii; format=flowed",
        "multipart/form-data; boundary=x",
    ],
)
def test_utf_8_and_no_charset_pass_as_they_are(sent: str) -> None:
    assert passed_on(sent) == sent


@pytest.mark.fault("E9")
@pytest.mark.parametrize(
    "more",
    [
        "charset=hex",
        "charset=utf-7",
        "CHARSET=rot13",
        "charset=utf-8; charset=hex",
        "charset=utf-8x",
        "charset*=utf-8''hex",
        'charset=" utf-8"',
        "charset",
    ],
)
def test_any_other_is_named_unknown(more: str) -> None:
    assert passed_on(f"text/plain; {more}") == "text/plain; charset=unknown"
