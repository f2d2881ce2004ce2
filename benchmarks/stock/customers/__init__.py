"""Shared app of the peer: its tenants and their domains."""
