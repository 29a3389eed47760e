"""The board's queue: what waits for its verdict or for the head, with claim, papers and history beside it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet

from awards.domain.appraisal import ACTS, APPROVE, BulkAct
from awards.domain.shown import Shown
from awards.domain.submission import AT_THE_BOARD
from awards.enums import NominationState, Route
from awards.models import Appraisal, Attachment, AwardKind, Grant, Nomination, RequiredPaper
from awards.queries.nominations import NominationLine, lines_of, nominations
from blocs.queries.succession import origins
from emulation.core import clock
from emulation.core.access import Actor, can

HISTORY_YEARS = 5
QUEUE_STATES = (
    NominationState.SENT,
    NominationState.APPRAISED,
    NominationState.APPROVED,
    NominationState.REFUSED,
    NominationState.PROPOSED_UP,
    NominationState.NOT_GRANTED,
)


@dataclass(frozen=True)
class Earlier:
    """The same award given before: for which year, inherited from whom, taken back or not."""

    year: str
    origin: str
    is_revoked: bool

    @property
    def note(self) -> str:
        """Return what marks it: inherited, taken back; "" for nothing."""
        said = [f"kế thừa từ {self.origin}" if self.origin else "", "đã thu hồi" if self.is_revoked else ""]
        return ", ".join(words for words in said if words)


@dataclass(frozen=True)
class QueueLine:
    """A nomination beside what a verdict looks at. `verdict` is None until one stands."""

    line: NominationLine
    papers: tuple[str, ...]
    missing: tuple[str, ...]
    history: tuple[Earlier, ...]
    verdict: Appraisal | None

    @property
    def row(self) -> Nomination:
        """Return the nomination."""
        return self.line.row

    @property
    def present(self) -> int:
        """Return how many papers of the checklist are there."""
        return len(self.papers) - len(self.missing)

    @property
    def under(self) -> str:
        """Return what stands under the name: position and agency, else who proposes where it is somebody else."""
        owner = self.row.owner.name
        return self.row.subject_title or (owner if owner != self.row.subject_name else "")

    @property
    def place(self) -> int | None:
        """Return its place in the standing it was made from."""
        return self.row.place

    @property
    def points(self) -> Decimal | None:
        """Return its points there."""
        return self.row.points

    @property
    def shown(self) -> Shown:
        """Return the state; a draft of the board waits for its verdict as what was sent does."""
        return (
            Shown(str(NominationState.SENT.label), "soon")
            if self.row.state == NominationState.DRAFT
            else self.line.shown
        )


def in_queue(state: str) -> Q:
    """Return which nominations stand in the queue in that state: received ones, and the board's own drafts."""
    if state != NominationState.SENT:
        return Q(state=state)
    received = Q(state=NominationState.SENT) & (Q(submission=None) | Q(submission__state__in=AT_THE_BOARD))
    return received | Q(state=NominationState.DRAFT, route=Route.BOARD)


def queue() -> QuerySet[Nomination]:
    """Return everything the board may appraise or decide on, by award, collectives before persons."""
    found = Q(pk=None)
    for state in QUEUE_STATES:
        found |= in_queue(state)
    return nominations().filter(found).select_related("appraisal__award", "appraisal__appraised_by").in_order()


def queue_lines(rows: Sequence[Nomination], actor: Actor) -> list[QueueLine]:
    """Lay papers, history and verdict beside each row of `queue`; three queries at most."""
    papers, earlier = papers_of(rows), _history(rows)
    return [
        QueueLine(
            line=line,
            papers=tuple(papers.get(line.row.pk, {})),
            missing=tuple(title for title, is_there in papers.get(line.row.pk, {}).items() if not is_there),
            history=earlier.get(line.row.pk, ()),
            verdict=_verdict(line.row),
        )
        for line in lines_of(rows, actor)
    ]


def acts_for(actor: Actor, state: str) -> list[BulkAct]:
    """Return the acts the actor may take on lines in that state ("": any), those of the head's office first."""
    allowed = [act for act in ACTS.values() if can(actor, act.permission, None)]
    allowed.sort(key=lambda act: act.permission != APPROVE)
    return [act for act in allowed if not state or state in act.states]


def awards_for(rows: Sequence[Nomination]) -> QuerySet[AwardKind]:
    """Return the awards a specialist may propose instead: usable, for such subjects; one query."""
    kinds = {row.is_person for row in rows}
    awards = AwardKind.objects.usable()
    for is_person in kinds:
        awards = awards.filter(subjects__is_person=is_person)
    return awards.distinct().in_order()


def _verdict(row: Nomination) -> Appraisal | None:
    """Return the verdict that stands: one that was taken back does not."""
    if row.state in {NominationState.SENT, NominationState.DRAFT}:
        return None
    found: Appraisal | None = getattr(row, "appraisal", None)
    return found


def papers_of(rows: Sequence[Nomination]) -> dict[int, dict[str, bool]]:
    """Return the checklist of each nomination, and whether a file is that paper: by title, for awards change."""
    asked = OuterRef("award__nominations")
    files = Attachment.objects.filter(nomination=asked, removed_at=None, need__title=OuterRef("title"))
    needs = RequiredPaper.objects.filter(award__nominations__in=rows).filter(
        Q(for_person=True, award__nominations__person__isnull=False)
        | Q(for_collective=True, award__nominations__person__isnull=True)
    )
    found: dict[int, dict[str, bool]] = defaultdict(dict)
    ordered = needs.annotate(is_there=Exists(files)).order_by("position", "pk")
    for nomination, title, is_there in ordered.values_list("award__nominations", "title", "is_there"):
        found[nomination][title] = is_there
    return found


def _history(rows: Sequence[Nomination]) -> dict[int, tuple[Earlier, ...]]:
    """Return the same award in the last years by nomination, an agency's with what came down to it."""
    came_down = origins({row.agency_id for row in rows if row.agency_id}) if any(r.agency_id for r in rows) else {}
    agencies = set(came_down).union(*came_down.values()) if came_down else set()
    since = clock.today() - dt.timedelta(days=366 * HISTORY_YEARS)
    grants = Grant.objects.filter(
        Q(agency__in=agencies) | Q(person__in={row.person_id for row in rows if row.person_id}),
        award__in={row.award_id for row in rows},
        granted_on__gte=since,
    )
    given = defaultdict(list)
    for grant in grants.select_related("year").order_by("-granted_on", "pk"):
        given[grant.agency_id, grant.person_id, grant.award_id].append(grant)
    found = {}
    for row in rows:
        names: dict[int | None, str] = {row.agency_id: ""}
        names.update(came_down.get(row.agency_id or 0, {}).items())
        found[row.pk] = tuple(
            Earlier(grant.year.label if grant.year else str(grant.granted_on.year), origin, grant.is_revoked)
            for agency, origin in names.items()
            for grant in given.get((agency, row.person_id, row.award_id), ())
        )
    return found
