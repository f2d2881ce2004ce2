"""Tenant app of the peer: people, and what belongs to them."""
