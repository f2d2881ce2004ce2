"""Types of settings: turns the text of an environment variable into its value, or says in a few words why it cannot."""

from __future__ import annotations

import ipaddress
import re
import secrets
from base64 import b64decode
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Annotated, TypeVar
from urllib.parse import SplitResult, urlsplit

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from pydantic import Field, PlainValidator

from workix.config.database_url import DatabaseAddress
from workix.config.email_url import MailServer, mail_address
from workix.config.fields import MadeInDevelopment, Trait
from workix.config.keys import private_keys
from workix.config.origins import HOST_NAME, page_origins
from workix.config.secrets import KeptSecret, LiveSecret, Secret

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
#: The fewest characters of a key, and the random bytes we draw for one.
KEY_LENGTH, _KEY_BYTES = 32, 48
#: Of connections, threads, failures or minutes: more is a slip, and minutes enough would leave the calendar.
LARGEST_NUMBER = 1_000_000
LONGEST_ADDRESS = 500

_TRUE, _FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off")


def boolean(text: str) -> bool:
    if text.lower() in _TRUE:
        return True
    if text.lower() in _FALSE:
        return False
    raise ValueError("must be true or false")


def path(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError:
        raise ValueError("must be a path; ~ stands for the home of somebody this machine knows") from None


def positive_number(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", text) or int(text) == 0:
        raise ValueError("must be a whole number, 1 or more")
    if int(text) > LARGEST_NUMBER:
        raise ValueError(f"must be {LARGEST_NUMBER:,} or less")
    return int(text)


def role_prefix(text: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,30}", text):
        raise ValueError("must be 1 to 31 lower-case letters, digits and underscores, the first a letter")
    return text


def host_name(text: str) -> str:
    if not HOST_NAME.fullmatch(text.lower()):
        raise ValueError("must be a host name such as workix.example")
    return text.lower()


def listener(text: str) -> str:
    host, _, port = text.rpartition(":")
    if not host or host == "unix" or not port.isdecimal() or not 0 < int(port) < 65536:
        raise ValueError("must be an address and a port such as 127.0.0.1:8000")
    return text


def server(text: str) -> tuple[str, int]:
    """Take an address and a port apart; an IPv6 address is in brackets."""
    host, _, port = listener(text).rpartition(":")
    return host.removeprefix("[").removesuffix("]"), int(port)


def url_parts(text: str, wrong: str = "is not a URL") -> SplitResult:
    """Take a URL apart whose port is one.

    :raises ValueError: with the sentence `wrong`, and nothing of the URL: it may hold a password.
    """
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018 - reading the port is what checks it
    except ValueError:
        raise ValueError(wrong) from None
    return parts


def origin(text: str) -> str:
    """Accept a scheme, a host and maybe a port: what a browser calls an origin."""
    parts = url_parts(text)
    bare = parts.scheme in ("http", "https") and parts.hostname and parts.username is None
    if not bare or parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError("must be http:// or https:// and a host, with nothing behind it")
    return f"{parts.scheme}://{parts.netloc.lower()}"


def https_address(text: str) -> str:
    parts = url_parts(text)
    plain = text.isascii() and text.isprintable() and " " not in text and len(text) <= LONGEST_ADDRESS
    if parts.scheme != "https" or not parts.hostname or "@" in text or "#" in text or not plain:
        raise ValueError(
            "must begin with https://, and name nobody and no fragment: https://checkpoints.example.com/workix"
        )
    return text


def webhook_secrets(text: str) -> Secret:
    """Accept secrets as Standard Webhooks writes them, separated by commas: each signs."""
    secrets_of_it = [each.strip() for each in text.split(",")]
    for each in secrets_of_it:
        try:
            key = b64decode(each.removeprefix("whsec_"), validate=True)
        except ValueError:
            key = b""
        if not each.startswith("whsec_") or not 24 <= len(key) <= 64:
            raise ValueError(
                "must be whsec_ and the base64 of 24 to 64 random bytes, as `openssl rand -base64 32` writes it"
            )
    return Secret(",".join(secrets_of_it))


def networks(text: str) -> tuple[Network, ...]:
    try:
        return tuple(ipaddress.ip_network(part.strip()) for part in text.split(",") if part.strip())
    except ValueError:
        raise ValueError("must be networks separated by commas, such as 10.0.0.0/8,fd00::/8") from None


def secret(text: str) -> Secret:
    if not text:
        raise ValueError("must have 1 character or more")
    return Secret(text)


def master_secret(text: str) -> Secret:
    if len(text) < KEY_LENGTH:
        raise ValueError(f"must have {KEY_LENGTH} characters or more")
    return Secret(text)


def key_list(text: str) -> Secret:
    """Accept keys, the newest first, separated by commas. None are none: so a file may be there before the first one is."""
    keys = [key.strip() for key in text.split(",")] if text.strip() else []
    if any(len(key) < KEY_LENGTH for key in keys):
        raise ValueError(f"must be keys of {KEY_LENGTH} characters or more each, separated by commas")
    return Secret(",".join(keys))


def sentry_dsn(text: str) -> Secret:
    """Accept what sentry-sdk accepts: https://key@host/project."""
    parts = url_parts(text)
    project = parts.path.rpartition("/")[2]
    if parts.scheme not in ("http", "https") or not parts.hostname or not parts.username or not project.isdecimal():
        raise ValueError("must look like https://key@host/1, as Sentry shows it")
    return Secret(text)


def signing_keys(text: str) -> Secret:
    """Accept Ed25519 private keys, one PEM block behind the other. See workix.config.keys.private_keys."""
    found = private_keys.parse(text)
    try:
        keys = [load_pem_private_key(each.pem.encode(), password=None) for each in found]
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise ValueError("holds a key that cannot be read: each must be an unencrypted PKCS8 PEM block") from None
    if not keys or not all(isinstance(key, Ed25519PrivateKey) for key in keys):
        raise ValueError("must hold Ed25519 private keys: make one with `openssl genpkey -algorithm ed25519`")
    return Secret(private_keys.write(found))


def make_key() -> str:
    return secrets.token_urlsafe(_KEY_BYTES)


def make_signing_key() -> str:
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return pem.decode()


@lru_cache(maxsize=8)
def host_and_port(url: str) -> tuple[str, int]:
    """Take an origin apart, once: it is asked for at each request."""
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)


T = TypeVar("T")


def from_secret(parse: Callable[[str], T]) -> Callable[[Secret], T | KeptSecret]:
    """Have pydantic hand over a `Secret`, so that its errors hold none. See Note [What pydantic is shown]."""

    def read(given: Secret) -> T | KeptSecret:
        if isinstance(given, KeptSecret):
            return given
        text = given.reveal()
        if not _is_unicode(text):
            raise ValueError("must be text in UTF-8")
        return parse(text)

    return read


def live(parse: Callable[[str], Secret], *, anew: Callable[[str], Secret] | None = None) -> Callable[[Secret], Secret]:
    """Have a secret read anew when its file is replaced, while the platform runs; `anew` may be stricter than `parse`."""

    def read(given: Secret) -> Secret:
        found = from_secret(parse)(given)
        return LiveSecret(found, given.file, anew or parse) if given.file else found

    return read


def _mail_server(given: Secret) -> MailServer:
    """Keep the address beside what it says: `MailServer.now()` reads it anew."""
    address = live(mail_address)(given)
    return replace(MailServer.parse(given.reveal()), live=address)


def _is_unicode(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)


#: Beside the type of a secret: it may lie in a file, is never quoted in a fault, and no dump of the model has it.
SECRET = (Trait.SECRET, Field(exclude=True))

# The types of fields in workix.config.environment. Parsers are called for what was set, never for a default.
Boolean = Annotated[bool, PlainValidator(boolean)]
PositiveNumber = Annotated[int, PlainValidator(positive_number)]
Folder = Annotated[Path, PlainValidator(path)]
Origin = Annotated[str, PlainValidator(origin)]
PageOrigins = Annotated[tuple[str, ...], PlainValidator(page_origins)]
HostName = Annotated[str, PlainValidator(host_name)]
Listener = Annotated[str, PlainValidator(listener)]
ServerAddress = Annotated[tuple[str, int], PlainValidator(server)]
HttpsAddress = Annotated[str, PlainValidator(https_address)]
Networks = Annotated[tuple[Network, ...], PlainValidator(networks)]
RolePrefix = Annotated[str, PlainValidator(role_prefix)]

SecretKey = Annotated[Secret, PlainValidator(live(secret, anew=master_secret)), *SECRET, MadeInDevelopment(make_key)]
MasterSecret = Annotated[Secret, PlainValidator(from_secret(master_secret)), *SECRET, MadeInDevelopment(make_key)]
KeyList = Annotated[Secret | None, PlainValidator(live(key_list)), *SECRET]
CheckpointKeys = Annotated[Secret | None, PlainValidator(live(signing_keys)), *SECRET]
WebhookSecrets = Annotated[Secret | None, PlainValidator(live(webhook_secrets)), *SECRET]
SigningKeys = Annotated[
    Secret,
    PlainValidator(live(signing_keys)),
    *SECRET,
    MadeInDevelopment(make_signing_key, signing_keys),
]
DatabaseURL = Annotated[DatabaseAddress | None, PlainValidator(from_secret(DatabaseAddress.parse)), *SECRET]
EmailURL = Annotated[MailServer | None, PlainValidator(_mail_server), *SECRET]
SentryDSN = Annotated[Secret | None, PlainValidator(from_secret(sentry_dsn)), *SECRET]
