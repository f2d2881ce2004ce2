"""API views of the audit app."""
