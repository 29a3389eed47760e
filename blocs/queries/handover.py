"""Handing over: what is proposed for the record, what its page shows, the files of a bloc's earlier years."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q

from blocs.enums import LeadershipRole, PaperState, StandingState
from blocs.models import BlocPaper, BlocYear, Handover, HandoverItem, LeadershipTerm, Standing
from blocs.models.paper import IN_FORCE
from blocs.queries.leadership import HandoverLine
from blocs.queries.opening import next_of
from emulation.core.access import Actor, can
from emulation.core.models import Document, DocumentKind, label_of
from emulation.core.vietnamese import date_short

# What leaders hand over besides (a rotating flag, the book, the ballots): nothing here knows whether the bloc has it.
USUAL = (
    ("Biên bản các cuộc họp, biên bản kiểm phiếu và phiếu bầu", ""),
    ("Báo cáo, bảng tự chấm điểm và tài liệu kiểm chứng của các đơn vị", ""),
    ("Hồ sơ, tờ trình đề nghị khen thưởng của Khối", ""),
    ("Sổ theo dõi thi đua của Khối", "01 quyển"),
    ("Cờ luân lưu Trưởng khối", "01 cờ"),
    ("Kinh phí hoạt động của Khối còn lại", ""),
)


@dataclass(frozen=True)
class ItemSaid:
    """One line of the record as it is proposed or typed."""

    title: str
    quantity: str = ""
    is_handed: bool = True
    note: str = ""


def proposed_items(bloc_year: BlocYear) -> list[ItemSaid]:
    """Return what the record should list: what is kept here with its number and day, then the usual lines unticked.

    Three queries.
    """
    year = bloc_year.year.label
    items = [*_papers(bloc_year), *_standing(bloc_year), *_documents(bloc_year)]
    items.append(ItemSaid(f"Tệp Excel số liệu của Khối năm {year}", "01 tệp"))
    return items + [ItemSaid(title, quantity, is_handed=False) for title, quantity in USUAL]


def _papers(bloc_year: BlocYear) -> Iterator[ItemSaid]:
    for row in bloc_year.papers.filter(state__in=IN_FORCE).select_related("paper").order_by("pk"):
        said = f"{row.title}{_numbered(row.paper.number, row.paper.dated_on) if row.paper else ''}"
        if not row.paper and row.passed_on:
            said = f"{row.title}, ngày {date_short(row.passed_on)}"
        yield ItemSaid(said[:300], "01 bản")


def _standing(bloc_year: BlocYear) -> Iterator[ItemSaid]:
    row = bloc_year.standings.filter(state=StandingState.PUBLISHED).first()
    if row:
        day = f", ngày {date_short(row.decided_on)}" if row.decided_on else ""
        yield ItemSaid(f"Kết quả bình xét, xếp hạng năm {bloc_year.year.label}{day}", "01 bản")


def _documents(bloc_year: BlocYear) -> Iterator[ItemSaid]:
    """Propose the newest year-end report."""
    rows = Document.objects.filter(
        kind=DocumentKind.YEAR_REPORT, subject_label=label_of(BlocYear), subject_id=bloc_year.pk
    )
    row = rows.defer("summary").order_by("-version").first()
    if row:
        yield ItemSaid(
            f"{row.get_kind_display()} {bloc_year.year.label}{_numbered(row.number, row.issued_on)}", "01 bản"
        )


def _numbered(number: str, day: Any) -> str:
    said = f", số {number}" if number else ""
    return f"{said}, ngày {date_short(day)}" if day else said


@dataclass(frozen=True)
class Sides:
    """Whom the record proposes on each side, as ids of agencies; None where nobody is known."""

    giver: int | None
    receiver: int | None


def sides(bloc_year: BlocYear) -> Sides:
    """Propose the leader in office, and the leader of the opened next year or else who was named. Three queries."""
    leaders = LeadershipTerm.objects.filter(role=LeadershipRole.LEADER).order_by(
        F("ends_on").desc(nulls_first=True), "-pk"
    )
    giver = leaders.filter(bloc_year=bloc_year).values_list("agency", flat=True).first()
    following = next_of(bloc_year)
    receiver = None
    if following:
        receiver = leaders.filter(bloc_year=following, ends_on__isnull=True).values_list("agency", flat=True).first()
    if receiver is None:
        named = bloc_year.next_leaders.filter(role=LeadershipRole.LEADER)
        receiver = named.values_list("agency", flat=True).first()
    return Sides(giver, receiver)


def agencies_of(bloc_year: BlocYear) -> list[tuple[int, str]]:
    """Return who can stand on either side: members of this year and the leadership of this and the next. One query."""
    following = Q(bloc_year__bloc=bloc_year.bloc_id, bloc_year__year__label=bloc_year.year.next_label)
    members = bloc_year.memberships.values_list("agency_id", "agency__name", "agency__sort_key")
    terms = LeadershipTerm.objects.filter(Q(bloc_year=bloc_year) | following)
    named = bloc_year.next_leaders.values_list("agency_id", "agency__name", "agency__sort_key")
    found = members.order_by().union(
        terms.order_by().values_list("agency_id", "agency__name", "agency__sort_key"), named.order_by()
    )
    return [(pk, name) for pk, name, _ in sorted(found, key=lambda row: (row[2], row[0]))]


def handover_for(actor: Actor, pk: int) -> Handover | None:
    """Return a record with all its page shows, or None for who may not know of it. One query."""
    rows = Handover.objects.select_related(
        "bloc_year__year", "bloc_year__bloc", "giver", "giver_name", "receiver", "receiver_name", "paper"
    )
    row = rows.filter(pk=pk).first()
    return row if row and can(actor, "blocs.view_handover", row) else None


def items_of(handover: Handover) -> list[HandoverItem]:
    """Return the lines of the record in order. One query."""
    return list(handover.items.order_by("number"))


# --- The files of earlier years ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class YearFiles:
    """What of one earlier year of the bloc the actor may read."""

    row: BlocYear
    papers: tuple[BlocPaper, ...]
    standings: tuple[Standing, ...]
    handovers: tuple[HandoverLine, ...]
    documents: tuple[Document, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to read."""
        return not (self.papers or self.standings or self.handovers or self.documents)


def bloc_files(bloc_year: BlocYear, *, actor: Actor) -> list[YearFiles]:
    """Return the files of the bloc's earlier years, the newest year first; five statements.

    Each kind obeys the rule of its own page. A document obeys the year it speaks of.
    """
    earlier = BlocYear.objects.filter(bloc=bloc_year.bloc_id, year__label__lt=bloc_year.year.label)
    rows = list(earlier.select_related("year", "bloc").in_order())
    ids = [row.pk for row in rows]
    kept = Q(bloc_year__in=ids) & ~Q(state=PaperState.DRAFT)
    papers = _by_year(BlocPaper.objects.visible_to(actor).filter(kept).select_related("paper").in_order())
    standings = _by_year(
        Standing.objects.visible_to(actor)
        .filter(bloc_year__in=ids, state__in=[StandingState.PUBLISHED, StandingState.SUPERSEDED])
        .order_by("-version")
    )
    handovers = _by_year(
        row
        for row in Handover.objects.filter(bloc_year__in=ids)
        .select_related("giver_name", "receiver_name", "paper")
        .order_by("-pk")
        if can(actor, "blocs.view_handover", row)
    )
    documents: dict[int, list[Document]] = defaultdict(list)
    about = Document.objects.filter(subject_label=label_of(BlocYear), subject_id__in=ids)
    for document in about.defer("summary").order_by("kind", "-version"):
        if can(actor, "reports.view_document", document):
            documents[document.subject_id].append(document)
    return [
        YearFiles(
            row=row,
            papers=tuple(papers[row.pk]),
            standings=tuple(standings[row.pk]),
            handovers=tuple(HandoverLine(line) for line in handovers[row.pk]),
            documents=tuple(documents[row.pk]),
        )
        for row in rows
    ]


def _by_year(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.bloc_year_id].append(row)
    return found
