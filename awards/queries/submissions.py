"""What pages of dossiers show, and which nominations wait to be sent; a constant number of statements."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse

from awards.domain.submission import AT_THE_BOARD, LOOKS, OPEN, SENDING_ROUTES, SUBMISSION, sendable_states
from awards.enums import Route, SubmissionState
from awards.models import AwardKind, Nomination, Submission
from awards.queries.nominations import NominationLine, lines_of, nominations
from blocs.enums import LeadershipRole
from blocs.models import Agency, BlocYear
from emulation.core.access import Actor, can
from emulation.core.audit import timeline
from emulation.core.models import Event, label_of
from emulation.core.vietnamese import count2

VERBS = {
    "submission_prepared": "Lập hồ sơ",
    "submission_arranged": "Sửa danh sách của hồ sơ",
    **{step.done: step.label for step in SUBMISSION.steps},
}


@dataclass(frozen=True)
class SubmissionLine:
    """A dossier as the list shows it."""

    row: Submission
    count: int

    @property
    def look(self) -> str:
        """Return the look of its state."""
        return LOOKS[SubmissionState(self.row.state)]

    @property
    def sender(self) -> str:
        """Return who sends: the bloc, else the agency."""
        return self.row.bloc_year.name if self.row.bloc_year else self.row.agency.name


@dataclass(frozen=True)
class AwardGroup:
    """The lines of a dossier for one award."""

    award: AwardKind
    tag: str
    lines: tuple[NominationLine, ...]


@dataclass(frozen=True)
class Told:
    """One act on the dossier, as the timeline shows it."""

    text: str
    at: dt.datetime
    who: str
    note: str


@dataclass(frozen=True)
class SubmissionPage:
    """The page of one dossier."""

    line: SubmissionLine
    groups: tuple[AwardGroup, ...]
    told: tuple[Told, ...]
    resendable: frozenset[int]
    returned_for: str


@dataclass(frozen=True)
class Source:
    """A bloc or an agency with nominations that wait to be sent; `note` says what there is, `url` leads on.

    `register_url`: where the board enters a dossier of it that came on paper; "" for one that is there already.
    """

    title: str
    note: str
    url: str
    label: str
    register_url: str = ""


def submissions(actor: Actor) -> QuerySet[Submission]:
    """Return the dossiers the actor may know of, with what pages read of other rows."""
    rows = Submission.objects.visible_to(actor).in_order()
    return rows.select_related("year", "bloc_year__year", "agency", "paper")


def submission_list(actor: Actor) -> QuerySet[Submission]:
    """Return the dossiers the actor may know of, each with `line_count`, the newest first."""
    return submissions(actor).annotate(line_count=Count("nominations"))


def submission_lines(rows: Sequence[Submission]) -> list[SubmissionLine]:
    """Lay beside each dossier of `submission_list` what the list shows; no statement."""
    return [SubmissionLine(row, row.line_count) for row in rows]  # type: ignore[attr-defined] # annotated


def submission_for(actor: Actor, pk: int) -> Submission | None:
    """Return a dossier the actor may know of; one query."""
    return submissions(actor).filter(pk=pk).first()


def submission_page(row: Submission, actor: Actor) -> SubmissionPage:
    """Return the page of a dossier of `submission_for`; two queries."""
    lines = lines_in(row, actor)
    events = timeline(label_of(Submission), row.pk)
    return SubmissionPage(
        line=SubmissionLine(row, len(lines)),
        groups=groups_of(lines),
        told=tuple(Told(VERBS.get(one.verb, "Cập nhật"), one.at, _who(one), one.note) for one in events),
        resendable=frozenset(line.row.pk for line in lines if may_resend(line.row, actor)),
        returned_for=next((one.note for one in events if one.verb == "submission_returned"), ""),
    )


def lines_in(row: Submission, actor: Actor) -> list[NominationLine]:
    """Return the lines of a dossier, as the actor may see them, in the order lists print; one query."""
    rows = nominations().visible_to(actor).filter(submission=row).in_order()
    lines = lines_of(rows, actor)
    return sorted(lines, key=lambda line: (line.award.position, line.award.pk))


def groups_of(lines: Sequence[NominationLine]) -> tuple[AwardGroup, ...]:
    """Lay lines in order by their award."""
    apart = groupby(lines, key=lambda line: line.award)
    found = [(award, tuple(of_award)) for award, of_award in apart]
    return tuple(AwardGroup(award, of_award[0].tag, of_award) for award, of_award in found)


def may_resend(nomination: Nomination, actor: Actor) -> bool:
    """Whether the actor may send a line again that was returned and made good: for the button. Reads `submission`."""
    dossier = nomination.submission
    return (
        dossier is not None
        and dossier.state in AT_THE_BOARD
        and nomination.state in sendable_states(nomination.route)
        and not nomination.is_held
        and can(actor, "awards.send_nomination", nomination)
    )


def _who(event: Event) -> str:
    who = ", ".join(part for part in (event.actor_name, event.actor_title) if part)
    return f"{who}, thay cho {event.behalf_of}" if event.behalf_of else who


# --- What waits to be sent --------------------------------------------------------------------------------------------


def _ready() -> Q:
    states = [Q(route=route, state__in=sendable_states(route)) for route in SENDING_ROUTES]
    return (states[0] | states[1]) & Q(is_held=False)


def waiting() -> QuerySet[Nomination]:
    """Return the nominations that could be put into a dossier today."""
    free = Q(submission=None) | Q(submission__state=SubmissionState.DECIDED)
    return Nomination.objects.filter(_ready(), free)


def candidates(row: Submission) -> QuerySet[Nomination]:
    """Return what may be ticked for a dossier (perhaps unsaved): what waits, and what may leave it again."""
    of_bloc = Q(route=Route.VIA_BLOC, bloc_year=row.bloc_year_id)
    of_agency = Q(route=Route.DIRECT, owner=row.agency_id, year=row.year_id)
    free = Q(submission=None) | Q(submission__state=SubmissionState.DECIDED)
    if row.pk is not None:
        free |= Q(submission=row)
    whose = of_bloc if row.bloc_year_id else of_agency
    return nominations().filter(whose, free, _ready()).in_order()


def leader_of(bloc_year: BlocYear) -> Agency | None:
    """Return who sends for a bloc: the leader in office, else the deputy; None without either. One query."""
    terms = bloc_year.terms.filter(ends_on=None).select_related("agency")
    found = sorted(terms, key=lambda term: (term.role != LeadershipRole.LEADER, term.pk))
    return found[0].agency if found else None


def sources_for(actor: Actor) -> list[Source]:
    """Return the blocs and agencies the actor could prepare a dossier for, with how much waits; three queries."""
    blocs = waiting().filter(route=Route.VIA_BLOC, bloc_year__in=_run_by(actor))
    found = [
        _source(row, row["bloc_year__name"], "bloc", [row["bloc_year"]], "khối đã thống nhất")
        for row in _counted(blocs, "bloc_year", "bloc_year__name", "year__label")
    ]
    own = waiting().filter(route=Route.DIRECT)
    if not actor.scope.is_board:
        own = (
            own.filter(owner=actor.scope.agency_id)
            if can(actor, "awards.draft_submission", _own(actor))
            else own.none()
        )
    found += [
        _source(row, row["owner__name"], "agency", [row["owner"], row["year"]], "đơn vị trình thẳng")
        for row in _counted(own, "owner", "owner__name", "year", "year__label")
    ]
    drafts = submissions(actor).filter(state__in=OPEN)
    opened = [
        Source(SubmissionLine(row, 0).sender, f"{row.title}: {row.get_state_display().lower()}",
               reverse("submission_detail", args=[row.pk]), "Mở hồ sơ")
        for row in drafts
    ]  # fmt: skip
    return opened + found


def _own(actor: Actor) -> Submission:
    return Submission(agency_id=actor.scope.agency_id)


def _run_by(actor: Actor) -> QuerySet[BlocYear]:
    rows = BlocYear.objects.all()
    return rows if actor.scope.is_board else rows.filter(pk__in=actor.scope.leads | actor.scope.deputises)


def _counted(rows: QuerySet[Nomination], *columns: str) -> QuerySet[Nomination, dict[str, object]]:
    counted = rows.order_by().values(*columns).annotate(number=Count("pk"))
    return counted.order_by("-year__label", F(columns[1]))


def _source(row: dict[str, object], name: object, kind: str, args: list[object], what: str) -> Source:
    return Source(
        f"{name}, năm {row['year__label']}",
        f"{count2(int(str(row['number'])))} đề nghị {what}",
        reverse(f"submission_new_{kind}", args=args),
        "Lập hồ sơ",
        reverse(f"submission_register_{kind}", args=args),
    )


# --- The register -----------------------------------------------------------------------------------------------------


def next_number(year: int) -> str:
    """Return the number after the highest one of the calendar year, of those that are plain numbers; one query."""
    rows = Submission.objects.filter(register_year=year, register_number__regex=r"^[0-9]{1,9}$")
    return str(max((int(number or 0) for number in rows.values_list("register_number", flat=True)), default=0) + 1)
