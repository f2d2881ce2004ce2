"""Addresses of other alphabets, and their lines in the e-mail index, take their one form; backwards they keep it."""

# Which hash is whose, only the application can tell: so each organization's people are read here, in its own schema.
# Where two people turn out to have one address, the second keeps the other form: an admin removes one of the two.

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.models import Q

from accounts.models.email_address import normalize_address
from workix.config.keyed_hash import keyed_hash

_FOLLOW = """
    UPDATE public.email_index SET address_hash = %s WHERE address_hash = %s
       AND organization_id = (SELECT id FROM public.organizations WHERE schema_name = current_schema())"""


def to_one_form(apps: Any, schema_editor: Any) -> None:
    people = apps.get_model("accounts", "User").objects.filter(deleted_at__isnull=True)
    for user in people.filter(Q(email__contains="@xn--") | Q(email__contains=".xn--") | Q(email__regex="[^\x01-\x7f]")):
        canonical = normalize_address(user.email)
        if canonical != user.email and not people.filter(email=canonical).exists():
            with schema_editor.connection.cursor() as cursor:
                cursor.execute(_FOLLOW, [keyed_hash("address", canonical), keyed_hash("address", user.email)])
            people.filter(id=user.id).update(email=canonical)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_index_proven_addresses")]

    operations = [migrations.RunPython(to_one_form, migrations.RunPython.noop)]
