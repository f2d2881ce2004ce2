"""Passkeys (WebAuthn): as the whole of a log-in, as its second factor, and as the proof that step-up asks for."""
