"""Taking an import back as a whole, while nobody has changed or used what it wrote (DECISIONS C18)."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import F, Model, ProtectedError, Q

from awards.models import Nomination, Submission
from blocs.enums import LeadershipRole, YearState
from blocs.models import (
    Agency,
    BlocYear,
    Handover,
    LeadershipTerm,
    Membership,
    NextLeader,
    ReportedPlace,
    ReportedResult,
    Target,
)
from blocs.queries.covenant import target_refusal
from blocs.services import members
from emulation.core.access import Actor, can
from emulation.core.errors import Refused
from emulation.core.models import Document, Job, SignedPaper, Stamped, label_of
from emulation.core.vietnamese import nfc
from emulation.desk.domain.written import Columns, Write, unpacked
from emulation.desk.models import BatchState, ImportBatch, ParkedState
from emulation.desk.queries.written import WRITTEN, columns_of
from emulation.desk.services.workbook import hold, importing

INSTEAD = "sửa từng dòng ở trang của khối."
_NAMED_BY_LABEL = (Document, Job, SignedPaper)
#: Rows that rest on a membership, and the column that names its agency.
_NAMING_A_MEMBER: tuple[tuple[type[Stamped], str], ...] = (
    (LeadershipTerm, "agency"),
    (NextLeader, "agency"),
    (ReportedPlace, "agency"),
    (ReportedResult, "agency"),
    (Handover, "giver"),
    (Handover, "receiver"),
    (Nomination, "owner"),
    (Submission, "agency"),
)


def undo(*, batch: ImportBatch, note: str, actor: Actor, at: dt.datetime) -> ImportBatch:
    """Bring every row the import wrote back to what it was; rows it created go, rows that wait wait no more.

    Raises Refused without a reason, and with the first obstacle: the import does not stand, the year is closed, a row
    was changed since, or something refers to one; then nothing is written. PermissionError when the actor may not.
    """
    if not can(actor, "desk.import_workbook"):
        raise PermissionError("desk.import_workbook")
    if not nfc(note):
        raise Refused("Ghi lý do hoàn tác lần nhập này.")
    with importing(actor=actor, at=at) as current:
        batch = ImportBatch.objects.select_for_update(of=("self",)).select_related("file").get(pk=batch.pk)
        refuse_other(batch)
        account = unpacked(batch.written)
        bloc_year = hold(BlocYear.objects.filter(batches=batch).select_related("year"))
        _refuse_frozen(bloc_year, account)
        _refuse_changed(account)
        _refuse_named(batch, bloc_year, account)
        _refuse_ranked(account)
        _close(batch, bloc_year, account, note=nfc(note)[:300], actor=actor, at=at)
        _take_back(account, at)
        data = {"batch": batch.pk, "sha256": batch.file.sha256, "rows": len(account)}
        current.record("import_undone", bloc_year, note=batch.undo_note, data=data)
    return batch


def refuse_other(batch: ImportBatch) -> None:
    """Raise Refused unless the upload is an import that stands and whose rows were kept."""
    if batch.state != BatchState.CONFIRMED:
        raise Refused(
            f"Tệp này không ở trạng thái đã nhập ({batch.get_state_display().lower()}); không có gì hoàn tác."
        )
    if not batch.written:
        raise Refused(f"Lần nhập này có từ trước khi hệ thống giữ số liệu cũ nên không hoàn tác được; {INSTEAD}")


def _refuse_frozen(bloc_year: BlocYear, account: Iterable[Write]) -> None:
    if bloc_year.is_closed or bloc_year.year.state == YearState.CLOSED:
        raise Refused("Năm này của khối đã khóa nên không nhận thay đổi; mở lại năm trước khi hoàn tác.")
    refusal = target_refusal(bloc_year) if any(write.label == label_of(Target) for write in account) else ""
    if refusal:
        raise Refused(refusal)


def _refuse_changed(account: Iterable[Write]) -> None:
    """Raise Refused with the first row that is not as the import left it. The rows stay locked."""
    for model, mine in _by_model(account):
        locked = model._default_manager.select_for_update().filter(pk__in=[write.pk for write in mine]).order_by("pk")
        found = {row.pk: (row, columns) for row, columns in columns_of(locked)}
        for write in mine:
            row, columns = found.get(write.pk, (None, {}))
            if row is None:
                raise Refused(
                    f"Chưa hoàn tác được: một dòng của lần nhập này ({_kind(model)}) không còn nữa; {INSTEAD}"
                )
            if columns != write.after:
                raise Refused(f"Chưa hoàn tác được: {_kind(model)} “{row}” đã được sửa sau lần nhập này; {INSTEAD}")


def _refuse_named(batch: ImportBatch, bloc_year: BlocYear, account: Iterable[Write]) -> None:
    """Raise Refused when a later import took a waiting row, or something names a created row without a foreign key."""
    taken = batch.parked.filter(state=ParkedState.REPLACED).order_by("number").first()
    if taken:
        raise Refused(f"Chưa hoàn tác được: dòng chờ “{taken}” đã được nhập ở lần sau; hoàn tác lần nhập sau trước.")
    for model, mine in _by_model(account):
        created = [write.pk for write in mine if write.before is None]
        for naming in _NAMED_BY_LABEL:
            row = naming.objects.filter(subject_label=label_of(model), subject_id__in=created).order_by("pk").first()
            if row:
                raise Refused(_used(row))
    agencies = [write.after["agency"] for write in account if write.label == label_of(Membership) and not write.before]
    # The import began at that moment; what it created itself, then or with rows placed later, is no obstacle.
    since = Q(bloc_year=bloc_year, created_at__gt=batch.confirmed_at)
    for kind, column in _NAMING_A_MEMBER:
        own = [write.pk for write in account if write.label == label_of(kind) and write.before is None]
        naming_one = kind._default_manager.filter(since, **{f"{column}__in": agencies})
        named = naming_one.exclude(pk__in=own).order_by("pk").first()
        if named:
            raise Refused(_used(named))


def _refuse_ranked(account: Iterable[Write]) -> None:
    """Raise Refused when a member would go back to another group though it is ranked in the one it stands in."""
    moved = [
        write.pk
        for write in account
        if write.label == label_of(Membership) and write.before and write.before["subgroup"] != write.after["subgroup"]
    ]
    ranked = members.ranked_apart(moved)
    if ranked:
        raise Refused(_used(ranked))


def _close(
    batch: ImportBatch, bloc_year: BlocYear, account: Iterable[Write], *, note: str, actor: Actor, at: dt.datetime
) -> None:
    """Mark the import and its waiting rows; where the bloc's year goes too, no undone import may hold it."""
    batch.state, batch.undone_at, batch.undone_by_id, batch.undo_note = BatchState.UNDONE, at, actor.user_id, note
    batch.revision += 1
    batch.save()
    if any(write.label == label_of(BlocYear) and write.before is None for write in account):
        ImportBatch.objects.filter(bloc_year=bloc_year, state=BatchState.UNDONE).update(bloc_year=None)
        batch.bloc_year = None
    batch.parked.update(
        state=ParkedState.UNDONE, agency=None, decided_at=at, decided_by_id=actor.user_id, revision=F("revision") + 1
    )


def _take_back(account: Iterable[Write], at: dt.datetime) -> None:
    for model, mine in _by_model(account):
        created = model._default_manager.filter(pk__in=[write.pk for write in mine if write.before is None])
        try:
            if model is Agency:  # units before their agencies
                Agency.objects.filter(pk__in=created, parent__isnull=False).delete()
            created.delete()
        except ProtectedError as refusal:
            first = min(refusal.protected_objects, key=lambda row: (label_of(row), row.pk))
            raise Refused(_used(first)) from refusal
        restored = [(write.pk, write.before) for write in mine if write.before is not None]
        for pk, before in sorted(restored, key=lambda row: _leads(row[1])):
            _restore(model, pk, before, at)


def _leads(before: Columns) -> bool:
    """Whether the row was an open leader: a bloc has one, so who leads now goes before."""
    return before.get("role") == LeadershipRole.LEADER and before.get("ends_on") is None


def _restore(model: type[Stamped], pk: int, before: Columns, at: dt.datetime) -> None:
    fields = [field for field in model._meta.concrete_fields if field.name in before]
    values = {field.attname: field.to_python(before[field.name]) for field in fields}
    model._default_manager.filter(pk=pk).update(**values, revision=F("revision") + 1, updated_at=at)


def _by_model(account: Iterable[Write]) -> list[tuple[type[Stamped], list[Write]]]:
    """Return the account by kinds of rows, who points before whom it points to."""
    mine = [(model, [write for write in account if write.label == label_of(model)]) for model in WRITTEN]
    return [(model, rows) for model, rows in mine if rows]


def _kind(row: Model | type[Model]) -> str:
    return str(row._meta.verbose_name)


def _used(row: Model) -> str:
    return f"Chưa hoàn tác được: đã có {_kind(row)} “{row}” dựa vào số liệu của lần nhập này; {INSTEAD}"
