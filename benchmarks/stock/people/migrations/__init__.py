"""Migrations of the peer's tenant app."""
