"""The committed OpenAPI document: drift fails and says what it breaks, and --write mends it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.openapi_document import CONTRACT, main

OLD = "paths: {/a/: {get: {responses: {'200': {}}}}}\n"
GONE = "paths: {}\n"
MORE = "paths: {/a/: {get: {responses: {'200': {}, '404': {}}}}}\n"


def run(folder: Path, committed: str | None, written: str, *more: str) -> tuple[int, str | None]:
    """Compare two documents; returns the exit code and what is committed then."""
    contract, new = folder / "contracts" / "openapi.yaml", folder / "new.yaml"
    new.write_text(written)
    if committed is not None:
        contract.parent.mkdir()
        contract.write_text(committed)
    code = main([str(new), "--contract", str(contract), *more])
    return code, contract.read_text() if contract.exists() else None


def test_the_same_document_is_silent(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, OLD, OLD) == (0, OLD)
    assert capsys.readouterr().out == ""


def test_drift_fails_and_names_what_breaks_and_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, OLD, GONE) == (1, OLD)
    assert capsys.readouterr().out == (
        "The API's document changed, and this breaks clients:\n"
        "  - GET /a/ is gone\n\n"
        f"{tmp_path}/contracts/openapi.yaml is not what the code says. Is the change meant? Then run: make openapi\n"
    )


def test_drift_that_breaks_nobody_fails_as_well(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, OLD, MORE) == (1, OLD)
    assert capsys.readouterr().out.splitlines()[0] == "The API's document changed; no client breaks."


@pytest.mark.parametrize("committed", [None, OLD])
def test_writing_puts_the_new_document_in_place(tmp_path: Path, committed: str | None) -> None:
    assert run(tmp_path, committed, MORE, "--write") == (0, MORE)


def test_a_contract_that_is_missing_fails(tmp_path: Path) -> None:
    assert run(tmp_path, None, OLD) == (1, None)


def test_the_command_knows_where_the_contract_is() -> None:
    assert CONTRACT.is_file()
