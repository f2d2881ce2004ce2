"""Tries what must be impossible: every way we know out of one organization, between two throw-away ones."""
