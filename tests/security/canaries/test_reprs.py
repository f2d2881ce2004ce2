"""Canaries in reprs: what carries a secret does not tell it to whoever prints it, or a traceback's reader."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings

from accounts.api_keys import key_format, keys
from accounts.login.acceptance import Accepted
from accounts.login.sessions import LoggedIn
from accounts.second_factors.enrolment import Enrolment
from accounts.signup import FirstAdmin
from accounts.single_sign_on.providers import Details
from accounts.tokens.email_tokens import Link
from tests.house.sources import PROJECT, SHIPPED
from tests.security.canaries.canaries import drawn
from webhooks import endpoints
from workix.config.database_url import DatabaseAddress
from workix.config.email_url import MailServer
from workix.config.keys.private_keys import PrivateKey
from workix.config.keys.secret_key import LiveSecretKey, LiveSecretKeys
from workix.config.secrets import Secret
from workix.core.current import Context
from workix.observability.logs.redaction import SECRET_NAMES

pytestmark = pytest.mark.requirement("S79")

CANARY = drawn("repr", 40)
SOMEBODY: Any = None
CARRIERS: list[Any] = [
    LoggedIn(SOMEBODY, SOMEBODY, SOMEBODY, access=CANARY, refresh=CANARY, device=CANARY),
    Accepted(SOMEBODY, SOMEBODY, device=CANARY),
    Enrolment(SOMEBODY, secret=CANARY, uri=CANARY),
    Details({}, secret=CANARY),
    FirstAdmin("alice@acme.example", password_hash=CANARY),
    Link(SOMEBODY, SOMEBODY, token=CANARY),
    Context(device=CANARY),
    PrivateKey(CANARY),
    keys.Issued(SOMEBODY, key=CANARY),
    key_format.Key(SOMEBODY, key_hash=CANARY),
    endpoints.Issued(SOMEBODY, secret=CANARY),
]
WRAPPED: list[Any] = [
    Secret(CANARY),
    LiveSecretKey(Secret(CANARY)),
    LiveSecretKeys(Secret(CANARY)),
    DatabaseAddress.parse(f"postgresql://workix:{CANARY}@db:5432/workix"),
    DatabaseAddress.parse(f"postgresql://workix:{CANARY}@db:5432/workix").url(),
    MailServer.parse(f"smtps://mailer:{CANARY}@mail.example:465"),
]
#: They only sound as if: an address, a count, an id, a row, what everybody may know.
NO_SECRETS = (
    *("Imported.with_password", "LoggedIn.session_id", "LoggedIn.in_cookie", "Claims.session_id", "Setting.secret"),
    "Subject.credential",
    *("Metadata.authorization_endpoint", "Metadata.token_endpoint", "Metadata.takes_secret_in_body"),
    *(
        "Call.idempotency_key",
        "Made.credential",
        "Registration.credential_id",
        "Assertion.credential_id",
        "Assertion.signature",
    ),
    *("Manifest.verifier_keys", "PrivateKey.pem"),  # the last writes its own repr, which is looked at below
)


def fields() -> Iterator[tuple[str, str, str]]:
    """Name every field of every dataclass of the product, with its type and its default."""
    texts = [file.read_text() for package in SHIPPED for file in sorted((PROJECT / package).rglob("*.py"))]
    for text in (text for text in texts if "@dataclass" in text):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ClassDef) and any("dataclass" in ast.unparse(each) for each in node.decorator_list):
                for each in node.body:
                    if isinstance(each, ast.AnnAssign):
                        default = ast.unparse(each.value) if each.value else ""
                        yield f"{node.name}.{ast.unparse(each.target)}", ast.unparse(each.annotation), default


def test_a_field_that_is_named_like_a_secret_is_in_no_repr() -> None:
    named = [found for found in fields() if SECRET_NAMES.search(found[0].partition(".")[2])]
    assert len(named) > 20
    shown = [name for name, kind, default in named if kind != "Secret" and "repr=False" not in default]
    assert sorted(shown) == sorted(set(NO_SECRETS) & {name for name, _, _ in named})


@pytest.mark.parametrize("carrier", CARRIERS, ids=lambda carrier: type(carrier).__name__)
def test_what_carries_a_secret_does_not_tell_it(carrier: Any) -> None:
    held = [getattr(carrier, name) for name in carrier.__dataclass_fields__]
    assert (CANARY in held, CANARY in f"{carrier!r} {carrier} {[carrier]} { ({'a': carrier}) }") == (True, False)


@pytest.mark.parametrize("wrapped", WRAPPED, ids=lambda wrapped: type(wrapped).__name__)
def test_what_wraps_one_does_not_either(wrapped: Any) -> None:
    assert CANARY not in f"{wrapped!r} {[wrapped]} { ({'a': wrapped}) }"
    if not isinstance(wrapped, LiveSecretKey):  # str() of which is the key, for Django signs with it
        assert CANARY not in f"{wrapped}"


def test_neither_do_all_settings_together() -> None:
    told = (
        f"{settings.WORKIX!r} {settings.WORKIX} {settings!r} {settings.WORKIX.model_dump()!r} {settings.SECRET_KEY!r}"
    )
    there = [settings.WORKIX.master_secret, settings.WORKIX.secret_key, settings.WORKIX.database_url.password]
    assert [len(each.reveal()) > 5 for each in there] == [True] * 3
    assert [each for each in there if each.reveal() in told] == []
