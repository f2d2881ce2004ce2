"""Tenant schemas: the template they are made from, and the roll-out of migrations."""
