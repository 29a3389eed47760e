"""What an import wrote, row by row as plain data: how each row was before and how the import left it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from typing import Any

Columns = dict[str, Any]  # column → value as JSON has it
Rows = Mapping[tuple[str, int], Columns]  # (model as events name it, id) → columns


@dataclass(frozen=True)
class Write:
    """One row an import wrote; `before` is None for a row it created."""

    label: str
    pk: int
    before: Columns | None
    after: Columns


def writes(before: Rows, after: Rows) -> tuple[Write, ...]:
    """Return what was written between two looks at the same rows; an import deletes none."""
    return tuple(Write(*key, before.get(key), columns) for key, columns in after.items() if before.get(key) != columns)


def joined(first: Iterable[Write], then: Iterable[Write]) -> tuple[Write, ...]:
    """Return two accounts of one import as one: a row has the columns before the first and after the last.

    Where somebody else wrote the row in between, the first account stands: the row is seen to have been changed.
    """
    known = {(write.label, write.pk): write for write in first}
    for write in then:
        old = known.setdefault((write.label, write.pk), write)
        if old.after == write.before:
            known[write.label, write.pk] = Write(write.label, write.pk, old.before, write.after)
    return tuple(known.values())


def packed(account: Iterable[Write]) -> str:
    """Return an account as the text that is kept."""
    return json.dumps([astuple(write) for write in account], ensure_ascii=False)


def unpacked(text: str) -> tuple[Write, ...]:
    """Return an account from the text that is kept; none from an empty one."""
    return tuple(Write(*row) for row in json.loads(text or "[]"))
