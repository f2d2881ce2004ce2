"""Full text search (tsvector, GIN index) in the audit trail: by words of names, ids, reasons, and of what was changed."""

# Note [What is found]
# A word is found whole, in upper or lower case, whatever the language ("simple"): of an address its parts, too, so `bob` finds
# bob@acme.example, and `ob` finds nothing. All words that are asked for must be in one entry. The expression is that of the
# index, letter for letter, or PostgreSQL would read each entry. A vector holds a megabyte at most, and an entry that did not
# fit would stop the act it is of: so of changes that are larger than any form, the beginning is looked at.

from __future__ import annotations

from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import Func, QuerySet

#: So many characters of changes are looked at, at up to nine bytes of a vector each.
LOOKED_AT = 100_000
#: Words somebody may look for, all together.
LONGEST = 200
_WHOLE = (
    "actor_label || ' ' || action || ' ' || resource_type || ' ' || resource_label || ' ' || resource_id || ' ' || ip_address"
    " || ' ' || request_id || ' ' || reason"
)
_IN_PARTS = "translate(actor_label || ' ' || action || ' ' || resource_label, '@._-', '    ')"
_CHANGES = (
    f"CASE WHEN length(changes::text) > {LOOKED_AT} THEN to_tsvector('simple', left(changes::text, {LOOKED_AT}))"
    """ ELSE jsonb_to_tsvector('simple', changes, '["all"]') END"""
)
#: See Note [What is found].
WORDS = Func(
    template=f"(to_tsvector('simple', {_WHOLE} || ' ' || {_IN_PARTS}) || {_CHANGES})", output_field=SearchVectorField()
)


def containing(entries: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Narrow entries down to those with all of these words in them."""
    found: QuerySet[Any] = entries.alias(words=WORDS).filter(words=SearchQuery(words, config="simple"))
    return found
