"""Webhooks: the audit trail of an organization, streamed to HTTPS endpoints of its own (Standard Webhooks)."""
