"""Invitations: a person is asked by e-mail to join an organization with a role; they choose the password themselves."""
