"""Everything the page of a bloc year shows: ten statements whatever the bloc has, so that the page holds to fifteen."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from django.db.models import DateField, Exists, F, IntegerField, OuterRef, Q, Subquery, Value
from django.urls import reverse

from awards.domain.catalogue import identify
from awards.enums import AwardNature
from blocs.domain import places as stated_places
from blocs.enums import (
    BlocYearState,
    Launcher,
    LeadershipRole,
    MonitorRole,
    PaperKind,
    PaperState,
    ResultStage,
    StandingState,
)
from blocs.models import (
    BlocPaper,
    BlocYear,
    LeadershipTerm,
    Membership,
    Movement,
    ReportedFigure,
    ReportedPlace,
    ReportedResult,
    Standing,
    Target,
)
from blocs.queries.calendar import MilestoneLine, milestone_lines
from blocs.queries.covenant import current_targets
from blocs.queries.lists import STATE_LOOKS
from blocs.queries.members import remarks_of
from blocs.queries.standing import Ranking, current_places
from emulation.core.access import Actor, can
from emulation.core.models import ACTIVE_STATES, Document, DocumentKind, Job, JobState, label_of
from emulation.reports.queries import readable_by

NATURES = {AwardNature.TITLE: "Danh hiệu", AwardNature.COMMENDATION: "Hình thức", AwardNature.MIXED: "Chưa tách"}
UNDER_WAY = frozenset({BlocYearState.PREPARING, BlocYearState.RUNNING, BlocYearState.SCORING})
_ROLES = tuple(LeadershipRole)


@dataclass(frozen=True)
class Office:
    """Who leads, led, will lead or follows the bloc year. `words` is what the source or the seat adds."""

    part: str
    role: str
    agency_id: int | None
    name: str
    words: str
    elected_on: dt.date | None
    recognised_on: dt.date | None
    paper: str
    ends_on: dt.date | None

    @property
    def role_label(self) -> str:
        """Return the role as screens call it."""
        return str(MonitorRole(self.role).label if self.part == "monitor" else LeadershipRole(self.role).label)


@dataclass(frozen=True)
class MemberLine:
    """A member with its roles in the leadership."""

    row: Membership
    number: int
    roles: tuple[str, ...]

    @property
    def remarks(self) -> tuple[str, ...]:
        """Return what is not usual about this membership, in words."""
        return remarks_of(self.row)


@dataclass(frozen=True)
class MemberGroup:
    """The members of one group of the bloc; `title` is "" where the bloc has no groups."""

    title: str
    members: tuple[MemberLine, ...]


@dataclass(frozen=True)
class PlaceLine:
    """A stated place and what the same source proposes or states for that agency."""

    row: ReportedPlace
    is_shared: bool
    awards: tuple[str, ...]


@dataclass(frozen=True)
class ResultLine:
    """A stated award with its nature: titles and commendations never share a list unmarked."""

    row: ReportedResult
    nature: str


@dataclass(frozen=True)
class MovementLine:
    """A movement and who launched it, "" where the source does not say."""

    title: str
    launcher: str


@dataclass(frozen=True)
class PaperPart:
    """The year-end report of the bloc year, for who may read it."""

    may_read: bool
    may_ask: bool
    document: Document | None
    job_id: int | None
    job_state: str

    @property
    def is_under_way(self) -> bool:
        """Whether a worker has it or will have it."""
        return self.job_state in ACTIVE_STATES

    @property
    def has_failed(self) -> bool:
        """Whether the last attempt ended without a paper."""
        return self.job_state in {JobState.FAILED, JobState.CANCELLED}

    @property
    def job_word(self) -> str:
        """Return the state of the job as screens call it."""
        return str(JobState(self.job_state).label) if self.job_state else ""


@dataclass(frozen=True)
class PageLink:
    """A page of the year's work."""

    label: str
    url: str


@dataclass(frozen=True)
class BlocPage:
    """The page of a bloc year."""

    row: BlocYear
    other_years: tuple[BlocYear, ...]
    children: tuple[BlocYear, ...]
    groups: tuple[MemberGroup, ...]
    ranking: Ranking | None
    places: tuple[PlaceLine, ...]
    place_notes: tuple[str, ...]
    leadership: tuple[Office, ...]
    next_leadership: tuple[Office, ...]
    monitors: tuple[Office, ...]
    milestones: tuple[MilestoneLine, ...]
    may_keep_calendar: bool
    movements: tuple[MovementLine, ...]
    next_movements: tuple[MovementLine, ...]
    targets: tuple[Target, ...]
    proposed: tuple[ResultLine, ...]
    granted: tuple[ResultLine, ...]
    figures: tuple[ReportedFigure, ...]
    paper: PaperPart
    links: tuple[PageLink, ...]

    @property
    def look(self) -> str:
        """Return the look of its state."""
        return STATE_LOOKS[self.row.state]  # type: ignore[index] # TextChoices are their values

    @property
    def icon(self) -> str:
        """Return the icon of its state where the look's own is not the one."""
        return "lock" if self.row.is_closed else ""

    @property
    def member_count(self) -> int:
        """Return how many members are listed and have not left."""
        return sum(1 for group in self.groups for line in group.members if line.row.left_on is None)

    @property
    def group_count(self) -> int:
        """Return how many named groups the bloc has."""
        return sum(1 for group in self.groups if group.title)

    @property
    def newest(self) -> BlocYear | None:
        """Return the newest later year of the same bloc."""
        later = [year for year in self.other_years if year.year.label > self.row.year.label]
        return later[0] if later else None

    @property
    def granted_position(self) -> int:
        """Return the number of the group of received awards: I. where nothing was proposed."""
        return 2 if self.proposed else 1

    @property
    def missing(self) -> str:
        """Return how this page says that something is not known: not yet, or not by the source."""
        is_under_way = not self.row.bloc.locality and self.row.state in UNDER_WAY
        return "Nguồn không nêu." if self.row.source and not is_under_way else "Chưa có số liệu."

    @property
    def on_time(self) -> tuple[int, int]:
        """Return how many of the finished milestones with a due date were in time, and how many there are."""
        done = [line.late for line in self.milestones if not line.late.is_open and line.late.days is not None]
        return sum(1 for late in done if (late.days or 0) <= 0), len(done)


def bloc_page(*, actor: Actor, pk: int, today: dt.date) -> BlocPage | None:
    """Return the page of a bloc year the actor may know of, else None."""
    known = _own_year_other_years_and_children(actor, pk)
    row = next((year for year in known if year.pk == pk), None)
    if row is None:
        return None
    offices = _offices(row)
    movements = list(row.movements.order_by("number"))
    results = [
        ResultLine(result, NATURES[identify(result.award_text).nature])
        for result in row.results.select_related("name").order_by("number")
    ]
    ranking = current_places(row) if row.has_published else None  # type: ignore[attr-defined] # annotated
    places = [] if ranking else list(row.places.select_related("name").order_by("place", "agency__sort_key", "pk"))
    return BlocPage(
        row=row,
        other_years=tuple(year for year in known if year.bloc_id == row.bloc_id and year.pk != pk),
        children=tuple(year for year in known if year.parent_id == pk),
        groups=_groups(row, offices),
        ranking=ranking,
        places=tuple(_place_lines(places, results)),
        place_notes=stated_places.sentences([place.place for place in places]),
        leadership=_part(offices, "term"),
        next_leadership=_part(offices, "next"),
        monitors=tuple(office for office in offices if office.part == "monitor"),
        milestones=milestone_lines(row, actor=actor, today=today),
        may_keep_calendar=not row.is_closed and can(actor, "blocs.finish_milestone", row),
        movements=tuple(_movement(line) for line in movements if not line.is_next_year),
        next_movements=tuple(_movement(line) for line in movements if line.is_next_year),
        targets=current_targets(row, actor),
        proposed=tuple(line for line in results if line.row.stage == ResultStage.PROPOSED),
        granted=tuple(line for line in results if line.row.stage == ResultStage.GRANTED),
        figures=tuple(row.figures.order_by("number")),
        paper=_paper(row, actor),
        links=_links(row, actor),
    )


def _links(row: BlocYear, actor: Actor) -> tuple[PageLink, ...]:
    """Return the pages of the year's work, in the order of the work, as far as the actor may open them."""
    reads, runs = can(actor, "blocs.list_blocpaper", row), can(actor, "blocs.draft_standing", row)
    covenant, standing = row.covenant_id, row.standing_id  # type: ignore[attr-defined] # annotated
    report, may_report = row.report_id, can(actor, "blocs.draft_blocpaper", row)  # type: ignore[attr-defined] # annotated
    offered = (
        (reads, "Kế hoạch, quy chế, giao ước", "bloc_papers", row.pk),
        (reads and covenant is not None, "Giao ước thi đua, chữ ký", "covenant_detail", covenant),
        (can(actor, "blocs.finish_milestone", row), "Lịch công tác", "bloc_calendar", row.pk),
        (standing is not None, "Kết quả xếp hạng", "standing_detail", standing),
        (standing is None and runs and not row.is_closed, "Nhập kết quả xếp hạng", "standing_new", row.pk),
        (runs and not row.is_closed, "Lập đề nghị từ kết quả xếp hạng", "nominations_from_standing", row.pk),
        (report is not None, "Báo cáo tổng kết: nội dung, góp ý", "narrative_detail", report),
        (
            report is None and may_report and not row.is_closed,
            "Soạn báo cáo tổng kết",
            "bloc_paper_new",
            row.pk,
            "year_report",
        ),
        (reads, "Lãnh đạo khối, bàn giao", "leadership", row.pk),
        (can(actor, "blocs.edit_members", row), "Đơn vị thành viên, nhóm, người theo dõi", "bloc_members", row.pk),
        (
            can(actor, "blocs.edit_members", row) and not row.is_closed,
            "Tên khối, quyết định chia khối",
            "bloc_frame",
            row.pk,
        ),
        (reads, "Hồ sơ các năm", "bloc_files", row.pk),
        (can(actor, "blocs.open_year"), f"Mở năm {row.year.next_label}", "blocyear_open", row.pk),
    )
    return tuple(PageLink(label, reverse(name, args=args)) for may, label, name, *args in offered if may)


def _own_year_other_years_and_children(actor: Actor, pk: int) -> list[BlocYear]:
    same_bloc = BlocYear.objects.filter(pk=pk).values("bloc")
    leader = LeadershipTerm.objects.filter(bloc_year=OuterRef("pk"), role=LeadershipRole.LEADER).order_by(
        F("ends_on").desc(nulls_first=True), "pk"
    )
    job = Job.objects.filter(
        kind=DocumentKind.YEAR_REPORT, subject_label=label_of(BlocYear), subject_id=OuterRef("pk")
    ).order_by("-pk")
    standings = Standing.objects.visible_to(actor).filter(bloc_year=OuterRef("pk")).order_by("-version")
    published = Standing.objects.filter(bloc_year=OuterRef("pk"), state=StandingState.PUBLISHED)
    papers = BlocPaper.objects.visible_to(actor).filter(bloc_year=OuterRef("pk")).order_by("-version")
    covenants = papers.filter(kind=PaperKind.COVENANT).exclude(state=PaperState.NONE)
    reports = papers.filter(kind=PaperKind.REPORT)
    return list(
        BlocYear.objects.visible_to(actor)
        .filter(Q(bloc__in=same_bloc) | Q(parent=pk))
        .select_related("year", "bloc", "parent", "partition__paper")
        .annotate(
            leader_name=Subquery(leader.values("name__full")[:1]),
            standing_id=Subquery(standings.values("pk")[:1]),
            has_published=Exists(published),
            covenant_id=Subquery(covenants.values("pk")[:1]),
            report_id=Subquery(reports.values("pk")[:1]),
            job_id=Subquery(job.values("pk")[:1]),
            job_state=Subquery(job.values("state")[:1]),
        )
        .in_order()
    )


def _offices(row: BlocYear) -> list[Office]:
    """Read terms, next leaders and monitors in one statement: they answer one question, who stands over this bloc."""
    nobody, undated = Value(None, output_field=IntegerField()), Value(None, output_field=DateField())
    terms = row.terms.values_list(
        Value("term"), "role", "agency_id", "name__full", Value(""), "elected_on", "recognised_on",
        "recognised_paper__number", "ends_on",
    )  # fmt: skip
    following = row.next_leaders.values_list(
        Value("next"), "role", "agency_id", "name__full", "stated", undated, undated, Value(""), undated
    )
    monitors = row.monitors.values_list(
        Value("monitor"), "role", nobody, "seat__user__full_name", "seat__title", undated, undated, "stated", "ends_on"
    )
    found = [Office(*values) for values in terms.union(following, monitors, all=True)]
    return sorted((_named(office) for office in found), key=_by_rank)


def _named(office: Office) -> Office:
    """Put what a source says of a monitor without a seat where the name stands; fill what is missing with ""."""
    if office.part != "monitor":
        return replace(office, paper=office.paper or "")
    return replace(office, name=office.name or office.paper, words=office.words or "", paper="")


def _by_rank(office: Office) -> tuple[bool, int, str]:
    """Put those in office before those who left, the leader before deputies, the council before specialists."""
    roles = tuple(MonitorRole) if office.part == "monitor" else _ROLES
    return office.ends_on is not None, roles.index(office.role), office.name


def _part(offices: Iterable[Office], part: str) -> tuple[Office, ...]:
    return tuple(office for office in offices if office.part == part)


def _groups(row: BlocYear, offices: list[Office]) -> tuple[MemberGroup, ...]:
    roles: dict[int | None, list[str]] = {}
    for office in offices:
        if office.part == "term" and office.ends_on is None:
            roles.setdefault(office.agency_id, []).append(office.role_label)
    members = [
        MemberLine(member, number, tuple(roles.get(member.agency_id, ())))
        for number, member in enumerate(
            row.memberships.select_related("name", "subgroup", "agency").in_order(),
            start=1,
        )
    ]
    grouped = groupby(members, key=lambda line: line.row.subgroup.name if line.row.subgroup else "")
    return tuple(MemberGroup(title, tuple(lines)) for title, lines in grouped)


def _place_lines(places: list[ReportedPlace], results: list[ResultLine]) -> Iterable[PlaceLine]:
    shared = stated_places.shared([place.place for place in places])
    for place in places:
        awards = tuple(line.row.award_text for line in results if line.row.agency_id == place.agency_id)
        yield PlaceLine(place, place.place in shared, awards)


def _movement(row: Movement) -> MovementLine:
    return MovementLine(row.title, "" if row.launched_by == Launcher.UNSTATED else str(Launcher(row.launched_by).label))


def _paper(row: BlocYear, actor: Actor) -> PaperPart:
    about = Document(kind=DocumentKind.YEAR_REPORT, subject_label=label_of(row), subject_id=row.pk)
    may_read = can(actor, "reports.view_document", about)
    versions = readable_by(actor).filter(kind=DocumentKind.YEAR_REPORT, subject_id=row.pk)
    document = versions.select_related("signed_scan").defer("summary").order_by("-version").first()
    return PaperPart(
        may_read=may_read,
        may_ask=can(actor, "reports.request_year_report", row),
        document=document if may_read else None,
        job_id=row.job_id if may_read else None,  # type: ignore[attr-defined] # annotated above
        job_state=(row.job_state or "") if may_read else "",  # type: ignore[attr-defined] # as above
    )
