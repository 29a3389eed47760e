"""What the pages of papers show: lists, versions, jobs."""

from dataclasses import dataclass, replace

from django.db.models import Model, Q, QuerySet

from awards.models import Nomination, Submission
from blocs.models import BlocYear
from emulation.core.access import Actor, can
from emulation.core.models import Document, DocumentKind, Job, label_of
from emulation.core.registry import DocumentLine, DocumentPack
from emulation.reports.queries.facts import SOURCES
from emulation.reports.queries.subjects import KINDS
from emulation.reports.rules import (
    BLOC_YEAR,
    DECISION,
    NOMINATION,
    SUBMISSION,
    WITHOUT_NUMBER,
    readable_years,
    writable_years,
)


def bloc_years_with_papers(actor: Actor) -> QuerySet[BlocYear]:
    """Return the bloc years whose papers the actor reads, as lists order them. Agrees with `reports.view_document`."""
    rows = BlocYear.objects.visible_to(actor).select_related("year", "bloc").in_order()
    return rows if actor.scope.is_board else rows.filter(pk__in=readable_years(actor.scope))


def readable_by(actor: Actor) -> QuerySet[Document]:
    """Return the papers the actor may read. The same as `reports.view_document`."""
    scope = actor.scope
    if scope.is_board:
        return Document.objects.all()
    prepared = Submission.objects.filter(bloc_year__in=writable_years(scope)).values("pk")
    of_years = Q(subject_id__in=writable_years(scope)) | Q(subject_id__in=readable_years(scope), is_draft=False)
    seen = Submission.objects.visible_to(actor).values("pk")
    of_dossiers = Q(subject_id__in=prepared) | Q(subject_id__in=seen, is_draft=False)
    own = Nomination.objects.owned_by(actor).values("pk")
    known = Nomination.objects.visible_to(actor).values("pk")
    of_nominations = Q(subject_id__in=own) | Q(subject_id__in=known, is_draft=False)
    return Document.objects.filter(
        Q(subject_label=BLOC_YEAR) & of_years
        | Q(subject_label=SUBMISSION) & of_dossiers
        | Q(subject_label=NOMINATION) & of_nominations
    )


def document_line(*, kind: str, bloc_year: BlocYear, actor: Actor) -> DocumentLine:
    """Return the newest paper of a kind the actor may read of a bloc year, and the last job for who may ask for one."""
    about = Document(kind=kind, subject_label=BLOC_YEAR, subject_id=bloc_year.pk)
    may_ask = can(actor, "reports.request_document", bloc_year)
    line = DocumentLine(
        kind=kind,
        title=str(DocumentKind(kind).label),
        subject_id=bloc_year.pk,
        may_read=can(actor, "reports.view_document", about),
        may_ask=may_ask,
    )
    if not line.may_read:
        return line
    document = (
        readable_by(actor).filter(kind=kind, subject_id=bloc_year.pk).defer("summary").order_by("-version").first()
    )
    job = (
        Job.objects.filter(kind=kind, subject_label=BLOC_YEAR, subject_id=bloc_year.pk).order_by("-pk").first()
        if may_ask
        else None
    )
    return _filled(line, document, job)


def _filled(line: DocumentLine, document: Document | None, job: Job | None) -> DocumentLine:
    """Return a line with what its newest paper and its last job say."""
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


# --- What is made together --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PackKind:
    """How a pack is shown: the name of its page, its title, its button."""

    url: str
    title: str
    button: str


PACKS = {
    SUBMISSION: PackKind("submission_pack", "Văn bản của khối", "Lập văn bản của khối"),
    NOMINATION: PackKind("nomination_pack", "Báo cáo thành tích", "Lập báo cáo thành tích"),
    DECISION: PackKind("decision_pack", "Bộ trình ký", "Lập bộ trình ký"),
}


def document_pack(*, row: Model, actor: Actor) -> DocumentPack:
    """Return the papers of a dossier, a nomination or a decision, each with its newest version and last job.

    Five statements at most, whatever their number.
    """
    label = label_of(row)
    kind = PACKS[label]
    about = {"subject_label": label, "subject_id": row.pk, "kind__in": KINDS[label]}
    may_ask = can(actor, "reports.request_document", row)
    may_read = can(actor, "reports.view_document", Document(subject_label=label, subject_id=row.pk))
    pack = DocumentPack(
        url=kind.url, subject_id=row.pk, title=kind.title, button=kind.button, may_read=may_read, may_ask=may_ask
    )
    if not may_read:
        return pack
    papers = {found.kind: found for found in readable_by(actor).filter(**about).defer("summary").order_by("version")}
    jobs = {found.kind: found for found in Job.objects.filter(**about).order_by("pk")} if may_ask else {}
    refusals = {refusal: refusal(row) for refusal in {SOURCES[paper].refusal for paper in KINDS[label]}}
    lines = [
        _filled(
            DocumentLine(
                kind=str(paper.value),
                title=str(paper.label),
                subject_id=row.pk,
                may_read=may_read,
                may_ask=may_ask,
                may_register=may_ask and paper not in WITHOUT_NUMBER,
                refusal=refusals[SOURCES[paper].refusal],
            ),
            papers.get(paper),
            jobs.get(paper),
        )
        for paper in KINDS[label]
    ]
    return replace(pack, lines=tuple(lines))


def pack_files(*, row: Model, actor: Actor) -> list[Document]:
    """Return the newest paper of each kind of a pack that can still be made, with its Word file, in their order."""
    label = label_of(row)
    about = {"subject_label": label, "subject_id": row.pk, "kind__in": KINDS[label]}
    rows = readable_by(actor).filter(**about).select_related("docx").defer("summary").order_by("version")
    papers = {found.kind: found for found in rows}
    return [papers[kind] for kind in KINDS[label] if kind in papers and not SOURCES[kind].refusal(row)]


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
    kinds = [DocumentKind(kind)] if kind else list(KINDS[BLOC_YEAR])
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
