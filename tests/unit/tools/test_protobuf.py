"""tools/protobuf: the code that is committed is what protoc makes of the .proto files now."""

from __future__ import annotations

from pathlib import Path

from tools.protobuf.generation import PROTOS, generate


def test_generated_code_is_current(tmp_path: Path) -> None:
    made = {file.relative_to(tmp_path): file.read_text() for file in generate(tmp_path)}
    committed = {
        file.relative_to(PROTOS): file.read_text() for file in PROTOS.rglob("*_pb2.py*") if file.suffix != ".pyc"
    }
    assert made == {name: text for name, text in committed.items() if name.suffix in (".py", ".pyi")}, (
        "Run: python -m tools.protobuf.generation"
    )
