"""Full text search (tsvector, GIN index) in the audit trail: by words of names, ids, reasons, and of what was changed."""

# Note [What is found]
# A word is found whole, in upper or lower case, whatever the language ("simple"): of an address its parts, too, so `bob` finds
# bob@acme.example, and `ob` finds nothing. All words that are asked for must be in one entry. The expression is that of the
# index, letter for letter, or PostgreSQL would read each entry. A vector holds a megabyte at most, and an entry that did not
# fit would stop the act it is of: so of changes that are larger than any form, the beginning is looked at.
#
# The id of a request, or the UUID of a thing, is no word: taken apart, such ids would be half of the index, and what it costs a
# bulk write. Who looks for one is answered by the indexes of these columns, and by the changes that it is in.

from __future__ import annotations

import re
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import Func, Q, QuerySet

#: So many characters of changes are looked at, at up to nine bytes of a vector each.
LOOKED_AT = 100_000
#: Words somebody may look for, all together.
LONGEST = 200
_WHOLE = (
    "actor_label || ' ' || action || ' ' || resource_type || ' ' || resource_label || ' ' || ip_address || ' ' || reason"
    " || ' ' || CASE WHEN length(resource_id) = 36 THEN '' ELSE resource_id END"
)
_IN_PARTS = "translate(actor_label || ' ' || action || ' ' || resource_label, '@._-', '    ')"
_CHANGES = (
    f"CASE WHEN length(changes::text) > {LOOKED_AT} THEN to_tsvector('simple', left(changes::text, {LOOKED_AT}))"
    """ ELSE jsonb_to_tsvector('simple', changes, '["all"]') END"""
)
_ID = re.compile(r"[0-9A-Fa-f]{32}|[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
#: See Note [What is found].
WORDS = Func(
    template=f"(to_tsvector('simple', {_WHOLE} || ' ' || {_IN_PARTS}) || {_CHANGES})", output_field=SearchVectorField()
)


def containing(entries: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Narrow entries down to those that have all of these words in them, or are of these ids. See Note [What is found]."""
    entries = entries.alias(words=WORDS)
    ids = [word for word in words.split() if _ID.fullmatch(word)]
    for each in ids:
        of_columns = Q(resource_id=each.lower()) | Q(request_id=each.lower())
        entries = entries.filter(of_columns | Q(words=_query(each)))
    others = " ".join(word for word in words.split() if word not in ids)
    return entries.filter(words=_query(others)) if others or not ids else entries


def _query(words: str) -> SearchQuery:
    return SearchQuery(words, config="simple")
