"""SCIM errors (RFC 7644, section 3.12): refusals with a `scimType`, and the shape in which a client of SCIM reads any refusal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workix.core.errors import Conflict, Denied, Invalid, ProblemError

SCHEMA = "urn:ietf:params:scim:api:messages:2.0:Error"

#: Code of a problem -> what RFC 7644, table 9, calls it.
_KINDS = {"parse_error": "invalidSyntax", "validation_error": "invalidValue"}


class InvalidScim(Invalid):
    """A request that RFC 7644 names a kind of error for."""

    kind = "invalidValue"

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail, scimType=self.kind)


class InvalidFilter(InvalidScim):
    kind = "invalidFilter"


class InvalidPath(InvalidScim):
    kind = "invalidPath"


class InvalidSyntax(InvalidScim):
    kind = "invalidSyntax"


class InvalidValue(InvalidScim):
    kind = "invalidValue"


class NotMutable(InvalidScim):
    kind = "mutability"


class NoTarget(InvalidScim):
    kind = "noTarget"


class NotUnique(Conflict):
    def __init__(self) -> None:
        super().__init__(
            "Somebody in this organization has this userName, or is invited with it.", scimType="uniqueness"
        )


class AdminsAreMadeByAdmins(Denied):
    detail = "No key makes an admin, or takes that role from one. Ask an admin of the organization."


class NotFilterable(Denied):
    """Source: RFC 7644, section 4."""

    detail = "Filters are not taken here."


class PreconditionFailed(ProblemError):
    status = 412
    code = "precondition_failed"
    detail = "It has changed since: read it again."


def as_scim(problem: Mapping[str, Any]) -> dict[str, Any]:
    """Write a problem (RFC 9457) as the error that SCIM knows. `status` is a string there."""
    kind = problem.get("scimType") or (_KINDS.get(problem["code"]) if problem["status"] == 400 else None)
    said = {"schemas": [SCHEMA], "status": str(problem["status"]), "detail": _detail(problem)}
    return said | ({"scimType": kind} if kind else {})


def _detail(problem: Mapping[str, Any]) -> str:
    """Say all of it in one sentence: the error of SCIM has no list of fields."""
    faults = [f"{each['field']}: {each['detail']}" for each in problem.get("errors", ()) if each["field"]]
    return " ".join([problem["detail"], *faults]) if not problem.get("scimType") else str(problem["detail"])
