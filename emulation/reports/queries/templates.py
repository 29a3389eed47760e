"""The office's own Word templates: which is in use, which versions there are, facts to try one with."""

from dataclasses import dataclass
from typing import Any

from emulation.core.access import Actor
from emulation.core.errors import Refused
from emulation.core.models import DocumentKind, Job, label_of
from emulation.core.transitions import offered
from emulation.core.workflow import Step
from emulation.reports.domain.template import TEMPLATE
from emulation.reports.enums import TemplateState
from emulation.reports.models import DocumentTemplate
from emulation.reports.queries.facts import SOURCES
from emulation.reports.queries.subjects import KINDS, rows_of

TRIED_ROWS = 20  # so many of the newest rows are looked at for facts
NO_FACTS = "Chưa có số liệu của loại văn bản này để chạy thử; nhập số liệu rồi chạy thử lại."


def active_template(kind: DocumentKind) -> DocumentTemplate | None:
    """Return the version papers of a kind are filled into; None for the built-in template."""
    rows = DocumentTemplate.objects.filter(kind=kind, state=TemplateState.ACTIVE)
    return rows.select_related("file").first()


@dataclass(frozen=True)
class TemplateLine:
    """A kind of paper and the template in use: None is the built-in one."""

    kind: DocumentKind
    active: DocumentTemplate | None
    versions: int

    @property
    def title(self) -> str:
        """Return what the kind is called."""
        return str(self.kind.label)


def template_lines() -> list[TemplateLine]:
    """Return a line for each kind of paper; one query."""
    rows: dict[str, list[DocumentTemplate]] = {}
    for row in DocumentTemplate.objects.order_by("version"):
        rows.setdefault(row.kind, []).append(row)
    return [
        TemplateLine(
            kind,
            next((row for row in rows.get(kind, ()) if row.state == TemplateState.ACTIVE), None),
            len(rows.get(kind, ())),
        )
        for kind in DocumentKind
    ]


@dataclass(frozen=True)
class TemplateVersion:
    """A version of a template, its last trial, and what may be done with it."""

    row: DocumentTemplate
    trial: Job | None
    steps: tuple[Step, ...]

    @property
    def is_under_way(self) -> bool:
        """Whether it is being tried."""
        return self.trial is not None and self.trial.is_active


def versions_of_template(kind: DocumentKind, *, actor: Actor) -> list[TemplateVersion]:
    """Return the versions of a kind's template, the newest first; two queries. One not tried is not to be used yet."""
    rows = list(DocumentTemplate.objects.filter(kind=kind).select_related("made_by", "file").order_by("-version"))
    about = {"subject_label": label_of(DocumentTemplate), "subject_id__in": [row.pk for row in rows]}
    trials = {job.subject_id: job for job in Job.objects.filter(**about).select_related("result").order_by("pk")}
    return [
        TemplateVersion(
            row,
            trials.get(row.pk),
            tuple(step for step in offered(row, TEMPLATE, actor=actor) if step.action != "activate" or row.tried_at),
        )
        for row in rows
    ]


def newest_row(kind: DocumentKind) -> Any:
    """Return the newest row that has facts for a kind of paper. Raises Refused when there is none."""
    label = next(name for name, kinds in KINDS.items() if kind in kinds)
    for row in rows_of(label).order_by("-pk")[:TRIED_ROWS]:
        if not SOURCES[kind].refusal(row):
            return row
    raise Refused(NO_FACTS)
