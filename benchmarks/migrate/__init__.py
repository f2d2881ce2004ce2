"""`manage.py migrate` over a fleet, with nothing to do and with a migration that waits."""
