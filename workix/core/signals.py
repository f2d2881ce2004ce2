"""Signals of the core, for the apps above."""

from django.dispatch import Signal

#: Somebody known was refused: `permission` is what they lacked, `method` and `path` what they tried.
access_refused = Signal()
