"""Limits of agents: calls an hour, deletions a day, share of each quota, and a budget of cost units."""
