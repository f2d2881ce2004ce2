"""Sandbox organizations for developers: one call opens an organization with people, tokens, a key and sample data."""
