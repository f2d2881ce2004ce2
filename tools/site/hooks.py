"""mkdocs hooks: lists folders in the navigation, and turns links to files beside docs/ into their paths, which must exist."""

# Note [Links out of the site]
# Pages link to code and to the README, so that a reader of the repository can follow them. A site has no such files, and we
# know no address of a repository that would be right for everybody. So such a link is its path there. That the file exists is
# looked at here, as mkdocs does for pages; with --strict, a warning ends the build.

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Any

#: Mkdocs counts what is said below its own name, and --strict makes a failure of it.
logger = logging.getLogger("mkdocs.plugins.workix")

_LINK = re.compile(r"(?<!!)\[(?P<text>[^\]\n]+)\]\((?P<target>[^)\s#:]+)(?P<anchor>#[^)\s]*)?\)")
_FENCE = re.compile(r"^(```|~~~).*?^\1\s*$", re.MULTILINE | re.DOTALL)


def on_config(config: Any) -> Any:
    """Put the pages of a folder where the navigation names it: `- Decisions: decisions/`."""
    config["nav"] = [_listed(each, Path(config["docs_dir"])) for each in config["nav"]]
    return config


def on_page_markdown(markdown: str, *, page: Any, config: Any, **_: Any) -> str:
    """Replace links that leave docs/. See Note [Links out of the site]."""
    docs, file = Path(config["docs_dir"]), Path(page.file.abs_src_path)

    def replaced(link: re.Match[str]) -> str:
        target = (file.parent / link["target"]).resolve()
        if target.is_relative_to(docs.resolve()):
            return link[0]
        if not target.exists():
            logger.warning("%s links to %s, which is not there.", page.file.src_path, link["target"])
        path = target.relative_to(docs.resolve().parent).as_posix()
        return link["text"] if link["text"].strip("`") in path else f"{link['text']} (`{path}`)"

    return _outside_of_code(markdown, replaced)


def _outside_of_code(markdown: str, replace: Any) -> str:
    done, position = [], 0
    for fence in _FENCE.finditer(markdown):
        done += [_LINK.sub(replace, markdown[position : fence.start()]), fence[0]]
        position = fence.end()
    return "".join([*done, _LINK.sub(replace, markdown[position:])])


def _listed(entry: Any, docs: Path) -> Any:
    """Return a section of the navigation with the pages of each folder it names, its README first."""
    if isinstance(entry, str):
        return entry
    ((title, value),) = entry.items()
    if isinstance(value, list):
        return {title: [_listed(each, docs) for each in value]}
    if not value.endswith("/"):
        return entry
    pages = sorted((docs / value).glob("*.md"), key=lambda page: (page.name != "README.md", page.name))
    return {title: [page.relative_to(docs).as_posix() for page in pages]}
