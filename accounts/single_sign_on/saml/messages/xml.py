"""Parses XML that strangers wrote: no DTD, entity (XXE), comment, CDATA or processing instruction; bounded in every way."""

# Note [Parsing XML of strangers]
# In well-formed XML "<!" begins a DTD, a comment or a CDATA section, and "<?" a processing instruction: nowhere else may
# a "<" stand that opens no tag. So one look at the text, before any parser, leaves out entities of every kind, and
# whatever makes two parsers, or two versions of one, see two documents: a comment inside a NameID, a second root in a
# DTD. It holds in UTF-8 alone, so the text is decoded here and the parser is told so, whatever the document says.

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element as Element

from accounts.single_sign_on.saml.messages.errors import InvalidMessage

MAX_BYTES = 256 << 10
MAX_DEPTH = 32
MAX_ELEMENTS = 4_096
#: Of one element; namespaces in its scope are counted too, since canonicalization walks through them for each element.
MAX_ATTRIBUTES = 64

_DECLARATION = re.compile(r"\ufeff?\s*<\?xml\s[^<>?]*\?>")
_ENCODING = re.compile(r"encoding\s*=\s*[\"'](?!utf-8[\"'])", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def parse(document: bytes, *, has_comments: bool = False) -> Element:
    """Parse a document. `has_comments`: they are taken out first, which is for what carries no signature.

    :raises InvalidMessage: when it is not plain, modest XML. See Note [Parsing XML of strangers].
    """
    text = _decode(document)
    if has_comments:
        text = _COMMENT.sub("", text)
    if "<!" in text or "<?" in text:
        raise InvalidMessage("It holds a DTD, a comment, a CDATA section or a processing instruction.")
    try:
        root = etree.fromstring(text.encode(), _parser())
    except etree.XMLSyntaxError as error:
        raise InvalidMessage("It is not well-formed XML.") from error
    _require_modest(root)
    return root


def text_of(element: Element) -> str:
    """Return the text of an element that holds nothing else, without blanks around it.

    :raises InvalidMessage: when there are elements in it.
    """
    if len(element):
        raise InvalidMessage("There are elements where text is expected.")
    return (element.text or "").strip()


def only(parent: Element, tag: str) -> Element:
    """Return the one child with this tag.

    :raises InvalidMessage: when there is none, or more than one.
    """
    found = parent.findall(tag)
    if len(found) != 1:
        raise InvalidMessage(f"There is not exactly one {etree.QName(tag).localname}.")
    return found[0]


def _decode(document: bytes) -> str:
    if len(document) > MAX_BYTES:
        raise InvalidMessage(f"It is longer than {MAX_BYTES >> 10} kB.")
    try:
        text = document.decode()
    except UnicodeDecodeError as error:
        raise InvalidMessage("It is not in UTF-8.") from error
    declared = _DECLARATION.match(text)
    if declared is None:
        return text
    if _ENCODING.search(declared.group()):
        raise InvalidMessage("It is not in UTF-8.")
    return text[declared.end() :]


def _parser() -> etree.XMLParser:
    """Make a parser, for one document. Most of what it is told can't matter any more, and is said all the same."""
    return etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, collect_ids=False
    )


def _require_modest(root: Element) -> None:
    seen: set[str] = set()
    for number, (element, depth) in enumerate(_walk(root), start=1):
        if depth > MAX_DEPTH or number > MAX_ELEMENTS:
            raise InvalidMessage("It is nested too deeply, or has too many elements.")
        if max(len(element.attrib), len(element.nsmap)) > MAX_ATTRIBUTES:
            raise InvalidMessage("An element has too many attributes.")
        for name, value in element.attrib.items():
            if etree.QName(name).localname.lower() == "id":
                if value in seen:
                    raise InvalidMessage("Two elements have the same ID.")
                seen.add(value)


def _walk(root: Element) -> Iterator[tuple[Element, int]]:
    """Yield each element with its depth, without recursion."""
    waiting = [(root, 1)]
    while waiting:
        element, depth = waiting.pop()
        yield element, depth
        waiting.extend((child, depth + 1) for child in element)
