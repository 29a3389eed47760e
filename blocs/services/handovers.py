"""The record of handing the leadership over: drafted with what the system knows, edited, handed, or not held at all."""

import datetime as dt
import uuid
from collections.abc import Sequence

from blocs.domain.handover import HANDOVER
from blocs.enums import MilestoneKind
from blocs.models import Agency, BlocYear, Handover, HandoverItem
from blocs.queries.handover import ItemSaid, proposed_items
from blocs.services import calendar, years
from blocs.services.agencies import open_name
from emulation.core import papers, revisions
from emulation.core.access import Actor, can
from emulation.core.audit import act
from emulation.core.errors import Refused
from emulation.core.papers import OnPaper
from emulation.core.transitions import check, move
from emulation.core.vietnamese import nfc
from emulation.core.workflow import Step

ONE_SIDE = "Bên giao và bên nhận phải là hai đơn vị khác nhau."
NOT_OPEN = "Biên bản này đã ghi nhận xong; muốn sửa, cơ quan thường trực phải mở lại trước."


def draft(
    *,
    bloc_year: BlocYear,
    giver: Agency,
    receiver: Agency,
    creation_key: uuid.UUID,
    actor: Actor,
    at: dt.datetime,
) -> Handover:
    """Begin the record with the proposed lines. A second click, or a second person, finds the one of the same sides.

    Raises PermissionError, Refused when both sides are one or the year is closed.
    """
    if not can(actor, "blocs.draft_handover", bloc_year):
        raise PermissionError("blocs.draft_handover")
    if giver.pk == receiver.pk:
        raise Refused(ONE_SIDE)
    with act(actor=actor, at=at) as current:
        years.hold(bloc_year)
        made = bloc_year.handovers.filter(giver=giver, receiver=receiver).first()
        if made:
            return made
        handover = revisions.insert(
            Handover(
                bloc_year=bloc_year,
                giver=giver,
                giver_name=open_name(giver),
                receiver=receiver,
                receiver_name=open_name(receiver),
                creation_key=creation_key,
            )
        )
        items = proposed_items(bloc_year)
        _write(handover, items)
        data = {"giver": giver.pk, "receiver": receiver.pk, "items": len(items)}
        current.record("handover_drafted", handover, data=data)
    return handover


def edit(
    *,
    handover: Handover,
    place: str,
    note: str,
    items: Sequence[ItemSaid],
    revision: int,
    actor: Actor,
    at: dt.datetime,
) -> Handover:
    """Write the record whole: place, note and every line in order.

    Raises PermissionError, Refused when it is no draft or the year is closed, Stale, ValidationError.
    """
    if not can(actor, "blocs.edit_handover", handover):
        raise PermissionError("blocs.edit_handover")
    with act(actor=actor, at=at) as current:
        years.hold(handover.bloc_year)
        refuse_unless_open(Handover.objects.get(pk=handover.pk))
        revisions.save(handover, revision=revision, at=at, place=nfc(place), note=nfc(note))
        # Lines of a draft are words on a form, not facts: the record counts from the day it is signed.
        handover.items.all().delete()
        _write(handover, items)
        handed = sum(1 for item in items if item.is_handed)
        current.record("handover_edited", handover, data={"items": len(items), "handed": handed})
    return handover


def take(
    *,
    handover: Handover,
    action: str,
    actor: Actor,
    at: dt.datetime,
    note: str = "",
    behalf_of: str = "",
    on_paper: OnPaper | None = None,
    handed_on: dt.date | None = None,
    place: str = "",
) -> Step:
    """Take one step. Handing over needs its day, and is the calendar's last step where that is still open.

    Raises Refused, PermissionError, KeyError for a step that does not exist, ValueError when somebody is acted for
    without a paper.
    """
    check(handover, HANDOVER, action, actor=actor, note=note)
    if action == "hand" and handed_on is None:
        raise Refused("Ghi ngày bàn giao.")
    paper = papers.receive(on_paper, about=handover.bloc_year, actor=actor)
    with act(actor=actor, at=at) as current:
        years.hold(handover.bloc_year)
        written = papers.write(current, paper)
        values: dict[str, object] = {}
        data: dict[str, object] = {}
        if action == "hand" and handed_on:
            values = {"handed_on": handed_on, "place": nfc(place) or handover.place, "paper": written}
            milestone = calendar.mark_done(
                current, bloc_year=handover.bloc_year, kind=MilestoneKind.HANDOVER, day=handed_on
            )
            data = {"handed_on": handed_on, "milestone": milestone}
        return move(
            current,
            handover,
            HANDOVER,
            action,
            note=note,
            behalf_of=behalf_of,
            on_paper=written,
            data=data,
            **values,
        )


def refuse_unless_open(handover: Handover) -> None:
    """Raise Refused unless the record is still being prepared."""
    if not handover.is_open:
        raise Refused(NOT_OPEN)


def _write(handover: Handover, items: Sequence[ItemSaid]) -> None:
    rows = [
        HandoverItem(
            handover=handover,
            number=number,
            title=nfc(item.title),
            quantity=nfc(item.quantity),
            is_handed=item.is_handed,
            note=nfc(item.note),
        )
        for number, item in enumerate(items, start=1)
    ]
    for row in rows:
        row.clean_fields(exclude={"handover", "creation_key"})
    HandoverItem.objects.bulk_create(rows)
