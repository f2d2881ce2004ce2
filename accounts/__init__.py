"""Accounts: users, sessions, sign-up, log-in and tokens."""
