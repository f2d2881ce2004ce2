"""Redaction of secrets, in whatever is logged, reported or quoted: by their names, and by their form."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import Any

HIDDEN = "[redacted]"
Event = MutableMapping[str, Any]

# Note [What looks like a secret]
# Whatever has a shape of its own is found by it, wherever it stands. A password or a code of six digits has none: it is found
# by the name beside it, as Python, JSON, forms, headers, cookies, addresses and SQL write the two. What has neither can't be
# found, so no text of ours may quote it; what quotes a request, quotes the names too. A line that loses a harmless word is
# the better mistake. Whoever calls us chooses parts of such texts, so no pattern takes more than linear time, and what has
# none of the words of a pattern is not looked through by it.

_NAMES = (
    r"passw(?:or)?d|passphrase|secret|token|authorization|cookie|api[_-]?key|refresh|credential|private|signature|dsn"
    r"|csrf|session_?id|otp|verifier|_hash\b|recovery|assertion|saml_?response|idempotency[-_]key|(?:database|email|redis)_url"
    r"|(?:signing|master|encryption|directory)_?keys?\b"
)
SECRET_NAMES = re.compile(rf"{_NAMES}|access$", re.IGNORECASE)
_SECRET_VALUES = re.compile(
    r"wx[ak]_[\w-]+"  # an API key of ours, or an agent's
    r"|whsec_[\w+/=-]+"  # the secret of a webhook
    r"|(?<=://)[^/\s:@]*:[^/\s@]+(?=@)"  # user:password in a URL
    r"|(?<=Bearer )(?=\S*[\d=])[\w.~+/=-]{8,}|(?<=Basic )(?=\S*[\d=])[\w+/=-]{8,}"  # what follows in Authorization
    r"|SCRAM-SHA-256\$[^\s']+|\bmd5[0-9a-f]{32}\b"
    # A hashed password, as Django, PHC strings and crypt() write it.
    r"|(?:argon2|scrypt|bcrypt_sha256|bcrypt|pbkdf2_sha\d+|(?<!\w)\$(?:argon2\w*|scrypt|2[abxy]|[156y]))\$(?:[^\s',\"]|,(?=\w=))+"
    r"|(?<=DETAIL:  )[^\n]+(?:\n(?!HINT|CONTEXT|QUERY|\s*File )[^\n]+)*"  # PostgreSQL quotes the offending row
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)"
)
_OF_SECRET_VALUES = ("wxk_", "wxa_", "whsec_", "://", "Bearer ", "Basic ", "$", "md5", "DETAIL:", "PRIVATE KEY")
#: Long words: what they are, `_long_word` says.
_LONG_WORDS = re.compile(r"(?<![\w.-])[\w.-]{19,}", re.ASCII)
_RECOVERY_CODE = re.compile(r"[0-9a-hjkmnp-tv-z]{4}(?:-[0-9a-hjkmnp-tv-z]{4}){3}")
_OWN_COOKIES = r"""(?<=["'])(?:__Host-)?workix(?:-device)?(?=["']:)"""
#: What may stand in the place of a name in `_NAMED_VALUES`: a code of digits is one where it is called so.
_CALLED_CODE = r"(?:\b|(?<=%2[27]))code(?=(?:%[\da-f]{2}|\W){1,8}\d{6,8}(?!\d))"
_NAMED = rf"(?:{_NAMES}|input_value|{_CALLED_CODE}|{_OWN_COOKIES})[\w-]{{0,40}}"
_NAMED_VALUES = re.compile(
    # Several parts: the rest of the line.
    r"""(?P<several>(?:authorization|cookie)(?:\\*["']\s*,\s*[bru]?\\*["']|=))[^"'\r\n]+"""
    rf"""|(?P<name>{_NAMED})(?:"""
    # Quoted, or quoted within what is quoted: it ends where a quote comes with as many backslashes as at its beginning.
    r"""(?P<quoting>\\*["']?\]?(?:\s*[:=]\s*|\s+(?=\\*'))[bru]?(?P<quote>\\*["']))(?:''|(?!(?<!\\)(?P=quote))[\s\S])*"""
    r"""|(?P<list>\\*["']?\s*[:=]\s*)[\[(][\s\S]*?(?:["'][\])]|[\])](?=[,}\s)\]]|\Z)|\Z)"""
    r"""|(?P<header>[ \t]*:[ \t]*)[^\r\n]+"""
    r"""|(?P<encoded>(?:%2[27])?%3[ad])[^\s&"']+"""  # within a form
    r"""|(?P<bare>\\*["']\s*:\s*|\\*["']?=)[^\s&;,)}\]"']+"""
    r""")"""
    r"""|(?P<cast>\binvalid (?:input syntax|input value|value) for [^\n:]{0,80}: )"[^\n]*""",  # as PostgreSQL says it
    re.IGNORECASE | re.ASCII,
)
_OF_NAMED_VALUES = re.compile(rf"{_NAMES}|input_value|code|invalid|workix", re.IGNORECASE | re.ASCII)
_CODE = re.compile(r"(?<!\d)\d{6,8}(?!\d)")


def hide_secrets(_logger: Any, _method: str, event: Event) -> Event:
    """Redact whole values of secret names, and what looks like a secret anywhere else."""
    return {
        without_secrets(key): HIDDEN if _is_secret(str(key), value) else without_secrets(value)
        for key, value in event.items()
    }


def _is_secret(name: str, value: Any) -> bool:
    return bool(SECRET_NAMES.search(name) or (name.lower() == "code" and _CODE.search(str(value))))


def without_secrets(value: Any) -> Any:
    """Return `value` as plain data that can be shown: what JSON does not know becomes text first."""
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, dict):
        return hide_secrets(None, "", value)
    if isinstance(value, (list, tuple, set, frozenset)):
        return [without_secrets(each) for each in value]
    return _without_secrets(str(value))


def without_tokens(text: str) -> str:
    """Take out what is known as a secret by its form. See Note [What looks like a secret]."""
    if any(mark in text for mark in _OF_SECRET_VALUES):
        text = _SECRET_VALUES.sub(HIDDEN, text)
    return _LONG_WORDS.sub(_long_word, text)


def _without_secrets(text: str) -> str:
    text = without_tokens(text)
    return _NAMED_VALUES.sub(_named_value, text) if _OF_NAMED_VALUES.search(text) else text


def _long_word(found: re.Match[str]) -> str:
    """Hide a token: a JSON web token, one of ours (86 characters), 256 random bits (43), or what an app or a person keeps."""
    word, begin = found[0], found[0].find("eyJ")
    if begin >= 0 and word.count(".", begin) >= 2:
        return word[:begin] + HIDDEN
    return ".".join(HIDDEN if _is_token(part) else part for part in word.split("."))


def _is_token(word: str) -> bool:
    match len(word):
        case 86:
            return True
        case 43:  # a name of so many letters is no mixture
            return word.lower() != word != word.upper()
        case 32:  # of an authenticator app
            return word.isupper() and not set(word) & set("0189_-")
        case 19:
            return _RECOVERY_CODE.fullmatch(word) is not None
        case _:
            return False


def _named_value(found: re.Match[str]) -> str:
    kept = (text for name, text in found.groupdict().items() if text and name != "quote")
    return "".join(kept) + HIDDEN
