"""Sandbox organizations: what opening, ending and removing them needs of the owner."""
