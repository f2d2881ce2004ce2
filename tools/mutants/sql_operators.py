"""Mutations of SQL: a dropped term of WHERE, a comparison the other way, a RAISE, REVOKE or SECURITY DEFINER that is gone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tools.mutants.mutant import Edit

_TERM = re.compile(r"\b(WHERE|AND|OR|ELSIF|IF)\s+(?!REPLACE)(?=\S)")
_TERM_ENDS = re.compile(
    r"\b(AND|OR|THEN|GROUP BY|ORDER BY|RETURNING|UNION|LIMIT|ON CONFLICT|LOOP|FOR|JOIN|LEFT|WHERE|WHEN|ELSE|END|INTERSECT)\b"
    r'|[;"]|\$\$|,'
)
_IN_TERMS = (
    (r" <= ", " < "),
    (r" >= ", " > "),
    (r" < ", " <= "),
    (r" > ", " >= "),
    (r" = (?!ANY)", " <> "),
    (r" <> (?!ALL)", " = "),
    (r"IS NOT NULL", "IS NULL"),
    (r"IS NULL", "IS NOT NULL"),
    (r"IS NOT DISTINCT FROM", "IS DISTINCT FROM"),
    (r"IS DISTINCT FROM", "IS NOT DISTINCT FROM"),
    (r"NOT EXISTS", "EXISTS"),
)
_ANYWHERE = (
    (r"\bSECURITY DEFINER ", ""),
    (r"\bSET search_path = [\w, ]+(?= AS)", ""),
    (r"(?<=[\w)]) \+ (?=\w)", " - "),
    (r"(?<=[\w)]) - (?=\w)", " + "),
    (r"\btrue\b", "false"),
    (r"\bfalse\b", "true"),
    (r"\bFOR UPDATE\b( SKIP LOCKED)?", ""),
)
_NUMBER = re.compile(r"(?:(?<=[<>] )|(?<=[<>]= )|(?<=[+-] )|(?<=interval '))\d+\b")
_STATEMENT = re.compile(r"(?m)^\s*((?:RAISE|PERFORM|EXECUTE|REVOKE|GRANT|INSERT|UPDATE|DELETE)\b[^;$]*;)")
_FUNCTION = re.compile(r"\bFUNCTION public\.(\w+)\(")


def edits(text: str) -> Iterator[Edit]:
    """Find every mutation of a text of SQL; offsets are in characters."""
    hidden = re.sub(r"--[^\n]*", lambda comment: " " * len(comment[0]), text)
    for edit in _edits(hidden):
        functions = [found[1] for found in _FUNCTION.finditer(hidden, 0, edit.start)]
        yield Edit(edit.start, edit.end, edit.replacement, functions[-1] if functions else "")


def _edits(text: str) -> Iterator[Edit]:
    for start, end, word in _terms(text):
        term = text[start:end]
        if "%s" not in term and "{}" not in term:
            yield Edit(start, end, "true" if word in ("WHERE", "AND") else "false")
        for pattern, replacement in _IN_TERMS:
            yield from (Edit(start + f.start(), start + f.end(), replacement) for f in re.finditer(pattern, term))
    for pattern, replacement in _ANYWHERE:
        yield from (Edit(found.start(), found.end(), replacement) for found in re.finditer(pattern, text))
    for found in _NUMBER.finditer(text):
        yield Edit(found.start(), found.end(), str(int(found[0]) + 1))
    for found in _STATEMENT.finditer(text):
        yield Edit(found.start(1), found.end(1), "NULL;")


def _terms(text: str) -> Iterator[tuple[int, int, str]]:
    """Find conditions: each term by itself, and that of an IF as a whole."""
    for found in _TERM.finditer(text):
        start = found.end()
        if found[1] == "IF" and (
            text[: found.start()].rstrip().endswith(("TABLE", "FUNCTION", "SEQUENCE", "POLICY", "END"))
        ):
            continue
        end = text.find("THEN", start) if found[1] in ("IF", "ELSIF") else _end_of_term(text, start)
        term = text[start:end].rstrip()
        if end > start and term and "BETWEEN" not in text[max(0, start - 60) : start]:
            yield start, start + len(term), found[1]


def _end_of_term(text: str, start: int) -> int:
    depth, at = 0, start
    while at < len(text):
        if text[at] == "(":
            depth += 1
        elif text[at] == ")":
            if depth == 0:
                return at
            depth -= 1
        elif depth == 0 and _TERM_ENDS.match(text, at):
            return at
        at += 1
    return at
