"""Rows → the facts of a year-end report; and what the pages of papers show."""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q, QuerySet

from awards.domain.catalogue import identify
from blocs.domain import locality
from blocs.enums import MonitorRole, ResultStage, SeatCapacity
from blocs.models import (
    BlocYear,
    EmulationYear,
    LeadershipTerm,
    Membership,
    Monitor,
    ReportedResult,
    Seat,
)
from emulation.core import clock
from emulation.core.access import Actor, can
from emulation.core.models import Document, DocumentKind, Job, Province, label_of
from emulation.core.registry import DocumentLine
from emulation.reports.domain.summary import (
    AgencyFact,
    AwardFact,
    FigureFact,
    HeaderFact,
    MemberFact,
    MilestoneFact,
    MonitorFact,
    MovementFact,
    NextTermFact,
    PlaceFact,
    SignerFact,
    TargetFact,
    TermFact,
    YearSummary,
)
from emulation.reports.rules import BLOC_YEAR, readable_years, writable_years

COUNCIL = "Hội đồng Thi đua - Khen thưởng tỉnh"


def year_summary(bloc_year: BlocYear) -> YearSummary:
    """Return what the year-end report of a bloc says today, from the rows alone."""
    province = Province.objects.get(pk=1)
    terms = list(bloc_year.terms.select_related("name", "recognised_paper").order_by("role", "pk"))
    movements = list(bloc_year.movements.order_by("number"))
    milestones = {row.kind: row for row in bloc_year.milestones.all()}
    is_own = not bloc_year.bloc.locality
    return YearSummary(
        bloc_name=bloc_year.name,
        bloc_kind=bloc_year.kind,
        year_label=bloc_year.year.label,
        next_year_label=bloc_year.year.next_label,
        year_kind=bloc_year.year.kind,
        header=_header(bloc_year, province),
        addressees=(COUNCIL, province.department) if is_own else (COUNCIL,),
        signer=_signer(next((term for term in terms if term.role == "leader" and term.ends_on is None), None)),
        stated_member_count=bloc_year.stated_member_count,
        members=tuple(_member(row) for row in bloc_year.memberships.select_related("name", "subgroup").in_order()),
        leadership=tuple(_term(row) for row in sorted(terms, key=lambda row: row.role != "leader")),
        next_leadership=tuple(
            NextTermFact(_agency(row), row.role, row.stated)
            for row in sorted(
                bloc_year.next_leaders.select_related("name").order_by("pk"), key=lambda row: row.role != "leader"
            )
        ),
        monitors=tuple(
            _monitor(row)
            for row in bloc_year.monitors.filter(role=MonitorRole.COUNCIL).select_related("seat__user").order_by("pk")
        ),
        theme=bloc_year.theme,
        movements=tuple(MovementFact(row.title, row.launched_by) for row in movements if not row.is_next_year),
        next_movements=tuple(MovementFact(row.title, row.launched_by) for row in movements if row.is_next_year),
        milestones=tuple(
            MilestoneFact(row.kind, row.due_on, row.done_on, True if row.done_on or row.is_done_undated else None, row.note)
            for row in milestones.values()
        ),
        targets=tuple(
            TargetFact(row.indicator, row.unit, row.direction, row.planned, row.planned_text)
            for row in bloc_year.targets.order_by("number")
        ),
        figures=tuple(
            FigureFact(row.label, row.part, row.whole, row.note) for row in bloc_year.figures.order_by("number")
        ),
        places=tuple(
            PlaceFact(_agency(row), row.place)
            for row in bloc_year.places.select_related("name").order_by("place", "agency__sort_key", "pk")
        ),
        awards=tuple(_award(row) for row in bloc_year.results.select_related("name").order_by("number")),
        source=bloc_year.source,
    ).normalised()


def _agency(row: Any) -> AgencyFact:
    return AgencyFact(row.agency_id, row.name.full)


def _header(bloc_year: BlocYear, province: Province) -> HeaderFact:
    """Return the header; số and ngày once văn thư gave them to the last version."""
    registered = papers_about(bloc_year).exclude(number="").order_by("-version").first()
    number, _, sign = registered.number.partition("/") if registered else ("", "", "")
    where = bloc_year.bloc.locality
    return HeaderFact(
        superior=locality.authority(where, province.authority),
        place=locality.place(where, province.place),
        sign=sign or province.number_sign,
        number=number or None,
        dated_on=registered.issued_on if registered else None,
    )


def _signer(leader: LeadershipTerm | None) -> SignerFact:
    """Return the one open signer of the leading agency; nobody when there is none or several to choose from."""
    if leader is None:
        return SignerFact()
    seats = list(
        Seat.objects.filter(agency_id=leader.agency_id, capacity=SeatCapacity.SIGNER, signs_as="head")
        .open_on(clock.today())
        .select_related("user")[:2]
    )
    if len(seats) != 1:
        return SignerFact()
    return SignerFact(titles=(f"{seats[0].title} {leader.name.full}",), name=seats[0].user.full_name)


def _member(row: Membership) -> MemberFact:
    return MemberFact(
        agency=_agency(row),
        group=row.subgroup.name if row.subgroup else "",
        is_ranked=row.is_ranked,
        is_scored=row.is_scored,
        is_voting=row.is_voting,
        counts_for_quota=row.counts_for_quota,
        also_in=row.also_in,
        joined_on=row.joined_on,
        left_on=row.left_on,
        note=row.note,
    )


def _term(row: LeadershipTerm) -> TermFact:
    paper = row.recognised_paper
    return TermFact(
        agency=_agency(row),
        role=row.role,
        elected_on=row.elected_on,
        recognised_on=row.recognised_on,
        recognised_paper=paper.number if paper else "",
        ends_on=row.ends_on,
    )


def _monitor(row: Monitor) -> MonitorFact:
    if row.seat:
        return MonitorFact(row.role, row.seat.title, row.seat.user.full_name)
    return MonitorFact(row.role, row.stated)


def _award(row: ReportedResult) -> AwardFact:
    identity = identify(row.award_text)
    return AwardFact(
        stage="granted" if row.stage == ResultStage.GRANTED else "proposed",
        text=row.award_text,
        nature=identity.nature,
        level=identity.level,
        agency=_agency(row) if row.agency_id else None,
        how_many=row.how_many,
        note=row.note,
    )


def papers_about(bloc_year: BlocYear) -> QuerySet[Document]:
    """Return the versions of the year-end report of a bloc year."""
    return Document.objects.filter(
        kind=DocumentKind.YEAR_REPORT, subject_label=label_of(BlocYear), subject_id=bloc_year.pk
    )


def bloc_years_with_papers(actor: Actor) -> QuerySet[BlocYear]:
    """Return the bloc years whose papers the actor reads, as lists order them. Agrees with `reports.view_document`."""
    rows = BlocYear.objects.visible_to(actor).select_related("year", "bloc").in_order()
    return rows if actor.scope.is_board else rows.filter(pk__in=readable_years(actor.scope))


def readable_by(actor: Actor) -> QuerySet[Document]:
    """Return the papers of bloc years the actor may read. The same as `reports.view_document`."""
    scope, rows = actor.scope, Document.objects.filter(subject_label=BLOC_YEAR)
    if scope.is_board:
        return rows
    return rows.filter(
        Q(subject_id__in=writable_years(scope)) | Q(subject_id__in=readable_years(scope), is_draft=False)
    )


def document_line(*, kind: str, bloc_year: BlocYear, actor: Actor) -> DocumentLine:
    """Return the newest paper of a kind the actor may read of a bloc year, and the last job for who may ask for one."""
    about = Document(kind=kind, subject_label=BLOC_YEAR, subject_id=bloc_year.pk)
    may_ask = can(actor, "reports.request_document", bloc_year)
    line = DocumentLine(
        kind=kind,
        title=str(DocumentKind(kind).label),
        bloc_year_id=bloc_year.pk,
        may_read=can(actor, "reports.view_document", about),
        may_ask=may_ask,
    )
    if not line.may_read:
        return line
    document = (
        readable_by(actor).filter(kind=kind, subject_id=bloc_year.pk).defer("summary").order_by("-version").first()
    )
    if document:
        line = replace(
            line,
            document_id=document.pk,
            version=document.version,
            about=document.about,
            made_at=document.created_at,
            is_draft=document.is_draft,
            number=document.number,
            issued_on=document.issued_on,
            has_scan=document.signed_scan_id is not None,
        )
    job = (
        Job.objects.filter(kind=kind, subject_label=BLOC_YEAR, subject_id=bloc_year.pk).order_by("-pk").first()
        if may_ask
        else None
    )
    if job and (job.is_active or job.can_retry):
        line = replace(
            line,
            job_id=job.pk,
            job_state=job.state,
            job_word=job.get_state_display(),
            is_under_way=job.is_active,
            has_failed=job.can_retry,
        )
    return line


@dataclass(frozen=True)
class PaperRow:
    """A line of the list: a bloc year, its latest report and its latest job."""

    bloc_year: BlocYear
    document: Document | None
    job: Job | None
    may_ask: bool

    @property
    def is_under_way(self) -> bool:
        """Whether a worker has it or will have it."""
        return self.job is not None and self.job.is_active

    @property
    def has_failed(self) -> bool:
        """Whether the last attempt ended without a paper."""
        return self.job is not None and self.job.can_retry


def papers_of(bloc_years: list[BlocYear], *, actor: Actor) -> list[PaperRow]:
    """Lay the latest report and job beside each bloc year; two queries whatever their number."""
    ids = [row.pk for row in bloc_years]
    about = {"subject_label": label_of(BlocYear), "subject_id__in": ids}
    documents = {
        row.subject_id: row
        for row in Document.objects.filter(kind=DocumentKind.YEAR_REPORT, **about)
        .select_related("signed_scan")
        .defer("summary")
        .order_by("version")
    }
    job_of = {row.subject_id: row for row in Job.objects.filter(kind="year_report", **about).order_by("pk")}
    return [
        PaperRow(
            bloc_year,
            documents.get(bloc_year.pk),
            job_of.get(bloc_year.pk),
            can(actor, "reports.request_year_report", bloc_year),
        )
        for bloc_year in bloc_years
    ]


def subject_of(paper: Document | Job) -> BlocYear | EmulationYear:
    """Return the bloc year, or the emulation year, a paper or a job is about."""
    if paper.subject_label == label_of(EmulationYear):
        return EmulationYear.objects.get(pk=paper.subject_id)
    return BlocYear.objects.select_related("bloc", "year").get(pk=paper.subject_id)


def versions_of(document: Document) -> list[Document]:
    """Return every version of a paper, the newest first."""
    return list(
        Document.objects.filter(
            kind=document.kind, subject_label=document.subject_label, subject_id=document.subject_id
        )
        .select_related("made_by", "pdf", "docx", "signed_scan")
        .defer("summary")
        .order_by("-version")
    )


@dataclass(frozen=True)
class JobPart:
    """One bloc's report inside a job over the whole province."""

    job: Job
    name: str


def parts_of(job: Job) -> list[JobPart]:
    """Return the jobs of a province-wide job with the names of their blocs; empty for the job of one bloc."""
    children = list(job.children.select_related("document").order_by("pk"))
    names = dict(BlocYear.objects.filter(pk__in=[row.subject_id for row in children]).values_list("pk", "name"))
    return [JobPart(row, names[row.subject_id]) for row in children]
