"""Quotas and rate limits: how much, and how fast, an organization may use."""
