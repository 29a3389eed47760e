"""What papers and jobs are about: a bloc's year or dossier, a nomination, a decision, a year, an office's template."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse

from awards.models import Decision, Nomination, Submission
from awards.queries.nominations import nominations
from blocs.models import BlocYear, EmulationYear
from emulation.core.models import Document, DocumentKind, Job, label_of
from emulation.reports.models import DocumentTemplate
from emulation.reports.rules import BLOC_YEAR, DECISION, NOMINATION, SUBMISSION

#: Which papers each kind of row has; those of a dossier and of a decision are made together.
KINDS: dict[str, tuple[DocumentKind, ...]] = {
    BLOC_YEAR: (
        DocumentKind.YEAR_REPORT,
        DocumentKind.PLAN,
        DocumentKind.RULES,
        DocumentKind.COVENANT,
        DocumentKind.STANDING,
        DocumentKind.HANDOVER,
    ),
    SUBMISSION: (DocumentKind.BLOC_PROPOSAL, DocumentKind.BLOC_LIST, DocumentKind.BLOC_MINUTES),
    NOMINATION: (DocumentKind.ACHIEVEMENT,),
    DECISION: (
        DocumentKind.BOARD_PROPOSAL,
        DocumentKind.BOARD_LIST,
        DocumentKind.APPRAISAL,
        DocumentKind.DECISION,
        DocumentKind.DECISION_LIST,
    ),
}


@dataclass(frozen=True)
class Subject:
    """What a paper or a job is about: its name, the label of its year, its page ("" when it has none)."""

    name: str
    year: str
    url: str

    def __str__(self) -> str:
        return f"{self.name}, năm {self.year}" if self.year else self.name


def rows_of(label: str) -> QuerySet[Any]:
    """Return the rows of a label, with what their papers read of others; raises KeyError."""
    rows: dict[str, QuerySet[Any]] = {
        BLOC_YEAR: BlocYear.objects.select_related("bloc", "year"),
        SUBMISSION: Submission.objects.select_related("bloc_year__bloc", "bloc_year__year", "year", "paper"),
        NOMINATION: nominations().select_related("name"),
        DECISION: Decision.objects.select_related("year"),
        label_of(EmulationYear): EmulationYear.objects.all(),
        label_of(DocumentTemplate): DocumentTemplate.objects.select_related("file"),
    }
    return rows[label]


def row_of(paper: Document | Job) -> Any:
    """Return the row a paper or a job is about; raises DoesNotExist."""
    return rows_of(paper.subject_label).get(pk=paper.subject_id)


def subject_of(paper: Document | Job) -> Subject:
    """Return what a paper or a job is about, as pages name it; one query."""
    return described(row_of(paper))


def described(row: Model) -> Subject:
    """Return a row that papers are about as pages name it."""
    if isinstance(row, BlocYear):
        return Subject(row.name, row.year.label, reverse("bloc_detail", args=[row.pk]))
    if isinstance(row, Submission):
        return Subject(row.title, row.year.label, reverse("submission_detail", args=[row.pk]))
    if isinstance(row, Nomination):
        return Subject(row.subject_name, row.year.label, reverse("nomination_detail", args=[row.pk]))
    if isinstance(row, Decision):
        return Subject(str(row), row.year.label if row.year else "", reverse("decision_detail", args=[row.pk]))
    if isinstance(row, EmulationYear):
        return Subject(row.label, "", "")
    if isinstance(row, DocumentTemplate):
        return Subject(str(row), "", reverse("template_kind", args=[row.kind]))
    raise TypeError(row)
