"""An invented bloc for the workbook's sheet "Ví dụ": every sheet shows one or two rows."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

EXAMPLE: Mapping[str, tuple[Mapping[str, Any], ...]] = {
    "bloc": (
        {
            "year": "2026",
            "year_kind": "calendar",
            "name": "Khối thi đua số 1",
            "number": "1",
            "kind": "khoi",
            "locality": "trong tỉnh",
            "state": "running",
            "stated_member_count": 10,
            "theme": "Đoàn kết, kỷ cương, sáng tạo",
            "source": "Kế hoạch hoạt động của Khối năm 2026",
        },
    ),
    "members": (
        {"number": 1, "agency": "Sở Tài chính", "agency_kind": "department", "group": "Nhóm các sở", "is_voting": True},
        {
            "number": 2,
            "agency": "Cục Thống kê",
            "agency_kind": "central",
            "group": "Nhóm trung ương",
            "is_ranked": False,
        },
    ),
    "leaders": (
        {"term": "this", "role": "leader", "agency": "Sở Tài chính", "elected_on": dt.date(2026, 1, 15)},
        {"term": "next", "role": "leader", "agency": "Cục Thống kê", "stated": "đề xuất"},
    ),
    "milestones": (
        {"kind": "covenant", "due_on": dt.date(2026, 2, 28), "done_on": dt.date(2026, 3, 5)},
        {"kind": "year_review", "due_on": dt.date(2026, 12, 15), "note": "Chưa tổ chức"},
    ),
    "monitors": ({"role": "council", "stated": "Thành viên Hội đồng phụ trách theo dõi Khối"},),
    "movements": (
        {
            "number": 1,
            "title": "Cả nước chung sức xây dựng nông thôn mới",
            "launched_by": "prime_minister",
            "is_next_year": False,
        },
    ),
    "targets": (
        {
            "number": 1,
            "indicator": "Hồ sơ giải quyết đúng hạn",
            "unit": "%",
            "direction": "higher",
            "planned": Decimal("98.5"),
        },
        {"number": 2, "indicator": "Cơ quan văn hóa", "direction": "higher", "planned_text": "Giữ vững danh hiệu"},
    ),
    "places": ({"agency": "Sở Tài chính", "place": 1},),
    "results": (
        {"number": 1, "agency": "Sở Tài chính", "award_text": "Cờ thi đua của UBND tỉnh", "stage": "proposed"},
        {"number": 2, "how_many": 3, "award_text": "Bằng khen của UBND tỉnh", "stage": "granted"},
    ),
    "figures": ({"number": 1, "label": "Đơn vị hoàn thành tốt nhiệm vụ", "part": 9, "whole": 9},),
}
