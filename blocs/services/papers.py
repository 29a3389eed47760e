"""Papers of a bloc's year: drafted here or uploaded, circulated, passed; a later version supersedes."""

import datetime as dt
import uuid
from typing import Any

from django.core.files import File

from blocs.domain.paper import COVENANT, PAPER, workflow_of
from blocs.enums import MilestoneKind, PaperChange, PaperKind, PaperState
from blocs.models import BlocPaper, BlocYear
from blocs.models.paper import IN_FORCE, OPEN_STATES
from blocs.queries.covenant import previous_covenant
from blocs.services import calendar, years
from blocs.services.copying import copy_covenant, release_targets, start_covenant
from emulation.core import clock, files, papers, revisions
from emulation.core.access import Actor, can
from emulation.core.audit import Act, act
from emulation.core.errors import Refused
from emulation.core.models import FileKind, StoredFile
from emulation.core.papers import OnPaper
from emulation.core.registry import paper_body
from emulation.core.transitions import check, move
from emulation.core.vietnamese import nfc
from emulation.core.workflow import Step

FILES = {FileKind.DOCX, FileKind.PDF}
EDITABLE = (PaperState.DRAFT, PaperState.CIRCULATED)
TAKEN = ("circulate", "withdraw", "skip", "redraft")
EMPTY = "Văn bản chưa có nội dung; soạn nội dung hoặc tải tệp lên trước khi gửi lấy ý kiến."
FUTURE = "Ngày này ở tương lai; kiểm tra lại ngày đã nhập."
_FROZEN = {
    PaperState.SIGNING: "Giao ước đang ký nên nội dung không sửa được; muốn sửa thì rút về dự thảo và hủy các chữ ký.",
    PaperState.SIGNED: "Giao ước đã ký nên nội dung không sửa được; muốn sửa thì lập bản sửa đổi hoặc phụ lục.",
    PaperState.PASSED: "Văn bản đã thông qua nên không sửa được; muốn sửa thì lập bản sửa đổi hoặc phụ lục.",
    PaperState.SUPERSEDED: "Bản này đã có bản thay thế nên không sửa được.",
    PaperState.NONE: "Khối đã ghi “không có” văn bản này; chọn “Soạn lại” trước khi sửa.",
}


def title_of(bloc_year: BlocYear, kind: str) -> str:
    """Return the title a new paper begins with: "Giao ước thi đua năm 2026"."""
    return f"{PaperKind(kind).label} năm {bloc_year.year.label}"


def draft(
    *,
    bloc_year: BlocYear,
    kind: str,
    title: str,
    body: str = "",
    file: "File[bytes] | None" = None,
    copies_last: bool = True,
    creation_key: uuid.UUID,
    actor: Actor,
    at: dt.datetime,
) -> BlocPaper:
    """Begin the first version of a paper; a second click finds the first.

    A covenant takes in the targets a source states and begins with the usual structure, or with what the bloc promised
    the year before (`copies_last`). Raises PermissionError, Refused when there is a version already, when the year is
    closed, and for a file that is neither Word nor PDF; ValidationError.
    """
    if not can(actor, "blocs.draft_blocpaper", bloc_year):
        raise PermissionError("blocs.draft_blocpaper")
    stored = keep_file(file, actor=actor)
    with act(actor=actor, at=at) as current:
        years.hold(bloc_year)
        made = bloc_year.papers.filter(creation_key=creation_key).first()
        if made:
            return made
        _refuse_second(bloc_year, kind)
        paper = revisions.insert(
            BlocPaper(
                bloc_year=bloc_year,
                kind=PaperKind(kind),
                version=1,
                title=title,
                body=body,
                file=stored,
                creation_key=creation_key,
            )
        )
        data: dict[str, Any] = {"kind": paper.kind, "version": 1}
        if paper.is_covenant:
            last = previous_covenant(bloc_year) if copies_last else None
            data |= start_covenant(paper, last)
        current.record("paper_drafted", paper, data=data)
    return paper


def edit(
    *,
    paper: BlocPaper,
    title: str,
    body: str,
    file: "File[bytes] | None" = None,
    drops_file: bool = False,
    revision: int,
    actor: Actor,
    at: dt.datetime,
) -> BlocPaper:
    """Write the text of a plan or of rules. Without a new file the old one stays, unless it is dropped.

    Raises PermissionError, Refused when the paper is past its draft or the year closed, Stale, ValidationError.
    """
    if not can(actor, "blocs.edit_blocpaper", paper):
        raise PermissionError("blocs.edit_blocpaper")
    stored = keep_file(file, actor=actor)
    with act(actor=actor, at=at) as current:
        refuse_frozen(held(paper))
        values: dict[str, Any] = {"title": title, "body": body}
        if stored or drops_file:
            values["file"] = stored
        revisions.save(paper, revision=revision, at=at, **values)
        current.record("paper_edited", paper, data={"kind": paper.kind, "version": paper.version})
    return paper


def revise(
    *,
    paper: BlocPaper,
    change: str,
    reason: str,
    creation_key: uuid.UUID,
    actor: Actor,
    at: dt.datetime,
) -> BlocPaper:
    """Begin the next version of what holds, as a draft with the same content: an amendment or an annex.

    The version in force goes on holding until the new one is passed or signed. Of a covenant clauses, targets and
    planned values are copied, signatures are not. A second click finds the first. Raises PermissionError, Refused
    without a reason, for a version that does not hold, and while another one is being made.
    """
    if not can(actor, "blocs.draft_blocpaper", paper):
        raise PermissionError("blocs.draft_blocpaper")
    if not nfc(reason):
        raise Refused("Ghi lý do sửa đổi, bổ sung.")
    if change not in {PaperChange.AMENDMENT, PaperChange.ANNEX}:
        raise ValueError(change)
    with act(actor=actor, at=at) as current:
        fresh = held(paper)
        made = BlocPaper.objects.filter(bloc_year=paper.bloc_year_id, creation_key=creation_key).first()
        if made:
            return made
        refuse_revision(fresh)
        versions = BlocPaper.objects.filter(bloc_year=paper.bloc_year_id, kind=paper.kind)
        newest = versions.order_by("-version").values_list("version", flat=True)[0]
        new = revisions.insert(
            BlocPaper(
                bloc_year=paper.bloc_year,
                kind=paper.kind,
                version=newest + 1,
                change=change,
                title=fresh.title,
                body=fresh.body,
                file=fresh.file,
                reason=nfc(reason),
                creation_key=creation_key,
            )
        )
        if new.is_covenant:
            copy_covenant(fresh, new)
        elif body := paper_body(new.kind):
            body.copy(fresh, new)
        current.record(
            "paper_revised", new, note=new.reason, data={"kind": new.kind, "version": new.version, "of": fresh.version}
        )
    return new


def refuse_revision(paper: BlocPaper) -> None:
    """Raise Refused unless a next version of the paper may be begun now."""
    if not paper.is_in_force:
        raise Refused("Chỉ sửa đổi, bổ sung được bản đang có hiệu lực.")
    other = BlocPaper.objects.filter(bloc_year=paper.bloc_year_id, kind=paper.kind, state__in=OPEN_STATES).first()
    if other:
        state = other.get_state_display().lower()
        raise Refused(f"Đang có phiên bản {other.version} chưa xong ({state}); sửa tiếp trên bản đó.")


def declare_none(
    *,
    bloc_year: BlocYear,
    kind: str,
    reason: str,
    actor: Actor,
    at: dt.datetime,
    behalf_of: str = "",
    on_paper: OnPaper | None = None,
) -> BlocPaper:
    """Say that the bloc has no such paper this year, where nothing was drafted: the row and the step in one act.

    A second click finds the first. Raises PermissionError, Refused without a reason or when there is a version that
    says otherwise, ValueError when somebody is acted for without a paper.
    """
    if not can(actor, "blocs.skip_blocpaper", bloc_year):
        raise PermissionError("blocs.skip_blocpaper")
    if not nfc(reason):
        raise Refused("Ghi lý do không có văn bản này.")
    signed = papers.receive(on_paper, about=bloc_year, actor=actor)
    with act(actor=actor, at=at) as current:
        years.hold(bloc_year)
        found = bloc_year.papers.filter(kind=kind).order_by("-version").first()
        if found and found.state == PaperState.NONE:
            return found
        _refuse_second(bloc_year, kind)
        paper = revisions.insert(
            BlocPaper(bloc_year=bloc_year, kind=PaperKind(kind), version=1, title=title_of(bloc_year, kind))
        )
        move(
            current,
            paper,
            workflow_of(is_covenant=paper.is_covenant),
            "skip",
            note=nfc(reason),
            behalf_of=behalf_of,
            on_paper=papers.write(current, signed),
            data={"kind": paper.kind, "version": 1},
            none_reason=nfc(reason),
        )
    return paper


def take(
    *,
    paper: BlocPaper,
    action: str,
    actor: Actor,
    at: dt.datetime,
    note: str = "",
    behalf_of: str = "",
    on_paper: OnPaper | None = None,
) -> Step:
    """Circulate a paper, withdraw it, say that there is none, or draft it again.

    Raises PermissionError, Refused, KeyError for a step of another kind, ValueError when somebody is acted for without
    a paper.
    """
    if action not in TAKEN:
        raise KeyError(action)
    workflow = workflow_of(is_covenant=paper.is_covenant)
    check(paper, workflow, action, actor=actor, note=note)
    signed = papers.receive(on_paper, about=paper.bloc_year, actor=actor)
    with act(actor=actor, at=at) as current:
        fresh = held(paper)
        if action == "circulate" and not paper.is_covenant and not _has_content(fresh):
            raise Refused(EMPTY)
        if action == "redraft":
            _refuse_redraft(paper)
        values = {"skip": {"none_reason": nfc(note)}, "redraft": {"none_reason": ""}}.get(action, {})
        step = move(
            current,
            paper,
            workflow,
            action,
            note=note,
            behalf_of=behalf_of,
            on_paper=papers.write(current, signed),
            data={"kind": paper.kind, "version": paper.version},
            **values,
        )
        if paper.is_covenant and paper.version == 1:
            _free_or_take_targets(paper, action)
    return step


def _has_content(paper: BlocPaper) -> bool:
    body = paper_body(paper.kind)
    return bool(paper.body or paper.file_id or (body and body.has_text(paper)))


def _free_or_take_targets(paper: BlocPaper, action: str) -> None:
    """Give the targets back to the source that states them when there is no covenant; take them in when there is."""
    if action == "skip":
        release_targets(paper)
    elif action == "redraft":
        start_covenant(paper, None)


def pass_paper(
    *,
    paper: BlocPaper,
    passed_on: dt.date,
    actor: Actor,
    at: dt.datetime,
    note: str = "",
    behalf_of: str = "",
    on_paper: OnPaper | None = None,
) -> Step:
    """Say that a plan or rules were passed on a day; the version that held until then is superseded in the same act.

    A plan also finishes its step of the calendar where that stands open. Raises PermissionError, Refused, ValueError
    when somebody is acted for without a paper.
    """
    check(paper, PAPER, "pass", actor=actor, note=note)
    refuse_future(passed_on, at)
    signed = papers.receive(on_paper, about=paper.bloc_year, actor=actor)
    with act(actor=actor, at=at) as current:
        held(paper)
        written = papers.write(current, signed)
        data: dict[str, Any] = {"kind": paper.kind, "version": paper.version, "superseded": supersede(current, paper)}
        if paper.kind == PaperKind.PLAN:
            data["milestone"] = calendar.mark_done(
                current, bloc_year=paper.bloc_year, kind=MilestoneKind.PLAN, day=passed_on
            )
        return move(
            current,
            paper,
            PAPER,
            "pass",
            note=note,
            behalf_of=behalf_of,
            on_paper=written,
            data=data,
            passed_on=passed_on,
            paper=written,
        )


def held(paper: BlocPaper) -> BlocPaper:
    """Hold the paper's year and return the paper as it stands now; raises Refused when the year is closed."""
    years.hold(paper.bloc_year)
    return BlocPaper.objects.select_related("bloc_year__year", "file").get(pk=paper.pk)


def refuse_frozen(paper: BlocPaper) -> None:
    """Raise Refused when the content of the paper takes no more changes."""
    if paper.state not in EDITABLE:
        raise Refused(_FROZEN[PaperState(paper.state)])


def refuse_future(day: dt.date, at: dt.datetime) -> None:
    """Raise Refused for a day after today."""
    if day > clock.local(at).date():
        raise Refused(FUTURE)


def supersede(current: Act, paper: BlocPaper) -> int | None:
    """Lay down the version that held until now; return its number, None when none did."""
    others = BlocPaper.objects.filter(bloc_year=paper.bloc_year_id, kind=paper.kind, state__in=IN_FORCE)
    before = others.exclude(pk=paper.pk).select_related("bloc_year").first()
    if before is None:
        return None
    workflow = COVENANT if paper.is_covenant else PAPER
    move(current, before, workflow, "supersede", data={"kind": paper.kind, "by": paper.version})
    return before.version


def keep_file(file: "File[bytes] | None", *, actor: Actor) -> StoredFile | None:
    """Store an uploaded draft before the act that names it begins. Raises Refused for what is neither Word nor PDF."""
    if file is None:
        return None
    name, content = str(file.name), file.read()
    return files.store(name=name, content=content, kind=files.accept(name, content, kinds=FILES), actor=actor)


def _refuse_second(bloc_year: BlocYear, kind: str) -> None:
    found = bloc_year.papers.filter(kind=kind).order_by("-version").first()
    if found is None:
        return
    if found.state == PaperState.NONE and found.version == 1:
        raise Refused("Khối đã ghi “không có” văn bản này; mở văn bản đó rồi chọn “Soạn lại”.")
    state = found.get_state_display().lower()
    raise Refused(f"Đã có “{found.title}”, phiên bản {found.version} ({state}); mở văn bản đó để làm tiếp.")


def _refuse_redraft(paper: BlocPaper) -> None:
    later = BlocPaper.objects.filter(bloc_year=paper.bloc_year_id, kind=paper.kind, version__gt=paper.version).first()
    if later:
        raise Refused(f"Đã có phiên bản {later.version} của văn bản này; làm tiếp trên phiên bản mới nhất.")
