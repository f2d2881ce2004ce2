"""The one form of an e-mail address, and the addresses that mail servers refuse."""

from __future__ import annotations

import pytest

from accounts.models.email_address import check_address, normalize_address
from workix.core.errors import Invalid

pytestmark = pytest.mark.fault("E7")
BOOKS = "user@xn--bcher-kva.example"


@pytest.mark.parametrize(
    ("spelling", "canonical"),
    [
        *(
            ("user@bücher.example", BOOKS),
            ("User@BÜCHER.Example", BOOKS),
            (BOOKS.upper(), BOOKS),
            (f" {BOOKS}\n", BOOKS),
        ),
        *(("user@bu\u0308cher.example", BOOKS), ("user@b\u00ad\u200büc\u2060her.example", BOOKS)),
        *(("user@ｂüｃｈｅｒ.example", BOOKS), ("user@bücher。example", BOOKS)),
        *(("A.B+c@ACME.example", "a.b+c@acme.example"), ("user@ａｃｍｅ.example", "user@acme.example")),
        *(("user@ac\u00adme.example", "user@acme.example"), ("user@acme\uff0eexample", "user@acme.example")),
        *(("user@straße.example", "user@xn--strae-oqa.example"), ("operator@localhost", "operator@localhost")),
    ],
)
def test_every_spelling_of_an_address_is_one(spelling: str, canonical: str) -> None:
    assert (normalize_address(spelling), check_address(spelling)) == (canonical, canonical)
    assert normalize_address(canonical) == canonical


@pytest.mark.parametrize(
    "address",
    [
        *(
            "",
            "user",
            "@acme.example",
            "user@",
            "a@b@acme.example",
            "user@[127.0.0.1]",
            "user@[IPv6:::1]",
            "user@127.0.0.1",
        ),
        *("ｕｓｅｒ@acme.example", "us\u00ader@acme.example", "us\u200ber@acme.example", "\u0131da@acme.example"),
        *("\u0130da@acme.example", "mu\u017fe@acme.example", "müller@acme.example", "u\u0301ser@acme.example"),
        *('"a b"@acme.example', '"a"@acme.example', "a..b@acme.example", ".a@acme.example", "a.@acme.example"),
        *("user@acme..example", "user@-acme.example", "user@xn--a.example", "user@ac_me.example", "user@acme.example."),
        *("x" * 65 + "@acme.example", "user@" + "a." * 130 + "example", "user@" + "ü." * 130 + "example"),
        *("user@acme.exam ple", "us er@acme.example", "user@acme.example\x00", "user(comment)@acme.example"),
    ],
)
def test_what_mail_servers_refuse_is_refused(address: str) -> None:
    with pytest.raises(Invalid) as caught:
        check_address(address, field="admin.email")
    assert (caught.value.field, caught.value.problem) == ("admin.email", "invalid")


@pytest.mark.parametrize("length", [250, 10_000, 1_000_000])
def test_a_domain_without_end_is_left_as_it_is(length: int) -> None:
    assert normalize_address("user@" + "\u0316\u0301" * length) == "user@" + "\u0316\u0301" * length
