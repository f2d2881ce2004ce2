"""Log-in: passwords, lockout, sessions."""
