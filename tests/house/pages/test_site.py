"""The documentation site (mkdocs): links that leave docs/ lead somewhere, and what pages name is there."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml

from tests.house.rule import assert_kept
from tests.house.sources import PROJECT
from tools.site import hooks

DOCS = PROJECT / "docs"
#: Paths of ours in the pages' code: `tests/e2e/test_slow_clients.py`, `deploy/nginx/fair-shares.conf`.
_PATH = re.compile(r"`((?:tests|benchmarks|deploy|docs|tools|\.github)/[\w./-]+)`")
#: What is told of, and is not there any more, in the words of its time.
HISTORY = ("decisions", "CHANGELOG.md")


def rendered(page: Path, text: str) -> str:
    """Put a page of this text through the hook, as mkdocs does."""
    file = SimpleNamespace(abs_src_path=str(page), src_path=page.name)
    return hooks.on_page_markdown(text, page=SimpleNamespace(file=file), config={"docs_dir": str(DOCS)})


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("[the API](api.md#errors)", "[the API](api.md#errors)"),
        ("[pages](https://example.com/x)", "[pages](https://example.com/x)"),
        ("[README](../README.md)", "README"),
        ("[`settings`](../workix/settings.py)", "`settings`"),
        ("[the tour](../README.md#the-tour)", "the tour (`README.md`)"),
        ("```\n[x](../nowhere.md)\n```", "```\n[x](../nowhere.md)\n```"),
    ],
)
def test_a_link_out_of_the_site_is_a_path(written: str, shown: str) -> None:
    assert rendered(DOCS / "api.md", written) == shown


def test_a_link_to_nothing_is_a_warning_which_ends_a_strict_build(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "mkdocs.plugins.workix"):
        rendered(DOCS / "api.md", "[gone](../tests/gone.py)")
    assert caplog.messages == ["api.md links to ../tests/gone.py, which is not there."]


def test_a_folder_in_the_navigation_has_all_its_pages_the_first_one_first() -> None:
    config = {"docs_dir": str(DOCS), "nav": yaml.safe_load((PROJECT / "mkdocs.yml").read_text(encoding="utf-8"))["nav"]}
    listed = [*_pages(hooks.on_config(config)["nav"])]
    assert sorted(listed) == sorted(page.relative_to(DOCS).as_posix() for page in DOCS.rglob("*.md"))
    assert listed.index("runbooks/README.md") < min(
        number for number, page in enumerate(listed) if page.startswith("runbooks/Workix")
    )


def test_what_a_page_names_is_there() -> None:
    named = [(page, path) for page in DOCS.rglob("*.md") for path in _PATH.findall(page.read_text(encoding="utf-8"))]
    assert len(named) > 50
    assert_kept(
        "a page names no file of ours that is gone",
        [
            f"{page.relative_to(PROJECT)}: {path}"
            for page, path in named
            if not set(HISTORY) & set(page.relative_to(DOCS).parts) and not (PROJECT / path).exists()
        ],
        mend="name the file it is in now.",
    )


def _pages(navigation: list[object]) -> Iterator[str]:
    for entry in navigation:
        if isinstance(entry, dict):
            for value in entry.values():
                yield from _pages(value) if isinstance(value, list) else [value]
        else:
            yield str(entry)
