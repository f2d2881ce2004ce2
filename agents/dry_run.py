"""Dry run of a request: whether one is asked for, and what may not be tried."""

# Note [No free guess]
# Who proves something by a secret (a password, a code, a link, a token) is limited by what is counted, and what is used up is
# used up in the act. A dry run would undo just that. So whatever takes a secret is refused, whether it would be right or wrong.
# So is opening a sandbox: its own role fills it, and can't log in before it is there for all to see; and ending one, for good.

from __future__ import annotations

import re

from django.http import HttpRequest

from workix.core.errors import Invalid, ProblemError
from workix.web.cors import API

#: Every operation of the API document is below it.
VERSION = f"{API}v1/"
HEADER, PARAMETER = "Workix-Dry-Run", "dry_run"
MUTATING = ("POST", "PUT", "PATCH", "DELETE")
_WORDS = {"true": True, "false": False}
#: Below API. See Note [No free guess].
_TAKES_A_SECRET = re.compile(
    "auth/|invitations/accept/|me/password/|me/reauthentication|me/passkeys/|me/second-factors/|organization/deletion/"
    "|api-keys/report-leak/|.*/archive/|sandboxes/"
)


class DryRunRefused(ProblemError):
    """It takes a secret, opens or ends a sandbox, or answers with a file or a page."""

    code = "dry_run_refused"
    detail = "This can't be tried without doing it: it takes a secret, opens or ends a sandbox, or answers with a file or a page."


def is_asked(request: HttpRequest) -> bool:
    """Say whether a request is to be a dry run. It is, where one of several says so.

    :raises Invalid: when the header or the parameter is neither true nor false.
    :raises DryRunRefused: for what may not be tried.
    """
    if request.method not in MUTATING or not request.path.startswith(API):
        return False
    given = [(PARAMETER, text) for text in request.GET.getlist(PARAMETER)]
    if HEADER in request.headers:
        given.append((HEADER, request.headers[HEADER]))
    asked = [_read(name, text) for name, text in given]
    if not any(asked):
        return False
    if takes_a_secret(request.path):
        raise DryRunRefused
    return True


def takes_a_secret(path: str) -> bool:
    """Say whether the operation at `path` may not be tried. See Note [No free guess]."""
    return _TAKES_A_SECRET.match(path.removeprefix(VERSION)) is not None


def _read(name: str, text: str) -> bool:
    if text not in _WORDS:
        raise Invalid("Say true or false.", field=name, problem="invalid_choice")
    return _WORDS[text]
