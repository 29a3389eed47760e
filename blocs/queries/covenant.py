"""What a bloc's covenant says: which list of targets holds now, and what its page shows."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When

from blocs.domain.covenant import Plan, lines_of, signed_when, signed_words
from blocs.enums import LeadershipRole, PaperKind, PaperState, SeatCapacity, SignsAs
from blocs.models import (
    BlocPaper,
    BlocYear,
    Clause,
    Covenant,
    LeadershipTerm,
    Membership,
    Seat,
    Signature,
    Target,
    TargetValue,
)
from blocs.models.paper import IN_FORCE, OPEN_STATES
from emulation.core.access import Actor
from emulation.core.models import Event, label_of
from emulation.core.vietnamese import count2, upper_first

CIRCULATED = "Giao ước thi đua đang lấy ý kiến; rút về dự thảo trước khi sửa chỉ tiêu."
SIGNING = "Giao ước thi đua đang ký nên không sửa được chỉ tiêu; rút về dự thảo trước."
SIGNED = "Giao ước thi đua đã ký; muốn sửa chỉ tiêu thì lập bản sửa đổi của giao ước."
PAPER_LOOKS = {
    PaperState.DRAFT: "",
    PaperState.CIRCULATED: "run",
    PaperState.SIGNING: "run",
    PaperState.PASSED: "ok",
    PaperState.SIGNED: "ok",
    PaperState.SUPERSEDED: "",
    PaperState.NONE: "",
}
_REFUSALS = {
    PaperState.CIRCULATED: CIRCULATED,
    PaperState.SIGNING: SIGNING,
    PaperState.SIGNED: SIGNED,
}


def current_covenants(
    bloc_year: BlocYear, actor: Actor | None = None, *, has_drafts: bool = True
) -> QuerySet[Covenant]:
    """Return the covenants of a bloc year that hold or are being made, the one in force first, then the newest.

    With an actor, one that is being made is left out for who may not read it; what was signed is known to everybody.
    `has_drafts`: whether those are among them that have not left the hands of who drafts.
    """
    rows = Covenant.objects.filter(paper__bloc_year=bloc_year, paper__state__in=(*IN_FORCE, *OPEN_STATES))
    if not has_drafts:
        rows = rows.exclude(paper__state=PaperState.DRAFT)
    if actor is not None:
        readable = BlocPaper.objects.visible_to(actor)
        rows = rows.filter(Q(paper__state__in=IN_FORCE) | Q(paper__in=readable))
    in_force_first = Case(When(paper__state__in=IN_FORCE, then=Value(0)), default=Value(1))
    return rows.order_by(in_force_first, "-paper__version")


def current_targets(bloc_year: BlocYear, actor: Actor | None = None, *, has_drafts: bool = True) -> tuple[Target, ...]:
    """Return the one list of targets of a bloc year, by number, that pages, papers and workbook speak of; one query.

    Those of the covenant in force, else of the newest one that is being made, else those a source states. With an
    actor, the targets of a draft are left out for who may not read it.
    """
    covenants = current_covenants(bloc_year, actor, has_drafts=has_drafts)
    of_covenant = Q(covenant=covenants.values("pk")[:1])
    stated = Q(covenant__isnull=True) & ~Exists(covenants)
    return tuple(bloc_year.targets.filter(of_covenant | stated).order_by("number"))


def target_refusal(bloc_year: BlocYear) -> str:
    """Return why the list of targets takes no row from outside its covenant now, "" when it does; one query."""
    covenant = current_covenants(bloc_year).select_related("paper").first()
    return _REFUSALS.get(PaperState(covenant.paper.state), "") if covenant else ""


def previous_covenant(bloc_year: BlocYear) -> Covenant | None:
    """Return the covenant in force of the year this one was opened from, else of the bloc's nearest earlier year."""
    opened_from = Q(paper__bloc_year=bloc_year.copied_from_id)
    earlier = Q(paper__bloc_year__bloc=bloc_year.bloc_id, paper__bloc_year__year__label__lt=bloc_year.year.label)
    rows = Covenant.objects.filter(opened_from | earlier, paper__state__in=IN_FORCE).select_related("paper__bloc_year")
    first = Case(When(opened_from, then=Value(0)), default=Value(1))
    return rows.order_by(first, "-paper__bloc_year__year__label", "pk").first()


@dataclass(frozen=True)
class MemberLine:
    """A member under the covenant: its role in the leadership, its plans in the order of the targets, its signature."""

    row: Membership
    role: str
    plans: tuple[Plan, ...]
    signature: Signature | None

    @property
    def has_plans(self) -> bool:
        """Whether it has said anything about any target."""
        return any(plan.is_said for plan in self.plans)


@dataclass(frozen=True)
class TargetLine:
    """A target and how many members have planned it; `section` is "" where it is that of the target before."""

    row: Target
    section: str
    words: str
    planned_by: int


@dataclass(frozen=True)
class CovenantPage:
    """The page of one version of a covenant."""

    paper: BlocPaper
    covenant: Covenant
    clauses: tuple[Clause, ...]
    targets: tuple[TargetLine, ...]
    members: tuple[MemberLine, ...]
    gone: tuple[MemberLine, ...]
    versions: tuple[BlocPaper, ...]
    voided: int
    own: MemberLine | None
    finish_note: str

    @property
    def basis(self) -> tuple[str, ...]:
        """Return the paragraphs of the "căn cứ"."""
        return lines_of(self.covenant.basis)

    @property
    def organisation(self) -> tuple[str, ...]:
        """Return the paragraphs of "tổ chức thực hiện"."""
        return lines_of(self.covenant.organisation)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to sign yet."""
        return not self.clauses and not self.targets

    @property
    def signed(self) -> int:
        """Return how many of the present members have signed."""
        return sum(1 for line in self.members if line.signature)

    @property
    def signed_words(self) -> str:
        """Return that in words."""
        return signed_words(self.signed, len(self.members))

    @property
    def signed_text(self) -> str:
        """Return the same as a sentence begins."""
        return upper_first(self.signed_words)

    @property
    def unsigned(self) -> tuple[MemberLine, ...]:
        """Return the present members without a signature."""
        return tuple(line for line in self.members if line.signature is None)

    @property
    def without_plans(self) -> tuple[str, ...]:
        """Return the names of the members that have planned nothing, where there are targets."""
        return tuple(line.row.name.full for line in self.members if not line.has_plans) if self.targets else ()

    @property
    def has_plans(self) -> bool:
        """Whether any member has planned anything."""
        return any(line.has_plans for line in (*self.members, *self.gone))

    @property
    def stated_note(self) -> str:
        """Return that the source states another number of members; a fact that is shown and never corrected."""
        stated = self.paper.bloc_year.stated_member_count
        if stated is None or stated == len(self.members):
            return ""
        return f"Nguồn số liệu nêu {count2(stated)} đơn vị, danh sách của khối có {count2(len(self.members))} đơn vị."

    @property
    def timing_note(self) -> str:
        """Return that the covenant was signed before its year began or after half of it; a fact, no fault."""
        return signed_when(self.paper.bloc_year.year.label, self.paper.passed_on)

    @property
    def look(self) -> str:
        """Return the look of the state."""
        return PAPER_LOOKS[PaperState(self.paper.state)]

    @property
    def takes_signatures(self) -> bool:
        """Whether signatures may be written now."""
        return self.paper.state in {PaperState.SIGNING, PaperState.SIGNED}

    @property
    def is_editable(self) -> bool:
        """Whether the content may still change."""
        return self.paper.state in {PaperState.DRAFT, PaperState.CIRCULATED}

    @property
    def shows_signatures(self) -> bool:
        """Whether the grid of signatures says anything yet."""
        return self.takes_signatures or self.paper.state == PaperState.SUPERSEDED


def covenant_for(actor: Actor, pk: int) -> BlocPaper | None:
    """Return a covenant's paper the actor may know of, by the id of the paper; with the reason it was finished for."""
    said = Event.objects.filter(subject_label=label_of(BlocPaper), subject_id=OuterRef("pk"), verb="covenant_finished")
    rows = BlocPaper.objects.visible_to(actor).filter(kind=PaperKind.COVENANT)
    rows = rows.select_related("bloc_year__year", "bloc_year__bloc", "paper", "file", "covenant")
    return rows.annotate(finish_note=Subquery(said.order_by("-seq").values("note")[:1])).filter(pk=pk).first()


def covenant_page(paper: BlocPaper, *, actor: Actor) -> CovenantPage:
    """Return the page of a covenant found by `covenant_for`; seven queries whatever its size."""
    targets = list(Target.objects.filter(covenant__paper=paper).order_by("number"))
    known = {
        (row.membership_id, row.target_id): Plan(row.planned, row.planned_text, row.is_assigned)
        for row in TargetValue.objects.filter(target__covenant__paper=paper)
    }
    terms = LeadershipTerm.objects.filter(bloc_year=paper.bloc_year_id, ends_on=None).values_list("agency", "role")
    roles = {agency: str(LeadershipRole(role).label) for agency, role in terms}
    every = list(Signature.objects.filter(paper=paper).select_related("signed_paper").order_by("pk"))
    valid = {row.membership_id: row for row in every if row.voided_at is None}
    lines = [
        MemberLine(
            row=row,
            role=roles.get(row.agency_id, ""),
            plans=tuple(known.get((row.pk, target.pk), Plan()) for target in targets),
            signature=valid.get(row.pk),
        )
        for row in Membership.objects.filter(bloc_year=paper.bloc_year_id).select_related("name", "subgroup").in_order()
    ]
    members = tuple(line for line in lines if line.row.left_on is None)
    return CovenantPage(
        paper=paper,
        covenant=getattr(paper, "covenant", None) or Covenant(paper=paper),
        clauses=tuple(Clause.objects.filter(covenant__paper=paper).order_by("number")),
        targets=tuple(_target_lines(targets, members)),
        members=members,
        gone=tuple(line for line in lines if line.row.left_on is not None),
        versions=tuple(
            BlocPaper.objects.visible_to(actor)
            .filter(bloc_year=paper.bloc_year_id, kind=PaperKind.COVENANT)
            .order_by("-version")
        ),
        voided=len(every) - len(valid),
        own=next((line for line in members if line.row.agency_id == actor.scope.agency_id), None),
        finish_note=getattr(paper, "finish_note", "") or "",
    )


def _target_lines(targets: list[Target], members: tuple[MemberLine, ...]) -> Iterator[TargetLine]:
    section = ""
    for position, row in enumerate(targets):
        planned_by = sum(1 for line in members if line.plans[position].is_said)
        title, section = (row.section if row.section != section else ""), row.section
        yield TargetLine(row, title, str(Plan(row.planned, row.planned_text)), planned_by)


def values_of(paper: BlocPaper, members: Iterable[Membership]) -> list[TargetValue]:
    """Return what these members plan under a covenant; one query."""
    return list(TargetValue.objects.filter(target__covenant__paper=paper, membership__in=list(members)))


def members_of(paper: BlocPaper) -> list[Membership]:
    """Return the present members in the order of the decision; one query."""
    rows = Membership.objects.filter(bloc_year=paper.bloc_year_id, left_on=None)
    return list(rows.select_related("name", "subgroup").in_order())


def signers_of(members: Iterable[Membership], day: dt.date) -> dict[int, Seat]:
    """Return for each agency who may sign for it on that day, its head before deputies; one query."""
    order = [sign.value for sign in SignsAs]
    seats = Seat.objects.open_on(day).filter(
        capacity=SeatCapacity.SIGNER, agency__in=[member.agency_id for member in members]
    )
    found = sorted(seats.select_related("user"), key=lambda seat: (order.index(seat.signs_as), seat.pk))
    return {seat.agency_id: seat for seat in reversed(found) if seat.agency_id}
