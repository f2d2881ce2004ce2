"""API views of the agents app."""
