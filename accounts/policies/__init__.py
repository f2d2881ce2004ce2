"""Policies of an organization: what its admins decide about passwords, networks, origins (CORS) and switching."""
