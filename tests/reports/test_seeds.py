"""The five real bloc years, brought in through the workbook: the report says what each source states."""

import pytest

from blocs.models import BlocYear
from emulation.reports.domain.summary import YearSummary
from emulation.reports.queries import year_summary

pytestmark = pytest.mark.django_db


@pytest.fixture
def summaries(demo_as_seeded: None) -> dict[str, YearSummary]:
    rows = BlocYear.objects.exclude(bloc__locality="").select_related("bloc", "year")
    return {f"{row.year.label} {row.name}": year_summary(row) for row in rows}


def proposed(summary: YearSummary) -> list[tuple[str | None, int | None, str, str]]:
    return [
        (award.agency.name if award.agency else None, award.how_many, award.text, award.nature)
        for award in summary.awards_at("proposed")
    ]


def test_seeds_say_what_their_sources_state(summaries: dict[str, YearSummary]) -> None:
    assert sorted(summaries) == [
        "2017 Khối thi đua 3 – Khối cơ quan hành chính tổng hợp của tỉnh",
        "2019 Khối thi đua các sở, ngành tổng hợp",
        "2020 Khối thi đua các cơ quan tham mưu QLNN về văn hóa xã hội",
        "2021 Khối thi đua Tổng hợp",
        "2021 Khối thi đua các cơ quan, đơn vị Trung ương đóng trên địa bàn tỉnh",
    ]
    groups, shared, culture, general, central = (summaries[name] for name in sorted(summaries))

    # 2017: ten members in two groups, a half-year source, an unnamed province
    assert [member.group for member in groups.members] == ["Nhóm có đánh giá công vụ"] * 7 + [
        "Nhóm không đánh giá công vụ"
    ] * 3
    assert sum(bool(member.also_in) for member in groups.members) == 5
    assert (groups.header.superior, groups.awards, groups.places, groups.next_leadership) == (None, (), (), ())

    # 2019: two agencies share the third place, no leader is named
    assert [(place.agency.name, place.place) for place in shared.places] == [
        ("Liên minh Hợp tác xã tỉnh", 1),
        ("Cục Thống kê tỉnh", 2),
        ("Cục Thuế tỉnh", 3),
        ("Kho bạc Nhà nước tỉnh", 3),
    ]
    assert (shared.members, shared.member_total, shared.leadership) == ((), 10, ())
    assert shared.theme == "Đoàn kết, sáng tạo, thi đua hoàn thành xuất sắc mọi nhiệm vụ được giao"

    # 2020: nine of nine, the leader wins the flag, the next leadership is named
    assert [(figure.part, figure.whole) for figure in culture.figures] == [(9, 9)]
    assert culture.leader is not None
    assert proposed(culture)[0] == (culture.leader.agency.name, None, "Cờ thi đua của UBND tỉnh", "title")
    assert [(term.agency.name, term.role) for term in culture.next_leadership] == [
        ("Ban Dân tộc", "leader"),
        ("Đài Phát thanh - Truyền hình tỉnh", "deputy"),
    ]

    # 2021, Thừa Thiên Huế: ten members, flag and certificate unsplit for three, what was received
    assert (len(general.members), general.header.superior) == (10, "UBND tỉnh Thừa Thiên Huế")
    assert proposed(general) == [
        (name, None, "Cờ thi đua và Bằng khen", "mixed")
        for name in ("Sở Kế hoạch và Đầu tư", "Ban Dân tộc", "Cục thuế tỉnh")
    ]
    assert sorted((award.how_many, award.level) for award in general.awards_at("granted")) == [
        (1, "government"),
        (3, "ministry"),
        (3, "province"),
        (5, "province"),
    ]
    assert (general.movements, len(general.next_movements)) == ((), 5)

    # 2021, Nam Định: flags and certificates without names, the council member who follows the bloc, no member list
    assert [(agency, count, nature) for agency, count, _, nature in proposed(central)] == [
        (None, 3, "title"),
        (None, 5, "commendation"),
    ]
    assert (central.members, central.member_total, len(central.monitors)) == ((), None, 1)
    assert central.monitors[0].name is None
    assert [(term.agency.name, term.role) for term in central.next_leadership] == [("Cục Thuế", "leader")]
