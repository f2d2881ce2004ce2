"""E-mails to the admins of an organization about what happens to it."""
