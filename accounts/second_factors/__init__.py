"""Second factors (2FA, MFA): TOTP and recovery codes, the log-in that asks for them, and step-up (reauthentication)."""
