"""Schema template: an empty tenant schema as a script, its fingerprint, and its replay."""

# Raw SQL: keeps and reads the blueprint, as the owner.

# Note [The nil organization]
# The template is an organization like any other, but for its id, which is all zeros: Django's migrations made its
# schema, and it has the same checks and triggers. What the catalogs then say about it is written down as one script,
# with the role and the grants that are declared. To open an organization, the zeros in the script become its id: so
# nothing about a new organization can differ from the migrated one except its id, and a test compares the two.

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from uuid import UUID

import psycopg
from psycopg import sql

from tenants.isolation import roles
from tenants.isolation.credentials import verifier_of
from tenants.isolation.database_roles import DatabaseRole, RoleKind
from tenants.isolation.server_capabilities import read_server_capabilities
from tenants.schema import catalog
from tenants.slugs import schema_of

#: What CREATE ROLE says of a password.
_VERIFIER = re.compile(r"SCRAM-SHA-256\$\d+:[\w+/=]+\$[\w+/=]+:[\w+/=]+", re.ASCII)
NIL = UUID(int=0)
NIL_ROLE = DatabaseRole(RoleKind.TENANT, schema_of(NIL), schema_of(NIL), version=0)


class NoSchemaTemplate(RuntimeError):
    """Nobody ran the migrations yet."""


@dataclass(frozen=True, slots=True)
class Script:
    """Everything in PostgreSQL that makes an organization, for the nil id."""

    text: str

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()

    def for_organization(self, organization_id: UUID, role: DatabaseRole) -> str:
        """Write the script that opens this organization."""
        own = verifier_of(role.name, role.version)
        text, found = _VERIFIER.subn(lambda _nil: own, self.text, count=1)
        assert found == 1  # the role comes first; under which secret it was written down does not matter
        return for_organization(text, organization_id)


def for_organization(text: str, organization_id: UUID) -> str:
    """Write for an organization what is written for the nil one: its id, and with it the names of schema and role."""
    return text.replace(NIL.hex, organization_id.hex).replace(str(NIL), str(organization_id))


def for_nil(text: str, organization_id: UUID) -> str:
    """Write for the nil organization what is written for another."""
    return text.replace(organization_id.hex, NIL.hex).replace(str(organization_id), str(NIL))


def take(connection: psycopg.Connection) -> Script:
    """Write down the nil organization, and keep it for `load`."""
    shape = catalog.describe(connection, NIL_ROLE.schema)
    capabilities = read_server_capabilities(connection)
    role = roles.create_statements(NIL_ROLE, capabilities)
    grants = roles.grant_statements(NIL_ROLE, frozenset(shape.tables))
    schema = sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(NIL_ROLE.schema))
    path = sql.SQL("SET LOCAL search_path = {}, public, pg_temp").format(sql.Identifier(NIL_ROLE.schema))
    before = [statement.as_string(connection) for statement in (*role, schema, path)]
    after = [statement.as_string(connection) for statement in grants]
    script = Script(";\n".join([*before, *shape.statements, *shape.rows, *after]) + ";\n")
    kept = connection.execute("SELECT fingerprint FROM public.schema_template").fetchone()
    if kept != (script.fingerprint,):
        connection.execute(
            "INSERT INTO public.schema_template (id, fingerprint, script, taken_at) VALUES (1, %s, %s, now()) ON CONFLICT (id)"
            " DO UPDATE SET fingerprint = excluded.fingerprint, script = excluded.script, taken_at = now()",
            [script.fingerprint, script.text],
        )
    return script


def load(connection: psycopg.Connection) -> Script:
    """Return the newest snapshot.

    :raises NoSchemaTemplate: before the first `manage.py migrate`.
    """
    row = connection.execute("SELECT script FROM public.schema_template").fetchone()
    if row is None:
        raise NoSchemaTemplate("There is no schema template yet. Run: manage.py migrate")
    return Script(row[0])
