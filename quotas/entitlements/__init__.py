"""What an organization is entitled to: overrides by operators, and warnings when it is nearly or wholly taken."""
