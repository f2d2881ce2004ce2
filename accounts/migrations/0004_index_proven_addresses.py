"""The e-mail index holds proven addresses only: lines of people who have not confirmed theirs go, and come back backwards."""

# Which hash is whose, only the application can tell: so each organization's people are read here, in its own schema.

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.models import Q

from workix.config.keyed_hash import keyed_hash

_MINE = "SELECT id FROM public.organizations WHERE schema_name = current_schema()"
_REMOVE = f"DELETE FROM public.email_index WHERE organization_id = ({_MINE}) AND address_hash = ANY (%s)"  # noqa: S608  # ours
_ADD = f"""
    INSERT INTO public.email_index (id, address_hash, organization_id)
    SELECT gen_random_uuid(), hash, mine.id FROM unnest(%s::text[]) AS hash, ({_MINE}) AS mine ON CONFLICT DO NOTHING"""  # noqa: S608

_PROVEN = Q(email_confirmed_at__isnull=False, is_active=True)


def keep_proven(apps: Any, schema_editor: Any) -> None:
    _each(schema_editor, _REMOVE, _people(apps).exclude(_PROVEN))


def keep_all(apps: Any, schema_editor: Any) -> None:
    _each(schema_editor, _ADD, _people(apps).exclude(_PROVEN))


def _people(apps: Any) -> Any:
    return apps.get_model("accounts", "User").objects.filter(deleted_at__isnull=True, organization_id__isnull=False)


def _each(schema_editor: Any, statement: str, people: Any) -> None:
    hashes = [keyed_hash("address", email) for email in people.values_list("email", flat=True)]
    if hashes:
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(statement, [hashes])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_index_what_expires"), ("tenants", "0002_rename_blueprint_and_directory")]

    operations = [migrations.RunPython(keep_proven, keep_all)]
