"""Migrations of the peer's shared app."""
