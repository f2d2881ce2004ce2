"""Agents: what lets programs that decide by themselves try, explain and be stopped. Dry run is the first of it."""
