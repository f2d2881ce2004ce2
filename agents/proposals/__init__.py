"""Proposals: what a supervised agent asks for is tried, and waits for approval where the organization's policy says so."""
