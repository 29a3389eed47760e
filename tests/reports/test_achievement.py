"""The achievement report of a nomination: what its rows freeze to, who may, how it is made."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from awards.enums import NominationState, Route
from awards.models import AwardKind, DecisionLine, Grant, Nomination
from blocs.enums import AgencyKind, PaperState, SuccessionSide, SuccessionState
from blocs.models import Agency
from emulation.core import clock, jobs
from emulation.core.access import can
from emulation.core.errors import Refused
from emulation.core.models import Document, DocumentKind, Job, label_of
from emulation.reports import queries
from emulation.reports.domain.achievement import GrantFact, PlaceFact, TargetFact
from emulation.reports.queries import SOURCES
from emulation.reports.queries.achievement import WITHDRAWN, achievement
from emulation.reports.services import build, request
from tests import factories as make
from tests.world import SEATED, World

pytestmark = pytest.mark.django_db


def award(slug: str) -> AwardKind:
    return AwardKind.objects.get(slug=slug)


def granted(agency: Agency, *, is_revoked: bool = False, **of_line: object) -> Grant:
    line = make.DecisionLineFactory(
        nomination=None, agency=agency, name=agency.names.get(), person=None, subject_name=agency.name,
        award=award("bk_tinh"), **({"decision__state": "issued"} | of_line),
    )  # fmt: skip
    row: Grant = make.GrantFactory(line=line, is_revoked=is_revoked)
    return row


def test_collective_is_told_with_its_plans_its_places_and_what_it_was_given_or_inherited():
    make.ProvinceFactory(authority="UBND tỉnh Sông Lam", place="Sông Lam")
    member = make.MembershipFactory(bloc_year__name="Khối A", agency__kind=AgencyKind.DEPARTMENT)
    bloc_year, agency = member.bloc_year, member.agency
    covenant = make.CovenantFactory(paper__bloc_year=bloc_year, paper__state=PaperState.SIGNED)
    first, second, third = (
        make.TargetFactory(bloc_year=bloc_year, covenant=covenant, number=at, planned=90) for at in (1, 2, 3)
    )
    make.TargetValueFactory(target=first, membership=member, planned=98)
    make.TargetValueFactory(target=second, membership=member, is_assigned=False)
    before = make.BlocYearFactory(name="Khối B", year__label="2024")
    earlier = make.MembershipFactory(bloc_year=before, agency=agency)
    for version, state, place in ((1, "superseded", 5), (2, "published", 4), (3, "provisional", 1)):
        standing = make.StandingFactory(
            bloc_year=before, version=version, state=state, reason="Sửa", signer_name="A", signer_title="B"
        )
        make.PlaceFactory(standing=standing, membership=earlier, place=place, points=Decimal("95.5"))
    asked = make.NominationFactory(
        bloc_year=bloc_year, agency=agency, award=award("ttldxs"), asked_award=award("co_tinh"), place=1,
        achievement="Dẫn đầu Khối.\n\nVượt kế hoạch.",
    )  # fmt: skip
    old = make.AgencyFactory(name="Sở Kế hoạch", ended_on=dt.date(2025, 6, 30))
    merger = make.AgencySuccessionFactory(state=SuccessionState.DONE, paper=make.SignedPaperFactory())
    for side, party in ((SuccessionSide.OLD, old), (SuccessionSide.NEW, agency)):
        make.SuccessionPartyFactory(succession=merger, side=side, agency=party, name=party.names.get())
    given = granted(old, decision__dated_on=dt.date(2025, 1, 9))
    granted(agency, decision__dated_on=dt.date(2025, 1, 9), is_revoked=True)
    make.GrantFactory(line__nomination=asked)
    summary = achievement(queries.rows_of(label_of(asked)).get())
    assert (summary.award, summary.header.superior, summary.header.place) == (
        str(award("co_tinh")), "UBND tỉnh Sông Lam", "Sông Lam",
    )  # fmt: skip
    assert summary.achievement == ("Dẫn đầu Khối.", "Vượt kế hoạch.")
    assert summary.targets == (
        TargetFact(first.indicator, "%", Decimal(98)), TargetFact(third.indicator, "%", Decimal(90)),
    )  # fmt: skip
    assert summary.places == (
        PlaceFact("2024", "Khối B", 4, Decimal("95.5")), PlaceFact(bloc_year.year.label, "Khối A", 1),
    )  # fmt: skip
    assert summary.grants == (
        GrantFact(
            str(award("bk_tinh")), "commendation", given.year.label, given.decision.number, dt.date(2025, 1, 9),
            given.decision.issuer, "Sở Kế hoạch",
        ),
    )  # fmt: skip


def test_person_is_told_and_who_leads_the_agency_confirms():
    make.ProvinceFactory()
    seat = make.SeatFactory(
        agency=make.AgencyFactory(name="Sở A"), capacity="signer", signs_as="head", title="Giám đốc"
    )
    person = make.PersonFactory(agency=seat.agency, position="Chuyên viên", birth_year=1985, sex="nu")
    asked = make.NominationFactory(route=Route.DIRECT, person=person, subject_title="Chuyên viên, Sở A")
    summary = achievement(asked)
    assert (summary.issuer, summary.position, summary.birth_year, summary.sex) == ("Sở A", "Chuyên viên", 1985, "nu")
    assert (summary.head.titles, summary.head.name) == (("Giám đốc",), seat.user.full_name)
    assert (summary.targets, summary.places) == ((), ())


BOARD, OWN, RUNS = {"board_head", "board_specialist"}, {"member", "signer", "signer_kt"}, {"leader", "deputy"}


def test_report_is_made_by_who_sends_the_nomination_and_of_its_draft_read_by_who_proposes_alone(world: World):
    """Its URL and each role: the matrix."""
    own = {"bloc_year": world.bloc_years["running"], "agency": world.agencies["member"]}
    endorsed = make.NominationFactory(**own, state="endorsed")
    draft = make.NominationFactory(**own, award=award("bk_tinh"))
    boards = make.NominationFactory(route=Route.BOARD, person=make.PersonFactory(agency=own["agency"]))
    for row, is_draft, readers, makers in (
        (endorsed, False, BOARD | OWN | RUNS | {"council"}, BOARD | OWN | RUNS),
        (endorsed, True, BOARD | OWN, BOARD | OWN | RUNS),
        (draft, True, BOARD | OWN, BOARD | OWN),
        (boards, False, BOARD, BOARD),
    ):
        about = {"kind": "achievement", "subject_label": label_of(row), "subject_id": row.pk, "is_draft": is_draft}
        paper = make.DocumentFactory(**about, version=2 if is_draft else 1)
        found = {
            what: {role for role in SEATED if can(world.actor(role), f"reports.{what}", subject)}
            for what, subject in (
                ("view_document", paper), ("view_job", paper), ("cancel_job", paper), ("request_document", row),
                ("register_document", paper),
            )
        }  # fmt: skip
        listed = {role for role in SEATED if queries.readable_by(world.actor(role)).filter(pk=paper.pk).exists()}
        assert (listed, found) == (
            readers,
            {
                "view_document": readers, "view_job": makers, "cancel_job": makers, "request_document": makers,
                "register_document": set(),
            },
        )  # fmt: skip


def test_leader_does_not_read_after_the_handing_in_what_was_made_of_the_draft(world: World):
    row = make.NominationFactory(bloc_year=world.bloc_years["running"], agency=world.agencies["member"])
    made = []
    for state in (NominationState.DRAFT, NominationState.SUBMITTED):
        Nomination.objects.filter(pk=row.pk).update(state=state)
        row.refresh_from_db()
        summary = achievement(row)
        made.append((summary.is_draft, SOURCES[DocumentKind.ACHIEVEMENT].is_draft(summary)))
    assert made == [(True, True), (False, False)]
    about = {"kind": "achievement", "subject_label": label_of(row), "subject_id": row.pk}
    paper = make.DocumentFactory(**about, is_draft=True)
    leader = world.client("leader")
    assert leader.get(reverse("paper_docx", args=[paper.pk])).status_code == 404
    shown = leader.get(reverse("nomination_detail", args=[row.pk])).content.decode()
    assert ("Lập báo cáo thành tích" in shown, reverse("paper_detail", args=[paper.pk]) in shown) == (True, False)


def test_member_makes_its_report_on_the_page_of_the_nomination(world: World):
    own = {"bloc_year": world.bloc_years["running"], "agency": world.agencies["member"]}
    row = make.NominationFactory(**own, subject_name="Sở Y tế")
    client, page = world.client("member"), reverse("nomination_detail", args=[row.pk])
    assert "Lập báo cáo thành tích" in client.get(page).content.decode()
    for _ in range(2):
        client.post(reverse("nomination_pack", args=[row.pk]))
    claimed = jobs.claim(job_id=Job.objects.get(kind="achievement").pk)
    assert claimed is not None
    build.run(claimed, build.document)
    paper = Document.objects.get(kind="achievement")
    assert (paper.docx.name, paper.is_draft, paper.number) == ("bao-cao-thanh-tich-2026-so-y-te-v1.docx", True, "")
    shown = client.get(page).content.decode()
    told = ("Lập xong báo cáo thành tích", "Yêu cầu lập báo cáo thành tích", reverse("paper_docx", args=[paper.pk]))
    assert [words for words in told if words not in shown] == []
    assert "Tải tất cả bản Word" not in shown
    assert client.get(reverse("paper_detail", args=[paper.pk])).status_code == 200


def test_withdrawn_nomination_has_no_report(world: World):
    row = make.NominationFactory(state=NominationState.WITHDRAWN)
    with pytest.raises(Refused) as refused:
        request.pack(row=row, actor=world.actor("board_head"), at=clock.now())
    assert str(refused.value) == WITHDRAWN


@pytest.mark.parametrize("grants", [1, 3, 100])
def test_facts_take_the_same_queries_for_any_number_of_awards(grants: int, django_assert_num_queries):
    make.ProvinceFactory()
    member = make.MembershipFactory()
    make.NominationFactory(bloc_year=member.bloc_year, agency=member.agency)
    said = {"nomination": None, "agency": member.agency, "name": member.name, "person": None, "subject_name": "A"}
    said |= {"decision": make.DecisionFactory(state="issued"), "award": award("bk_tinh")}
    lines = DecisionLine.objects.bulk_create(make.DecisionLineFactory.build(**said) for _ in range(grants))
    Grant.objects.bulk_create(make.GrantFactory.build(line=line) for line in lines)
    row = queries.rows_of("awards.nomination").get()
    with django_assert_num_queries(8):
        achievement(row)
