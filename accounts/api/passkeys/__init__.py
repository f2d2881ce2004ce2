"""The API of passkeys: one's own, the log-in by one, and one as second factor and for step-up."""
