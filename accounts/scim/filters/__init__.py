"""Filters of SCIM: their grammar, and what they mean to a table of people and to a handful of groups."""
