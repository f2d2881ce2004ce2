"""Signatures of deliveries: the vectors of Standard Webhooks, and two secrets while one rotates."""

from __future__ import annotations

from datetime import UTC, datetime

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
