"""TOTP: the vectors of RFC 6238, drift of one step, codes that are used up, and what is no code."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from accounts.models import SecondFactor, User
from accounts.second_factors import totp
from workix.core.models import uuid7

#: Appendix B of RFC 6238, for SHA-1: seconds since 1970, the last six of the eight digits.
VECTORS = [
    (59, "287082"),
    (1111111109, "081804"),
    (1111111111, "050471"),
    (1234567890, "005924"),
    (2000000000, "279037"),
]
SECRET = base64.b32encode(b"12345678901234567890").decode()


def factor_with(secret: str = SECRET, *, last_step: int = 0) -> SecondFactor:
    user = User(email="alice@acme.example", organization_id=uuid7())
    factor = SecondFactor(user=user, last_step=last_step)
    totp.keep_secret(factor, secret)
    return factor


@pytest.mark.parametrize(("seconds", "code"), VECTORS)
def test_the_vectors_of_the_rfc(seconds: int, code: str) -> None:
    assert totp.find_step(factor_with(), code, now=datetime.fromtimestamp(seconds, UTC)) == seconds // 30


@pytest.mark.parametrize(("seconds", "found"), [(-31, None), (-30, 1), (0, 1), (29, 1), (59, 1), (60, None)])
def test_the_clocks_may_be_one_step_apart_and_no_more(seconds: int, found: int | None) -> None:
    begins = datetime.fromtimestamp(1234567890 // 30 * 30, UTC)
    step = totp.find_step(factor_with(), "005924", now=begins + timedelta(seconds=seconds))
    assert step == (1234567890 // 30 if found else None)


@pytest.mark.parametrize("last_step", [1234567890 // 30, 1234567890 // 30 + 1])
def test_a_step_that_was_used_is_used_up_and_so_is_every_earlier_one(last_step: int) -> None:
    moment = datetime.fromtimestamp(1234567890, UTC)
    assert totp.find_step(factor_with(last_step=last_step), "005924", now=moment) is None


@pytest.mark.parametrize(
    "code",
    [
        "",
        "5924",
        "0005924",
        "005924 ",
        " 005924",
        "00592４",
        "٠٠٥٩٢٤",
        "005924\n",
        "0x5924",
        "+05924",
        "005924\x00",
        "०" * 6,
    ],
)
def test_what_is_no_six_ascii_digits_is_no_code(code: str) -> None:
    assert totp.find_step(factor_with(), code, now=datetime.fromtimestamp(1234567890, UTC)) is None


def test_a_secret_that_was_put_into_another_row_opens_nothing() -> None:
    mine, theirs = factor_with(), factor_with()
    mine.encrypted_secret = theirs.encrypted_secret
    assert totp.find_step(mine, "005924", now=datetime.fromtimestamp(1234567890, UTC)) is None
    theirs.user.organization_id = UUID(int=0)
    assert totp.find_step(theirs, "005924", now=datetime.fromtimestamp(1234567890, UTC)) is None


def test_a_secret_has_160_bits_and_is_in_nothing_that_is_printed() -> None:
    secret = totp.make_secret()
    factor = factor_with(secret)
    assert (len(base64.b32decode(secret)), secret == totp.make_secret()) == (20, False)
    assert (secret in factor.encrypted_secret, secret in repr(factor), secret in repr(vars(factor))) == (False,) * 3


def test_an_app_reads_whose_secret_it_is() -> None:
    assert totp.uri_of(SECRET, account="alice@acme.example", issuer="Acme & Co (Workix)") == (
        f"otpauth://totp/Acme%20%26%20Co%20%28Workix%29:alice%40acme.example?secret={SECRET}"
        "&issuer=Acme%20%26%20Co%20%28Workix%29"
    )
