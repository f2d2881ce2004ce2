"""Step-up (reauthentication) by an identity provider, for people who have no password here."""
