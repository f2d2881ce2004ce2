"""SCIM's shape of every refusal, whoever wrote it."""

from __future__ import annotations

import pytest

from accounts.scim.errors import SCHEMA, InvalidFilter, NotUnique, as_scim
from workix.api.problems import problem
from workix.core.errors import Denied, Invalid, ProblemError


@pytest.mark.parametrize(
    ("refusal", "written"),
    [
        (InvalidFilter("No."), {"status": "400", "detail": "No.", "scimType": "invalidFilter"}),
        (NotUnique(), {"status": "409", "detail": NotUnique().detail, "scimType": "uniqueness"}),
        (Denied(), {"status": "403", "detail": Denied.detail}),
        (ProblemError("Bad.", code="parse_error"), {"status": "400", "detail": "Bad.", "scimType": "invalidSyntax"}),
        (
            Invalid("Too long.", field="name", problem="max_length"),
            {"status": "400", "detail": "Too long. name: Too long.", "scimType": "invalidValue"},
        ),
    ],
)
def test_a_problem_is_written_as_an_error_of_scim(refusal: ProblemError, written: dict[str, str]) -> None:
    assert as_scim(problem(refusal)) == {"schemas": [SCHEMA], **written}
