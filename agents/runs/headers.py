"""Headers Workix-Reason and Workix-Trace: why, and in which run and step of its own, a client asks for something."""

# Note [A reason in a header]
# A header is ASCII (RFC 9110, section 5.5). So is a reason, then: as it is, or, in any other script, as RFC 8187 writes a text:
# `UTF-8''` and the text in percent-encoded UTF-8. What is neither is refused, and not read as what it may have been meant for.
# Two headers of a name are one with a comma between (RFC 9110, section 5.3): a longer reason, and no trace.
#
# Both are kept: see Note [Kept words] in agents/runs/secrets.py.

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

from agents.runs.secrets import refuse_secret
from workix.core.current import LONGEST_REASON, Current, NoReason, check_reason
from workix.core.errors import Invalid

REASON, TRACE = "Workix-Reason", "Workix-Trace"
SHORTEST_REASON = 10
#: Percent-encoded, each character of a reason is twelve characters at most.
LONGEST_HEADER = 12 * LONGEST_REASON + len("UTF-8''")
_NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}"
TRACE_PATTERN = f"{_NAME}(/{_NAME})?"
_TRACE = re.compile(TRACE_PATTERN)
_ENCODED = re.compile("utf-8''", re.IGNORECASE)
_SAY = (
    f"Send {REASON} with {SHORTEST_REASON} to {LONGEST_REASON} characters, in one line, that say why. "
    f"Write what is not ASCII as UTF-8'' and the percent-encoded text (RFC 8187)."
)


class ReasonRequired(Invalid):
    """An agent says why, for each thing it changes."""

    code = "reason_required"
    detail = _SAY

    def __init__(self) -> None:
        super().__init__(field=REASON, problem="required")


def require_reason() -> str:
    """Return why whoever acts does so.

    :raises ReasonRequired: when they did not say.
    """
    if not Current.context.reason:
        raise ReasonRequired
    return Current.context.reason


def read_reason(header: str) -> str:
    """Return the reason in a header. See Note [A reason in a header].

    :raises Invalid: when it is none, is too short or too long, or holds what looks like a secret.
    """
    try:
        reason = check_reason(_text(header))
    except (NoReason, UnicodeDecodeError):
        raise Invalid(_SAY, field=REASON) from None
    if len(reason) < SHORTEST_REASON:
        raise Invalid(_SAY, field=REASON, problem="min_length")
    refuse_secret(reason, field=REASON)
    return reason


def read_trace(header: str) -> tuple[str, str]:
    """Return the ids of run and step in a header, the latter may be empty.

    :raises Invalid: when it is not of that form, or holds what looks like a secret.
    """
    if not _TRACE.fullmatch(header):
        detail = f"Send {TRACE} as run/step, or the run alone: each a letter or digit, and up to 63 more or . _ -."
        raise Invalid(detail, field=TRACE)
    refuse_secret(header, field=TRACE)
    run, _, step = header.partition("/")
    return run, step


def _text(header: str) -> str:
    """Read what a header says.

    :raises UnicodeDecodeError: when it is neither ASCII nor encoded as it is to be.
    """
    if len(header) > LONGEST_HEADER:
        raise NoReason
    raw = header.encode("utf-8", "surrogatepass")
    if _ENCODED.match(header):
        return unquote_to_bytes(raw[len("UTF-8''") :]).decode("utf-8")
    return raw.decode("ascii")
