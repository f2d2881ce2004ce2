"""Tries what must be impossible: every way we know out of one organization, between two throw-away ones."""

# Raw SQL: attacks are statements, written as an attacker would.
# Bulk write: attacks go around the models on purpose.
