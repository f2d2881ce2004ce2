"""Reasons and runs: why somebody calls (Workix-Reason), and in which run and step of their own (Workix-Trace)."""
