"""What the people of a bloc's year have to do next in each stage, from where its papers and acts are; pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from blocs.enums import HandoverState, MilestoneKind, PaperKind, PaperState, StandingState
from emulation.core.vietnamese import count2

BOARD, LEADER = "cơ quan thường trực", "Trưởng khối"
STAGE_OF = {
    PaperKind.PLAN: MilestoneKind.PLAN,
    PaperKind.COVENANT: MilestoneKind.COVENANT,
    PaperKind.REPORT: MilestoneKind.YEAR_REPORT,
}
_NAMES = {
    PaperKind.PLAN: "kế hoạch hoạt động của Khối",
    PaperKind.RULES: "quy chế hoạt động của Khối",
    PaperKind.COVENANT: "giao ước thi đua",
    PaperKind.REPORT: "dự thảo báo cáo tổng kết",
}
_MILESTONES = {
    MilestoneKind.REGISTRATION: "Đăng ký danh hiệu thi đua, hình thức khen thưởng",
    MilestoneKind.HALF_YEAR: "Sơ kết 6 tháng đầu năm",
    MilestoneKind.SELF_SCORE: "Tự chấm điểm, thẩm định điểm",
    MilestoneKind.SUBMISSION: "Trình hồ sơ đề nghị khen thưởng",
}
# What a member does itself; the rest of the calendar is the leader's.
_OF_MEMBERS = (MilestoneKind.REGISTRATION, MilestoneKind.SELF_SCORE)


@dataclass(frozen=True)
class Thing:
    """A row and its state; `pk` is None where there is none, or none the actor may know of."""

    pk: int | None = None
    state: str = ""


@dataclass(frozen=True)
class YearFacts:
    """Where a bloc year is, as one seat may know it.

    `runs`: the seat leads or deputises. `signs`: it signs for its agency. `member_id`: its agency's membership, None
    where it is no member. `speaks`: it writes for its agency; `has_said`: on which papers that agency has commented.
    `unsigned`: present members without a signature under the covenant. `report`: the newest
    year-end report (its number as state), `report_job`: the last job that made one.
    """

    pk: int
    runs: bool
    signs: bool = False
    member_id: int | None = None
    speaks: bool = False
    has_said: frozenset[str] = frozenset()
    papers: Mapping[str, Thing] = field(default_factory=dict)
    unsigned: int = 0
    has_signed: bool = False
    may_plan: bool = False
    standing: Thing = Thing()
    handover: Thing = Thing()
    receives: Thing = Thing()
    report: Thing = Thing()
    report_job: Thing = Thing()

    def paper(self, kind: PaperKind) -> Thing:
        """Return the newest version of a paper."""
        return self.papers.get(kind, Thing())


@dataclass(frozen=True)
class Act:
    """The next thing to do in a stage: what, on which page (`page` with `args`), the verb of its button, for whom.

    `is_begun`: it lies open, so it is shown however far its day is; else only when its day is near.
    """

    stage: MilestoneKind | None
    title: str
    page: str
    args: tuple[int | str, ...]
    label: str
    owed_to: str = BOARD
    is_begun: bool = False
    failure: str = ""


def acts(facts: YearFacts) -> Iterator[Act]:
    """Return what the seat has to do in that year; a stage that is done has no act."""
    if facts.runs:
        yield from _of_leader(facts)
    if facts.member_id is not None:
        yield from _of_member(facts, facts.member_id)


def _of_leader(facts: YearFacts) -> Iterator[Act]:
    for kind in (PaperKind.PLAN, PaperKind.RULES):
        yield from _paper(facts, kind)
    yield from _covenant(facts)
    for stage, title in _MILESTONES.items():
        yield Act(stage, title, "milestone_finish", (facts.pk, stage.value), "Ghi nhận")
    yield from _standing(facts)
    yield from _report(facts)
    yield from _handover(facts)


def _paper(facts: YearFacts, kind: PaperKind) -> Iterator[Act]:
    row, name, stage = facts.paper(kind), _NAMES[kind], STAGE_OF.get(kind)
    if row.pk is None:
        if stage is not None and kind != PaperKind.REPORT:
            yield Act(stage, f"Soạn {name}", "bloc_paper_new", (facts.pk, kind.value), "Soạn")
    elif row.state == PaperState.DRAFT:
        title = f"Gửi lấy ý kiến hoặc thông qua {name}"
        yield Act(stage, title, "bloc_paper_detail", (row.pk,), "Mở dự thảo", "các đơn vị", is_begun=True)
    elif row.state == PaperState.CIRCULATED:
        title = f"Ghi nhận {name} đã thông qua"
        yield Act(stage, title, "bloc_paper_detail", (row.pk,), "Mở dự thảo", is_begun=True)


def _covenant(facts: YearFacts) -> Iterator[Act]:
    row, stage = facts.paper(PaperKind.COVENANT), MilestoneKind.COVENANT
    if row.pk is None:
        yield Act(stage, "Soạn giao ước thi đua", "bloc_paper_new", (facts.pk, "covenant"), "Soạn", "các đơn vị")
    elif row.state == PaperState.DRAFT:
        title = "Gửi dự thảo giao ước lấy ý kiến hoặc mở ký"
        yield Act(stage, title, "covenant_detail", (row.pk,), "Mở dự thảo", "các đơn vị", is_begun=True)
    elif row.state == PaperState.CIRCULATED:
        title = "Chốt nội dung giao ước, mở ký"
        yield Act(stage, title, "covenant_detail", (row.pk,), "Mở giao ước", "các đơn vị", is_begun=True)
    elif row.state == PaperState.SIGNING and facts.unsigned:
        title = f"Ghi chữ ký giao ước của {count2(facts.unsigned)} đơn vị"
        yield Act(stage, title, "covenant_record_all", (row.pk,), "Ghi chữ ký", is_begun=True)
    elif row.state == PaperState.SIGNING:
        title = "Ghi nhận giao ước đã ký xong"
        yield Act(stage, title, "bloc_paper_step", (row.pk, "finish"), "Ghi nhận", is_begun=True)


def _standing(facts: YearFacts) -> Iterator[Act]:
    row, stage = facts.standing, MilestoneKind.YEAR_REVIEW
    if row.pk is None:
        title = "Họp tổng kết, bình xét; nhập kết quả xếp hạng"
        yield Act(stage, title, "standing_new", (facts.pk,), "Nhập kết quả")
    elif row.state == StandingState.PROVISIONAL:
        title = "Công bố kết quả xếp hạng"
        yield Act(stage, title, "standing_detail", (row.pk,), "Xem, công bố", "các đơn vị", is_begun=True)


def _report(facts: YearFacts) -> Iterator[Act]:
    report, job, stage = facts.report, facts.report_job, MilestoneKind.YEAR_REPORT
    yield from _paper(facts, PaperKind.REPORT)
    if job.pk is not None and job.state == "failed":
        failure, title = "Không lập được", "Không lập được báo cáo tổng kết"
        yield Act(stage, title, "job_detail", (job.pk,), "Xem lý do", is_begun=True, failure=failure)
    elif report.pk is None and job.state not in {"queued", "running"}:
        yield Act(stage, "Lập báo cáo tổng kết năm", "bloc_detail", (facts.pk,), "Lập báo cáo")
    elif report.pk is not None and not report.state:
        title = "Ký báo cáo tổng kết, ghi số và ngày văn bản"
        yield Act(stage, title, "paper_register", (report.pk,), "Ghi số, ngày", is_begun=True)


def _handover(facts: YearFacts) -> Iterator[Act]:
    row, stage = facts.handover, MilestoneKind.HANDOVER
    if row.pk is None:
        title = "Lập biên bản bàn giao Trưởng khối"
        yield Act(stage, title, "handover_new", (facts.pk,), "Lập biên bản", "Trưởng khối năm sau")
    elif row.state == HandoverState.DRAFT:
        title = "Bàn giao Trưởng khối theo biên bản"
        yield Act(stage, title, "handover_detail", (row.pk,), "Mở biên bản", "Trưởng khối năm sau", is_begun=True)


def _of_member(facts: YearFacts, member_id: int) -> Iterator[Act]:
    covenant, stage = facts.paper(PaperKind.COVENANT), MilestoneKind.COVENANT
    if covenant.pk is not None and covenant.state == PaperState.CIRCULATED and facts.may_plan:
        title, args = "Nhập mức chỉ tiêu của đơn vị trong giao ước", (covenant.pk, member_id)
        yield Act(stage, title, "covenant_member_values", args, "Nhập mức", LEADER, is_begun=True)
    if covenant.pk is not None and covenant.state == PaperState.SIGNING and not facts.has_signed:
        if facts.signs:
            title = "Ký giao ước thi đua"
            yield Act(stage, title, "covenant_sign", (covenant.pk,), "Xem và ký", LEADER, is_begun=True)
        elif not facts.runs:
            title, args = "Ghi chữ ký giao ước của đơn vị (nếu ký trên giấy)", (covenant.pk, member_id)
            yield Act(stage, title, "covenant_record", args, "Ghi chữ ký", LEADER, is_begun=True)
    if facts.receives.pk is not None:
        title, page, row = "Nhận bàn giao Trưởng khối theo biên bản", "handover_detail", facts.receives.pk
        yield Act(MilestoneKind.HANDOVER, title, page, (row,), "Xem biên bản", LEADER, is_begun=True)
    if not facts.runs:
        yield from _opinions(facts)
        for kind in _OF_MEMBERS:
            yield Act(kind, _MILESTONES[kind], "bloc_detail", (facts.pk,), "Xem khối", LEADER)


def _opinions(facts: YearFacts) -> Iterator[Act]:
    """Ask who writes for a member to comment on the papers sent round, once each."""
    for kind in (PaperKind.PLAN, PaperKind.RULES, PaperKind.REPORT):
        row = facts.paper(kind)
        if row.pk is not None and row.state == PaperState.CIRCULATED and facts.speaks and kind not in facts.has_said:
            title = f"Góp ý {_NAMES[kind]}"
            yield Act(STAGE_OF.get(kind), title, "opinion_new", (row.pk,), "Góp ý", LEADER, is_begun=True)
