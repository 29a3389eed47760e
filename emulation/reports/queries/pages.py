"""What the pages of papers show: lists, versions, jobs."""

from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet

from blocs.models import BlocYear, EmulationYear
from emulation.core.access import Actor, can
from emulation.core.models import Document, DocumentKind, Job, label_of
from emulation.core.registry import DocumentLine
from emulation.reports.rules import BLOC_YEAR, readable_years, writable_years


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
    """A line of the list: a kind of paper of a bloc year, its latest version and its latest job.

    `number`: the STT of the bloc year, which its first line bears.
    """

    bloc_year: BlocYear
    document: Document | None
    job: Job | None
    may_ask: bool
    kind: str = "year_report"
    number: int | None = None

    @property
    def title(self) -> str:
        """Return what the kind is called."""
        return str(DocumentKind(self.kind).label)

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
    rows = _papers(bloc_years, kinds=[DocumentKind.YEAR_REPORT], actor=actor)
    return [rows[bloc_year.pk, "year_report"] for bloc_year in bloc_years]


def papers_listed(bloc_years: list[BlocYear], *, kind: str, first: int, actor: Actor) -> list[PaperRow]:
    """Return the lines of the list, two queries whatever their number; `first`: the STT of the first bloc year.

    One line a bloc year when a kind is chosen; else its report, and every other paper that was made or asked for.
    """
    kinds = [DocumentKind(kind)] if kind else list(DocumentKind)
    rows = _papers(bloc_years, kinds=kinds, actor=actor)
    lines = []
    for number, bloc_year in enumerate(bloc_years, start=first):
        shown = [rows[bloc_year.pk, str(known.value)] for known in kinds]
        made = [row for row in shown if row.kind in {kind, "year_report"} or row.document or row.job]
        lines += [replace(row, number=None if at else number) for at, row in enumerate(made)]
    return lines


def _papers(bloc_years: list[BlocYear], *, kinds: list[DocumentKind], actor: Actor) -> dict[tuple[int, str], PaperRow]:
    """Return a line for each bloc year and kind: the newest paper the actor may read, the last job it may watch."""
    about = {"subject_id__in": [row.pk for row in bloc_years], "kind__in": [str(kind.value) for kind in kinds]}
    documents = {
        (row.subject_id, row.kind): row
        for row in readable_by(actor).filter(**about).select_related("signed_scan").defer("summary").order_by("version")
    }
    job_of = {
        (row.subject_id, row.kind): row
        for row in Job.objects.filter(subject_label=BLOC_YEAR, **about).order_by("pk")
        if can(actor, "reports.view_job", row)
    }
    return {
        (bloc_year.pk, str(kind.value)): PaperRow(
            bloc_year,
            documents.get((bloc_year.pk, str(kind.value))),
            job_of.get((bloc_year.pk, str(kind.value))),
            can(actor, "reports.request_document", bloc_year),
            str(kind.value),
        )
        for bloc_year in bloc_years
        for kind in kinds
    }


def subject_of(paper: Document | Job) -> BlocYear | EmulationYear:
    """Return the bloc year, or the emulation year, a paper or a job is about."""
    if paper.subject_label == label_of(EmulationYear):
        return EmulationYear.objects.get(pk=paper.subject_id)
    return BlocYear.objects.select_related("bloc", "year").get(pk=paper.subject_id)


def versions_of(document: Document, *, actor: Actor) -> list[Document]:
    """Return every version of a paper that the actor may read, the newest first."""
    return list(
        readable_by(actor)
        .filter(kind=document.kind, subject_label=document.subject_label, subject_id=document.subject_id)
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
