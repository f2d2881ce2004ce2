"""Roles as the server has them: how they differ from what is declared, who administers them, and whose they are."""

# Raw SQL: this folder is made of it, and reviewed line by line.
