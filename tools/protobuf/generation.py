"""Makes the Python code and types (protoc) of gateway/grpc/protos: `python -m tools.protobuf.generation`."""

from __future__ import annotations

import sys
from importlib.resources import files
from pathlib import Path

from grpc_tools import protoc

from tools.packages import PROJECT

PROTOS = PROJECT / "gateway" / "grpc" / "protos"


def generate(folder: Path = PROTOS) -> list[Path]:
    """Write into `folder` what the compiler makes of each .proto file; return the files.

    :raises SystemExit: when one of them can't be compiled.
    """
    sources = sorted(file.relative_to(PROTOS).as_posix() for file in PROTOS.rglob("*.proto"))
    wellknown = files("grpc_tools") / "_proto"
    arguments = [f"-I{PROTOS}", f"-I{wellknown}", f"--python_out={folder}", f"--pyi_out={folder}"]
    if protoc.main(["protoc", *arguments, *sources]):
        sys.exit("A .proto file can't be compiled; the compiler said why.")
    return sorted(file for pattern in ("*_pb2.py", "*_pb2.pyi") for file in folder.rglob(pattern))


if __name__ == "__main__":
    for made in generate():
        print(made.relative_to(PROJECT))
