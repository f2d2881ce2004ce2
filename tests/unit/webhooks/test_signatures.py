"""Signatures of deliveries: the vectors of Standard Webhooks, and two secrets while one rotates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from tests.environment import PROJECT
from webhooks.signatures import headers_of

#: Of the libraries of Standard Webhooks, whose tests all have it.
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # noqa: S105  # published
ID, BODY = "msg_p5jXN8AQM9LWM0D4loKWxJek", b'{"test": 2432232314}'
AT = datetime.fromtimestamp(1614265330, UTC)
SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_published_vector_is_signed_as_published() -> None:
    assert headers_of(ID, BODY, [SECRET], now=AT) == {
        "webhook-id": ID,
        "webhook-timestamp": "1614265330",
        "webhook-signature": SIGNATURE,
    }


def test_two_secrets_sign_side_by_side() -> None:
    other = "whsec_" + "QUFB" * 8
    signed = headers_of(ID, BODY, [other, SECRET], now=AT)["webhook-signature"].split(" ")
    assert (len(signed), signed[1], signed[0] != SIGNATURE) == (2, SIGNATURE, True)


def receiver() -> Callable[..., Any]:
    """Return what docs/webhooks.md has a receiver do, as it stands there."""
    page = (PROJECT / "docs" / "webhooks.md").read_text(encoding="utf-8")
    found: dict[str, Any] = {}
    exec(page.partition("```python\n")[2].partition("```")[0], found)  # noqa: S102  # our own page
    verify: Callable[..., Any] = found["verify"]
    return verify


@pytest.mark.parametrize(
    ("header", "value", "later"),
    [("webhook-timestamp", "1614265330", 301), ("webhook-timestamp", "1614265400", 60), ("webhook-id", "msg_other", 0)],
    ids=["again, later", "again, as if it were new", "again, as another message"],
)
def test_a_message_that_was_caught_is_not_believed(header: str, value: str, later: int) -> None:
    headers = headers_of(ID, BODY, [SECRET], now=AT)
    late = time_machine.travel(AT + timedelta(seconds=later), tick=False)
    with late, pytest.raises(ValueError, match=r"too old, or a replay|not signed by Workix"):
        receiver()(SECRET, headers | {header: value}, BODY)
    with time_machine.travel(AT + timedelta(seconds=60), tick=False):
        assert receiver()(SECRET, headers, BODY) == {"test": 2432232314}
