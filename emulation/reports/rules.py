"""Who may read, ask for and register papers. A bloc year's papers follow it; a province's are the board's.

What was made of a draft covenant or a provisional standing is read by those only who write them.
"""

from typing import Any

from rules import predicate

from emulation.accounts.domain.scope import Scope
from emulation.accounts.rules import has_seat, is_board
from emulation.core.access import Actor, add_perm

BLOC_YEAR = "blocs.blocyear"


def readable_years(scope: Scope) -> frozenset[int]:
    """Return the bloc years whose papers the scope reads, besides the board, which reads all."""
    return scope.member_of | scope.leads | scope.deputises | scope.monitors | scope.inherits


def writable_years(scope: Scope) -> frozenset[int]:
    """Return the bloc years whose papers the scope makes, besides the board."""
    return scope.leads | scope.deputises


@predicate
def reads(actor: Actor, paper: Any) -> bool:
    """Whether the paper speaks of a bloc year the actor belongs to, leads or follows."""
    return paper.subject_label == BLOC_YEAR and paper.subject_id in readable_years(actor.scope)


@predicate
def is_out(_actor: Actor, document: Any) -> bool:
    """Whether a paper was made of what had left the hands of who drafts it."""
    return not document.is_draft


@predicate
def is_open_work(_actor: Actor, job: Any) -> bool:
    """Whether a job makes what every reader of the bloc year may read: other jobs would tell of drafts."""
    return job.kind == "year_report"


@predicate
def makes(actor: Actor, paper: Any) -> bool:
    """Whether the paper speaks of a bloc year the actor leads or deputises in."""
    return paper.subject_label == BLOC_YEAR and paper.subject_id in writable_years(actor.scope)


@predicate
def runs(actor: Actor, bloc_year: Any) -> bool:
    """Whether the actor leads or deputises in the bloc year itself."""
    return bloc_year.pk in writable_years(actor.scope)


add_perm("reports.list_document", has_seat)
add_perm("reports.view_document", is_board | makes | (reads & is_out))
add_perm("reports.register_document", is_board | makes)
add_perm("reports.view_job", is_board | makes | (reads & is_open_work))
add_perm("reports.cancel_job", is_board | makes)
add_perm("reports.retry_job", is_board | makes)
add_perm("reports.request_year_report", is_board | runs)
add_perm("reports.request_document", is_board | runs)
add_perm("reports.request_province_reports", is_board)
