"""What lists and the page of a nomination show, each actor what it may know; a constant number of statements."""

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Case, F, Q, QuerySet, Value, When

from awards.domain import changing, trail
from awards.domain.nomination import declines_in_dossier
from awards.domain.shown import CONFIDENTIAL, Shown, hides_event, is_confidential, shown_award, shown_state
from awards.enums import AwardNature, NominationState, SubmissionState
from awards.models import Attachment, AwardKind, Finding, Grant, Hold, Nomination, RequiredPaper
from awards.models.nomination import NominationQuerySet
from blocs.queries.succession import lineage
from emulation.core.access import Actor, can
from emulation.core.audit import timeline
from emulation.core.models import Event, SignedPaper, label_of
from emulation.core.transitions import offered
from emulation.core.vietnamese import date_short
from emulation.core.workflow import Step

TAGS = {AwardNature.TITLE: "Danh hiệu", AwardNature.COMMENDATION: "Hình thức", AwardNature.MIXED: "Chưa tách"}
#: Not yet told to others than the board (`domain.shown`), as a condition on rows.
UNTOLD = Q(state__in=CONFIDENTIAL) & (
    Q(submission__isnull=True) | ~Q(submission__state=SubmissionState.DECIDED)
)  # fmt: skip


@dataclass(frozen=True)
class NominationLine:
    """A nomination as lists show it to one actor."""

    row: Nomination
    award: AwardKind
    shown: Shown

    @property
    def group(self) -> str:
        """Return the heading it stands under."""
        return "Cá nhân" if self.row.is_person else "Tập thể"

    @property
    def tag(self) -> str:
        """Return whether it is a title or a commendation."""
        return TAGS[AwardNature(self.award.nature)]

    @property
    def via(self) -> str:
        """Return its route, with the bloc it goes through."""
        bloc = self.row.bloc_year
        return f"{self.row.get_route_display()}: {bloc.name}" if bloc else str(self.row.get_route_display())


def nominations() -> NominationQuerySet:
    """Return nominations with what their pages read of other rows; who may know of them is asked by the caller."""
    return Nomination.objects.select_related(
        "year", "bloc_year__year", "owner", "agency", "person", "award", "asked_award", "commendation", "submission",
        "paper",
    )  # fmt: skip


def nomination_list(actor: Actor) -> QuerySet[Nomination]:
    """Return what the actor may know of: collectives, then persons, by award as it is shown to them, then by name."""
    rows = nominations().visible_to(actor)
    position = F("award__position") if actor.scope.is_board else _shown("position")
    return rows.annotate(
        of_person=Case(When(person=None, then=Value(False)), default=Value(True), output_field=BooleanField())
    ).order_by("of_person", "-year__label", position, "owner__sort_key", "person__sort_key", "pk")


def for_award(rows: QuerySet[Nomination], award: int, actor: Actor) -> QuerySet[Nomination]:
    """Keep those for an award as it is shown to the actor: what the board changes is not to be found out by asking."""
    if actor.scope.is_board:
        return rows.filter(award=award)
    changed = UNTOLD & Q(asked_award__isnull=False)
    return rows.filter(changed & Q(asked_award=award) | ~changed & Q(award=award))


def in_state(rows: QuerySet[Nomination], state: str, actor: Actor) -> QuerySet[Nomination]:
    """Keep those shown to the actor in that state; whatever is not yet told is "đã thẩm định" to others."""
    if actor.scope.is_board:
        return rows.filter(state=state)
    if state == NominationState.APPRAISED:
        return rows.filter(UNTOLD)
    return rows.filter(state=state).exclude(UNTOLD)


def _shown(column: str) -> Case:
    changed = UNTOLD & Q(asked_award__isnull=False)
    return Case(When(changed, then=F(f"asked_award__{column}")), default=F(f"award__{column}"))


def lines_of(rows: Iterable[Nomination], actor: Actor) -> list[NominationLine]:
    """Lay beside each row what the actor is shown of its state and award; no statement."""
    return [NominationLine(row, shown_award(row, actor), shown_state(row, actor)) for row in rows]


def nomination_for(actor: Actor, pk: int) -> Nomination | None:
    """Return a nomination the actor may know of; one query."""
    return nominations().visible_to(actor).filter(pk=pk).first()


def attachment_for(actor: Actor, pk: int) -> Attachment | None:
    """Return a file of a nomination the actor may know of, unless it was taken out; one query."""
    seen = Nomination.objects.visible_to(actor)
    rows = Attachment.objects.filter(pk=pk, nomination__in=seen, removed_at=None)
    return rows.select_related("nomination__award", "file").first()


# --- The page of one --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PaperLine:
    """A paper of the checklist with the files that are it; without any it is missing, which warns and never blocks."""

    need: RequiredPaper
    files: tuple[Attachment, ...]

    @property
    def is_missing(self) -> bool:
        """Whether no file is this paper."""
        return not self.files


@dataclass(frozen=True)
class Held:
    """That a nomination rests; why is for the board."""

    at: dt.datetime
    reason: str
    resumed_at: dt.datetime | None
    outcome: str


@dataclass(frozen=True)
class Told:
    """One act on the nomination, as the timeline shows it."""

    text: str
    at: dt.datetime
    who: str
    note: str


@dataclass(frozen=True)
class PastAward:
    """An award the subject was given, or one that came down from an agency merged into it (`origin`)."""

    grant: Grant
    origin: str

    @property
    def tag(self) -> str:
        """Return whether it is a title or a commendation."""
        return TAGS[AwardNature(self.grant.award.nature)]


@dataclass(frozen=True)
class NominationPage:
    """The page of one nomination, as one actor may see it."""

    line: NominationLine
    asked: AwardKind | None
    papers: tuple[PaperLine, ...]
    others: tuple[Attachment, ...]
    findings: tuple[Finding, ...]
    holds: tuple[Held, ...]
    told: tuple[Told, ...]
    why: str
    next: str
    history: tuple[PastAward, ...]
    steps: tuple[Step, ...]
    may_edit: bool
    may_attach: bool
    may_hold: bool

    @property
    def missing(self) -> int:
        """Return how many papers of the checklist are missing."""
        return sum(paper.is_missing for paper in self.papers)

    @property
    def present(self) -> int:
        """Return how many papers of the checklist are there."""
        return len(self.papers) - self.missing

    @property
    def open_findings(self) -> tuple[Finding, ...]:
        """Return what is still to be made good."""
        return tuple(finding for finding in self.findings if finding.resolved_at is None)

    @property
    def primary(self) -> Step | None:
        """Return the step that leads on, None when another page or another person has the next move.

        Where the bloc declined, its other word is no step onwards.
        """
        if self.line.row.state == NominationState.DECLINED:
            return None
        return next((step for step in self.steps if step.action in trail.LEADING), None)

    @property
    def other_steps(self) -> tuple[Step, ...]:
        """Return the steps beside the leading one."""
        return tuple(step for step in self.steps if step is not self.primary)


def nomination_page(row: Nomination, *, actor: Actor) -> NominationPage:
    """Return the page of a nomination of `nomination_for`; nine statements at most."""
    is_board = actor.scope.is_board
    files = list(row.attachments.filter(removed_at=None).select_related("file", "need").order_by("pk"))
    papers = needed(row, shown_award(row, actor), files)
    used = {file.pk for paper in papers for file in paper.files}
    may_write = can(actor, "awards.edit_nomination", row)
    events = timeline(label_of(Nomination), row.pk)
    told = _told(events, row, actor)
    # Read only where the timeline tells of one: most nominations are never held.
    was_held = any(event.verb == "nomination_held" for event in events)
    holds = row.holds.order_by("-pk") if was_held or row.is_held else ()
    return NominationPage(
        line=lines_of([row], actor)[0],
        asked=row.asked_award if is_board or not is_confidential(row, actor) else None,
        papers=papers,
        others=tuple(file for file in files if file.pk not in used),
        findings=tuple(row.findings.order_by("pk")),
        holds=tuple(_held(one, is_board=is_board) for one in holds),
        told=told,
        why=next((one.note for one in told if one.note), "") if row.state in trail.STOPPED else "",
        next=trail.next_words(
            row.route, NominationState.APPRAISED if is_confidential(row, actor) else row.state, is_held=row.is_held
        ),
        history=past_awards(row),
        steps=steps_of(row, actor),
        may_edit=may_write and not row.is_held and changing.may_edit(row.state, is_board=is_board),
        may_attach=may_write and changing.may_attach(row.state, is_board=is_board),
        may_hold=row.is_open and can(actor, "awards.hold_nomination", row),
    )


def steps_of(row: Nomination, actor: Actor) -> tuple[Step, ...]:
    """Return the steps the actor may take now: held, only the withdrawal; none where the board has not yet spoken."""
    if is_confidential(row, actor):
        return ()
    steps = offered(row, row.workflow, actor=actor)
    steps = [step for step in steps if not declines_in_dossier(row, step.action)]
    return tuple(step for step in steps if not row.is_held or step.action == "withdraw")


def needed(row: Nomination, award: AwardKind, files: Sequence[Attachment]) -> tuple[PaperLine, ...]:
    """Return the checklist of a dossier with the files that are each paper; one query."""
    whom = {"for_person": True} if row.is_person else {"for_collective": True}
    return tuple(
        PaperLine(need, tuple(file for file in files if file.need and file.need.title == need.title))
        for need in award.papers.filter(**whom).order_by("position", "pk")
    )


def past_awards(row: Nomination) -> tuple[PastAward, ...]:
    """Return what the subject was given, an agency's with what it inherited, the newest first; three queries."""
    origins = lineage(row.agency).ancestors if row.agency else {}
    subject = {"agency__in": [row.agency_id, *origins]} if row.agency else {"person": row.person_id}
    grants = Grant.objects.filter(**subject)
    found = grants.select_related("award", "decision", "year").order_by("-granted_on", "pk")
    return tuple(PastAward(grant, origins.get(grant.agency_id or 0, "")) for grant in found)


def _held(row: Hold, *, is_board: bool) -> Held:
    return Held(row.created_at, row.reason if is_board else "", row.resumed_at, row.outcome if is_board else "")


def _told(found: Iterable[Event], row: Nomination, actor: Actor) -> tuple[Told, ...]:
    events = [event for event in found if not hides_event(event.verb, row, actor)]
    papers = SignedPaper.objects.in_bulk({event.paper_id for event in events if event.paper_id})
    labels = {step.done: step.label for step in row.workflow.steps}
    return tuple(_event(event, labels, papers.get(event.paper_id or 0)) for event in events)


def _event(event: Any, labels: dict[str, str], paper: SignedPaper | None) -> Told:
    who = ", ".join(part for part in (event.actor_name, event.actor_title) if part)
    if event.behalf_of:
        who = f"{who}, thay cho {event.behalf_of}"
    if paper:
        number = f" số {paper.number}" if paper.number else ""
        who = f"{who} · theo văn bản{number} ngày {date_short(paper.dated_on)}"
    count = json.loads(event.data).get("findings") or 0
    text = trail.VERBS.get(event.verb) or labels.get(event.verb, "Cập nhật")
    return Told(f"{text} ({count} nội dung)" if count else text, event.at, who, event.note)
