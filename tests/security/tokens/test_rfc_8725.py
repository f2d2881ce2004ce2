"""RFC 8725 (JSON Web Token Best Current Practices), attacked point by point: docs/threat-model.md names each test."""

from __future__ import annotations

import socket
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from accounts.tokens import access_tokens
from accounts.tokens.signing_keys import key_set
from tests.unit.accounts.tokens.hand_made import ALICE, crafted, issue, our_key, payload, refused

pytestmark = pytest.mark.requirement("S135")

#: The order of the group of Ed25519. Source: RFC 8032, section 5.1.
_ORDER = 2**252 + 27742317777372353535851937790883648493


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> Iterator[None]:
    key_set().verified.clear()
    access_tokens._key_id.cache_clear()
    yield
    key_set().verified.clear()


def header(**more: Any) -> dict[str, Any]:
    return {"alg": "EdDSA", "kid": our_key().id, "typ": "JWT", **more}


def test_what_these_tests_craft_is_good_before_it_is_spoilt() -> None:
    assert access_tokens.read(crafted(header(), payload())).user_id == ALICE


@pytest.mark.parametrize(
    "algorithm", ["none", "None", "nOnE", "HS256", "RS256", "ES256", "PS256", "Ed25519", "eddsa", ""]
)
def test_the_header_does_not_choose_the_algorithm(algorithm: str) -> None:
    assert refused(crafted(header(alg=algorithm), payload()))


@pytest.mark.parametrize("named", ["ours", "theirs"])
def test_a_key_that_comes_with_the_token_is_not_used(named: str) -> None:
    stranger = Ed25519PrivateKey.generate()
    raw = urlsafe_b64encode(stranger.public_key().public_bytes_raw()).rstrip(b"=").decode()
    theirs = {"kty": "OKP", "crv": "Ed25519", "x": raw, "kid": "theirs"}
    kid = our_key().id if named == "ours" else "theirs"
    assert refused(crafted(header(jwk=theirs, kid=kid), payload(), stranger))
    assert refused(crafted(header(jwk=our_key().as_jwk()), payload()))


@pytest.mark.parametrize("member", ["jku", "x5u"])
def test_no_address_in_a_token_is_ever_called(member: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/keys.json"
        assert refused(crafted(header(**{member: address}), payload()))
        assert refused(crafted(header(**{member: address, "kid": "theirs"}), payload(), Ed25519PrivateKey.generate()))
        with pytest.raises(BlockingIOError):
            server.accept()


@pytest.mark.parametrize(
    "more",
    [
        {"crit": ["exp"]},
        {"crit": ["b64"], "b64": False},
        {"b64": False},
        {"zip": "DEF"},
        {"cty": "JWT"},
        {"enc": "A256GCM"},
        {"x5c": ["MIIB"]},
        {"x5t": "x"},
        {"x5t#S256": "x"},
        {"iss": "x"},
        {"exp": 99_999_999_999},
        {"": ""},
        {"x": {"x": {"x": {}}}},
    ],
    ids=str,
)
def test_a_header_says_nothing_that_we_do_not_write(more: dict[str, Any]) -> None:
    assert refused(crafted(header(**more), payload()))


@pytest.mark.parametrize("typ", ["at+jwt", "jwt", "JOSE", "application/jwt", "", None, 1, ["JWT"]])
def test_a_token_of_another_type_is_not_ours(typ: Any) -> None:
    assert refused(crafted(header(typ=typ), payload()))


def test_a_name_that_is_there_twice_is_read_neither_way() -> None:
    kid = our_key().id
    for written in (
        f'{{"alg":"EdDSA","kid":"{kid}","kid":"theirs","typ":"JWT"}}',
        f'{{"alg":"EdDSA","kid":"theirs","kid":"{kid}","typ":"JWT"}}',
        f'{{"alg":"none","alg":"EdDSA","kid":"{kid}"}}',
        f'{{"alg":"EdDSA","alg":"EdDSA","kid":"{kid}"}}',
    ):
        assert refused(crafted(written.encode(), payload())), written


def test_a_header_is_written_one_way() -> None:
    kid = our_key().id
    assert access_tokens.read(crafted(f'{{"alg":"EdDSA","kid":"{kid}"}}'.encode(), payload())).user_id == ALICE
    for written in (
        f'{{"alg": "EdDSA","kid":"{kid}"}}',
        f' {{"alg":"EdDSA","kid":"{kid}"}}',
        f'{{"alg":"EdDSA","kid":"{kid}"}}\n',
        f'{{"\\u0061lg":"EdDSA","kid":"{kid}"}}',
        f'{{"alg":"EdDS\\u0041","kid":"{kid}"}}',
        f'\ufeff{{"alg":"EdDSA","kid":"{kid}"}}',
    ):
        assert refused(crafted(written.encode(), payload())), written


@pytest.mark.parametrize(
    "kid",
    [
        "../../../../dev/null",
        "/dev/null",
        "' OR 1=1 --",
        "x' UNION SELECT 'key",
        "http://127.0.0.1/keys.json",
        "|true",
        "\u0000",
        "",
        "k" * 100_000,
        None,
        0,
        True,
        ["x"],
        {"x": 1},
        1e300,
    ],
    ids=lambda kid: repr(kid)[:20],
)
def test_the_name_of_a_key_leads_to_one_of_ours_or_nowhere(kid: Any) -> None:
    assert refused(crafted(header(kid=kid), payload()))


def test_a_name_of_our_key_with_something_behind_it_is_another_name() -> None:
    for kid in (
        our_key().id + " ",
        our_key().id.lower(),
        our_key().id[:-1],
        our_key().id + "\u0000",
        our_key().id + "=",
    ):
        assert refused(crafted(header(kid=kid), payload())), kid


def test_a_signature_is_not_malleable() -> None:
    """S + L signs the same for whoever does not look: RFC 8032, section 5.1.7, has S below L."""
    signed, _, signature = issue().rpartition(".")
    raw = urlsafe_b64decode(signature + "==")
    scalar = int.from_bytes(raw[32:], "little") + _ORDER
    other = urlsafe_b64encode(raw[:32] + scalar.to_bytes(32, "little")).rstrip(b"=").decode()
    assert access_tokens.read(f"{signed}.{signature}").user_id == ALICE
    assert refused(f"{signed}.{other}")


@pytest.mark.parametrize(
    "point", [bytes([1]) + bytes(31), bytes(32), bytes([0xEC]) + b"\xff" * 30 + b"\x7f", b"\xff" * 32]
)
def test_a_signature_of_a_point_of_small_order_is_none(point: bytes) -> None:
    signed = issue().rpartition(".")[0]
    assert refused(f"{signed}.{urlsafe_b64encode(point + bytes(32)).rstrip(b'=').decode()}")


@pytest.mark.parametrize("part", [0, 1, 2])
def test_each_part_has_one_spelling(part: int) -> None:
    parts = issue().split(".")
    assert access_tokens.read(".".join(parts)).user_id == ALICE
    for spelled in (
        parts[part] + "=",
        parts[part] + "==",
        parts[part] + "\n",
        " " + parts[part],
        parts[part] + "A",
        "-" + parts[part],
    ):
        assert refused(".".join([*parts[:part], spelled, *parts[part + 1 :]])), spelled


@pytest.mark.parametrize(
    "token",
    ["{0}.{1}.{2}.", ".{0}.{1}.{2}", "{0}.{1}.{2}.{2}", "{0}..{2}", "{0}.{1}", "{1}.{0}.{2}"],
)
def test_a_token_has_three_parts(token: str) -> None:
    assert refused(token.format(*issue().split(".")))


def test_no_other_serialization_and_no_token_in_a_token_is_read() -> None:
    head, body, signature = issue().split(".")
    flattened = orjson.dumps({"protected": head, "payload": body, "signature": signature}).decode()
    general = orjson.dumps({"payload": body, "signatures": [{"protected": head, "signature": signature}]}).decode()
    nested = crafted(header(), issue().encode())
    encrypted = f"{head}..{body}.{body}.{signature}"
    assert [refused(each) for each in (flattened, general, nested, encrypted)] == [True] * 4


@pytest.mark.parametrize("part", ["header", "payload"])
@pytest.mark.parametrize("opening", [b"[", b'{"x":'], ids=["arrays", "objects"])
def test_json_that_is_nested_deeply_is_refused_and_not_followed(part: str, opening: bytes) -> None:
    deep = opening * 100_000
    whole = b'{"alg":"EdDSA","kid":' + opening * 50_000 + b"1" + (b"]" if opening == b"[" else b"}") * 50_000 + b"}"
    for written in (deep, whole):
        assert refused(crafted(written, payload()) if part == "header" else crafted(header(), written))


@pytest.mark.parametrize(
    "written", [b'{"alg":"EdDSA","kid":"\xff"}', b'{"alg":"EdDSA","kid":"\\ud800"}', "{}".encode("utf-16")]
)
def test_what_is_no_utf_8_is_refused(written: bytes) -> None:
    assert refused(crafted(written, payload()))
    assert refused(crafted(header(), written))


@pytest.mark.parametrize(
    "changes",
    [
        {"exp": True},
        {"exp": "99999999999"},
        {"exp": None},
        {"exp": [99_999_999_999]},
        {"iat": True, "nbf": None},
        {"iat": "1"},
        {"nbf": {}},
        {"exp": -1},
    ],
    ids=str,
)
def test_a_time_is_a_number(changes: dict[str, Any]) -> None:
    assert refused(crafted(header(), payload(**changes)))


@pytest.mark.parametrize("number", [b"NaN", b"Infinity", b"-Infinity", b"1e999"])
def test_a_time_is_a_number_of_json(number: bytes) -> None:
    assert refused(crafted(header(), orjson.dumps(payload(exp="X")).replace(b'"X"', number)))


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": ["http://localhost:8000"]},
        {"iss": "http://localhost:8000/"},
        {"iss": "HTTP://LOCALHOST:8000"},
        {"iss": "http://localhost:8000.evil.example"},
        {"aud": ["workix", "other"]},
        {"aud": "workix "},
        {"aud": "WORKIX"},
        {"aud": {"workix": True}},
        {"typ": "Access"},
        {"typ": ["access"]},
        {"typ": "refresh"},
    ],
    ids=str,
)
def test_issuer_audience_and_type_are_compared_whole(changes: dict[str, Any]) -> None:
    assert refused(crafted(header(), payload(**changes)))


def test_every_key_is_of_full_strength_and_of_the_one_algorithm() -> None:
    published = [each.as_jwk() for each in key_set().keys]
    assert [(each["kty"], each["crv"], each["alg"], len(urlsafe_b64decode(each["x"] + "="))) for each in published] == [
        ("OKP", "Ed25519", "EdDSA", 32)
    ] * len(published)
