"""Benchmarks of quotas and rate limits: what a million consumptions leave behind, and a flood beside somebody else."""
