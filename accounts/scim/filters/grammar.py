"""SCIM filter parser (RFC 7644, section 3.4.2.2): from text to a tree, by recursive descent, with bounds on length and depth."""

# Note [A parser of our own]
# Filters come from whoever holds a key, so what reads them is an attack surface. The public parsers translate to SQL text
# (scim2-filter-parser) or bound neither length nor depth. The grammar is small: it is read here into a tree of three kinds
# of nodes, by names that a closed list knows; nobody who uses the tree ever sees a name or an operator that is not ours.
#
# A value path (`emails[type eq "work"]`) is read as what it says of attributes: `emails.type eq "work"`. That is the same
# where a list has one item at most, as all of ours have.

from __future__ import annotations

import re

import orjson

from accounts.scim.errors import InvalidFilter
from accounts.scim.filters.tree import Both, Comparison, Node, Not, Value
from accounts.scim.schemas import GROUP, USER

LONGEST = 2_000
DEEPEST = 20
COMPARISONS = ("eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le")

_TOKEN = re.compile(
    r'\s*(?:(?P<string>"(?:[^"\\]|\\.)*")|(?P<mark>[()\[\]])|(?P<word>[A-Za-z0-9$_.:+-]+))', re.ASCII | re.DOTALL
)
_ATTRIBUTE = re.compile(r"[a-z$][a-z0-9$_-]*(?:\.[a-z$][a-z0-9$_-]*)?")
_PREFIXES = tuple(f"{urn.lower()}:" for urn in (USER, GROUP))


def parse(text: str) -> Node:
    """Read a filter. See Note [A parser of our own].

    :raises InvalidFilter: when it is none, or longer or deeper than LONGEST and DEEPEST.
    """
    if len(text) > LONGEST:
        raise InvalidFilter(f"The filter is longer than {LONGEST} characters.")
    parser = _Parser(_tokens(text))
    node = parser.expression("", DEEPEST)
    parser.end()
    return node


def attribute_name(text: str) -> str:
    """Write the name of an attribute in lower case, without the schema's URN before it.

    :raises InvalidFilter: when it can be no name.
    """
    name = text.lower()
    for prefix in _PREFIXES:
        name = name.removeprefix(prefix)
    if not _ATTRIBUTE.fullmatch(name):
        raise InvalidFilter("An attribute is named as userName or name.givenName.")
    return name


def _tokens(text: str) -> list[str]:
    found, at = [], 0
    text = text.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise InvalidFilter("The filter can't be read: a character stands where none may.")
        found.append(match.group().strip())
        at = match.end()
    return found


class _Parser:
    """Goes through the tokens once, from the left."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._at = 0

    def expression(self, prefix: str, depth: int) -> Node:
        """Read what `or` joins; `and` binds closer. A long chain is as deep a tree as so many parentheses are."""
        if depth <= 0:
            raise InvalidFilter(f"The filter is deeper than {DEEPEST}.")
        node = self._all_of(prefix, depth)
        while self._takes("or"):
            depth -= 1
            node = Both(node, self._all_of(prefix, depth), either=True)
        return node

    def end(self) -> None:
        if self._at != len(self._tokens):
            raise InvalidFilter("The filter goes on where it should end.")

    def _all_of(self, prefix: str, depth: int) -> Node:
        node = self._one(prefix, depth)
        while self._takes("and"):
            depth -= 1
            node = Both(node, self._one(prefix, depth))
        return node

    def _one(self, prefix: str, depth: int) -> Node:
        if depth <= 0:
            raise InvalidFilter(f"The filter is deeper than {DEEPEST}.")
        if self._takes("not"):
            return Not(self._group(prefix, depth))
        if self._peek() == "(":
            return self._group(prefix, depth)
        name = attribute_name(self._next())
        if not prefix and "." not in name and self._takes("["):
            return self._until("]", f"{name}.", depth)
        return self._comparison(prefix + name)

    def _group(self, prefix: str, depth: int) -> Node:
        if not self._takes("("):
            raise InvalidFilter("After `not` comes a parenthesis.")
        return self._until(")", prefix, depth)

    def _until(self, mark: str, prefix: str, depth: int) -> Node:
        node = self.expression(prefix, depth - 1)
        if not self._takes(mark):
            raise InvalidFilter(f"A {mark} is missing.")
        return node

    def _comparison(self, attribute: str) -> Comparison:
        operator = self._next().lower()
        if operator == "pr":
            return Comparison(attribute, operator)
        if operator not in COMPARISONS:
            raise InvalidFilter("An operator is one of eq, ne, co, sw, ew, gt, ge, lt, le and pr.")
        return Comparison(attribute, operator, _value(self._next()))

    def _takes(self, word: str) -> bool:
        is_next = self._peek().lower() == word
        self._at += is_next
        return is_next

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _next(self) -> str:
        token = self._peek()
        if not token:
            raise InvalidFilter("The filter ends too early.")
        self._at += 1
        return token


def _value(text: str) -> Value:
    """Read a value, as JSON has it (RFC 7159): no lone surrogate, and no NUL, which no database keeps."""
    try:
        value = orjson.loads(text if text.startswith('"') else text.lower())
    except orjson.JSONDecodeError as error:
        raise InvalidFilter("A value is a text in quotes, a number, true, false or null.") from error
    if isinstance(value, str) and "\0" in value:
        raise InvalidFilter("A text has no NUL.")
    return value  # type: ignore[no-any-return]  # no token is an object or a list
