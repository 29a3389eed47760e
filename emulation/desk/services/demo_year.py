"""The demo's leader's year: what Khối 1 of the invented province did in 2025 and 2026, by the services people use.

2025 is whole: covenant signed by all, standing published, report written and passed, leadership handed over. 2026 is
under way: the plan is passed, the rules are left out, one signature under the covenant is missing, one day was put off.
"""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from decimal import Decimal

from blocs.domain.covenant import Plan
from blocs.enums import MilestoneKind, OpinionOutcome, PaperKind
from blocs.models import BlocPaper, BlocYear, Membership, Target
from blocs.queries.covenant import members_of, values_of
from blocs.queries.handover import proposed_items
from blocs.services import calendar, covenants, handovers, opinions, papers, signatures, standings
from blocs.services.covenants import CovenantSaid, TargetSaid
from blocs.services.signatures import SignatureSaid
from blocs.services.standings import PlaceSaid
from emulation.core import clock
from emulation.core.access import Actor
from emulation.core.papers import OnPaper
from emulation.reports.services import narratives
from emulation.reports.services.narratives import SectionSaid

CODE = "SL-K1"
UNSIGNED = "Sở Tài chính"  # its signers have logins: `nguoiky`, and `kythay` for KT.
_SPACE = uuid.UUID("7f0f3a52-9a0e-4b9c-8f6b-2f6f0c1e2026")
_CLAUSES = (
    "Thi đua hoàn thành xuất sắc nhiệm vụ chính trị được giao của từng cơ quan, đơn vị.",
    "Đẩy mạnh cải cách hành chính, chuyển đổi số; nâng cao chất lượng phục vụ người dân, doanh nghiệp.",
    "Phát hiện, bồi dưỡng, nhân rộng điển hình tiên tiến; mỗi đơn vị có ít nhất một điển hình.",
    "Tham gia đầy đủ các hoạt động chung của Khối.",
)
_PLAN = (
    "I. MỤC ĐÍCH, YÊU CẦU\n"
    "Tổ chức phong trào thi đua của Khối thiết thực, gắn với nhiệm vụ chính trị của từng đơn vị.\n"
    "II. NỘI DUNG\n"
    "1. Ký kết giao ước thi đua trong quý I.\n"
    "2. Sơ kết 6 tháng đầu năm trước ngày 15 tháng 7.\n"
    "3. Tự chấm điểm, thẩm định điểm trong tháng 11; hội nghị tổng kết, bình xét trước ngày 15 tháng 12.\n"
    "III. TỔ CHỨC THỰC HIỆN\n"
    "Trưởng khối, Phó Trưởng khối chủ trì, đôn đốc; các đơn vị thành viên thực hiện và báo cáo đúng hạn."
)
_REPORT = {
    "duties": "Các đơn vị thành viên tham mưu cho UBND tỉnh quản lý nhà nước về ngành, lĩnh vực được giao.",
    "conditions": (
        "Thuận lợi: tỉnh quan tâm chỉ đạo, các đơn vị phối hợp chặt chẽ.\n"
        "Khó khăn: sắp xếp bộ máy trong năm làm một số đơn vị thay đổi nhân sự phụ trách."
    ),
    "limits": (
        "Một số mặt công tác còn hạn chế:\n"
        "- Có đơn vị gửi báo cáo quý chậm so với thời hạn.\n"
        "- Việc nhân rộng điển hình tiên tiến chưa nhiều."
    ),
    "causes": "Cán bộ làm công tác thi đua phần lớn kiêm nhiệm, thay đổi trong năm.",
    "plans": (
        "- Ký kết giao ước thi đua trong quý I.\n"
        "- Mỗi đơn vị xây dựng ít nhất một điển hình tiên tiến.\n"
        "- Gửi báo cáo đúng hạn, đúng biểu mẫu."
    ),
    "requests": "Không có.",
}
_OPINIONS = (
    ("Sở Khoa học và Công nghệ", "III.1. Hạn chế", "Nêu rõ số lần gửi báo cáo chậm của Khối.", ""),
    (
        "Sở Tư pháp",
        "",
        "Bổ sung kết quả ứng dụng chữ ký số.",
        "Số liệu này sẽ đưa vào báo cáo chuyên đề chuyển đổi số.",
    ),
)
_PROPOSALS = {
    "Sở Xây dựng": (1, "97.5", "Cờ thi đua của UBND tỉnh"),
    "Sở Tài chính": (2, "96.75", "Bằng khen của Chủ tịch UBND tỉnh"),
    "Thuế tỉnh Sông Lam": (3, "95.5", "Bằng khen của Chủ tịch UBND tỉnh"),
}


def bring_in(actor: Actor) -> str:
    """Write both years where nothing of them is written yet; return what was done, in one line."""
    years = {row.year.label: row for row in BlocYear.objects.filter(bloc__code=CODE).select_related("year", "bloc")}
    last, this = years["2025"], years["2026"]
    if BlocPaper.objects.filter(bloc_year__in=(last, this)).exists():
        return "Năm của khối số 1: đã có, giữ nguyên"
    _last_year(last, actor)
    _this_year(this, actor)
    return "Năm của khối số 1: giao ước, kế hoạch, xếp hạng, báo cáo tổng kết, bàn giao"


def _last_year(row: BlocYear, actor: Actor) -> None:
    day = dt.date(2025, 2, 21)
    paper = _covenant(row, actor, (("Hồ sơ thủ tục hành chính giải quyết đúng và trước hạn", "%", Decimal(97)),))
    covenants.open_signing(paper=paper, actor=actor, at=clock.now())
    _sign(paper, members_of(paper), day, actor)
    paper.refresh_from_db()
    covenants.finish(paper=paper, actor=actor, at=clock.now())
    standing = standings.draft(bloc_year=row, actor=actor, at=clock.now())
    places = {member.pk: _place(member) for member in members_of(paper)}
    standings.enter(
        standing=standing,
        decided_on=dt.date(2025, 12, 19),
        is_by_group=False,
        note="",
        places=places,
        revision=standing.revision,
        actor=actor,
        at=clock.now(),
    )
    standings.publish(standing=standing, revision=standing.revision, actor=actor, at=clock.now())
    _report(row, members_of(paper), actor)
    sides = {term.agency.name: term.agency for term in row.terms.select_related("agency")}
    handover = handovers.draft(
        bloc_year=row,
        giver=sides["Sở Xây dựng"],
        receiver=sides["Sở Tài chính"],
        creation_key=_key(row, "handover"),
        actor=actor,
        at=clock.now(),
    )
    handovers.edit(
        handover=handover,
        place="Sở Xây dựng",
        note="",
        items=proposed_items(row),
        revision=handover.revision,
        actor=actor,
        at=clock.now(),
    )
    handovers.take(handover=handover, action="hand", handed_on=dt.date(2025, 12, 19), actor=actor, at=clock.now())


def _report(row: BlocYear, members: Sequence[Membership], actor: Actor) -> None:
    """Write the report's sections, let two members comment by letter, pass it at the meeting."""
    draft = papers.draft(
        bloc_year=row,
        kind=PaperKind.REPORT,
        title=papers.title_of(row, PaperKind.REPORT),
        creation_key=_key(row, "report"),
        actor=actor,
        at=clock.now(),
    )
    said = {key: SectionSaid(text, 0) for key, text in _REPORT.items()}
    narratives.save(paper=draft, said=said, actor=actor, at=clock.now())
    papers.take(paper=draft, action="circulate", actor=actor, at=clock.now())
    named = {member.name.full: member for member in members}
    for agency, section, text, answer in _OPINIONS:
        opinion = opinions.give(
            paper=draft,
            membership=named[agency],
            section=section,
            text=text,
            on_paper=OnPaper("", dt.date(2025, 12, 10), agency),
            creation_key=_key(row, f"opinion {agency}"),
            actor=actor,
            at=clock.now(),
        )
        outcome = OpinionOutcome.ANSWERED if answer else OpinionOutcome.ADOPTED
        opinions.settle(
            opinion=opinion, outcome=outcome, answer=answer, revision=opinion.revision, actor=actor, at=clock.now()
        )
    papers.pass_paper(paper=draft, passed_on=dt.date(2025, 12, 19), actor=actor, at=clock.now())


def _place(member: Membership) -> PlaceSaid:
    place, points, proposal = _PROPOSALS.get(member.name.full, (None, None, ""))
    return PlaceSaid(place, Decimal(points) if points else None, proposal)


def _this_year(row: BlocYear, actor: Actor) -> None:
    plan = papers.draft(
        bloc_year=row,
        kind=PaperKind.PLAN,
        title=papers.title_of(row, PaperKind.PLAN),
        body=_PLAN,
        creation_key=_key(row, "plan"),
        actor=actor,
        at=clock.now(),
    )
    signed = OnPaper("03/KH-KTĐ1", dt.date(2026, 1, 27), row.name)
    papers.pass_paper(paper=plan, passed_on=signed.dated_on, on_paper=signed, actor=actor, at=clock.now())
    papers.declare_none(
        bloc_year=row,
        kind=PaperKind.RULES,
        reason="Khối thực hiện theo quy chế chung của tỉnh.",
        actor=actor,
        at=clock.now(),
    )
    paper = _covenant(row, actor)
    _plan_values(paper, actor)
    paper.refresh_from_db()
    covenants.open_signing(paper=paper, actor=actor, at=clock.now())
    signers = [member for member in members_of(paper) if member.name.full != UNSIGNED]
    _sign(paper, signers, dt.date(2026, 3, 12), actor)
    review = row.milestones.get(kind=MilestoneKind.YEAR_REVIEW)
    calendar.extend(
        bloc_year=row,
        kind=review.kind,
        due_on=dt.date(2026, 12, 20),
        reason="Chờ kết quả xếp loại chất lượng tổ chức đảng.",
        revision=review.revision,
        actor=actor,
        at=clock.now(),
    )


def _covenant(row: BlocYear, actor: Actor, targets: Sequence[tuple[str, str, Decimal]] = ()) -> BlocPaper:
    """Draft the covenant: usual words, four clauses, the targets a source states or those given."""
    paper = papers.draft(
        bloc_year=row,
        kind=PaperKind.COVENANT,
        title=papers.title_of(row, PaperKind.COVENANT),
        creation_key=_key(row, "covenant"),
        copies_last=False,
        actor=actor,
        at=clock.now(),
    )
    said = paper.covenant
    covenants.edit(
        paper=paper,
        said=CovenantSaid(
            paper.title, row.theme, said.basis, _CLAUSES, said.organisation, "Đại diện Sở Nội vụ tỉnh Sông Lam"
        ),
        revision=paper.revision,
        actor=actor,
        at=clock.now(),
    )
    if targets:
        lines = [TargetSaid(name, unit=unit, planned=planned) for name, unit, planned in targets]
        covenants.set_targets(paper=paper, targets=lines, revision=paper.revision, actor=actor, at=clock.now())
    return paper


def _plan_values(paper: BlocPaper, actor: Actor) -> None:
    """Let the members plan for the two targets in percent; the rest is still to come."""
    members = members_of(paper)
    targets = Target.objects.filter(covenant__paper=paper, unit="%").order_by("number")
    plans: Mapping[tuple[int, int], Plan] = {
        (target.pk, member.pk): Plan(planned=target.planned) for target in targets for member in members
    }
    revision = covenants.values_revision(paper, values_of(paper, members))
    covenants.set_values(paper=paper, members=members, plans=plans, revision=revision, actor=actor, at=clock.now())


def _sign(paper: BlocPaper, members: Sequence[Membership], day: dt.date, actor: Actor) -> None:
    """Write that these signed at the meeting; the invented heads bear letters for names."""
    said = {
        member.pk: SignatureSaid(f"Nguyễn Văn {'ABCDEGHIKL'[at % 10]}", _title(member.name.full), day)
        for at, member in enumerate(members)
    }
    signatures.record_all(
        paper=paper,
        signatures=said,
        on_paper=OnPaper("", day, paper.bloc_year.name),
        creation_key=_key(paper.bloc_year, "signatures"),
        actor=actor,
        at=clock.now(),
    )


def _title(agency: str) -> str:
    if agency.startswith("Văn phòng"):
        return "Chánh Văn phòng"
    return "Giám đốc" if agency.startswith("Sở") else "Thủ trưởng"


def _key(row: BlocYear, what: str) -> uuid.UUID:
    return uuid.uuid5(_SPACE, f"{row.year.label} {what}")
