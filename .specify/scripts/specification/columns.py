"""Column and Table: what the data model's columns are, in the words of PostgreSQL's catalogs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column as the catalogs show it, what was asked for, and why it differs or is there besides."""

    name: str
    type: str
    number: str = ""
    asked: str = ""
    nullable: bool = False
    #: The database's own default or generating expression.
    default: str = ""
    #: What Django puts in where nobody says anything; the database has no default then.
    django: str = ""
    constraints: tuple[str, ...] = ()
    because: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns in the order they were asked for, ours after them."""

    name: str
    model: str
    file: str
    where: str
    columns: tuple[Column, ...]

    def numbered(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.number)


MOMENT = "timestamp with time zone"
#: What stands for the organization's own id in the defaults and constraints of its schema.
OWN_ID = "'<this organization>'::uuid"
BELONGS_HERE = f"belongs_to_this_organization CHECK (organization_id = {OWN_ID})"


def text(length: int) -> str:
    return f"character varying({length})"


def at_least_zero(table: str, column: str) -> str:
    return f"{table}_{column}_check CHECK ({column} >= 0)"
