"""Append-only triggers on events, on both databases; put back after every migration, for a rebuilt table loses them."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import DEFAULT_DB_ALIAS, connections

TABLE = "core_event"
NAMES = {
    "sqlite": ("core_event_no_update", "core_event_no_delete"),
    "postgresql": ("core_event_no_change", "core_event_no_truncate"),
}
_SQLITE = (
    "CREATE TRIGGER IF NOT EXISTS core_event_no_{act} BEFORE {act} ON core_event "
    "BEGIN SELECT RAISE(ABORT, 'events are append-only'); END"
)
_POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION core_event_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'events are append-only'; END $$"
)
_INSTALL = {
    "sqlite": (_SQLITE.format(act="update"), _SQLITE.format(act="delete")),
    "postgresql": (
        _POSTGRESQL,
        f"""CREATE OR REPLACE TRIGGER core_event_no_change BEFORE UPDATE OR DELETE ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION core_event_refuse()""",
        f"""CREATE OR REPLACE TRIGGER core_event_no_truncate BEFORE TRUNCATE ON {TABLE}
        FOR EACH STATEMENT EXECUTE FUNCTION core_event_refuse()""",
    ),
}


def install(using: str = DEFAULT_DB_ALIAS) -> None:
    """Put the triggers in place; safe to call again."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for statement in _INSTALL[connection.vendor]:
            cursor.execute(statement)


def remove(using: str = DEFAULT_DB_ALIAS) -> None:
    """Take the triggers away: for the flush of a test database only."""
    connection = connections[using]
    suffix = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in NAMES[connection.vendor]:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{suffix}")


def missing(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Return the names of triggers that should be there and are not; empty when the table itself is not there yet."""
    connection = connections[using]
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else f"SELECT tgname FROM pg_trigger WHERE tgrelid = '{TABLE}'::regclass AND tgenabled <> 'D'"  # noqa: S608
    )
    with connection.cursor() as cursor:
        if TABLE not in connection.introspection.table_names(cursor):
            return []
        cursor.execute(query)
        present = {row[0] for row in cursor.fetchall()}
    return [name for name in NAMES[connection.vendor] if name not in present]


def install_after_migrate(*, using: str, **_: Any) -> None:
    """Install once the event table exists: Django calls this after each migrate."""
    connection = connections[using]
    with connection.cursor() as cursor:
        has_table = TABLE in connection.introspection.table_names(cursor)
    if has_table:
        install(using)


def check_triggers(*, app_configs: Any, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Name, as a system check, a trigger that a schema change dropped."""
    return [
        Error(f"Thiếu trigger {name} trên bảng {TABLE}; chạy lại lệnh migrate.", id="core.E001")
        for alias in databases or []
        for name in missing(alias)
    ]
