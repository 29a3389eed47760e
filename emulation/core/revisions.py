"""Saving content that two people may have open: a conditional update on the revision the form showed."""

import datetime as dt
from typing import Any, TypeVar

from django.db import models
from django.db.models import F

from emulation.core.errors import Stale
from emulation.core.models import Stamped

Row = TypeVar("Row", bound=Stamped)


def save(row: Row, *, revision: int, at: dt.datetime, **values: Any) -> Row:  # noqa: ANN401 - any column
    """Write the values if the row still is at that revision; validate them first.

    Raises Stale when somebody saved in between (nothing is written), ValidationError when a value is refused.
    """
    for name, value in values.items():
        setattr(row, name, value)
    fields: list[models.Field[Any, Any]] = list(type(row)._meta.fields)  # noqa: SLF001 - Django's documented API
    row.clean_fields(exclude={field.name for field in fields} - set(values))
    row.validate_constraints()
    changed = (
        type(row)
        ._default_manager.filter(pk=row.pk, revision=revision)  # noqa: SLF001 - Django's documented API
        .update(revision=F("revision") + 1, updated_at=at, **{name: getattr(row, name) for name in values})
    )
    if changed != 1:
        raise Stale("Người khác vừa lưu mục này. Đối chiếu nội dung mới với nội dung bạn nhập rồi lưu lại.")
    row.revision = revision + 1
    return row
