"""Summaries of the papers of a bloc's year, built by hand: small, ordinary and strained to every limit."""

import dataclasses
import datetime as dt
from decimal import Decimal

from emulation.reports.domain.covenant import CovenantSummary, PartyFact, PromiseFact, ValueFact
from emulation.reports.domain.facts import AgencyFact, HeaderFact, NextTermFact, SignerFact
from emulation.reports.domain.handover import HandoverSummary, ItemFact
from emulation.reports.domain.regulation import RegulationSummary
from emulation.reports.domain.standing import RankFact, StandingSummary

OWN = HeaderFact("UBND tỉnh Sông Lam", "Sông Lam", "")
BLOC = {
    "bloc_name": "Khối thi đua Tổng hợp",
    "bloc_kind": "khoi",
    "year_label": "2026",
    "next_year_label": "2027",
}
AGENCIES = (
    "Sở Nội vụ",
    "Thuế tỉnh Sông Lam",
    "Văn phòng Đoàn ĐBQH và HĐND tỉnh",
    "Văn phòng UBND tỉnh",
    "Sở Ngoại vụ",
    "Sở Tài chính",
    "Sở Nông nghiệp và Môi trường",
    "Ban Tổ chức Tỉnh ủy",
    "Kho bạc Nhà nước khu vực",
    "Thống kê tỉnh",
)
# Every way of signing, with the title as people give it.
SIGNERS = (
    ("head", "Giám đốc", "", "Trần Thị B"),
    ("kt", "Phó Trưởng Thuế tỉnh", "", "Lê Văn C"),
    ("in_charge", "Phó Chánh Văn phòng phụ trách", "", "Phạm Văn D"),
    ("q", "Quyền Chánh Văn phòng", "", "Nguyễn Văn A"),
    ("tuq", "Chánh Văn phòng Sở", "Giám đốc", "Hoàng Thị E"),
)
SECTIONS = ("Nhiệm vụ chính trị", "Công tác thi đua, khen thưởng", "Hoạt động chung của Khối")
TARGETS = (
    ("Đơn vị hoàn thành nhiệm vụ chính trị được giao", "%", "100", "", "higher"),
    ("Đơn vị được xếp loại hoàn thành tốt nhiệm vụ trở lên", "đơn vị", "", "từ 9/10 đơn vị", "higher"),
    ("Hồ sơ thủ tục hành chính trả trễ hạn", "%", "0.5", "", "lower"),
    ("Đơn vị có gương điển hình tiên tiến, tiêu biểu", "đơn vị", "", "10/10", "higher"),
    ("Sáng kiến được công nhận", "sáng kiến", "25", "", "higher"),
    ("Báo cáo gửi đúng hạn", "%", "", "", "higher"),
    ("Hoạt động an sinh xã hội", "hoạt động", "2", "", "higher"),
    ("Bài viết tuyên truyền về phong trào thi đua trên cổng thông tin điện tử của đơn vị", "bài", "120", "", "higher"),
    ("Văn bản trao đổi trên môi trường mạng", "%", "98.75", "", "higher"),
    ("Chi tiết kiệm so với dự toán", "%", "5", "", "higher"),
    ("Cuộc thi, hội thao do Khối tổ chức", "cuộc", "1", "", "higher"),
    ("Hộ nghèo được nhận giúp đỡ", "hộ", "30", "", "higher"),
)


def _agencies(count: int) -> list[AgencyFact]:
    names = [*AGENCIES, *(f"Ban Quản lý dự án đầu tư xây dựng khu vực số {at}" for at in range(1, 40))]
    return [AgencyFact(key, name) for key, name in enumerate(names[:count], start=1)]


def promises(count: int, *, has_base: bool = False) -> tuple[PromiseFact, ...]:
    return tuple(
        PromiseFact(
            number=at,
            indicator=indicator,
            section=SECTIONS[(at - 1) * len(SECTIONS) // count],
            unit=unit,
            direction=direction,
            base=Decimal(at) if has_base else None,
            planned=Decimal(planned) if planned else None,
            planned_text=words,
        )
        for at, (indicator, unit, planned, words, direction) in enumerate((TARGETS * 3)[:count], start=1)
    )


def parties(count: int, *, is_signed: bool) -> tuple[PartyFact, ...]:
    found = []
    for at, agency in enumerate(_agencies(count)):
        signs_as, title, head, name = SIGNERS[at % len(SIGNERS)]
        role = {0: "leader", 1: "deputy"}.get(at, "")
        found.append(PartyFact(agency, role, signs_as, title, head, name) if is_signed else PartyFact(agency, role))
    return tuple(found)


def values(agencies: int, targets: int) -> tuple[ValueFact, ...]:
    """Every target of every agency but one agency without any, some targets not assigned, some in words."""
    found = []
    for key in range(1, agencies):
        for number in range(1, targets + 1):
            if (key + number) % 7 == 0:
                found.append(ValueFact(key, number, is_assigned=False))
            elif (key + number) % 5 == 0:
                found.append(ValueFact(key, number, planned_text="cả năm"))
            else:
                found.append(ValueFact(key, number, planned=Decimal(key * number) / 4))
    return tuple(found)


def covenant() -> CovenantSummary:
    """Ten members, ten signatures in every capacity, few targets, a witness; signed."""
    return CovenantSummary(
        **BLOC,
        version=1,
        state="signed",
        header=dataclasses.replace(OWN, dated_on=dt.date(2026, 3, 5)),
        theme="Đoàn kết, sáng tạo, thi đua hoàn thành xuất sắc nhiệm vụ năm 2026",
        basis=(
            "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",
            "Căn cứ kết quả Hội nghị tổng kết phong trào thi đua năm 2025 của Khối thi đua Tổng hợp;",
        ),
        clauses=(
            "Thi đua hoàn thành thắng lợi nhiệm vụ chính trị được giao; phát động các phong trào thi đua thiết thực.",
            "Hưởng ứng các phong trào thi đua do Thủ tướng Chính phủ, Tỉnh ủy, UBND tỉnh phát động.",
            "Phát hiện, nhân rộng điển hình tiên tiến trong từng phong trào thi đua.",
        ),
        targets=promises(5),
        organisation=(
            "Các đơn vị thành viên phổ biến nội dung giao ước đến toàn thể cán bộ, công chức, viên chức.",
            "Trưởng Khối theo dõi, đôn đốc, tổ chức sơ kết, tổng kết và bình xét thi đua theo giao ước này.",
            "Giao ước có hiệu lực kể từ ngày ký, lập thành 12 bản, mỗi đơn vị giữ 01 bản",
        ),
        witness="Nguyễn Văn H, Phó Chủ tịch Hội đồng Thi đua - Khen thưởng tỉnh",
        parties=parties(10, is_signed=True),
    ).normalised()


def covenant_large() -> CovenantSummary:
    """Twenty-five members, twelve targets with last year's values, what each member plans; half of them signed."""
    signed, all_parties = parties(13, is_signed=True), parties(25, is_signed=False)
    return dataclasses.replace(
        covenant(),
        version=2,
        state="signing",
        change="amendment",
        reason="Sở Ngoại vụ sáp nhập vào Văn phòng UBND tỉnh từ 01/7/2026",
        replaced_on=dt.date(2026, 3, 5),
        header=OWN,
        targets=promises(12, has_base=True),
        parties=(*signed, *all_parties[13:]),
        values=values(25, 12),
        witness="",
    )


def covenant_bare() -> CovenantSummary:
    """A draft of one member in which nothing is written yet."""
    return CovenantSummary(
        **BLOC, version=1, state="draft", header=HeaderFact(sign=""), parties=parties(1, is_signed=False)
    )


def covenant_long() -> CovenantSummary:
    """Very long names and titles; upright annex, four targets, two members in the last row."""
    long = (
        "Ban Quản lý Khu kinh tế, Khu công nghiệp và Khu công nghệ cao ứng dụng nông nghiệp công nghệ cao tỉnh Sông Lam"
    )
    facts = covenant()
    party = facts.parties[2]
    renamed = dataclasses.replace(
        party,
        agency=AgencyFact(3, long),
        signs_as="kt",
        title="Phó Trưởng ban Thường trực kiêm Giám đốc Trung tâm Phát triển hạ tầng",
        name="Công Tằng Tôn Nữ Hoàng Phương Thảo Nguyên",
    )
    return dataclasses.replace(
        facts,
        bloc_name="Khối thi đua các cơ quan chuyên môn thuộc UBND tỉnh và doanh nghiệp Trung ương trên địa bàn tỉnh",
        parties=(*facts.parties[:2], renamed, *facts.parties[3:5]),
        targets=promises(4),
        values=values(6, 4),
        witness="",
    )


def standing() -> StandingSummary:
    """Ten members, a shared place, one without a place; published."""
    ten = _agencies(10)
    proposals = ("Cờ thi đua của Chính phủ", "Cờ thi đua của UBND tỉnh", *["Bằng khen của Chủ tịch UBND tỉnh"] * 3)
    ranks = [
        RankFact(
            agency,
            place=min(at, 3) if at <= 4 else at,
            points=Decimal("98.5") - Decimal(at) / 4,
            proposal=proposals[at - 1] if at <= len(proposals) else "",
        )
        for at, agency in enumerate(ten[:9], start=1)
    ]
    ranks.append(RankFact(ten[9], remark="Mới thành lập từ 01/7/2026"))
    return StandingSummary(
        **BLOC,
        version=1,
        state="published",
        header=HeaderFact("UBND tỉnh Sông Lam", "Sông Lam", "TB-KTĐ", "05", dt.date(2026, 12, 10)),
        signer=SignerFact(("Giám đốc Sở Nội vụ",), "Trần Thị B"),
        board="Sở Nội vụ",
        theme="Đoàn kết, sáng tạo",
        decided_on=dt.date(2026, 12, 4),
        ranks=tuple(ranks),
        next_leadership=(NextTermFact(ten[1], "leader", "bầu"), NextTermFact(ten[2], "deputy", "bầu")),
    ).normalised()


def standing_groups() -> StandingSummary:
    """Version 2 of twenty-five members in two groups that rank apart; provisional, nothing known of next year."""
    facts = _agencies(25)
    names = ("Nhóm có đánh giá công vụ", "Nhóm không đánh giá công vụ")
    ranks = tuple(
        RankFact(
            agency, names[at >= 12], place=(at % 12) + 1 if at % 5 else None, remark="" if at % 5 else "vi phạm kỷ luật"
        )
        for at, agency in enumerate(facts)
    )
    return dataclasses.replace(
        standing(),
        version=2,
        state="provisional",
        header=HeaderFact("UBND tỉnh Sông Lam", "Sông Lam", "TB-KTĐ"),
        signer=SignerFact(("Giám đốc Sở Nội vụ",), "Trần Thị B"),
        theme="",
        reason="Cộng nhầm điểm thưởng của Sở Tài chính",
        replaced_on=dt.date(2026, 12, 10),
        is_by_group=True,
        ranks=ranks,
        note=("Điểm của từng đơn vị nêu tại biên bản Hội nghị.",),
        next_leadership=(),
    )


def standing_bare() -> StandingSummary:
    """A provisional standing in which nothing is entered."""
    return StandingSummary(**BLOC, version=1, state="provisional", header=HeaderFact(sign="TB-KTĐ"))


def handover() -> HandoverSummary:
    """A year-end handing over with its list, one item still to come; done."""
    giver, receiver = _agencies(2)
    items = (
        ItemFact("Giao ước thi đua năm 2026 và các phụ lục", "01 bộ"),
        ItemFact("Hồ sơ bình xét thi đua năm 2026", "02 tập", note="có bản điện tử"),
        ItemFact("Biên bản các cuộc họp của Khối", "05 bản"),
        ItemFact(
            "Kinh phí hoạt động chung còn lại", "12,5 triệu đồng", is_handed=False, note="chuyển khoản trước 31/01"
        ),
        ItemFact("Con dấu, tài sản khác"),
    )
    return HandoverSummary(
        **BLOC,
        handover=7,
        state="handed",
        giver=giver,
        receiver=receiver,
        header=HeaderFact("UBND tỉnh Sông Lam", "Sông Lam", "BB-KTĐ"),
        giver_signer=SignerFact(("Giám đốc Sở Nội vụ",), "Trần Thị B"),
        receiver_signer=SignerFact(),
        handed_on=dt.date(2027, 1, 5),
        place="Phòng họp số 1, Sở Nội vụ",
        note=("Sở Nội vụ tiếp tục hướng dẫn Thuế tỉnh về hồ sơ trong quý I năm 2027.",),
        items=items,
    ).normalised()


def handover_bare() -> HandoverSummary:
    """A draft in mid-year of which nothing is written."""
    giver, receiver = _agencies(2)
    return HandoverSummary(
        **BLOC,
        handover=8,
        state="draft",
        giver=giver,
        receiver=receiver,
        is_receiver_next=False,
        header=HeaderFact(sign="BB-KTĐ"),
    )


PLAN_BODY = (
    "Thực hiện Quyết định số 123/QĐ-UBND ngày 05 tháng 01 năm 2026 của UBND tỉnh, Khối xây dựng kế hoạch như sau:",
    "I. Mục đích, yêu cầu",
    "1. Mục đích",
    "Đẩy mạnh phong trào thi đua của các đơn vị trong Khối.",
    "2. Yêu cầu",
    "- Thiết thực, hiệu quả;",
    "- Không hình thức.",
    "II. Nội dung",
    "1. Tổ chức ký kết giao ước thi đua trong tháng 02 năm 2026.",
    "2. Tổ chức sơ kết 6 tháng đầu năm & kiểm tra chéo giữa các đơn vị <theo phân công>.",
    "III. Tổ chức thực hiện",
    "a) Trưởng Khối chủ trì;",
    "b) Các đơn vị thành viên phối hợp thực hiện",
)
RULES_BODY = (
    "Chương I",
    "Quy định chung",
    "Điều 1. Phạm vi điều chỉnh",
    "Quy chế này quy định tổ chức và hoạt động của Khối.",
    "Điều 2. Nguyên tắc hoạt động",
    "1. Khối hoạt động theo nguyên tắc tập trung dân chủ, công khai, bàn bạc thống nhất.",
    "2. Quyết định theo đa số khi ý kiến còn khác nhau.",
    "Chương II. Tổ chức",
    "Điều 3. Trưởng Khối điều hành hoạt động của Khối, chủ trì các hội nghị và chịu trách nhiệm trước Hội đồng.",
)


def plan() -> RegulationSummary:
    """A plan in the scheme of Roman and Arabic numbers; passed, with its number."""
    return RegulationSummary(
        kind="plan",
        **BLOC,
        version=1,
        state="passed",
        header=HeaderFact("UBND tỉnh Sông Lam", "Sông Lam", "KH-KTĐ", "01", dt.date(2026, 2, 3)),
        signer=SignerFact(("Giám đốc Sở Nội vụ",), "Trần Thị B"),
        title="Kế hoạch hoạt động của Khối thi đua Tổng hợp năm 2026",
        body=PLAN_BODY,
    ).normalised()


def rules() -> RegulationSummary:
    """Rules in chapters and articles, amended; a draft."""
    return RegulationSummary(
        kind="rules",
        **BLOC,
        version=2,
        state="draft",
        header=HeaderFact("UBND tỉnh Sông Lam", "Sông Lam", "QC-KTĐ"),
        title="Quy chế tổ chức và hoạt động",
        change="amendment",
        body=RULES_BODY,
    ).normalised()


def rules_bare() -> RegulationSummary:
    """Rules of which nothing is written, in a bloc of another province's kind of year."""
    return RegulationSummary(
        kind="rules",
        **{**BLOC, "bloc_kind": "cum", "year_label": "2025-2026", "next_year_label": "2026-2027"},
        year_kind="school",
        version=1,
        state="draft",
        header=HeaderFact(sign="QC-KTĐ"),
    )


PAPERS = {
    "covenant": covenant,
    "covenant-large": covenant_large,
    "covenant-bare": covenant_bare,
    "covenant-long": covenant_long,
    "standing": standing,
    "standing-groups": standing_groups,
    "standing-bare": standing_bare,
    "handover": handover,
    "handover-bare": handover_bare,
    "plan": plan,
    "rules": rules,
    "rules-bare": rules_bare,
}
