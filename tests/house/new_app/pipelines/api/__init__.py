"""The API of pipelines."""
