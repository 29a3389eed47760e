"""Who may read, ask for and register papers: they follow the bloc year, dossier, nomination, decision they are about.

What was made of a draft covenant, a provisional standing or a dossier in preparation is read by those only who write
them. The papers of a decision tell of appraisals, so they are the board's for ever; so are a province's, and templates.
The report of a nomination is made by who proposes and by who runs the bloc it goes through; what was made of its draft
is read by who proposes alone.
"""

from collections.abc import Mapping
from typing import Any

from rules import predicate

from awards.models import Nomination, Submission
from emulation.accounts.domain.scope import Scope
from emulation.accounts.rules import has_seat, is_board
from emulation.core.access import Actor, add_perm, can
from emulation.core.models import DocumentKind, label_of

BLOC_YEAR = "blocs.blocyear"
SUBMISSION = "awards.submission"
DECISION = "awards.decision"
NOMINATION = "awards.nomination"
#: Papers văn thư gives no number: they go with others, or are numbered elsewhere.
WITHOUT_NUMBER = frozenset({
    DocumentKind.ACHIEVEMENT, DocumentKind.BLOC_LIST, DocumentKind.BLOC_MINUTES, DocumentKind.BOARD_LIST,
    DocumentKind.DECISION, DocumentKind.DECISION_LIST,
})  # fmt: skip
#: What one needs on a dossier or a nomination to read its papers, to make them, to read what was made of its draft.
_READS = {SUBMISSION: ("awards.view_submission",), NOMINATION: ("awards.view_nomination",)}
_MAKES = {SUBMISSION: ("awards.edit_submission",), NOMINATION: ("awards.view_nomination", "awards.send_nomination")}
_DRAFTS = {SUBMISSION: ("awards.edit_submission",), NOMINATION: ("awards.edit_nomination",)}


def readable_years(scope: Scope) -> frozenset[int]:
    """Return the bloc years whose papers the scope reads, besides the board, which reads all."""
    return scope.member_of | scope.leads | scope.deputises | scope.monitors | scope.inherits


def writable_years(scope: Scope) -> frozenset[int]:
    """Return the bloc years whose papers the scope makes, besides the board."""
    return scope.leads | scope.deputises


def _may_of_award(actor: Actor, needed: Mapping[str, tuple[str, ...]], paper: Any) -> bool:
    """Whether a paper is of a dossier or nomination that allows it; one query: it knows an id."""
    row: Submission | Nomination | None = None
    if paper.subject_label == NOMINATION:
        row = Nomination.objects.filter(pk=paper.subject_id).first()
    if paper.subject_label == SUBMISSION:
        row = Submission.objects.filter(pk=paper.subject_id).first()
    return row is not None and _has_all(actor, needed, row)


def _has_all(actor: Actor, needed: Mapping[str, tuple[str, ...]], row: Submission | Nomination) -> bool:
    return all(can(actor, permission, row) for permission in needed[label_of(row)])


@predicate
def reads(actor: Actor, paper: Any) -> bool:
    """Whether it speaks of a bloc year the actor belongs to, leads or follows, of a dossier or nomination it reads."""
    if paper.subject_label == BLOC_YEAR:
        return paper.subject_id in readable_years(actor.scope)
    return _may_of_award(actor, _READS, paper)


@predicate
def drafts(actor: Actor, paper: Any) -> bool:
    """Whether the actor writes what it speaks of: the bloc year's papers, the dossier, its own nomination."""
    if paper.subject_label == BLOC_YEAR:
        return paper.subject_id in writable_years(actor.scope)
    return _may_of_award(actor, _DRAFTS, paper)


@predicate
def is_out(_actor: Actor, document: Any) -> bool:
    """Whether a paper was made of what had left the hands of who drafts it."""
    return not document.is_draft


@predicate
def is_open_work(_actor: Actor, job: Any) -> bool:
    """Whether a job makes what every reader of the bloc year may read: other jobs would tell of drafts."""
    return job.kind == "year_report"


@predicate
def takes_number(_actor: Actor, document: Any) -> bool:
    """Whether văn thư numbers papers of this kind."""
    return document.kind not in WITHOUT_NUMBER


@predicate
def makes(actor: Actor, paper: Any) -> bool:
    """Whether it speaks of a bloc year the actor leads or deputises in, of a dossier or nomination it sends."""
    if paper.subject_label == BLOC_YEAR:
        return paper.subject_id in writable_years(actor.scope)
    return _may_of_award(actor, _MAKES, paper)


@predicate
def runs(actor: Actor, row: Any) -> bool:
    """Whether the actor leads or deputises in the bloc year itself, or sends the dossier or the nomination."""
    label = label_of(row)
    if label in _MAKES:
        return _has_all(actor, _MAKES, row)
    return label == BLOC_YEAR and row.pk in writable_years(actor.scope)


add_perm("reports.list_document", has_seat)
add_perm("reports.view_document", is_board | (is_out & reads) | drafts)
add_perm("reports.register_document", (is_board | makes) & takes_number)
add_perm("reports.view_job", is_board | makes | (reads & is_open_work))
add_perm("reports.cancel_job", is_board | makes)
add_perm("reports.retry_job", is_board | makes)
add_perm("reports.request_year_report", is_board | runs)
add_perm("reports.request_document", is_board | runs)
add_perm("reports.request_province_reports", is_board)
add_perm("reports.manage_template", is_board)
