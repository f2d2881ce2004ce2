"""Tries django-tenants' own commands where the library is installed, alone and inside an organization, and says how each ends."""

from __future__ import annotations

import io
import json
import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402  # after the apps are loaded

SCHEMA = sys.argv[1]
#: Those that ours have no name for, with what each needs to begin.
COMMANDS = {
    "clone_tenant": [f"--clone_from={SCHEMA}", "--clone_tenant_fields=no"],
    "collectstatic_schemas": [f"--schema={SCHEMA}", "--no-input"],
    "create_domain": [f"--schema={SCHEMA}", "--domain-host=x.localhost", "--no-input"],
    "create_missing_schemas": [],
    "create_tenant_superuser": [f"--schema={SCHEMA}", "--no-input"],
    "delete_domain": [f"--schema={SCHEMA}", "--domain-domain=acme.localhost", "--no-input"],
    "delete_tenant": [f"--schema={SCHEMA}", "--no-input"],
    "rename_schema": [f"--rename_from={SCHEMA}", "--rename_to=mine"],
}


def end_of(*command: str) -> str:
    """Return what a command ends with."""
    sys.stdin = io.StringIO()
    try:
        call_command(*command, stdout=io.StringIO())
    except Exception as error:  # noqa: BLE001  # whatever it is
        return f"{type(error).__name__}: {error}".splitlines()[0]
    return "done"


wrapper = ("tenant_command", "--schema", SCHEMA, "--reason", "x")
ends = {name: [end_of(name, *more), end_of(*wrapper, name, "--", *more)] for name, more in COMMANDS.items()}
print(json.dumps(ends))  # noqa: T201  # read by the test
