"""Writing the sections of a year-end report: one while it is typed, all at once, into the next version."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from blocs.models import BlocPaper
from blocs.services.papers import held, refuse_frozen
from emulation.core import revisions
from emulation.core.access import Actor, can
from emulation.core.audit import act
from emulation.core.errors import Refused, Stale
from emulation.core.vietnamese import nfc
from emulation.reports.models import Narrative
from emulation.reports.queries.narratives import Slot, slots_of

LENGTH = 20_000  # letters a section; a whole report has about as many
TOO_LONG = "Mục này dài quá 20.000 chữ; rút gọn rồi lưu lại."


@dataclass(frozen=True)
class SectionSaid:
    """What was typed into a section, and the revision the form showed."""

    text: str
    revision: int


def autosave(*, paper: BlocPaper, key: str, said: SectionSaid, actor: Actor, at: dt.datetime) -> int:
    """Write one section while it is typed and return its revision; no event (DECISIONS H23).

    Raises PermissionError, KeyError for a section that does not exist, Refused when the draft takes no more changes or
    the text is too long, Stale when somebody else saved the section in between.
    """
    if not can(actor, "blocs.edit_blocpaper", paper):
        raise PermissionError("blocs.edit_blocpaper")
    if len(said.text) > LENGTH:
        raise Refused(TOO_LONG)
    with act(actor=actor, at=at):
        refuse_frozen(held(paper))
        slot = {slot.key: slot for slot in slots_of(paper)}[key]
        row = _write(paper, slot, said, at)
    return row.revision if row else 0


def save(*, paper: BlocPaper, said: Mapping[str, SectionSaid], actor: Actor, at: dt.datetime) -> None:
    """Write the sections that were changed, all or none; the event says how many are written by now.

    Raises PermissionError, Refused when the draft takes no more changes, Stale with the titles of the sections somebody
    else saved in between.
    """
    if not can(actor, "blocs.edit_blocpaper", paper):
        raise PermissionError("blocs.edit_blocpaper")
    with act(actor=actor, at=at) as current:
        refuse_frozen(held(paper))
        slots = [slot for slot in slots_of(paper) if slot.key in said]
        stale = [slot.full_title for slot in slots if _is_stale(slot, said[slot.key])]
        if stale:
            named = "; ".join(f"“{title}”" for title in stale)
            raise Stale(f"Người khác vừa lưu mục {named}. Đối chiếu nội dung mới với nội dung đã nhập rồi lưu lại.")
        for slot in slots:
            _write(paper, slot, said[slot.key], at)
        written = Narrative.objects.filter(paper=paper).exclude(text="").count()
        data = {"kind": paper.kind, "version": paper.version, "sections": written}
        current.record("paper_edited", paper, data=data)


def copy(old: BlocPaper, new: BlocPaper) -> None:
    """Take every section into the next version, inside the act that makes it."""
    for row in Narrative.objects.filter(paper=old).exclude(text="").order_by("pk"):
        revisions.insert(
            Narrative(paper=new, section=row.section, membership_id=row.membership_id, text=row.text, revision=1)
        )


def _is_stale(slot: Slot, said: SectionSaid) -> bool:
    """Whether somebody else saved the section in between, and something else than what was typed."""
    return said.revision != slot.revision and nfc(said.text) != slot.text


def _write(paper: BlocPaper, slot: Slot, said: SectionSaid, at: dt.datetime) -> Narrative | None:
    if nfc(said.text) == slot.text:
        return slot.row
    if _is_stale(slot, said):
        raise Stale("Chưa lưu: người khác vừa sửa mục này. Bấm “Lưu báo cáo” để đối chiếu hai bản.")
    if slot.row:
        return revisions.save(slot.row, revision=said.revision, at=at, text=nfc(said.text))
    # A row begins at 1, so that a form that showed none (0) loses against it.
    return revisions.insert(
        Narrative(paper=paper, section=slot.section, membership=slot.member, text=nfc(said.text), revision=1)
    )
