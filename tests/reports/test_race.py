"""Two at one template, pack, section or comment at once, on PostgreSQL: one wins, the other reads a sentence."""

import datetime as dt
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from awards.enums import NominationState, Route
from blocs.enums import PaperState
from blocs.models import BlocPaper, Opinion
from blocs.services import opinions, papers
from emulation.core import clock
from emulation.core.errors import Refused
from emulation.core.models import DocumentKind, Job
from emulation.core.papers import OnPaper
from emulation.reports.models import DocumentTemplate, Narrative
from emulation.reports.papers.forms import FORMS
from emulation.reports.queries import KINDS, SOURCES
from emulation.reports.services import narratives, request, templates
from emulation.reports.services.narratives import SectionSaid
from tests import factories as make
from tests.awards.decided import HEAD, SPECIALIST
from tests.together import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres_only]
PASSED = "Văn bản đã thông qua"


@pytest.fixture(autouse=True)
def _province() -> None:
    make.ProvinceFactory()


@pytest.mark.parametrize("in_use", [0, 1])
def test_two_officers_bring_two_versions_into_use_and_one_is(in_use: int) -> None:
    rows = [make.DocumentTemplateFactory(tried_at=clock.now()) for _ in range(2)]
    old = [make.DocumentTemplateFactory(tried_at=clock.now(), state="active") for _ in range(in_use)]
    told = together(*(
        lambda row=row, who=who: templates.take(template=row, action="activate", actor=who, at=clock.now())
        for row, who in zip(rows, (HEAD, SPECIALIST), strict=True)
    ))  # fmt: skip
    states = [DocumentTemplate.objects.get(pk=row.pk).state for row in (*rows, *old)]
    assert sorted(told) in (["", templates.QUICKER], ["", ""])
    assert states.count("active") == 1
    assert states.count("retired") == in_use + (sorted(told) == ["", ""])


def test_two_versions_uploaded_at_once_are_numbered_apart_or_one_is_told() -> None:
    content = FORMS[DocumentKind.DECISION].docx.read_bytes()

    def upload() -> None:
        templates.upload(
            kind=DocumentKind.DECISION, file=SimpleUploadedFile("mau.docx", content), note="",
            creation_key=uuid.uuid4(), actor=SPECIALIST, at=clock.now(),
        )  # fmt: skip

    told = together(upload, upload)
    versions = list(DocumentTemplate.objects.order_by("version").values_list("version", flat=True))
    assert (sorted(told), versions) in [(["", ""], [1, 2]), (["", templates.QUICKER], [1])]


def test_two_officers_ask_for_one_pack_and_it_is_made_once() -> None:
    asked = make.NominationFactory(route=Route.BOARD, person=make.PersonFactory(), state=NominationState.APPROVED)
    decision = make.DecisionLineFactory(nomination=asked, decision__number="", decision__dated_on=None).decision
    told = together(*(
        lambda who=who: request.pack(row=decision, actor=who, at=clock.now()) for who in (HEAD, SPECIALIST)
    ))  # fmt: skip
    made = [kind.value for kind in KINDS["awards.decision"] if not SOURCES[kind].refusal(decision)]
    assert told == ["", ""]
    assert sorted(Job.objects.values_list("kind", flat=True)) == sorted(made)


def circulated() -> BlocPaper:
    paper: BlocPaper = make.BlocPaperFactory(kind="year_report", state=PaperState.CIRCULATED, body="")
    make.NarrativeFactory(paper=paper, section="causes", text="A", revision=1)
    return paper


def passing(paper: BlocPaper) -> None:
    papers.pass_paper(paper=paper, passed_on=dt.date(2026, 11, 1), actor=HEAD, at=clock.now())


def fresh(paper: BlocPaper) -> BlocPaper:
    return BlocPaper.objects.select_related("bloc_year__year").get(pk=paper.pk)


def test_what_is_typed_while_the_report_is_passed_is_in_it_or_is_told() -> None:
    paper = circulated()
    rows = [fresh(paper) for _ in range(3)]
    typed = [
        lambda: narratives.autosave(
            paper=rows[0], key="limits", said=SectionSaid("B", 0), actor=SPECIALIST, at=clock.now()
        ),
        lambda: narratives.autosave(paper=rows[1], key="limits", said=SectionSaid("C", 0), actor=HEAD, at=clock.now()),
    ]
    *saved, passed = together(*typed, lambda: passing(rows[2]))
    texts = list(Narrative.objects.filter(section="limits").values_list("text", flat=True))
    assert (passed, fresh(paper).state) == ("", PaperState.PASSED)
    assert texts == [text for text, told in zip("BC", saved, strict=True) if told == ""]
    assert len(texts) <= 1
    refused = [told for told in saved if told]
    assert [told for told in refused if not told.startswith((PASSED, "Chưa lưu: người khác vừa sửa"))] == []
    with pytest.raises(Refused, match=PASSED):
        narratives.autosave(paper=fresh(paper), key="plans", said=SectionSaid("D", 0), actor=HEAD, at=clock.now())


def test_comment_at_the_end_of_the_round_is_kept_or_is_told() -> None:
    paper = circulated()
    member = make.MembershipFactory(bloc_year=paper.bloc_year)
    rows = [fresh(paper) for _ in range(2)]
    letter = OnPaper("5/CV", dt.date(2026, 10, 30), "Sở A")

    def give() -> None:
        opinions.give(
            paper=rows[0], membership=member, section="", text="Bổ sung số liệu.", on_paper=letter,
            creation_key=uuid.uuid4(), actor=SPECIALIST, at=clock.now(),
        )  # fmt: skip

    given, passed = together(give, lambda: passing(rows[1]))
    assert (passed, fresh(paper).state) == ("", PaperState.PASSED)
    assert (given == "", given.startswith(PASSED)) in {(True, False), (False, True)}
    assert Opinion.objects.count() == (given == "")
