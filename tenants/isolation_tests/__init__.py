"""Isolation tests: every attack we know from one organization on another, between two throw-away ones."""

# Raw SQL: attacks are statements, written as an attacker would.
# Bulk write: attacks go around the models on purpose.
