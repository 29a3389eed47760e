"""What a seat has to do about nominations and dossiers: one statement for the board, one for an agency's seats."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery
from django.urls import reverse

from awards.domain.submission import OPEN, SENDING_ROUTES
from awards.enums import NominationState, Route, SubmissionState
from awards.models import Nomination
from awards.queries.appraisals import in_queue
from awards.rules import PROPOSERS
from blocs.enums import BlocYearState, MilestoneKind, YearState
from blocs.models import Milestone
from emulation.core.access import Actor
from emulation.core.registry import Todo
from emulation.core.vietnamese import count2

_NOT_SENT = Q(submission=None) | Q(submission__state__in=OPEN)


@dataclass(frozen=True)
class Waiting:
    """What of one year waits for the board."""

    year_id: int
    year: str
    dossiers: int
    lines: int
    approvals: int


def todos_of(actor: Actor, _today: dt.date) -> list[Todo]:
    """Return what the seat owes in every open year; counts hold only what it may know of."""
    scope = actor.scope
    if scope.is_board:
        return [todo for one in waiting_for_board() for todo in _of_board(one, actor)]
    runs = scope.leads | scope.deputises
    if scope.capacity not in PROPOSERS and not runs:
        return []
    return list(_of_agency(actor))


# --- The board --------------------------------------------------------------------------------------------------------


def waiting_for_board() -> list[Waiting]:
    """Return, by year, the dossiers to receive, the lines to appraise, the lines to approve; one query."""
    arrived = Q(submission__state=SubmissionState.SENT)
    to_approve = Q(state=NominationState.APPRAISED)
    to_appraise = in_queue(NominationState.SENT)
    rows = (
        Nomination.objects.filter(arrived | to_approve | to_appraise, year__state=YearState.OPEN)
        .order_by()
        .values("year", "year__label")
        .annotate(
            dossiers=Count("submission", filter=arrived, distinct=True),
            to_appraise=Count("pk", filter=to_appraise & Q(is_held=False)),
            approvals=Count("pk", filter=to_approve & Q(is_held=False)),
        )
        .order_by("year__label")
    )
    return [
        Waiting(row["year"], row["year__label"], row["dossiers"], row["to_appraise"], row["approvals"]) for row in rows
    ]


def _of_board(one: Waiting, actor: Actor) -> Iterator[Todo]:
    of, queue = f"Năm {one.year}", f"{reverse('appraisal_list')}?year={one.year_id}&state="
    if one.dossiers:
        yield Todo(
            title=f"Tiếp nhận {count2(one.dossiers)} hồ sơ đề nghị khen thưởng",
            of=of,
            owed_to="nơi gửi",
            url=f"{reverse('submission_list')}?year={one.year_id}&state={SubmissionState.SENT}",
            label="Xem hồ sơ",
            year=one.year,
        )
    if one.lines:
        yield Todo(
            title=f"Thẩm định {count2(one.lines)} đề nghị khen thưởng",
            of=of,
            owed_to="lãnh đạo phê duyệt",
            url=f"{queue}{NominationState.SENT}",
            label="Thẩm định",
            year=one.year,
        )
    if one.approvals and actor.scope.acts_as_head:
        yield Todo(
            title=f"Phê duyệt {count2(one.approvals)} đề nghị khen thưởng",
            of=of,
            owed_to="chuyên viên soạn quyết định",
            url=f"{queue}{NominationState.APPRAISED}",
            label="Phê duyệt",
            year=one.year,
        )


# --- An agency's seats ------------------------------------------------------------------------------------------------


def _of_agency(actor: Actor) -> Iterator[Todo]:
    """Count what waits, by year and bloc: of blocs it runs what goes through them, else only what is its own."""
    scope = actor.scope
    run = Q(route=Route.VIA_BLOC, bloc_year__in=scope.leads | scope.deputises)
    run &= ~Q(bloc_year__state=BlocYearState.CLOSED)
    own = Q(owner=scope.agency_id, route__in=SENDING_ROUTES) if scope.capacity in PROPOSERS else Q(pk=None)
    to_weigh = run & Q(state=NominationState.SUBMITTED, is_held=False)
    to_send = run & Q(state=NominationState.ENDORSED, is_held=False) & _NOT_SENT
    returned, drafted = own & Q(state=NominationState.RETURNED), own & Q(state=NominationState.DRAFT)
    due = Milestone.objects.filter(bloc_year=OuterRef("bloc_year"), kind=MilestoneKind.SUBMISSION, done_on=None)
    rows = (
        Nomination.objects.filter(to_weigh | to_send | returned | drafted, year__state=YearState.OPEN)
        .order_by()
        .values("year", "year__label", "bloc_year", "bloc_year__name")
        .annotate(
            weigh=Count("pk", filter=to_weigh),
            send=Count("pk", filter=to_send),
            returned=Count("pk", filter=returned),
            drafted=Count("pk", filter=drafted),
            due_on=Subquery(due.values("due_on")[:1]),
        )
        .order_by("year__label", "bloc_year")
    )
    found: list[Any] = list(rows)
    for row in found:
        yield from _of_bloc(row)
    yield from _own(found)


def _of_bloc(row: dict[str, Any]) -> Iterator[Todo]:
    said = {"of": f"{row['bloc_year__name']}, năm {row['year__label']}", "year": row["year__label"]}
    listed = f"{reverse('nomination_list')}?year={row['year']}&state="
    if row["weigh"]:
        yield Todo(
            title=f"Xét {count2(row['weigh'])} đề nghị khen thưởng của thành viên",
            owed_to="đơn vị đề nghị",
            url=f"{listed}{NominationState.SUBMITTED}",
            label="Xem đề nghị",
            due_on=row["due_on"],
            **said,
        )
    if row["send"]:
        yield Todo(
            title=f"Gửi {count2(row['send'])} đề nghị khối đã thống nhất",
            owed_to="cơ quan thường trực",
            url=reverse("submission_new"),
            label="Lập hồ sơ",
            due_on=row["due_on"],
            **said,
        )


def _own(rows: list[dict[str, Any]]) -> Iterator[Todo]:
    """Say once a year what came back to the agency and what it has not sent, whatever the way."""
    for label in dict.fromkeys(row["year__label"] for row in rows):
        of_year = [row for row in rows if row["year__label"] == label]
        listed = f"{reverse('nomination_list')}?year={of_year[0]['year']}&state="
        returned, drafted = (sum(row[name] for row in of_year) for name in ("returned", "drafted"))
        if returned:
            yield Todo(
                title=f"Hoàn thiện {count2(returned)} đề nghị khen thưởng bị trả lại",
                of=f"Năm {label}",
                owed_to="nơi trả lại",
                url=f"{listed}{NominationState.RETURNED}",
                label="Xem đề nghị",
                year=label,
                is_urgent=True,
                word="Bị trả lại",
            )
        if drafted:
            yield Todo(
                title=f"Gửi {count2(drafted)} đề nghị khen thưởng đang soạn",
                of=f"Năm {label}",
                url=f"{listed}{NominationState.DRAFT}",
                label="Xem đề nghị",
                year=label,
            )
