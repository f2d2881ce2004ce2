"""API views of the tenants app."""
