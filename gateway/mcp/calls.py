"""Calls of the REST API: what the arguments of a tool become (path, query, headers, body)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from unicodedata import normalize
from urllib.parse import quote

from gateway.mcp.operations import HEADERS, LONGEST_REASON, REASON, SHORTEST_REASON, Operation

#: Rows that a list has where nobody asks for more or less: a model reads all of them.
PAGE_SIZE = 25
_ENCODED = "UTF-8''"
#: 500 characters of a reason, each of which is twelve at most when it is encoded.
_LONGEST_HEADER = 6_100
#: The API's servers take a first line of 8,190 bytes, and refuse a longer one before anything of ours sees it.
_LONGEST_ADDRESS = 8_000


class WrongArgumentsError(ValueError):
    """The arguments can't be sent. Its text is ours: names in it are those of the tool's own schema."""


@dataclass(frozen=True, slots=True)
class Call:
    """What is sent; `path` has the query."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes | None


def call_of(operation: Operation, arguments: Mapping[str, Any]) -> Call:
    """Say what the API is asked. What each value may be, the API knows, and says.

    :raises WrongArgumentsError: when an argument is missing, unknown, or none that fits into a path, a query or a header.
    """
    known = operation.schema["properties"]
    if not arguments.keys() <= known.keys():
        raise WrongArgumentsError(f"There is an argument too many. This tool takes: {', '.join(known) or 'none'}.")
    given = {name: value for name, value in arguments.items() if value is not None}
    missing = [name for name in operation.schema["required"] if name not in given]
    if missing:
        raise WrongArgumentsError(f"Missing: {', '.join(missing)}.{_WHY if REASON in missing else ''}")
    if operation.is_paged:
        given = {"page_size": PAGE_SIZE} | given
    texts = {name: _text(name, value) for name, value in given.items() if name in operation.locations}
    if not SHORTEST_REASON <= len(normalize("NFC", texts.get(REASON, _WHY)).strip()) <= LONGEST_REASON:
        raise WrongArgumentsError(_WHY.strip())
    headers = {
        HEADERS[name]: _header(name, text) for name, text in texts.items() if operation.locations[name] == "header"
    }
    body = _body(given["body"]) if "body" in given else None
    if body is not None:
        headers["Content-Type"] = "application/json"
    return Call(operation.method.upper(), _address(operation, texts), headers, body)


_WHY = " A reason says in 10 to 500 characters why you do this; people read it in the audit trail."


def _address(operation: Operation, texts: Mapping[str, str]) -> str:
    """Fill in the path, of which no value can leave its segment, and add the query."""
    address = _path(operation, texts)
    query = "&".join(
        f"{quote(name)}={quote(text, safe='')}" for name, text in texts.items() if operation.locations[name] == "query"
    )
    if query:
        address += f"?{query}"
    if len(address) > _LONGEST_ADDRESS:
        raise WrongArgumentsError(f"The arguments are too long: together {_LONGEST_ADDRESS} characters at most.")
    return address


def _path(operation: Operation, texts: Mapping[str, str]) -> str:
    path = operation.path
    for name, text in texts.items():
        if operation.locations[name] == "path":
            if text in ("", ".", "..") or "/" in text:  # which servers decode again, so it would be another address
                raise WrongArgumentsError(f"{name} can't be that.")
            path = path.replace(f"{{{name}}}", quote(text, safe=""))
    return path


def _text(name: str, value: Any) -> str:
    """Write a value as it stands in an address or a header."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and _is_unicode(value):
        return value
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        return ",".join(_text(name, each) for each in value)
    raise WrongArgumentsError(f"{name} must be a text, a number, true or false.")


def _header(name: str, text: str) -> str:
    """Encode a reason, which people write in any script (RFC 8187); what else is in a header is ASCII."""
    written = text.strip()
    if name == REASON and (not _is_visible(written) or written.lower().startswith(_ENCODED.lower())):
        written = _ENCODED + quote(written, safe="")
    if len(written) > _LONGEST_HEADER or not _is_visible(written):
        raise WrongArgumentsError(f"{name} is too long, or has characters that it can't have.")
    return written


def _is_visible(text: str) -> bool:
    return text.isascii() and text.isprintable()


def _body(value: Any) -> bytes:
    try:
        return json.dumps(value, allow_nan=False, ensure_ascii=False, separators=(",", ":")).encode()
    except ValueError as error:  # a lone surrogate; NaN or infinity, which another writer would make null, so no limit
        raise WrongArgumentsError("body can't be written as JSON.") from error


def _is_unicode(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)
