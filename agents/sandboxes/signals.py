"""Signal of sandboxes: what apps put into one."""

from django.dispatch import Signal

#: A sandbox was opened and gets its sample data: in a transaction, as the organization's own role, with `admin` acting. An app
#: adds some of its own; a receiver that fails ends the sandbox.
sandbox_filling = Signal()
