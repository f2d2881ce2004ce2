"""Signals of the core, for the apps above."""

from django.dispatch import Signal

#: Somebody known was refused: `permission` is what they lacked, `method` and `path` what they tried.
access_refused = Signal()

#: Somebody was not let in to the organization in scope: `code` says why, `method` and `path` what they tried.
entrance_refused = Signal()

#: PostgreSQL refused a statement to the role in scope (SQLSTATE 42501), which no code of ours should have sent.
statement_refused = Signal()

#: Something failed that nobody has a word for. A receiver returns the problem (ProblemError) where it knows that it is no fault.
fault_met = Signal()

#: About once a second before a part of a streamed response, in its scope: a receiver raises where who acts may do so no more.
response_going_on = Signal()
