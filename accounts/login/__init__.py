"""Log-in: passwords judged, lockout, sessions."""
