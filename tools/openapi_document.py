"""Compares the committed OpenAPI document with the one just written, and with --write replaces it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import yaml

from tools.openapi_changes import breaking_changes

CONTRACT = Path(".specify/specs/001-platform-foundation/contracts/openapi.yaml")


def main(arguments: list[str] | None = None) -> int:
    """Return 0 when both are the same byte for byte, or when the committed one was replaced; else 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("written", type=Path, help="what manage.py spectacular just wrote")
    parser.add_argument("--contract", type=Path, default=CONTRACT, help="the committed document")
    parser.add_argument("--write", action="store_true", help="replace the committed document")
    options = parser.parse_args(arguments)
    committed = options.contract.read_text(encoding="utf-8") if options.contract.exists() else ""
    written = options.written.read_text(encoding="utf-8")
    if committed == written:
        return 0
    print(_told(committed, written))
    if not options.write:
        print(f"{options.contract} is not what the code says. Is the change meant? Then run: make openapi")
        return 1
    options.contract.parent.mkdir(parents=True, exist_ok=True)
    options.contract.write_text(written, encoding="utf-8")
    print(f"{options.contract} is written anew.")
    return 0


def _told(committed: str, written: str) -> str:
    if not committed:
        return "There is no contract yet."
    breaks = breaking_changes(yaml.safe_load(committed), yaml.safe_load(written))
    if not breaks:
        return "The API's document changed; no client breaks."
    return "The API's document changed, and this breaks clients:\n" + "".join(f"  - {each}\n" for each in breaks)


if __name__ == "__main__":
    sys.exit(main())
