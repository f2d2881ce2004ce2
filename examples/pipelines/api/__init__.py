"""API views of pipelines."""
