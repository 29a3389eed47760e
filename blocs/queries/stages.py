"""How far bloc years are in each stage of the work: one statement for any number of them, and one for the calendar."""

from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from blocs.domain.todo import Thing, YearFacts
from blocs.enums import HandoverState, MilestoneKind, PaperKind, PaperState, StandingState
from blocs.models import BlocPaper, BlocYear, Handover, Membership, Opinion, Signature, Standing, Target, TargetValue
from blocs.models.paper import IN_FORCE
from emulation.accounts.domain.scope import Capacity
from emulation.core.access import Actor
from emulation.core.models import ACTIVE_STATES, Document, DocumentKind, Job, label_of
from emulation.core.registry import Progress

COMMENTED = (PaperKind.PLAN, PaperKind.RULES, PaperKind.REPORT)
_MADE = {PaperState.DRAFT, PaperState.CIRCULATED, PaperState.SIGNING}


def with_stages(rows: QuerySet[BlocYear], actor: Actor) -> QuerySet[BlocYear]:
    """Add to each bloc year where its papers, standing, handover and report are, as far as the actor may know.

    Two statements with the calendar, `deadlines`. The rows are the board's, or bloc years of the actor's own.
    """
    here = {"bloc_year": OuterRef("pk")}
    papers_said: dict[str, Any] = {}
    for kind in PaperKind:
        papers = BlocPaper.objects.visible_to(actor).filter(**here, kind=kind).exclude(state=PaperState.SUPERSEDED)
        newest = papers.order_by("-version")
        papers_said[f"{kind.value}_id"] = Subquery(newest.values("pk")[:1])
        papers_said[f"{kind.value}_state"] = Subquery(newest.values("state")[:1])
        papers_said[f"{kind.value}_holds"] = Exists(papers.filter(state__in=IN_FORCE))
    standings = Standing.objects.visible_to(actor).filter(**here).order_by("-version")
    handovers = Handover.objects.filter(**here).order_by("-pk")
    about = {"subject_label": label_of(BlocYear), "subject_id": OuterRef("pk"), "kind": DocumentKind.YEAR_REPORT}
    reports, job = _readable(actor).filter(**about).order_by("-version"), Job.objects.filter(**about).order_by("-pk")
    # In one call, for each copies the query; what counts signatures names the covenant said before it.
    return rows.annotate(
        **papers_said,
        member_count=_count(Membership.objects.filter(**here, left_on=None), "bloc_year"),
        signed_count=_count(
            Signature.objects.filter(paper=OuterRef("covenant_id"), voided_at=None, membership__left_on=None), "paper"
        ),
        standing_id=Subquery(standings.values("pk")[:1]),
        standing_state=Subquery(standings.values("state")[:1]),
        is_published=Exists(Standing.objects.filter(**here, state=StandingState.PUBLISHED)),
        handover_id=Subquery(handovers.values("pk")[:1]),
        handover_state=Subquery(handovers.values("state")[:1]),
        report_id=Subquery(reports.values("pk")[:1]),
        report_number=Subquery(reports.values("number")[:1]),
        job_id=Subquery(job.values("pk")[:1]),
        job_state=Subquery(job.values("state")[:1]),
    ).prefetch_related(Prefetch("milestones", to_attr="deadlines"))


def with_own(rows: QuerySet[BlocYear], actor: Actor) -> QuerySet[BlocYear]:
    """Add to rows of `with_stages` what concerns the actor's own agency; no further statement."""
    agency = actor.scope.agency_id
    own = Membership.objects.filter(bloc_year=OuterRef("pk"), agency=agency, left_on=None)
    signed = Signature.objects.filter(paper=OuterRef("covenant_id"), membership__agency=agency, voided_at=None)
    targets = Target.objects.filter(covenant__paper=OuterRef("covenant_id"))
    values = TargetValue.objects.filter(target__covenant__paper=OuterRef("covenant_id"), membership__agency=agency)
    taken_over = Handover.objects.filter(bloc_year=OuterRef("pk"), receiver=agency, state=HandoverState.DRAFT)
    comments = Opinion.objects.filter(membership__agency=agency)
    has_said = {f"has_said_{kind.value}": Exists(comments.filter(paper=OuterRef(f"{kind}_id"))) for kind in COMMENTED}
    return rows.annotate(
        **has_said,
        own_id=Subquery(own.values("pk")[:1]),
        has_signed=Exists(signed),
        may_plan=Exists(targets) & ~Exists(values),
        receives_id=Subquery(taken_over.order_by("-pk").values("pk")[:1]),
    )


def _readable(actor: Actor) -> QuerySet[Document]:
    """Keep reports the actor may read among those of own bloc years: drafts are for who runs the year."""
    rows = Document.objects.all()
    if actor.scope.is_board:
        return rows
    runs = rows.filter(subject_id__in=actor.scope.leads | actor.scope.deputises)
    return runs | rows.filter(is_draft=False)


def _count(rows: QuerySet[Any], by: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def facts_of(row: Any, actor: Actor) -> YearFacts:
    """Turn a row of `with_own` into what the rules of to-dos read; no statement."""
    return YearFacts(
        pk=row.pk,
        runs=row.pk in actor.scope.leads | actor.scope.deputises,
        signs=actor.scope.capacity == Capacity.SIGNER,
        member_id=row.own_id,
        speaks=actor.scope.capacity in {Capacity.OFFICER, Capacity.SIGNER},
        has_said=frozenset(kind for kind in COMMENTED if getattr(row, f"has_said_{kind}")),
        papers={kind: Thing(getattr(row, f"{kind}_id"), getattr(row, f"{kind}_state") or "") for kind in PaperKind},
        unsigned=max(row.member_count - row.signed_count, 0),
        has_signed=row.has_signed,
        may_plan=row.may_plan,
        standing=Thing(row.standing_id, row.standing_state or ""),
        handover=Thing(row.handover_id, row.handover_state or ""),
        receives=Thing(row.receives_id),
        report=Thing(row.report_id, row.report_number or ""),
        report_job=Thing(row.job_id, row.job_state or ""),
    )


def progress_of(row: Any) -> dict[str, Progress]:
    """Say of a row of `with_stages` how far it is in each stage the rows of this app know of; no statement."""
    kinds = MilestoneKind
    return {
        kinds.PLAN: _paper(row, PaperKind.PLAN, "bloc_paper_detail"),
        kinds.COVENANT: _covenant(row),
        kinds.YEAR_REVIEW: _standing(row),
        kinds.YEAR_REPORT: _report(row),
        kinds.HANDOVER: Progress(
            is_begun=row.handover_state == HandoverState.DRAFT,
            is_done=row.handover_state == HandoverState.HANDED,
            is_none=row.handover_state == HandoverState.NONE,
            url=_page("handover_detail", row.handover_id),
        ),
    }


def _paper(row: Any, kind: PaperKind, page: str, note: str = "") -> Progress:
    state = getattr(row, f"{kind}_state")
    return Progress(
        is_begun=state in _MADE,
        is_done=getattr(row, f"{kind}_holds"),
        is_none=state == PaperState.NONE,
        note=note,
        url=_page(page, getattr(row, f"{kind}_id")) or reverse("bloc_papers", args=[row.pk]),
    )


def _covenant(row: Any) -> Progress:
    is_signed = row.covenant_state in {PaperState.SIGNING, PaperState.SIGNED}
    note = f"{row.signed_count}/{row.member_count} đã ký" if is_signed and row.member_count else ""
    return _paper(row, PaperKind.COVENANT, "covenant_detail", note)


def _standing(row: Any) -> Progress:
    return Progress(
        is_begun=row.standing_state == StandingState.PROVISIONAL,
        is_done=row.is_published,
        is_none=row.standing_state == StandingState.NONE,
        url=_page("standing_detail", row.standing_id),
    )


def _report(row: Any) -> Progress:
    is_making = row.job_state in ACTIVE_STATES
    page = _page("job_detail", row.job_id) if is_making else _page("paper_detail", row.report_id)
    return Progress(
        is_begun=is_making or row.report_id is not None or row.year_report_state in _MADE,
        is_done=bool(row.report_number),
        note="đang lập" if is_making else "",
        url=page,
    )


def _page(name: str, pk: int | None) -> str:
    return reverse(name, args=[pk]) if pk else ""
