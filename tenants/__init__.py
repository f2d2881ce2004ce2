"""Organizations, and the walls between them."""
