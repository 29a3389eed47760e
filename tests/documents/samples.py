"""Summaries built by hand: what five articles state and nothing else, and one that strains every limit.

Agencies, counts, dates and awards only: no article text, no real person.
"""

import datetime as dt
from decimal import Decimal

from emulation.reports.domain.summary import (
    AgencyFact,
    AwardFact,
    FigureFact,
    GrantFact,
    HeaderFact,
    MemberFact,
    MilestoneFact,
    MonitorFact,
    MovementFact,
    NarrativeFact,
    NextTermFact,
    PlaceFact,
    PreviousFact,
    SignerFact,
    TargetFact,
    TermFact,
    YearSummary,
)

FLAG = "Cờ thi đua của UBND tỉnh"
CERTIFICATE = "Bằng khen của Chủ tịch UBND tỉnh"


def agencies(*names: str) -> list[AgencyFact]:
    return [AgencyFact(key, name) for key, name in enumerate(names, start=1)]


def members(facts: list[AgencyFact], group: str = "") -> tuple[MemberFact, ...]:
    return tuple(MemberFact(fact, group) for fact in facts)


def proposed(text: str, nature: str, level: str, *who: AgencyFact) -> tuple[AwardFact, ...]:
    return tuple(AwardFact("proposed", text, nature, level, agency) for agency in who)


def seed_0() -> YearSummary:
    """Thừa Thiên Huế 2021: ten members, an unsplit proposal, awards received without names."""
    ten = agencies(
        "Văn phòng Đoàn ĐBQH và HĐND",
        "Văn phòng UBND tỉnh",
        "Sở Nội vụ",
        "Sở Ngoại vụ",
        "Sở Tài chính",
        "Sở Kế hoạch và Đầu tư",
        "Ban Dân tộc",
        "Kho bạc Nhà nước",
        "Cục thuế tỉnh",
        "Cục Thống kê tỉnh",
    )
    return YearSummary(
        bloc_name="Khối thi đua Tổng hợp",
        bloc_kind="khoi",
        year_label="2021",
        next_year_label="2022",
        header=HeaderFact("UBND tỉnh Thừa Thiên Huế", "Thừa Thiên Huế"),
        addressees=("Hội đồng Thi đua - Khen thưởng tỉnh", "Sở Nội vụ"),
        stated_member_count=10,
        members=members(ten),
        leadership=(TermFact(ten[1], "leader"), TermFact(ten[2], "deputy")),
        next_leadership=(NextTermFact(ten[2], "leader", "đề xuất"), NextTermFact(ten[8], "deputy", "đề xuất")),
        next_movements=(
            MovementFact(
                "Cả nước đoàn kết, chung sức, đồng lòng thi đua phòng, chống và chiến thắng đại dịch Covid-19",
                "prime_minister",
            ),
            MovementFact("Cả nước chung sức xây dựng nông thôn mới", "prime_minister"),
            MovementFact("Cả nước chung tay vì người nghèo - Không để ai bị bỏ lại phía sau", "prime_minister"),
            MovementFact("Doanh nghiệp Việt Nam hội nhập và phát triển", "prime_minister"),
            MovementFact("Cán bộ, công chức, viên chức thi đua thực hiện văn hóa công sở", "prime_minister"),
        ),
        milestones=(
            MilestoneFact("plan", is_done=True),
            MilestoneFact("year_review", done_on=dt.date(2021, 12, 4), is_done=True),
        ),
        awards=(
            *proposed("Cờ thi đua và Bằng khen", "mixed", "unstated", ten[5], ten[6], ten[8]),
            AwardFact("granted", "Bằng khen của Thủ tướng Chính phủ", "commendation", "government", how_many=1),
            AwardFact("granted", "Bằng khen cấp Bộ", "commendation", "ministry", how_many=3),
            AwardFact("granted", FLAG, "title", "province", how_many=3),
            AwardFact(
                "granted",
                "Bằng khen của UBND tỉnh",
                "commendation",
                "province",
                how_many=5,
                note="mỗi đơn vị nhận nhiều Bằng khen",
            ),
        ),
        source="bài đăng trên cổng thông tin điện tử của một đơn vị thành viên",
    )


def seed_1() -> YearSummary:
    """Nam Định 2021: no member list, 03 flags and 05 certificates without names, the council member who follows."""
    statistics, tax = agencies("Cục Thống kê", "Cục Thuế")
    return YearSummary(
        bloc_name="Khối thi đua các cơ quan, đơn vị Trung ương đóng trên địa bàn tỉnh",
        bloc_kind="khoi",
        year_label="2021",
        next_year_label="2022",
        header=HeaderFact("UBND tỉnh Nam Định", "Nam Định"),
        leadership=(TermFact(statistics, "leader"),),
        next_leadership=(NextTermFact(tax, "leader", "suy tôn"),),
        monitors=(MonitorFact("council", "Thành viên Hội đồng Thi đua Khen thưởng tỉnh phụ trách theo dõi Khối"),),
        movements=(
            MovementFact(
                "Khối thi đua các cơ quan, đơn vị Trung ương đóng trên địa bàn tỉnh Nam Định đoàn kết, sáng tạo, kỷ "
                "cương, đổi mới, phát huy sức mạnh tổng hợp của cả hệ thống chính trị, thi đua phát triển kinh tế "
                "nhanh, bền vững và xây dựng tỉnh Nam Định giàu đẹp, văn minh"
            ),
        ),
        milestones=(MilestoneFact("year_review", is_done=True),),
        awards=(
            AwardFact("proposed", FLAG, "title", "province", how_many=3),
            AwardFact("proposed", "Bằng khen", "commendation", "unstated", how_many=5),
        ),
    )


def seed_2() -> YearSummary:
    """Locality not named, 2019: ten members without a list, no leader, two agencies sharing place 3."""
    four = agencies("Liên minh Hợp tác xã tỉnh", "Cục Thống kê tỉnh", "Cục Thuế tỉnh", "Kho bạc Nhà nước tỉnh")
    return YearSummary(
        bloc_name="Khối thi đua các sở, ngành tổng hợp",
        bloc_kind="khoi",
        year_label="2019",
        next_year_label="2020",
        stated_member_count=10,
        theme="Đoàn kết, sáng tạo, thi đua hoàn thành xuất sắc mọi nhiệm vụ được giao",
        movements=(
            MovementFact("Học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh"),
            MovementFact("Cả nước chung sức xây dựng nông thôn mới giai đoạn 2016 – 2020"),
            MovementFact("Cả nước chung tay vì người nghèo – không để ai bị bỏ lại phía sau"),
        ),
        milestones=(MilestoneFact("year_review", is_done=True),),
        places=(PlaceFact(four[0], 1), PlaceFact(four[1], 2), PlaceFact(four[2], 3), PlaceFact(four[3], 3)),
        awards=(
            *proposed("Cờ thi đua của Chính phủ", "title", "government", four[0]),
            *proposed(FLAG, "title", "province", four[1]),
            *proposed(CERTIFICATE, "commendation", "province", four[2], four[3]),
        ),
    )


def seed_3() -> YearSummary:
    """Kon Tum 2020, closed in February 2021: nine members without a list, 9/9, the leader itself gets the flag."""
    five = agencies(
        "Sở Lao động, Thương binh và Xã hội",
        "Sở Văn hóa, Thể thao và Du lịch",
        "Đài Phát thanh - Truyền hình tỉnh",
        "Trường Cao đẳng Cộng đồng tỉnh",
        "Ban Dân tộc",
    )
    return YearSummary(
        bloc_name="Khối thi đua các cơ quan tham mưu QLNN về văn hóa xã hội",
        bloc_kind="khoi",
        year_label="2020",
        next_year_label="2021",
        header=HeaderFact("UBND tỉnh Kon Tum", "Kon Tum"),
        stated_member_count=9,
        leadership=(TermFact(five[0], "leader"),),
        next_leadership=(NextTermFact(five[4], "leader", "bầu"), NextTermFact(five[2], "deputy", "bầu")),
        milestones=(MilestoneFact("year_review", done_on=dt.date(2021, 2, 25), is_done=True),),
        figures=(FigureFact("cơ quan, đơn vị cơ bản hoàn thành tốt nhiệm vụ", 9, 9),),
        awards=(
            *proposed(FLAG, "title", "province", five[0]),
            *proposed(CERTIFICATE, "commendation", "province", *five[1:4]),
        ),
    )


def seed_4() -> YearSummary:
    """Locality not named, mid-year 2017: groups of seven and three; nothing is known of the second half."""
    ten = agencies(
        "Thanh tra tỉnh",
        "Sở Tư pháp",
        "Văn phòng UBND tỉnh",
        "Sở Kế hoạch và Đầu tư",
        "Sở Nội vụ",
        "Sở Ngoại vụ",
        "Ban Dân tộc",
        "Văn phòng HĐND tỉnh",
        "Liên minh các HTX tỉnh",
        "Cục Thống kê",
    )
    elsewhere = {1, 2, 4, 6, 9}
    groups = ["nhóm có đánh giá công vụ"] * 7 + ["nhóm không đánh giá công vụ"] * 3
    return YearSummary(
        bloc_name="Khối thi đua 3 – Khối cơ quan hành chính tổng hợp của tỉnh",
        bloc_kind="khoi",
        year_label="2017",
        next_year_label="2018",
        stated_member_count=10,
        members=tuple(
            MemberFact(
                agency,
                group,
                also_in="cụm, khối thi đua do bộ, ngành Trung ương tổ chức" if agency.key in elsewhere else "",
            )
            for agency, group in zip(ten, groups, strict=True)
        ),
        leadership=(TermFact(ten[1], "leader"), TermFact(ten[6], "deputy")),
        movements=(
            MovementFact("Toàn tỉnh chung sức xây dựng nông thôn mới"),
            MovementFact("Học tập và làm theo tấm gương đạo đức Hồ Chí Minh"),
        ),
        milestones=(
            MilestoneFact("plan", is_done=True),
            MilestoneFact("covenant", is_done=True),
            MilestoneFact("registration", is_done=True),
            MilestoneFact("half_year", done_on=dt.date(2017, 6, 28), is_done=True),
        ),
    )


def written() -> YearSummary:
    """A bloc that wrote some of its sections, received awards by decisions, and has a year before."""
    first, second = agencies("Sở A", "Sở B")
    return YearSummary(
        bloc_name="Khối thi đua số 1",
        bloc_kind="khoi",
        year_label="2026",
        next_year_label="2027",
        header=HeaderFact("UBND tỉnh Sông Lam", "Sông Lam", number="05", dated_on=dt.date(2026, 12, 20)),
        members=members([first, second]),
        milestones=(MilestoneFact("plan", dt.date(2026, 2, 28), dt.date(2026, 2, 20), is_done=True),),
        places=(PlaceFact(first, 1), PlaceFact(second, 2)),
        awards=(AwardFact("granted", CERTIFICATE, "commendation", "province", how_many=3),),
        grants=(
            GrantFact(FLAG, "title", "province", collectives=1),
            GrantFact(CERTIFICATE, "commendation", "province", collectives=2, persons=12),
        ),
        draft_state="circulated",
        narratives=(
            NarrativeFact("limits", ("Một số hạn chế:", "- Gửi báo cáo chậm;", "- Ít điển hình.")),
            NarrativeFact("plans", ("Đổi mới cách làm.",)),
            NarrativeFact("tasks", ("Đạt 100% kế hoạch.",), agency=1),
            NarrativeFact("requests", ("- Tăng tập huấn;", "- Sớm có hướng dẫn.", "Kính trình xem xét.")),
        ),
        previous=PreviousFact(
            "2025",
            member_total=3,
            places=(PlaceFact(first, 2),),
            awards=(AwardFact("granted", CERTIFICATE, "commendation", "province", how_many=2),),
        ),
    )


SEEDS = {"seed-0": seed_0, "seed-1": seed_1, "seed-2": seed_2, "seed-3": seed_3, "seed-4": seed_4}


def long_name(start: str, length: int = 300) -> str:
    """A name of exactly so many letters."""
    words = "đơn vị sự nghiệp công lập trực thuộc Ủy ban nhân dân tỉnh Sông Lam quản lý về nông nghiệp và "
    text = (f"{start} " + words * 10)[: length - 1].rstrip()
    return text + "ợ" * (length - len(text))


def stress() -> YearSummary:
    """25 members in four groups with long names, two deputies, a change of leader, twelve targets, eleven awards."""
    names = [f"Sở thử nghiệm số {at}" for at in range(1, 26)]
    names[0] = long_name("Trung tâm điều phối")
    names[7] = "Sở Lao động, Thương binh và Xã hội"
    all_25 = agencies(*names)
    groups = [f"nhóm {word}" for word in ("sở, ngành", "đoàn thể", "doanh nghiệp nhà nước", "đơn vị sự nghiệp")]
    kinds = [(f"Bằng khen của Bộ số {at}", "commendation", "ministry") for at in range(1, 6)]
    return YearSummary(
        bloc_name="Khối thi đua các cơ quan chuyên môn, đơn vị sự nghiệp và doanh nghiệp thuộc Ủy ban nhân dân tỉnh",
        bloc_kind="khoi",
        year_label="2026",
        next_year_label="2027",
        header=HeaderFact("UBND tỉnh Sông Lam", "Sông Lam", number="05", dated_on=dt.date(2027, 1, 5)),
        addressees=("Hội đồng Thi đua - Khen thưởng tỉnh", "Sở Nội vụ"),
        signer=SignerFact(("Giám đốc Sở thử nghiệm số 2",), "Nguyễn Văn A"),
        stated_member_count=25,
        members=tuple(
            MemberFact(
                agency,
                groups[at // 7],
                is_ranked=at != 5,
                is_voting=at != 6,
                also_in="khối thi đua do Bộ Tài chính tổ chức" if at % 6 == 0 else "",
                joined_on=dt.date(2026, 7, 1) if at == 24 else None,
            )
            for at, agency in enumerate(all_25)
        ),
        leadership=(
            TermFact(all_25[0], "leader", ends_on=dt.date(2026, 6, 30)),
            TermFact(
                all_25[1],
                "leader",
                elected_on=dt.date(2026, 7, 1),
                recognised_on=dt.date(2026, 7, 15),
                recognised_paper="12/QĐ-UBND",
            ),
            TermFact(all_25[7], "deputy"),
            TermFact(all_25[3], "deputy"),
        ),
        next_leadership=(NextTermFact(all_25[7], "leader"), NextTermFact(all_25[4], "deputy")),
        monitors=(
            MonitorFact("council", "Thành viên Hội đồng Thi đua - Khen thưởng tỉnh", "Trần Thị B"),
            MonitorFact("specialist", "Chuyên viên Phòng Thi đua - Khen thưởng", "Lê Văn C"),
        ),
        theme="Kỷ cương, trách nhiệm, bứt phá & hiệu quả <100%>",
        movements=tuple(MovementFact(f"Phong trào số {at}", "bloc" if at % 2 else "province") for at in range(1, 8)),
        next_movements=(MovementFact(long_name("Thi đua"), "bloc"),),
        milestones=(
            MilestoneFact("plan", dt.date(2026, 2, 28), dt.date(2026, 2, 20), is_done=True),
            MilestoneFact("covenant", dt.date(2026, 3, 15), dt.date(2026, 3, 27), is_done=True, note="họp lại một lần"),
            MilestoneFact("registration", dt.date(2026, 3, 31), dt.date(2026, 3, 31), is_done=True),
            MilestoneFact("half_year", dt.date(2026, 7, 10), dt.date(2026, 7, 9), is_done=True),
            MilestoneFact("self_score", dt.date(2026, 11, 20)),
            MilestoneFact("year_review", dt.date(2026, 12, 20), dt.date(2026, 12, 22), is_done=True),
            MilestoneFact("submission", dt.date(2026, 12, 31), is_done=False),
        ),
        targets=tuple(
            TargetFact(
                f"Tỷ lệ hồ sơ giải quyết đúng hạn của lĩnh vực số {at}",
                "%",
                "lower" if at == 4 else "higher",
                None if at == 5 else Decimal("93.5") + at,
                "không để xảy ra" if at == 5 else "",
            )
            for at in range(1, 13)
        ),
        figures=(
            FigureFact("đơn vị hoàn thành xuất sắc nhiệm vụ", 4, 25, "theo kết quả xếp loại của tỉnh"),
            FigureFact("Sáng kiến được công nhận", 137),
            FigureFact("Đơn vị gửi báo cáo đúng hạn", None, 25),
        ),
        places=tuple(PlaceFact(agency, at % 7 + 1) for at, agency in enumerate(all_25) if at != 5),
        awards=(
            *proposed("Cờ thi đua của Chính phủ", "title", "government", all_25[0]),
            *proposed(FLAG, "title", "province", all_25[7], all_25[14], all_25[21]),
            *proposed(CERTIFICATE, "commendation", "province", *all_25[1:4], *all_25[8:11]),
            AwardFact("granted", FLAG, "title", "province", all_25[3]),
            AwardFact("granted", "Huân chương Lao động hạng Ba", "commendation", "state", all_25[4]),
            AwardFact("granted", long_name("Kỷ niệm chương", 120), "commendation", "ministry", how_many=12),
            *(AwardFact("granted", *kind, agency=all_25[10 + at]) for at, kind in enumerate(kinds)),
        ),
        source="số liệu nhập trên hệ thống đến ngày 31/12/2026",
    )


def with_members(count: int) -> YearSummary:
    """A bloc of so many members, each with a place, for tables of every length."""
    facts = agencies(*(f"Đơn vị thứ {at}" for at in range(1, count + 1)))
    return YearSummary(
        bloc_name="Khối thi đua số 1",
        bloc_kind="khoi",
        year_label="2026",
        next_year_label="2027",
        header=HeaderFact("UBND tỉnh Sông Lam", "Sông Lam"),
        stated_member_count=count,
        members=members(facts),
        leadership=(TermFact(facts[0], "leader"),),
        places=tuple(PlaceFact(fact, fact.key) for fact in facts),
        awards=proposed(FLAG, "title", "province", facts[0]),
    )
