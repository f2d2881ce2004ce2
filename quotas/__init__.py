"""How much, and how fast, an organization may use."""
