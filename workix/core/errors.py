"""ProblemError and its kinds: errors for the caller with an HTTP status, a problem code and a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar


def one_line(error: object) -> str:
    """Say what an error says, in one line: a driver's goes over several."""
    return " ".join(str(error).split())


class ProblemError(Exception):
    """A "no" for the caller, in a sentence. Only bugs are not refusals.

    `extensions` are the members a problem of this code carries besides (RFC 9457, 3.2), each with its JSON schema.
    """

    status = 400
    code = "refused"
    detail = "The request was refused."
    extensions: ClassVar[Mapping[str, Mapping[str, object]]] = {}

    def __init__(
        self,
        detail: str = "",
        *,
        code: str = "",
        headers: Mapping[str, str] | None = None,
        **extra: Any,
    ) -> None:
        self.detail = detail or self.detail
        self.code = code or self.code
        self.headers = dict(headers or {})
        self.extra = extra
        super().__init__(self.detail)


class Invalid(ProblemError):
    """What was sent can't be right. `field` names the part that is wrong."""

    code = "validation_error"
    detail = "The request is not valid."

    def __init__(self, detail: str = "", *, field: str = "", problem: str = "invalid", **more: Any) -> None:
        self.field = field
        self.problem = problem
        super().__init__(detail, **more)


def read_each(listed: Iterable[str], read: Callable[[str], str], *, most: int, field: str) -> tuple[str, ...]:
    """Read a list, each of it once, in the order they came. `read` says in a ValueError what is wrong with one.

    :raises Invalid: naming the place of what is wrong, or when there are more than `most`.
    """
    found: dict[str, None] = {}
    for number, each in enumerate(listed):
        try:
            found[read(each)] = None
        except ValueError as error:
            raise Invalid(f"This {error}.", field=f"{field}.{number}") from None
    if len(found) > most:
        called = field.rpartition("_")[2]
        raise Invalid(f"Name {most} {called} or fewer.", field=field, problem="max_length")
    return tuple(found)


class NotAuthenticated(ProblemError):
    """Nobody known is asking."""

    status = 401
    code = "not_authenticated"
    detail = "Log in first, and send the access token as a bearer token."

    def __init__(self, detail: str = "", **more: Any) -> None:
        more.setdefault("headers", {"WWW-Authenticate": 'Bearer realm="workix"'})
        super().__init__(detail, **more)


#: Where whoever was refused asks why: `agents/explanations` answers there.
EXPLANATION = "/api/v1/authz/explanation/"


class Denied(ProblemError):
    """Somebody known asks for what they may not have. `is_explained`: who may do what decided, or what is left."""

    status = 403
    code = "permission_denied"
    detail = "You do not have permission to do this."
    is_explained = True
    extensions: ClassVar[Mapping[str, Mapping[str, object]]] = {
        "explanation": {
            "type": "string",
            "format": "uri-reference",
            "description": "Answers why: each check, in order. There for whoever is known.",
        }
    }


class CsrfFailed(Denied):
    code = "csrf_failed"
    is_explained = False
    detail = "This page was open for too long, or another site sent the request. Load it again, then try once more."


class LimitReached(Denied):
    """A quota is spent. Repeating the call does not help."""

    code = "quota_exceeded"
    extensions: ClassVar[Mapping[str, Mapping[str, object]]] = {
        "resource": {"type": "string"},
        "limit": {"type": "integer"},
        "burst": {"type": "integer"},
        "used": {"type": "integer"},
        "resets_at": {"type": ["string", "null"], "format": "date-time"},
    }


class NotFound(ProblemError):
    """It does not exist, or it is not for you to know that it does."""

    status = 404
    code = "not_found"
    detail = "There is nothing here."


class Conflict(ProblemError):
    """The request was fine, but what is there does not allow it."""

    status = 409
    code = "conflict"


class ChangedMeanwhile(Conflict):
    """What is sent was made from a state that is no more."""

    detail = "Somebody else changed this since you opened it. Nothing was saved: open it again."


class TooMany(ProblemError):
    """Slow down: the same call may succeed later."""

    status = 429
    code = "rate_limited"

    def __init__(
        self, detail: str = "", *, retry_after: int, more_headers: Mapping[str, str] | None = None, **more: Any
    ) -> None:
        """Refuse for now; `retry_after` is in seconds."""
        super().__init__(detail, headers={**(more_headers or {}), "Retry-After": str(retry_after)}, **more)


class Unavailable(ProblemError):
    """Something we stand on does not answer. Nothing was done."""

    status = 503
    code = "unavailable"
    detail = "The platform can't answer right now. Nothing was changed; try again in a moment."

    def __init__(self, detail: str = "", **more: Any) -> None:
        more.setdefault("headers", {"Retry-After": "1"})
        super().__init__(detail, **more)


#: What a function of the database calls its refusal (DETAIL of configuration_limit_exceeded) -> how its HINT becomes a problem.
refused_by_database: dict[str, Callable[[str], ProblemError]] = {}
