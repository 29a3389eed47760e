"""Summaries of the papers of awards, built by hand: of as many lines as a test asks for, with long names."""

import datetime as dt
from decimal import Decimal
from typing import Any

from emulation.reports.domain.facts import HeaderFact, SignerFact
from emulation.reports.domain.proposal import (
    AppraisalSummary,
    AppraisedFact,
    BlocListSummary,
    BlocMinutesSummary,
    BlocProposalSummary,
    BoardListSummary,
    BoardProposalSummary,
    DecisionListSummary,
    DecisionSummary,
    DossierFact,
    LineFact,
)
from tests.documents.bloc_samples import AGENCIES, BLOC

FLAG = "“Cờ thi đua của Ủy ban nhân dân tỉnh”"
TEAM = "Danh hiệu “Tập thể lao động xuất sắc”"
FIGHTER = "Danh hiệu “Chiến sĩ thi đua cấp tỉnh”"
CERTIFICATE = "“Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh”"
AWARDS = ((FLAG, "title", False), (FIGHTER, "title", True), (CERTIFICATE, "commendation", None))
LONG = "Trung tâm Dịch vụ Khoa học kỹ thuật và Chuyển giao công nghệ ứng dụng nông nghiệp công nghệ cao miền núi"
BASIS = (
    "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022; Luật sửa đổi, bổ sung ngày 23 tháng 4 năm 2026",
    "Căn cứ Thông tư số 15/2025/TT-BNV ngày 04 tháng 8 năm 2025 của Bộ trưởng Bộ Nội vụ",
)
MERIT = "xuất sắc trong công tác phòng, chống, khắc phục hậu quả bão số 3 trên địa bàn tỉnh"


def line(at: int, award: str, nature: str, *, is_person: bool, **values: Any) -> LineFact:
    agency = AGENCIES[at % len(AGENCIES)]
    if not is_person:
        return LineFact(award, nature, LONG if at % 7 == 6 else f"{agency} {at}", **values)
    title = f"Phó Trưởng phòng Quản lý tổng hợp và Cải cách hành chính, {agency}"
    return LineFact(award, nature, f"Nguyễn Thị Hoàng Phương {at}", title, is_person=True, **values)


def lines(count: int, **values: Any) -> tuple[LineFact, ...]:
    """Collectives and persons under three awards, in the order of print; one line: a person."""
    found = []
    for at in range(count):
        award, nature, is_person = AWARDS[-1 - at * len(AWARDS) // count]
        who = at % 2 == 0 if is_person is None else is_person
        found.append(line(at, award, nature, is_person=who, **values))
    order = [award for award, _, _ in AWARDS]
    return tuple(sorted(found, key=lambda row: (order.index(row.award), row.is_person)))


def agencies(count: int) -> tuple[LineFact, ...]:
    """Collectives a bloc asks for: flags, then certificates, with points, places and votes."""
    return tuple(
        line(
            at,
            FLAG if at < max(count // 4, 1) else CERTIFICATE,
            "title" if at < max(count // 4, 1) else "commendation",
            is_person=False,
            place=at + 1,
            points=Decimal(980 - at) / 10,
            votes_for=10 - at % 2,
            votes_of=10,
            achievement="Hoàn thành vượt mức 12/12 chỉ tiêu; dẫn đầu Khối về cải cách hành chính." if at % 2 else "",
        )
        for at in range(count)
    )


def _bloc(count: int, **values: Any) -> dict[str, Any]:
    return (
        BLOC
        | {
            "submission": 1,
            "state": "draft",
            "header": HeaderFact("UBND tỉnh Sông Lam", "Sông Lam", "TTr-KTĐ"),
            "signer": SignerFact(("Giám đốc Sở Nội vụ",), "Trần Thị B"),
            "addressee": "UBND tỉnh Sông Lam",
            "department": "Sở Nội vụ",
            "basis": BASIS,
            "decided_on": dt.date(2026, 12, 4),
            "members": 10,
            "lines": agencies(count),
        }
        | values
    )


def _board(count: int, sign: str = "TTr-SNV", **values: Any) -> dict[str, Any]:
    return {
        "decision": 1,
        "state": "draft",
        "year_label": "2026",
        "issuer": "Chủ tịch Ủy ban nhân dân tỉnh Sông Lam",
        "department": "Sở Nội vụ",
        "authority": "UBND tỉnh Sông Lam",
        "province": "tỉnh Sông Lam",
        "header": HeaderFact("UBND tỉnh Sông Lam", "Sông Lam", sign),
        "about": "Về việc tặng thưởng các tập thể, cá nhân có thành tích phòng, chống bão số 3",
        "merit": MERIT,
        "basis": BASIS,
        "lines": lines(count),
    } | values


def dossiers(count: int) -> tuple[DossierFact, ...]:
    return tuple(
        DossierFact(
            "Khối thi đua Tổng hợp" if at % 2 else AGENCIES[at % len(AGENCIES)],
            str(117 + at) if at % 3 else "",
            dt.date(2026, 11, 20 + at % 8),
            "Bản giấy" if at % 2 else "Trên hệ thống",
            2 * (at % 2),
            1,
        )
        for at in range(count)
    )


def appraised(count: int) -> tuple[AppraisedFact, ...]:
    """Every verdict, opinions long and none, papers missing of every fourth."""
    verdicts = (
        ("fit", "", ""),
        ("change", TEAM, "Chưa đủ 02 năm liên tục được tặng Cờ thi đua; đề nghị xét hình thức thấp hơn."),
        ("fit", "", "Thành tích tiêu biểu, được nhân dân ghi nhận."),
        ("unfit", "", "Đã được tặng Bằng khen về cùng thành tích tại Quyết định số 1234/QĐ-UBND."),
        ("", "", ""),
    )
    found = []
    for at, row in enumerate(lines(count)):
        verdict, instead, opinion = verdicts[at % len(verdicts)]
        missing = ("Biên bản bình xét", "Kết quả bỏ phiếu") if at % 4 == 1 else ()
        found.append(
            AppraisedFact(row.award, row.nature, row.name, row.title, row.is_person, verdict, instead, opinion, missing)
        )
    return tuple(found)


def proposal_of_bloc(count: int = 5, **values: Any) -> BlocProposalSummary:
    return BlocProposalSummary(**_bloc(count, **values))


def list_of_bloc(count: int = 5, **values: Any) -> BlocListSummary:
    return BlocListSummary(**_bloc(count, **values))


def minutes_of_bloc(count: int = 5, **values: Any) -> BlocMinutesSummary:
    return BlocMinutesSummary(**_bloc(count, **values))


def proposal_of_board(count: int = 12, **values: Any) -> BoardProposalSummary:
    return BoardProposalSummary(**_board(count, dossiers=dossiers(min(count, 4)), **values))


def list_of_board(count: int = 12, **values: Any) -> BoardListSummary:
    return BoardListSummary(**_board(count, **values))


def appraisal(count: int = 12, **values: Any) -> AppraisalSummary:
    found = {"dossiers": dossiers(min(count, 4)), "appraised": appraised(count)}
    return AppraisalSummary(**_board(count, "BC-SNV", **(found | values)))


def decision(count: int = 12, **values: Any) -> DecisionSummary:
    header = {"header": HeaderFact(None, "Sông Lam", "QĐ-UBND"), "proposal": HeaderFact(sign="TTr-SNV")}
    return DecisionSummary(**_board(count, **(header | values)))


def list_of_decision(count: int = 12, **values: Any) -> DecisionListSummary:
    return DecisionListSummary(**_board(count, "QĐ-UBND", **values))


BUILDERS = {
    "bloc_proposal": proposal_of_bloc,
    "bloc_list": list_of_bloc,
    "bloc_minutes": minutes_of_bloc,
    "board_proposal": proposal_of_board,
    "board_list": list_of_board,
    "appraisal": appraisal,
    "decision": decision,
    "decision_list": list_of_decision,
}
