"""Tenants: organizations, their schemas, and the isolation between them."""
