"""Typed clients made from the OpenAPI document, and its linters."""
