"""Covenant, standing, handover, plan and rules: what the rows freeze to, and the job that makes the files."""

import dataclasses
import datetime as dt
from decimal import Decimal

import pytest

from blocs.enums import LeadershipRole, PaperKind, PaperState, SeatCapacity, SignsAs, StandingState
from blocs.models import BlocYear
from emulation.core import clock, jobs
from emulation.core.access import can
from emulation.core.errors import Refused
from emulation.core.models import Document, DocumentKind, Event, Job, JobState
from emulation.core.registry import document_line
from emulation.reports import queries
from emulation.reports.domain.covenant import CovenantSummary
from emulation.reports.queries import SOURCES, bloc_papers
from emulation.reports.services import build, request
from tests import factories as make
from tests.world import World
from tests.world import build as build_world

pytestmark = pytest.mark.django_db
PAPERS = ("plan", "rules", "covenant", "standing", "handover")


def members(bloc_year: BlocYear, count: int) -> list:
    return [make.MembershipFactory(bloc_year=bloc_year, position=count - at) for at in range(count)]


@pytest.fixture
def bloc_year(province: object) -> BlocYear:
    return make.BlocYearFactory(name="Khối thi đua A")


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def province() -> object:
    return make.ProvinceFactory()


def covenant_of(bloc_year: BlocYear, state: PaperState = PaperState.DRAFT, **values: object):
    return make.CovenantFactory(bloc_year=bloc_year, state=state, **values)


def run(kind: str, bloc_year: BlocYear) -> Job:
    job = jobs.request(kind=kind, subject=bloc_year, actor=jobs.SYSTEM, at=clock.now(), total=4)
    claimed = jobs.claim(job_id=job.pk)
    assert claimed is not None
    build.run(claimed, build.document)
    job.refresh_from_db()
    return job


# --- Facts ------------------------------------------------------------------------------------------------------------


def test_parties_stand_as_the_decision_lists_them_after_leader_and_deputy(bloc_year: BlocYear):
    rows = members(bloc_year, 4)  # positions 4, 3, 2, 1
    make.LeadershipTermFactory(bloc_year=bloc_year, agency=rows[1].agency)
    make.LeadershipTermFactory(bloc_year=bloc_year, agency=rows[0].agency, role=LeadershipRole.DEPUTY)
    covenant_of(bloc_year)
    parties = bloc_papers.covenant_summary(bloc_year).parties
    assert [(party.agency.key, party.role) for party in parties] == [
        (rows[1].agency_id, "leader"),
        (rows[0].agency_id, "deputy"),
        (rows[3].agency_id, ""),
        (rows[2].agency_id, ""),
    ]


def test_party_bears_who_signed_and_a_voided_signature_leaves_it_blank(bloc_year: BlocYear):
    first, second, third = members(bloc_year, 3)
    covenant = covenant_of(bloc_year, PaperState.SIGNING)
    make.SeatFactory(capacity=SeatCapacity.SIGNER, agency=first.agency, title="Cục trưởng", signs_as=SignsAs.HEAD)
    make.SignatureFactory(paper=covenant.paper, membership=first, signer_title="Chánh Văn phòng", signs_as=SignsAs.TUQ)
    make.SignatureFactory(
        paper=covenant.paper, membership=second, voided_at=clock.now(), void_reason="Ký nhầm tư cách."
    )
    parties = {party.agency.key: party for party in bloc_papers.covenant_summary(bloc_year).parties}
    signed = parties[first.agency_id]
    assert (signed.signs_as, signed.title, signed.head_title, signed.name) == (
        "tuq", "Chánh Văn phòng", "Cục trưởng", "Nguyễn Thị Thử",
    )  # fmt: skip
    assert [parties[row.agency_id].name for row in (second, third)] == [None, None]


def test_who_left_stays_under_the_covenant_only_when_it_had_signed(bloc_year: BlocYear):
    rows = members(bloc_year, 3)
    covenant = covenant_of(bloc_year, PaperState.SIGNING)
    make.SignatureFactory(paper=covenant.paper, membership=rows[0])
    for row in rows[:2]:
        row.left_on = dt.date(2026, 6, 1)
        row.save()
    keys = {party.agency.key for party in bloc_papers.covenant_summary(bloc_year).parties}
    assert keys == {rows[0].agency_id, rows[2].agency_id}


def test_covenant_freezes_clauses_targets_and_values_and_reads_back(bloc_year: BlocYear):
    (member,) = members(bloc_year, 1)
    covenant = covenant_of(bloc_year, basis="Căn cứ A\n\nCăn cứ B", organisation="Một\nHai")
    make.ClauseFactory(covenant=covenant, number=1, text="Nội dung")
    target = make.TargetFactory(bloc_year=bloc_year, covenant=covenant, number=7, planned=Decimal("98.5"))
    make.TargetFactory(bloc_year=bloc_year)  # what a source states is no target of the covenant
    make.TargetValueFactory(target=target, membership=member, planned=Decimal(3))
    summary = bloc_papers.covenant_summary(bloc_year)
    assert (summary.basis, summary.organisation, summary.clauses) == (
        ("Căn cứ A", "Căn cứ B"), ("Một", "Hai"), ("Nội dung",),
    )  # fmt: skip
    assert [(row.number, row.planned) for row in summary.targets] == [(1, Decimal("98.5"))]
    assert [(row.key, row.number, row.planned) for row in summary.values] == [(member.agency_id, 1, Decimal(3))]
    assert CovenantSummary.from_json(summary.to_json()) == summary
    assert summary.is_draft


def test_signed_covenant_bears_its_day_and_is_no_draft(bloc_year: BlocYear):
    covenant_of(bloc_year, PaperState.SIGNED)
    summary = bloc_papers.covenant_summary(bloc_year)
    assert (summary.header.dated_on, summary.header.sign, summary.is_draft) == (dt.date(2026, 2, 17), "", False)


def test_standing_tells_who_has_no_place_and_which_version_it_replaces(bloc_year: BlocYear):
    first, second = members(bloc_year, 2)
    left = make.MembershipFactory(bloc_year=bloc_year, left_on=dt.date(2026, 6, 1))
    make.StandingFactory(
        bloc_year=bloc_year, state=StandingState.SUPERSEDED, published_at=dt.datetime(2026, 12, 9, 18, tzinfo=dt.UTC)
    )
    standing = make.StandingFactory(
        bloc_year=bloc_year, version=2, reason="Cộng nhầm.", signer_name="Lê A", signer_title="Phó Giám đốc"
    )
    make.PlaceFactory(standing=standing, membership=first, place=1, points=Decimal("97.250"))
    make.PlaceFactory(standing=standing, membership=second, place=None, remark="Bị kỷ luật")
    summary = bloc_papers.standing_summary(bloc_year)
    assert {(row.agency.key, row.place, row.points, row.remark) for row in summary.ranks} == {
        (first.agency_id, 1, Decimal("97.25"), ""),
        (second.agency_id, None, None, "Bị kỷ luật"),
    }
    assert left.agency_id not in {row.agency.key for row in summary.ranks}
    assert (summary.version, summary.replaced_on, summary.signer.name) == (2, dt.date(2026, 12, 10), "Lê A")
    assert (summary.header.sign, summary.is_draft) == ("TB-KTĐ", True)


def test_handing_over_in_mid_year_is_told_from_that_at_its_end(bloc_year: BlocYear):
    handover = make.HandoverFactory(bloc_year=bloc_year, note="Một\nHai")
    make.HandoverItemFactory(handover=handover, number=1, quantity="02 tập")
    summary = bloc_papers.handover_summary(bloc_year)
    assert (summary.is_receiver_next, summary.handover, summary.note) == (True, handover.pk, ("Một", "Hai"))
    make.LeadershipTermFactory(bloc_year=bloc_year, agency=handover.receiver)
    assert bloc_papers.handover_summary(bloc_year).is_receiver_next is False


@pytest.mark.parametrize(("kind", "sign"), [("plan", "KH-KTĐ"), ("rules", "QC-KTĐ")])
def test_plan_and_rules_keep_their_lines(bloc_year: BlocYear, kind: str, sign: str):
    make.BlocPaperFactory(bloc_year=bloc_year, kind=kind, body="Điều 1. A\n  \nB\r\nC")
    summary = bloc_papers.regulation_summary(bloc_year, DocumentKind(kind))
    assert (summary.body, summary.header.sign) == (("Điều 1. A", "B", "C"), sign)


def test_number_of_one_version_is_not_printed_on_the_next(bloc_year: BlocYear):
    make.BlocPaperFactory(bloc_year=bloc_year, state=PaperState.SUPERSEDED, passed_on=dt.date(2026, 2, 1))
    make.DocumentFactory(
        bloc_year=bloc_year, kind="plan", about="bản 1", number="01/KH-KTĐ", issued_on=dt.date(2026, 2, 3)
    )
    before = bloc_papers.regulation_summary(bloc_year, DocumentKind.PLAN)
    make.BlocPaperFactory(bloc_year=bloc_year, version=2)
    after = bloc_papers.regulation_summary(bloc_year, DocumentKind.PLAN)
    assert [(row.header.number, row.version) for row in (before, after)] == [("01", 1), (None, 2)]


# --- Asking -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("plan", bloc_papers.NO_PAPER),
        ("rules", bloc_papers.NO_PAPER),
        ("covenant", bloc_papers.NO_COVENANT),
        ("standing", bloc_papers.NO_STANDING),
        ("handover", bloc_papers.NO_HANDOVER),
    ],
)
def test_paper_that_does_not_exist_is_refused_in_words(world: World, kind: str, sentence: str):
    board, bloc_year = world.actor("board_head"), world.bloc_years["concluded"]
    with pytest.raises(Refused, match=sentence[:20]):
        request.document(kind=DocumentKind(kind), bloc_year=bloc_year, actor=board, at=clock.now())
    assert run(kind, bloc_year).failure == sentence


def test_paper_uploaded_as_a_file_is_not_printed_again(bloc_year: BlocYear):
    make.BlocPaperFactory(bloc_year=bloc_year, body="", file=make.StoredFileFactory())
    assert SOURCES[DocumentKind.PLAN].refusal(bloc_year) == bloc_papers.UPLOADED
    make.BlocPaperFactory(bloc_year=bloc_year, kind=PaperKind.COVENANT, body="", file=make.StoredFileFactory())
    assert SOURCES[DocumentKind.COVENANT].refusal(bloc_year) == bloc_papers.UPLOADED


@pytest.mark.parametrize("role", ["member", "council", "stranger", "signer"])
def test_only_board_leader_and_deputy_ask(world: World, role: str):
    with pytest.raises(PermissionError):
        request.document(
            kind=DocumentKind.COVENANT, bloc_year=world.bloc_years["running"], actor=world.actor(role), at=clock.now()
        )


def everything(bloc_year: BlocYear) -> None:
    rows = members(bloc_year, 2)
    make.LeadershipTermFactory(bloc_year=bloc_year, agency=rows[0].agency)
    covenant_of(bloc_year)
    standing = make.StandingFactory(bloc_year=bloc_year)
    make.PlaceFactory(standing=standing, membership=rows[0], place=1)
    make.HandoverItemFactory(handover=make.HandoverFactory(bloc_year=bloc_year, giver=rows[0].agency))
    for kind in (PaperKind.PLAN, PaperKind.RULES):
        make.BlocPaperFactory(bloc_year=bloc_year, kind=kind)


@pytest.mark.parametrize("kind", PAPERS)
def test_worker_makes_each_kind_once_and_links_it_when_nothing_changed(bloc_year: BlocYear, kind: str):
    everything(bloc_year)
    first, second = run(kind, bloc_year), run(kind, bloc_year)
    document = Document.objects.get()
    assert (first.state, first.failure, first.document, second.document) == (JobState.READY, "", document, document)
    assert (document.kind, document.version, document.about) == (
        kind, 1, SOURCES[DocumentKind(kind)].about(build.facts_of(DocumentKind(kind), bloc_year)),
    )  # fmt: skip
    verbs = list(Event.objects.filter(verb__startswith="document_").order_by("seq").values_list("verb", flat=True))
    assert verbs == ["document_made", "document_unchanged"]
    assert document.is_draft == (kind != "handover")


def test_signed_covenant_is_a_new_version_that_members_read(bloc_year: BlocYear):
    everything(bloc_year)
    run("covenant", bloc_year)
    paper = bloc_year.papers.get(kind=PaperKind.COVENANT)
    paper.state, paper.passed_on = PaperState.SIGNED, dt.date(2026, 3, 1)
    paper.save()
    run("covenant", bloc_year)
    rows = Document.objects.order_by("version").values_list("version", "about", "is_draft")
    assert list(rows) == [(1, "bản 1", True), (2, "bản 1", False)]


# --- Who reads --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "reads_draft", "reads_final"),
    [
        ("board_head", True, True),
        ("board_specialist", True, True),
        ("leader", True, True),
        ("deputy", True, True),
        ("member", False, True),
        ("signer", False, True),
        ("council", False, True),
        ("stranger", False, False),
    ],
)
def test_what_was_made_of_a_draft_is_read_by_who_drafts(world: World, role: str, reads_draft: bool, reads_final: bool):
    bloc_year, actor = world.bloc_years["running"], world.actor(role)
    final = make.DocumentFactory(bloc_year=bloc_year, kind="plan", version=1)
    draft = make.DocumentFactory(bloc_year=bloc_year, kind="plan", version=2, is_draft=True)
    job = make.JobFactory(bloc_year=bloc_year, kind="plan", state=JobState.QUEUED)
    assert [can(actor, "reports.view_document", row) for row in (draft, final)] == [reads_draft, reads_final]
    assert can(actor, "reports.view_job", job) is reads_draft
    found = set(queries.readable_by(actor).filter(kind="plan").values_list("pk", flat=True))
    assert found == {row.pk for row, reads in ((draft, reads_draft), (final, reads_final)) if reads}
    line = document_line("plan", bloc_year, actor)
    newest = draft.pk if reads_draft else final.pk if reads_final else None
    assert (line.document_id, line.may_ask, line.job_id) == (newest, reads_draft, job.pk if reads_draft else None)
    file = world.client(role).get(f"/documents/{draft.pk}/pdf/")
    if file.streaming:
        assert b"".join(file.streaming_content)
    assert file.status_code == (200 if reads_draft else 404)
    page = world.client(role).get(f"/documents/{final.pk}/")
    assert page.status_code == (200 if reads_final else 404)
    assert (f"/documents/{draft.pk}/" in page.content.decode()) is reads_draft


def test_line_costs_two_queries(world: World, django_assert_num_queries):
    bloc_year, actor = world.bloc_years["running"], world.actor("leader")
    with django_assert_num_queries(2):
        line = document_line("year_report", bloc_year, actor)
    assert (line.document_id, line.has_scan, line.has_failed) == (world.papers["report"].pk, True, True)
    assert dataclasses.is_dataclass(line)
