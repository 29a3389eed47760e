"""The one table of facts: which query freezes what a kind of paper says, and what its document is about."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from blocs.enums import PaperState, StandingState
from emulation.core.models import DocumentKind
from emulation.reports.domain.facts import Frozen
from emulation.reports.domain.proposal import IN_HAND
from emulation.reports.queries import achievement, award_papers, bloc_papers
from emulation.reports.queries.year import year_summary


@dataclass(frozen=True)
class Source:
    """Where the facts of a kind come from: `freeze` returns the summary, `refusal` why there is nothing to print.

    Both take the row the paper is about (`subjects`).

    `about`: of which version of its subject a summary speaks. `is_draft`: whether it must not leave who drafts it.
    """

    freeze: Callable[[Any], Frozen]
    refusal: Callable[[Any], str] = lambda _: ""
    about: Callable[[Any], str] = lambda _: ""
    is_draft: Callable[[Any], bool] = lambda _: False


def _version(summary: Any) -> str:
    return bloc_papers.about_version(summary.version)


def _is_paper_draft(summary: Any) -> bool:
    return bool(summary.state == PaperState.DRAFT)


def _regulation(kind: DocumentKind) -> Source:
    return Source(
        lambda bloc_year: bloc_papers.regulation_summary(bloc_year, kind),
        lambda bloc_year: bloc_papers.regulation_refusal(bloc_year, kind),
        _version,
        _is_paper_draft,
    )


def _of_dossier(freeze: Callable[[Any], Frozen]) -> Source:
    return Source(freeze, award_papers.submission_refusal, is_draft=lambda summary: bool(summary.state in IN_HAND))


SOURCES = {
    DocumentKind.YEAR_REPORT: Source(
        year_summary, is_draft=lambda summary: bool(summary.draft_state == PaperState.DRAFT)
    ),
    DocumentKind.PLAN: _regulation(DocumentKind.PLAN),
    DocumentKind.RULES: _regulation(DocumentKind.RULES),
    DocumentKind.COVENANT: Source(
        bloc_papers.covenant_summary, bloc_papers.covenant_refusal, _version, _is_paper_draft
    ),
    DocumentKind.STANDING: Source(
        bloc_papers.standing_summary,
        bloc_papers.standing_refusal,
        _version,
        lambda summary: bool(summary.state == StandingState.PROVISIONAL),
    ),
    DocumentKind.HANDOVER: Source(
        bloc_papers.handover_summary,
        bloc_papers.handover_refusal,
        lambda summary: f"bàn giao số {summary.handover}",
    ),
    DocumentKind.BLOC_PROPOSAL: _of_dossier(award_papers.bloc_proposal),
    DocumentKind.BLOC_LIST: _of_dossier(award_papers.bloc_list),
    DocumentKind.BLOC_MINUTES: _of_dossier(award_papers.bloc_minutes),
    DocumentKind.ACHIEVEMENT: Source(
        achievement.achievement, achievement.achievement_refusal, is_draft=lambda summary: bool(summary.is_draft)
    ),
    DocumentKind.BOARD_PROPOSAL: Source(award_papers.board_proposal, award_papers.decision_refusal),
    DocumentKind.BOARD_LIST: Source(award_papers.board_list, award_papers.decision_refusal),
    DocumentKind.APPRAISAL: Source(award_papers.appraisal, award_papers.decision_refusal),
    DocumentKind.DECISION: Source(award_papers.decision_paper, award_papers.decision_refusal),
    DocumentKind.DECISION_LIST: Source(award_papers.decision_list, award_papers.decision_list_refusal),
}
