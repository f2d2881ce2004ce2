"""Faults under load (chaos): what was sent, what was answered, and whether anything acknowledged was lost."""
