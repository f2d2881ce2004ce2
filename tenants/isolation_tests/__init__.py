"""Isolation tests: every attack we know from one organization on another, between two throw-away ones."""
