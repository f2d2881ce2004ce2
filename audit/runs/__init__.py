"""Runs in the audit trail: everything that was done in one run of an agent, as a story."""
