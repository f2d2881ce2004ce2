"""Authentication classes: from a credential of a request to an actor."""
