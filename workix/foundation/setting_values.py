"""Turns the text of a setting into its value, or says in a few words why it cannot."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from workix.foundation.database_address import Secret

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_TRUE, _FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off")
_PEM = re.compile(r"-----BEGIN [A-Z ]+-----.+?-----END [A-Z ]+-----", re.DOTALL)
_HOST_NAME = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*")


def boolean(text: str) -> bool:
    if text.lower() in _TRUE:
        return True
    if text.lower() in _FALSE:
        return False
    raise ValueError("must be true or false")


def path(text: str) -> Path:
    return Path(text).expanduser()


def positive_number(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", text) or int(text) == 0:
        raise ValueError("must be a whole number, 1 or more")
    return int(text)


def one_of(*choices: str) -> Callable[[str], str]:
    def choose(text: str) -> str:
        if text not in choices:
            raise ValueError(f"must be one of: {', '.join(choices)}")
        return text

    return choose


def role_prefix(text: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,30}", text):
        raise ValueError("must be 1 to 31 lower-case letters, digits and underscores, the first a letter")
    return text


def host_name(text: str) -> str:
    if not _HOST_NAME.fullmatch(text.lower()):
        raise ValueError("must be a host name such as workix.example")
    return text.lower()


def listener(text: str) -> str:
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise ValueError("must be an address and a port such as 127.0.0.1:8000")
    return text


def origin(text: str) -> str:
    """Accept a scheme, a host and maybe a port: what a browser calls an origin."""
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018 - reading the port is what checks it
    except ValueError:
        raise ValueError("is not a URL") from None
    bare = parts.scheme in ("http", "https") and parts.hostname and parts.username is None
    if not bare or parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError("must be http:// or https:// and a host, with nothing behind it")
    return f"{parts.scheme}://{parts.netloc.lower()}"


def networks(text: str) -> tuple[Network, ...]:
    try:
        return tuple(ipaddress.ip_network(part.strip()) for part in text.split(",") if part.strip())
    except ValueError:
        raise ValueError("must be networks separated by commas, such as 10.0.0.0/8,fd00::/8") from None


def secret(*, at_least: int = 1) -> Callable[[str], Secret]:
    def accept(text: str) -> Secret:
        if len(text) < at_least:
            raise ValueError(f"must have {at_least} characters or more")
        return Secret(text)

    return accept


def signing_keys(text: str) -> Secret:
    """Accept Ed25519 private keys, one PEM block behind the other; `\\n` stands for a line break where none fits."""
    blocks = _pem_blocks(text)
    try:
        keys = [load_pem_private_key(block.encode(), password=None) for block in blocks]
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise ValueError("holds a key that cannot be read: each must be an unencrypted PKCS8 PEM block") from None
    if not keys or not all(isinstance(key, Ed25519PrivateKey) for key in keys):
        raise ValueError("must hold Ed25519 private keys: make one with `openssl genpkey -algorithm ed25519`")
    return Secret("\n".join(blocks) + "\n")


def make_signing_key() -> str:
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return pem.decode()


def _pem_blocks(text: str) -> list[str]:
    return [match.group() for match in _PEM.finditer(text.replace("\\n", "\n"))]
