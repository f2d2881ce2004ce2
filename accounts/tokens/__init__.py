"""Tokens: access tokens (JWT), signed tokens, e-mail tokens, and the keys that sign."""
