"""API views of the quotas app."""
