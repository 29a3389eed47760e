"""The papers of dossiers and decisions: what rows freeze to, one button for all, who may, the files together."""

import datetime as dt
import io
import zipfile

import pytest
from django.urls import reverse

from awards.enums import NominationState, Route, SubmissionState, Verdict
from awards.models import AwardKind, Decision, LegalBasis, Submission
from awards.services import nominations
from awards.services.nominations import Picked
from blocs.models import BlocYear
from emulation.core import clock, jobs
from emulation.core.access import can
from emulation.core.errors import Refused
from emulation.core.models import Document, DocumentKind, Job, JobState, label_of
from emulation.core.registry import document_pack
from emulation.reports import queries
from emulation.reports.papers import minutes_extract
from emulation.reports.queries import award_papers
from emulation.reports.services import build, register, request
from tests import factories as make
from tests.world import SEATED, World

pytestmark = pytest.mark.django_db
DECISION_KINDS = ["board_proposal", "board_list", "appraisal", "decision", "decision_list"]


def award(slug: str) -> AwardKind:
    return AwardKind.objects.get(slug=slug)


def line(decision: Decision, number: int, slug: str = "bk_tinh", **values: object):
    """A person's line after a flood, drafted by the board, with its appraisal."""
    person = make.PersonFactory(name=f"Trần Văn {number}")
    nomination = make.NominationFactory(
        route=Route.BOARD, person=person, award=award(slug), state=NominationState.APPRAISED, year=decision.year
    )
    make.AppraisalFactory(nomination=nomination, **values)
    return make.DecisionLineFactory(
        decision=decision, nomination=nomination, subject_title="Trưởng thôn", position=number, award=award(slug)
    )


def draft(lines: int = 2) -> Decision:
    decision = make.DecisionFactory(number="", dated_on=None, merit="cứu người trong lũ")
    for number in range(1, lines + 1):
        line(decision, number)
    return decision


def dossier(bloc_year: BlocYear, **values: object) -> Submission:
    submission = make.SubmissionFactory(bloc_year=bloc_year, **values)
    for place, slug in ((2, "bk_tinh"), (1, "co_tinh")):
        make.NominationFactory(
            bloc_year=bloc_year,
            submission=submission,
            state=NominationState.SENT,
            award=award(slug),
            place=place,
            votes_for=9,
            votes_of=10,
        )
    return submission


def run_all() -> None:
    for job in Job.objects.filter(state=JobState.QUEUED).order_by("pk"):
        claimed = jobs.claim(job_id=job.pk)
        assert claimed is not None
        build.run(claimed, build.document)


@pytest.fixture
def province() -> object:
    return make.ProvinceFactory()


# --- Facts ------------------------------------------------------------------------------------------------------------


def test_decision_freezes_lines_titles_first_and_leaves_struck_ones_out(province: object):
    decision = draft(1)
    flag = make.NominationFactory(state=NominationState.APPROVED, award=award("co_tinh"), year=decision.year)
    make.DecisionLineFactory(decision=decision, nomination=flag, position=2)
    struck = line(decision, 3)
    struck.is_struck = True
    struck.save()
    summary = award_papers.decision_paper(decision)
    assert [(row.nature, row.name, row.is_person) for row in summary.lines] == [
        ("title", flag.subject_name, False), ("commendation", "Trần Văn 1", True),
    ]  # fmt: skip
    assert (summary.header.sign, summary.header.number, summary.proposal.sign) == ("QĐ-UBND", None, "TTr-SNV")
    assert type(summary).from_json(summary.to_json()) == summary


def test_bases_are_those_that_hold_on_the_day_of_the_paper(province: object):
    LegalBasis.objects.all().delete()
    for text, until, start in (("Căn cứ A", dt.date(2026, 9, 30), None), ("Căn cứ B", None, dt.date(2026, 10, 1))):
        LegalBasis.objects.create(use="decision", text=text, valid_from=start, valid_to=until)
    decision = draft()
    decision.number, decision.dated_on, decision.number_year = "5/QĐ-UBND", dt.date(2026, 9, 30), 2026
    assert award_papers.decision_paper(decision).basis == ("Căn cứ A",)
    decision.dated_on = dt.date(2026, 10, 1)
    assert award_papers.decision_paper(decision).basis == ("Căn cứ B",)


def test_number_of_the_request_is_printed_in_the_decision(province: object, world: World):
    decision = draft()
    request.pack(row=decision, actor=world.actor("board_specialist"), at=clock.now())
    run_all()
    register.register(
        document=Document.objects.get(kind="board_proposal"),
        number="148/TTr-SNV",
        issued_on=dt.date(2026, 11, 20),
        scan=None,
        revision=0,
        actor=world.actor("board_specialist"),
        at=clock.now(),
    )
    proposal = award_papers.decision_paper(decision).proposal
    assert (proposal.number, proposal.sign, proposal.dated_on) == ("148", "TTr-SNV", dt.date(2026, 11, 20))
    assert not award_papers.board_proposal(decision).is_draft


def test_report_tells_of_what_was_found_unfit_in_the_same_dossier_and_what_is_missing(province: object):
    decision = draft(0)
    submission = dossier(make.BlocYearFactory(), state=SubmissionState.RECEIVED, register_number="117")
    fit, unfit = submission.nominations.order_by("place")
    make.AppraisalFactory(nomination=fit, verdict=Verdict.CHANGE, award=award("ttldxs"), opinion="Xét thấp hơn.")
    make.AppraisalFactory(nomination=unfit, verdict=Verdict.UNFIT, opinion="Trùng thành tích.")
    submission.nominations.update(state=NominationState.APPRAISED)
    make.DecisionLineFactory(decision=decision, nomination=fit, position=1)
    need = fit.award.papers.order_by("position").first()
    make.AttachmentFactory(nomination=fit, need=need)
    make.FindingFactory(nomination=fit, text="Bổ sung bản sao.")
    summary = award_papers.appraisal(decision)
    assert [(row.sender, row.number, row.collectives) for row in summary.dossiers] == [
        (submission.bloc_year.name, "117", 2)
    ]
    first, second = summary.appraised
    assert (first.verdict, first.instead, first.opinion) == (
        "change", "Danh hiệu “Tập thể lao động xuất sắc”", "Xét thấp hơn.",
    )  # fmt: skip
    assert (second.verdict, second.name) == ("unfit", unfit.subject_name)
    assert need.title not in first.missing
    assert first.missing[-1] == "Bổ sung bản sao"
    assert "Biên bản bình xét" in first.missing


def test_paper_of_a_bloc_says_what_the_bloc_asked_for_whatever_the_board_made_of_it(province: object):
    bloc_year = make.BlocYearFactory(name="Khối thi đua A")
    submission = dossier(bloc_year)
    asked = submission.nominations.get(place=1)
    asked.asked_award, asked.award = asked.award, award("ttldxs")
    asked.save()
    make.NominationFactory(bloc_year=bloc_year, submission=submission, state=NominationState.WITHDRAWN)
    summary = award_papers.bloc_list(submission)
    assert [(row.award, row.place, row.votes_for) for row in summary.lines] == [
        (str(award("co_tinh")), 1, 9), (str(award("bk_tinh")), 2, 9),
    ]  # fmt: skip
    assert (summary.bloc_name, summary.header.sign, summary.is_draft) == ("Khối thi đua A", "TTr-KTĐ", True)


def test_minutes_of_a_bloc_say_whom_it_does_not_propose_and_why(world: World):
    row = world.bloc_years["running"]
    submission = dossier(row)
    line = Picked(world.agencies["member"], award("ttldxs"))
    nominations.decline_from_standing(
        bloc_year=row, line=line, reason="Có đơn vị trực thuộc bị kỷ luật.", actor=world.actor("leader"), at=clock.now()
    )
    facts = award_papers.bloc_minutes(submission)
    assert [(one.name, one.reason) for one in facts.declined] == [("Sở Tài chính", "Có đơn vị trực thuộc bị kỷ luật.")]
    told = "Không đề nghị tặng danh hiệu “Tập thể lao động xuất sắc” cho Sở Tài chính; lý do: Có đơn vị trực thuộc bị"
    assert told in " ".join(minutes_extract.build(facts).agreed.before).replace("\xa0", " ")
    same = {"bloc_year": row, "agency": line.agency, "award": line.award}
    again = make.NominationFactory(**same, state=NominationState.DECLINED)
    assert [one.name for one in award_papers.bloc_minutes(submission).declined] == ["Sở Tài chính"]
    type(again).objects.filter(pk=again.pk).update(state=NominationState.ENDORSED)
    assert award_papers.bloc_minutes(submission).declined == ()


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (lambda: draft(0), award_papers.NO_LINES),
        (lambda: make.DecisionFactory(is_elsewhere=True), award_papers.ELSEWHERE),
        (lambda: make.DecisionFactory(state="cancelled"), award_papers.CANCELLED),
        (lambda: make.SubmissionFactory(bloc_year=None), award_papers.OF_AN_AGENCY),
        (make.SubmissionFactory, award_papers.NO_NOMINATIONS),
    ],
)
def test_what_has_nothing_to_print_is_refused_in_words(world: World, row, sentence: str):
    with pytest.raises(Refused) as refused:
        request.pack(row=row(), actor=world.actor("board_head"), at=clock.now())
    assert str(refused.value) == sentence


# --- One button -------------------------------------------------------------------------------------------------------


def test_one_click_makes_the_five_papers_and_a_second_makes_no_more(world: World):
    decision = draft(6)
    client, url = world.client("board_specialist"), reverse("decision_pack", args=[decision.pk])
    assert client.get(f"{url}zip/").status_code == 404
    for _ in range(2):
        assert client.post(url).url == url
    about = {"subject_label": label_of(Decision), "subject_id": decision.pk}
    assert list(Job.objects.filter(**about).order_by("pk").values_list("kind", flat=True)) == DECISION_KINDS
    assert client.get(url, headers={"HX-Request": "true"}).status_code == 200
    run_all()
    assert client.get(url, headers={"HX-Request": "true"}).status_code == 286
    assert set(Document.objects.filter(**about).values_list("kind", "version", "is_draft")) == {
        (kind, 1, False) for kind in DECISION_KINDS
    }
    answer = client.get(f"{url}zip/")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert [name[:2] for name in archive.namelist()] == ["1-", "2-", "3-", "4-", "5-"]
        assert all(zipfile.is_zipfile(io.BytesIO(archive.read(name))) for name in archive.namelist())
    client.post(url)
    run_all()
    assert Document.objects.filter(**about).count() == 5
    assert "Lập lại theo nội dung mới" in client.get(reverse("decision_detail", args=[decision.pk])).content.decode()


def test_few_lines_need_no_list_beside_the_decision(world: World):
    decision, actor = draft(5), world.actor("board_head")
    request.pack(row=decision, actor=actor, at=clock.now())
    kinds = Job.objects.filter(subject_label=label_of(Decision)).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == DECISION_KINDS[:4]
    assert document_pack(decision, actor).lines[4].refusal == award_papers.IN_THE_DECISION


def test_leader_makes_the_papers_of_the_bloc(world: World):
    submission = dossier(world.bloc_years["running"])
    client, url = world.client("leader"), reverse("submission_pack", args=[submission.pk])
    assert client.post(url).url == url
    run_all()
    page = client.get(reverse("submission_detail", args=[submission.pk])).content.decode()
    assert [kind for kind in ("Tờ trình của khối", "Trích biên bản họp bình xét") if kind not in page] == []
    paper = Document.objects.get(kind="bloc_proposal")
    assert paper.is_draft
    assert client.get(reverse("paper_detail", args=[paper.pk])).status_code == 200


# --- Who --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", SEATED)
def test_papers_follow_their_dossier_or_decision(world: World, role: str):
    actor, client = world.actor(role), world.client(role)
    decision = make.DecisionLineFactory(decision__state="issued").decision
    sent = dossier(world.bloc_years["running"], state=SubmissionState.SENT)
    is_board, runs = role.startswith("board"), role in {"leader", "deputy"}
    for row, kind, may_read, may_make in (
        (decision, "appraisal", is_board, is_board),
        (sent, "bloc_list", is_board or runs or role == "council", is_board or runs),
    ):
        about = {"subject_label": label_of(row), "subject_id": row.pk}
        paper = make.DocumentFactory(kind=kind, **about)
        job = make.JobFactory(kind=kind, **about)
        assert can(actor, "reports.view_document", paper) is may_read
        assert queries.readable_by(actor).filter(pk=paper.pk).exists() is may_read
        assert can(actor, "reports.view_job", job) is may_make
        assert can(actor, "reports.request_document", row) is may_make
        assert document_pack(row, actor).may_read is may_read
        url = reverse(queries.PACKS[label_of(row)].url, args=[row.pk])
        answers = (client.get(url).status_code, client.get(f"{url}zip/").status_code)
        assert answers == ((200, 200) if may_read else (404, 404))
        file = client.get(reverse("paper_docx", args=[paper.pk]))
        assert file.status_code == (200 if may_read else 404)
        if file.streaming:
            assert b"".join(file.streaming_content)


def test_what_is_made_of_a_dossier_in_preparation_is_read_by_who_prepares_it(world: World):
    submission = dossier(world.bloc_years["closed"])
    about = {"subject_label": label_of(submission), "subject_id": submission.pk}
    papers = [make.DocumentFactory(kind=DocumentKind.BLOC_LIST, version=at, is_draft=at == 1, **about) for at in (1, 2)]
    for role in SEATED:
        actor = world.actor(role)
        assert [can(actor, "reports.view_document", paper) for paper in papers] == [
            queries.readable_by(actor).filter(pk=paper.pk).exists() for paper in papers
        ]


def test_lists_and_decisions_take_no_number_here(world: World):
    actor = world.actor("board_head")
    about = {"subject_label": label_of(Decision), "subject_id": make.DecisionFactory().pk}
    assert {kind: can(actor, "reports.register_document", Document(kind=kind, **about)) for kind in DECISION_KINDS} == {
        "board_proposal": True, "board_list": False, "appraisal": True, "decision": False, "decision_list": False,
    }  # fmt: skip


@pytest.mark.parametrize("lines", [1, 3, 100])
def test_card_takes_the_same_queries_for_any_number_of_lines(world: World, lines: int, django_assert_num_queries):
    decision, actor = make.DecisionFactory(number="", dated_on=None), world.actor("board_head")
    nominations = [make.NominationFactory(bloc_year=world.bloc_years["running"]) for _ in range(lines)]
    for position, nomination in enumerate(nominations, start=1):
        make.DecisionLineFactory(decision=decision, nomination=nomination, position=position)
    with django_assert_num_queries(4):
        document_pack(decision, actor)
