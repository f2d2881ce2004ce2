"""API keys: issued by admins, held by services, with scopes, networks and an end of their own."""
