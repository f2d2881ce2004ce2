"""Signals: what happens to organizations, for the apps above."""

from django.dispatch import Signal

#: Inside the transaction that opens `organization`, as the owner, in its schema. A receiver that fails stops it all.
organization_opening = Signal()

#: Inside the transaction that changes what `organization` is entitled to, as the owner.
organization_entitled = Signal()
