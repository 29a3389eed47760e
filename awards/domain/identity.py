"""The titles and commendations of the law, by slug (LAW 1.1): identity only; no condition is claimed here. Pure data.

State of the texts: 22/11/2026, Luật Thi đua, khen thưởng 06/2022/QH15 as it was read; what Luật 06/2026/QH16 changed is
not verified. Provinces give their own names (`AwardKind.local_name`) and switch off what they do not use.
"""

from dataclasses import dataclass

from awards.enums import AwardLevel as Level
from awards.enums import AwardNature as Nature
from awards.enums import BasisUse

TITLE, COMMENDATION = Nature.TITLE, Nature.COMMENDATION
LAW = "Luật Thi đua, khen thưởng số 06/2022/QH15"

SUBJECTS = (
    ("ca_nhan", "Cá nhân", True),
    ("tap_the", "Tập thể", False),
    ("ho_gia_dinh", "Hộ gia đình", False),
    ("doanh_nghiep", "Doanh nghiệp, tổ chức kinh tế", False),
)
_I, _C, _IC, _ICH = ("ca_nhan",), ("tap_the",), ("ca_nhan", "tap_the"), ("ca_nhan", "tap_the", "ho_gia_dinh")

COMMENDATIONS = (
    ("cong_trang", "Khen thưởng công trạng", f"{LAW}, Điều 8"),
    ("dot_xuat", "Khen thưởng đột xuất", f"{LAW}, Điều 8"),
    ("phong_trao", "Khen thưởng phong trào thi đua", f"{LAW}, Điều 8"),
    ("cong_hien", "Khen thưởng quá trình cống hiến", f"{LAW}, Điều 8"),
    ("nien_han", "Khen thưởng theo niên hạn", f"{LAW}, Điều 8"),
    ("doi_ngoai", "Khen thưởng đối ngoại", f"{LAW}, Điều 8"),
    ("chuyen_de", "Khen thưởng thi đua theo chuyên đề", "Luật số 06/2026/QH16 (chưa đối chiếu văn bản gốc)"),
)

_PRESIDENT, _PM = "Chủ tịch nước", "Thủ tướng Chính phủ"
_PROVINCE = "Chủ tịch Ủy ban nhân dân tỉnh"
_BASE = "Người đứng đầu cơ quan, đơn vị có thẩm quyền"


@dataclass(frozen=True)
class Identity:
    """One award: slug, official name, nature, level, for whom, who confers, how often, where it stands."""

    slug: str
    name: str
    nature: Nature
    level: Level
    subjects: tuple[str, ...]
    conferrer: str
    rhythm: str
    article: str
    lower: str = ""


AWARDS = (
    Identity("cstd_tq", "Danh hiệu “Chiến sĩ thi đua toàn quốc”", TITLE, Level.STATE, _I, _PM, "hằng năm", "Điều 21"),
    Identity(
        "co_cp", "“Cờ thi đua của Chính phủ”", TITLE, Level.GOVERNMENT, _C, _PM, "hằng năm", "Điều 25", lower="co_tinh"
    ),
    Identity(
        "cstd_tinh", "Danh hiệu “Chiến sĩ thi đua cấp tỉnh”", TITLE, Level.PROVINCE, _I, _PROVINCE, "hằng năm",
        "Điều 22",
    ),
    Identity(
        "co_tinh", "“Cờ thi đua của Ủy ban nhân dân tỉnh”", TITLE, Level.PROVINCE, _C, "Ủy ban nhân dân tỉnh",
        "hằng năm", "Điều 26",
    ),
    Identity(
        "ttldxs", "Danh hiệu “Tập thể lao động xuất sắc”", TITLE, Level.PROVINCE, _C, _PROVINCE, "hằng năm", "Điều 27"
    ),
    Identity("dvqt", "Danh hiệu “Đơn vị quyết thắng”", TITLE, Level.PROVINCE, _C, _PROVINCE, "hằng năm", "Điều 27"),
    Identity(
        "xa_tieubieu", "Danh hiệu “Xã, phường, đặc khu tiêu biểu”", TITLE, Level.PROVINCE, _C, _PROVINCE, "hằng năm",
        "Điều 29",
    ),
    Identity("cstdcs", "Danh hiệu “Chiến sĩ thi đua cơ sở”", TITLE, Level.GRASSROOTS, _I, _BASE, "hằng năm", "Điều 23"),
    Identity("ldtt", "Danh hiệu “Lao động tiên tiến”", TITLE, Level.GRASSROOTS, _I, _BASE, "hằng năm", "Điều 24"),
    Identity("cstt", "Danh hiệu “Chiến sĩ tiên tiến”", TITLE, Level.GRASSROOTS, _I, _BASE, "hằng năm", "Điều 24"),
    Identity(
        "ttldtt", "Danh hiệu “Tập thể lao động tiên tiến”", TITLE, Level.GRASSROOTS, _C, _BASE, "hằng năm", "Điều 28"
    ),
    Identity("dvtt", "Danh hiệu “Đơn vị tiên tiến”", TITLE, Level.GRASSROOTS, _C, _BASE, "hằng năm", "Điều 28"),
    Identity(
        "thon_vh", "Danh hiệu “Thôn, tổ dân phố văn hóa”", TITLE, Level.GRASSROOTS, _C,
        "Chủ tịch Ủy ban nhân dân cấp xã", "hằng năm", "Điều 30",
    ),
    Identity(
        "gdvh", "Danh hiệu “Gia đình văn hóa”", TITLE, Level.GRASSROOTS, ("ho_gia_dinh",),
        "Chủ tịch Ủy ban nhân dân cấp xã", "hằng năm", "Điều 20",
    ),
    Identity("anh_hung_ld", "Danh hiệu “Anh hùng Lao động”", COMMENDATION, Level.STATE, _IC, _PRESIDENT, "", "Điều 59"),
    Identity("hcld1", "“Huân chương Lao động” hạng Nhất", COMMENDATION, Level.STATE, _IC, _PRESIDENT, "", "Điều 42"),
    Identity("hcld2", "“Huân chương Lao động” hạng Nhì", COMMENDATION, Level.STATE, _IC, _PRESIDENT, "", "Điều 43"),
    Identity("hcld3", "“Huân chương Lao động” hạng Ba", COMMENDATION, Level.STATE, _IC, _PRESIDENT, "", "Điều 44"),
    Identity(
        "bk_ttg", "“Bằng khen của Thủ tướng Chính phủ”", COMMENDATION, Level.GOVERNMENT, _ICH, _PM, "", "Điều 73",
        lower="bk_tinh",
    ),
    Identity(
        "bk_tinh", "“Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh”", COMMENDATION, Level.PROVINCE, _ICH, _PROVINCE, "",
        "Điều 74",
    ),
    Identity(
        "knc", "Kỷ niệm chương", COMMENDATION, Level.UNSTATED, _I, "Cơ quan, tổ chức có kỷ niệm chương", "", "Điều 71"
    ),
    Identity("giay_khen", "Giấy khen", COMMENDATION, Level.GRASSROOTS, _ICH, _BASE, "", "Điều 75"),
)  # fmt: skip

_PROPOSAL, _REPORT, _MINUTES, _VOTES = (
    "Tờ trình đề nghị khen thưởng", "Báo cáo thành tích", "Biên bản bình xét", "Kết quả bỏ phiếu"
)  # fmt: skip
_INITIATIVE = "Giấy chứng nhận sáng kiến, đề tài"
_SEEN = "LAW 1.6: theo bản đọc được, chưa đối chiếu văn bản gốc"

# Papers of a dossier: title, needed for persons, for collectives.
_USUAL = ((_PROPOSAL, True, True), (_REPORT, True, True), (_MINUTES, True, True))
_VOTED = (*_USUAL, (_VOTES, True, True))
PAPERS: dict[str, tuple[tuple[str, bool, bool], ...]] = {
    **dict.fromkeys(("co_cp", "co_tinh"), _VOTED),
    **dict.fromkeys(("cstd_tq", "cstd_tinh", "cstdcs"), (*_VOTED, (_INITIATIVE, True, False))),
    **dict.fromkeys(("ttldxs", "bk_tinh", "bk_ttg", "hcld1", "hcld2", "hcld3", "ldtt", "ttldtt", "giay_khen"), _USUAL),
}
PAPERS_SOURCE = _SEEN

_ND98 = (
    "Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023 của Chính phủ quy định chi tiết thi hành một số điều của "
    "Luật Thi đua, khen thưởng"
)
_ND152 = (
    "Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ quy định về phân cấp, phân quyền trong lĩnh "
    "vực thi đua, khen thưởng; quy định chi tiết và hướng dẫn thi hành một số điều của Luật Thi đua, khen thưởng"
)
_TT15 = "Thông tư số 15/2025/TT-BNV ngày 04 tháng 8 năm 2025 của Bộ trưởng Bộ Nội vụ"
_LAW22 = "Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022"
_LAW26 = "Luật sửa đổi, bổ sung một số điều của Luật Thi đua, khen thưởng ngày 23 tháng 4 năm 2026"

# slug, number, title, issued, in force from, until (ISO dates, "" when not known): LAW 0.1.
DOCUMENTS = (
    ("luat-2022", "Luật số 06/2022/QH15", _LAW22, "2022-06-15", "2024-01-01", ""),
    ("luat-sd-2026", "Luật số 06/2026/QH16", _LAW26, "2026-04-23", "2026-10-01", ""),
    ("nd-98-2023", "Nghị định số 98/2023/NĐ-CP", _ND98, "2023-12-31", "2024-01-01", "2025-06-30"),
    ("nd-152-2025", "Nghị định số 152/2025/NĐ-CP", _ND152, "2025-06-14", "2025-07-01", "2027-02-28"),
    ("tt-15-2025-bnv", "Thông tư số 15/2025/TT-BNV", _TT15, "2025-08-04", "2025-08-05", "2027-02-28"),
)
DOCUMENTS_SOURCE = "LAW 0.1: theo bản đọc được ngày 22/11/2026, chưa đối chiếu văn bản gốc"

_EVERY = (BasisUse.PROPOSAL, BasisUse.APPRAISAL, BasisUse.DECISION)
_GOVERNMENT = "Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025"

# Lines "Căn cứ": for which papers, text, the document it cites, from, until.
BASES: tuple[tuple[tuple[BasisUse, ...], str, str, str, str], ...] = (
    ((BasisUse.DECISION,), f"Căn cứ {_GOVERNMENT}", "", "2025-06-16", ""),
    (_EVERY, f"Căn cứ {_LAW22}", "luat-2022", "2024-01-01", "2026-09-30"),
    (_EVERY, f"Căn cứ {_LAW22}; {_LAW26}", "luat-sd-2026", "2026-10-01", ""),
    (_EVERY, f"Căn cứ {_ND98}", "nd-98-2023", "2024-01-01", "2025-06-30"),
    (_EVERY, f"Căn cứ {_ND152}", "nd-152-2025", "2025-07-01", "2027-02-28"),
    (_EVERY, f"Căn cứ {_TT15}", "tt-15-2025-bnv", "2025-08-05", "2027-02-28"),
)
