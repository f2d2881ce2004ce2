"""The access matrix: docs/api.md has it as the code does, and its column of API keys says what each scope opens."""

from __future__ import annotations

from tests.security.credentials.test_key_scopes import OPENED_BY
from tests.security.documents import operations
from tools.access_matrix import EXPECTED, PAGE, matrix, page


def test_the_page_has_the_matrix_as_it_is_now() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "Run: make docs"


def test_each_operation_of_the_document_has_a_row() -> None:
    assert [name for name in operations() if name not in EXPECTED] == []


def test_the_column_of_keys_says_what_each_scope_opens() -> None:
    rows = [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in matrix().splitlines()]
    by_key = {(row[2], row[0]) for row in rows if len(row) > 3 and row[3] == "with this scope"}
    assert by_key == {(scope, name) for scope, names in OPENED_BY.items() for name in names}
