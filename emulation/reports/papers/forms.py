"""The one table of papers: which summary is laid out by which builder, into which template of PDF and of Word."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from emulation.core.models import DocumentKind
from emulation.reports.domain.achievement import AchievementSummary
from emulation.reports.domain.covenant import CovenantSummary
from emulation.reports.domain.facts import Frozen
from emulation.reports.domain.handover import HandoverSummary
from emulation.reports.domain.proposal import (
    AppraisalSummary,
    BlocListSummary,
    BlocMinutesSummary,
    BlocProposalSummary,
    BoardListSummary,
    BoardProposalSummary,
    DecisionListSummary,
    DecisionSummary,
)
from emulation.reports.domain.regulation import RegulationSummary
from emulation.reports.domain.standing import StandingSummary
from emulation.reports.domain.summary import YearSummary
from emulation.reports.papers import (
    achievement,
    appraisal,
    covenant,
    decision,
    handover,
    minutes_extract,
    nominee_list,
    proposal,
    regulation,
    standing,
    year_report,
)

_DOCX = Path(settings.BASE_DIR) / "templates" / "docx"


@dataclass(frozen=True)
class Form:
    """How a kind of summary becomes a paper: `name`: of both templates, `stem`: of the files, without the bloc."""

    summary: type[Frozen]
    build: Callable[..., Any]
    name: str
    stem: str
    data_words: str

    @property
    def html(self) -> str:
        """Return the name of the HTML template."""
        return f"documents/{self.name}.html"

    @property
    def docx(self) -> Path:
        """Return the path of the built-in Word template."""
        return _DOCX / f"{self.name}.docx"


_LIST_WORDS = "Danh sách đã chốt"
_REGULATION = RegulationSummary, regulation.build, "regulation"

FORMS = {
    DocumentKind.YEAR_REPORT: Form(
        YearSummary, year_report.build, "year_report", "bao-cao-tong-ket", "Số liệu đã chốt của báo cáo"
    ),
    DocumentKind.PLAN: Form(*_REGULATION, "ke-hoach", "Nội dung đã chốt của kế hoạch"),
    DocumentKind.RULES: Form(*_REGULATION, "quy-che", "Nội dung đã chốt của quy chế"),
    DocumentKind.COVENANT: Form(
        CovenantSummary, covenant.build, "covenant", "giao-uoc-thi-dua", "Nội dung đã chốt của giao ước"
    ),
    DocumentKind.STANDING: Form(
        StandingSummary, standing.build, "standing", "thong-bao-binh-xet", "Kết quả đã chốt của thông báo"
    ),
    DocumentKind.HANDOVER: Form(
        HandoverSummary, handover.build, "handover", "bien-ban-ban-giao", "Nội dung đã chốt của biên bản"
    ),
    DocumentKind.BLOC_PROPOSAL: Form(
        BlocProposalSummary, proposal.build_of_bloc, "proposal", "to-trinh-khoi", "Nội dung đã chốt của tờ trình"
    ),
    DocumentKind.BLOC_LIST: Form(
        BlocListSummary, nominee_list.build_of_bloc, "nominee_list", "danh-sach-de-nghi", _LIST_WORDS
    ),
    DocumentKind.BLOC_MINUTES: Form(
        BlocMinutesSummary,
        minutes_extract.build,
        "minutes_extract",
        "trich-bien-ban-binh-xet",
        "Nội dung đã chốt của trích biên bản",
    ),
    DocumentKind.ACHIEVEMENT: Form(
        AchievementSummary, achievement.build, "achievement", "bao-cao-thanh-tich", "Số liệu đã chốt của báo cáo"
    ),
    DocumentKind.BOARD_PROPOSAL: Form(
        BoardProposalSummary, proposal.build_of_board, "proposal", "1-to-trinh", "Nội dung đã chốt của tờ trình"
    ),
    DocumentKind.BOARD_LIST: Form(
        BoardListSummary, nominee_list.build_of_board, "nominee_list", "2-danh-sach-kem-to-trinh", _LIST_WORDS
    ),
    DocumentKind.APPRAISAL: Form(
        AppraisalSummary, appraisal.build, "appraisal", "3-bao-cao-tham-dinh", "Kết quả đã chốt của báo cáo"
    ),
    DocumentKind.DECISION: Form(
        DecisionSummary, decision.build, "decision", "4-quyet-dinh", "Nội dung đã chốt của quyết định"
    ),
    DocumentKind.DECISION_LIST: Form(
        DecisionListSummary, nominee_list.build_of_decision, "nominee_list", "5-danh-sach-kem-quyet-dinh", _LIST_WORDS
    ),
}


def form_of(summary: Frozen) -> Form:
    """Return how a summary is laid out; raises StopIteration for one that is no paper's."""
    return next(form for form in FORMS.values() if isinstance(summary, form.summary))
