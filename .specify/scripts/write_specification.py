"""Writes the generated pages of the specification: `make docs` runs it."""

from __future__ import annotations

from specification.pages import PAGES
from specification.requirements import PROJECT

if __name__ == "__main__":
    for page, written in PAGES.items():
        page.write_text(written(), encoding="utf-8")
        print(page.relative_to(PROJECT))
