"""Writing content: new rows validated first, old ones by a conditional update on the revision the form showed."""

import datetime as dt
from typing import Any, TypeVar

from django.db import models
from django.db.models import F

from emulation.core.errors import Stale
from emulation.core.models import Stamped

Row = TypeVar("Row", bound=Stamped)


def insert(row: Row) -> Row:
    """Validate a new row, columns and constraints, and write it.

    Raises ValidationError when a value is refused, IntegrityError when somebody wrote the same row first.
    """
    fields: list[models.Field[Any, Any]] = list(type(row)._meta.fields)
    own = {field.name for field in fields if field.is_relation or not field.editable}
    row.clean_fields(exclude=own)
    row.validate_unique(exclude=own)
    row.validate_constraints()
    row.save(force_insert=True)
    return row


def save(row: Row, *, revision: int, at: dt.datetime, **values: Any) -> Row:
    """Write the values if the row still is at that revision; validate them first.

    Raises Stale when somebody saved in between (nothing is written), ValidationError when a value is refused.
    """
    for name, value in values.items():
        setattr(row, name, value)
    fields: list[models.Field[Any, Any]] = list(type(row)._meta.fields)
    row.clean_fields(exclude={field.name for field in fields} - set(values))
    row.validate_constraints()
    changed = (
        type(row)
        ._default_manager.filter(pk=row.pk, revision=revision)
        .update(revision=F("revision") + 1, updated_at=at, **{name: getattr(row, name) for name in values})
    )
    if changed != 1:
        raise Stale("Người khác vừa lưu mục này. Đối chiếu nội dung mới với nội dung bạn nhập rồi lưu lại.")
    row.revision = revision + 1
    return row
