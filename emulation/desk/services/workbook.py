"""Bringing a workbook in, in two steps: upload (nothing is written but the file) and confirm (checked again first)."""

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import F, QuerySet

from blocs.models import BlocYear
from emulation.core import files
from emulation.core.access import Actor, can
from emulation.core.audit import Act, act
from emulation.core.errors import Refused
from emulation.core.models import FileKind, Province
from emulation.core.vietnamese import fold
from emulation.desk.domain import workbook
from emulation.desk.domain.facts import BlocWanted, World
from emulation.desk.domain.verdicts import Plan, RowVerdict, Verdict
from emulation.desk.models import BatchState, ImportBatch, ParkedRow, ParkedState
from emulation.desk.queries.workbook import world_for
from emulation.desk.renderers import reading
from emulation.desk.services.account import Account
from emulation.desk.services.rows import RowWriter, write_bloc

RACE = "Người khác vừa ghi cùng số liệu này; tải lại trang để xem bản mới rồi làm lại."


class Moved(Refused):
    """The present rows are not those of the preview; `plan` is the new verdict. Nothing was written."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(
            "Số liệu trong hệ thống đã thay đổi từ lúc xem trước; xem lại kết quả mới dưới đây rồi xác nhận."
        )
        self.plan = plan


def upload(*, name: str, content: bytes, actor: Actor) -> tuple[ImportBatch, Plan]:
    """Keep an uploaded workbook and return it with its verdict.

    Raises Refused when the file as a whole cannot be read (nothing is kept), PermissionError when the actor may not.
    """
    _require(actor)
    plan = check(name=name, content=content)
    stored = files.store(name=name, content=content, kind=FileKind.XLSX, actor=actor)
    return ImportBatch.objects.create(file=stored, uploaded_by_id=actor.user_id), plan


def check(*, name: str, content: bytes) -> Plan:
    """Return the verdict on a workbook without keeping it; raises Refused when it cannot be read."""
    if len(content) > settings.UPLOAD_LIMIT_MB * 1024 * 1024:
        raise Refused(too_large())
    files.accept(name, content, kinds={FileKind.XLSX})
    return _plan(content)


def too_large() -> str:
    """Return the sentence about a workbook over the limit; most of such a file is not figures."""
    return f"Tệp lớn hơn {settings.UPLOAD_LIMIT_MB} MB; xóa hình ảnh và các trang tính thừa rồi tải lên."


def examine(batch: ImportBatch) -> Plan:
    """Return the verdict on an upload as things stand now."""
    return _plan(files.read(batch.file))


def _plan(content: bytes) -> Plan:
    grid = reading.read(content)
    return workbook.plan(grid, world_for(workbook.head(grid)))


def confirm(*, batch: ImportBatch, digest: str, actor: Actor, at: dt.datetime) -> ImportBatch:
    """Write what the preview with that digest showed. Rows in doubt or in error wait as parked rows.

    Raises Moved when the verdict is another by now, Refused when there is nothing to write, the bloc's own row is wrong
    or somebody was quicker, PermissionError when the actor may not. Then nothing is written.
    """
    _require(actor)
    with importing(actor=actor, at=at) as current:
        batch = ImportBatch.objects.select_for_update(of=("self",)).select_related("file").get(pk=batch.pk)
        if not batch.is_open:
            raise Refused(f"Tệp này đã xử lý rồi ({batch.get_state_display().lower()}); tải tệp mới nếu cần nhập lại.")
        content = files.read(batch.file)
        grid = reading.read(content)
        world = _world_held(workbook.head(grid))
        plan = workbook.plan(grid, world)
        if plan.digest != digest:
            raise Moved(plan)
        if plan.bloc.waits:
            raise Refused(f"Chưa nhập được: {plan.bloc.sentence}")
        if not plan.may_confirm:
            raise Refused("Tệp không có thay đổi nào so với hệ thống; không cần nhập.")
        rows = [row for row in plan.rows if row.sheet != plan.bloc.sheet]
        year = (plan.bloc.values["year"], plan.bloc.values["year_kind"])
        account = Account(batch, rows, year=year, bloc_year_id=world.bloc_year_id, bloc_id=world.bloc_id)
        bloc_year = write_bloc(plan.bloc, bloc_id=world.bloc_id, act=current)
        writer = RowWriter(bloc_year, rows, act=current)
        writer.write()
        _park(batch, bloc_year, plan, actor, at)
        account.close(bloc_year, writer)
        _close(batch, bloc_year, plan, at)
        current.record("imported", bloc_year, data=_account(batch, plan))
    return batch


@contextmanager
def importing(*, actor: Actor, at: dt.datetime) -> Iterator[Act]:
    """Open an act that writes rows of a workbook; what the database refuses in the end becomes one sentence.

    Such acts wait for each other, so that none creates what another has just created.
    """
    try:
        with act(actor=actor, at=at) as current:
            # Two workbooks may name the same new bloc or agency, for which no row stands yet: lock the one there is.
            Province.objects.select_for_update().filter(pk=1).first()
            yield current
    except (IntegrityError, ValidationError) as race:
        raise Refused(RACE) from race


def _world_held(wanted: BlocWanted | None) -> World:
    """Return what stands around the bloc's year, which nobody else writes into until the act ends.

    What differs between the looks before and after is kept as written by the import: it must be written by nobody else.
    """
    world = world_for(wanted)
    if world.bloc_year_id is None:
        return world
    hold(BlocYear.objects.filter(pk=world.bloc_year_id))
    return world_for(wanted)


def hold(bloc_years: QuerySet[BlocYear]) -> BlocYear:
    """Return the one bloc year asked for, locked: rows of it that others write wait for the end of the act."""
    return bloc_years.select_for_update(of=("self",)).get()


def discard(*, batch: ImportBatch, actor: Actor) -> None:
    """Put an upload aside without writing anything. Raises Refused when it is confirmed already."""
    _require(actor)
    changed = ImportBatch.objects.filter(pk=batch.pk, state=BatchState.PREVIEWED).update(
        state=BatchState.DISCARDED, revision=F("revision") + 1
    )
    if changed != 1:
        raise Refused("Tệp này đã xử lý rồi; không bỏ được nữa.")


def _require(actor: Actor) -> None:
    if not can(actor, "desk.import_workbook"):
        raise PermissionError("desk.import_workbook")


def _close(batch: ImportBatch, bloc_year: BlocYear, plan: Plan, at: dt.datetime) -> None:
    batch.state, batch.bloc_year, batch.confirmed_at = BatchState.CONFIRMED, bloc_year, at
    batch.new_count = plan.count(Verdict.NEW)
    batch.changed_count = plan.count(Verdict.CHANGED)
    batch.unchanged_count = plan.count(Verdict.UNCHANGED)
    batch.parked_count = sum(row.waits and not row.is_settled for row in plan.rows)
    batch.revision += 1
    batch.save()


def _park(batch: ImportBatch, bloc_year: BlocYear, plan: Plan, actor: Actor, at: dt.datetime) -> None:
    """Keep the rows that wait, and close those of earlier imports that this file brought in."""
    ParkedRow.objects.bulk_create(_parked(batch, row) for row in plan.rows if row.waits and not row.is_settled)
    written = {(row.sheet, fold(row.title)) for row in plan.rows if not row.waits}
    earlier = ParkedRow.objects.filter(batch__bloc_year=bloc_year, state=ParkedState.WAITING).exclude(batch=batch)
    done = [row.pk for row in earlier if (row.sheet, fold(row.title)) in written]
    ParkedRow.objects.filter(pk__in=done).update(
        state=ParkedState.REPLACED, decided_at=at, decided_by_id=actor.user_id, revision=F("revision") + 1
    )


def _parked(batch: ImportBatch, row: RowVerdict) -> ParkedRow:
    texts = {cell.key: [cell.address, cell.text] for cell in row.cells if cell.text}
    return ParkedRow(
        batch=batch,
        sheet=row.sheet,
        number=row.number,
        title=row.title[:700],
        cells=json.dumps(texts, ensure_ascii=False),
        reason=row.sentence,
    )


def _account(batch: ImportBatch, plan: Plan) -> dict[str, str | int]:
    return {
        "batch": batch.pk,
        "sha256": batch.file.sha256,
        "new": batch.new_count,
        "changed": batch.changed_count,
        "unchanged": batch.unchanged_count,
        "parked": batch.parked_count,
        "kept": len(plan.kept),
    }
