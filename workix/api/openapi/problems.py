"""OpenAPI problems (RFC 9457): for each status the codes it can carry, and what some of them say besides."""

# Note [Codes of a status]
# A client switches over `code`, so its type is a list and not any text. Nobody types that list: it is every ProblemError the
# platform and its feature apps define, by status, and the few codes of REST framework and of its parsers. Views bring most
# of them; what middleware and the server refuse is imported here, so that the list is the same in every process.

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

import workix.api.server_problems  # noqa: F401  # see Note [Codes of a status]
from workix.api.problems import CONTENT_TYPE
from workix.core.errors import ProblemError

#: Codes of errors that have no class of their own: REST framework's, and what can't be parsed.
OF_THE_FRAMEWORK = {
    400: {"parse_error"},
    405: {"method_not_allowed"},
    406: {"not_acceptable"},
    415: {"unsupported_media_type"},
    429: {"rate_limited"},
}
Document = dict[str, Any]


def problem_codes() -> dict[int, set[str]]:
    """Map each status to the codes it can carry. See Note [Codes of a status]."""
    for middleware in settings.MIDDLEWARE:
        import_string(middleware)
    found: dict[int, set[str]] = defaultdict(set, {status: set(codes) for status, codes in OF_THE_FRAMEWORK.items()})
    for error in _kinds(ProblemError):
        found[error.status].add(error.code)
    return dict(found)


def add_problems(result: Document, generator: Any, request: Any, public: bool) -> Document:
    """Hook of drf-spectacular: give each answered status a schema of its own, beside what all problems share."""
    schemas = result.get("components", {}).get("schemas", {})
    codes = problem_codes()
    for operations in result["paths"].values():
        for operation in operations.values():
            for status, response in operation["responses"].items():
                content = response.get("content", {}).get(CONTENT_TYPE)
                if content is not None:
                    schemas[f"Problem{status}"] = _schema(int(status), sorted(codes[int(status)]))
                    content["schema"] = {"$ref": f"#/components/schemas/Problem{status}"}
    result.get("components", {})["schemas"] = dict(sorted(schemas.items()))
    return result


def _schema(status: int, codes: list[str]) -> Document:
    own: Document = {"code": {"type": "string", "enum": codes}}
    for error in _kinds(ProblemError):
        if error.status == status:
            own |= {name: dict(schema) for name, schema in error.extensions.items()}
    return {"allOf": [{"$ref": "#/components/schemas/Problem"}, {"type": "object", "properties": own}]}


def _kinds(error: type[ProblemError]) -> Iterator[type[ProblemError]]:
    yield error
    for kind in error.__subclasses__():
        yield from _kinds(kind)
