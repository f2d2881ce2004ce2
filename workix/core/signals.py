"""Signals of the core, for the apps above."""

from django.dispatch import Signal

#: Somebody known was refused: `permission` is what they lacked, `method` and `path` what they tried.
access_refused = Signal()

#: Somebody was not let in to the organization in scope: `code` says why, `method` and `path` what they tried.
entrance_refused = Signal()

#: PostgreSQL refused a statement to the role in scope (SQLSTATE 42501), which no code of ours should have sent.
statement_refused = Signal()
