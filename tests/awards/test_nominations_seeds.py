"""Real bloc years: what was loaded is proposed in one act and ends with exactly the stated awards."""

import datetime as dt
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from awards.enums import ReceivedAs, Verdict
from awards.models import Grant, Nomination
from awards.queries.nominations_from import Agreed, agreed
from awards.services import appraisals, decisions, nominations, submissions
from awards.services.decisions import DecisionSaid, Given
from awards.services.nominations import Picked
from blocs.models import BlocYear
from emulation.accounts.queries import actor_for, open_seats
from emulation.core import clock as house_clock
from emulation.core.access import Actor
from emulation.core.papers import OnPaper
from emulation.desk.renderers.workbook import book
from emulation.desk.services import workbook
from emulation.desk.services.demo import FOLDER, demo_rows
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.once]

DAY = dt.date(2026, 10, 20)
STATED = {
    "Khối thi đua các sở, ngành tổng hợp": [
        ("Liên minh Hợp tác xã tỉnh", "co_cp"),
        ("Cục Thống kê tỉnh", "co_tinh"),
        ("Cục Thuế tỉnh", "bk_tinh"),
        ("Kho bạc Nhà nước tỉnh", "bk_tinh"),
    ],
    "Khối thi đua các cơ quan tham mưu QLNN về văn hóa xã hội": [
        ("Sở Lao động, Thương binh và Xã hội", "co_tinh"),
        ("Sở Văn hóa, Thể thao và Du lịch", "bk_tinh"),
        ("Đài Phát thanh - Truyền hình tỉnh", "bk_tinh"),
        ("Trường Cao đẳng Cộng đồng tỉnh", "bk_tinh"),
    ],
    "Khối thi đua số 3": [
        ("Bộ Chỉ huy Quân sự tỉnh", "co_tinh"),
        ("Công an tỉnh", "bk_tinh"),
        ("VKSND tỉnh", "bk_tinh"),
        ("Bộ Chỉ huy Bộ đội Biên phòng tỉnh", "bk_tinh"),
        ("Văn phòng VKSND tỉnh", "co_tinh"),
    ],
    "Khối thi đua 3 – Khối cơ quan hành chính tổng hợp của tỉnh": [],
}


def acting(capacity: str) -> Actor:
    seat = make.SeatFactory(capacity=capacity)
    return actor_for(seat.user, open_seats(seat.user)[0])


def bring_in(actor: Actor) -> None:
    """Bring in the five seeds and the case with a unit of a member."""
    for path in [*sorted(Path(FOLDER, "seeds").glob("*.json")), Path(FOLDER, "cases", "dak-lak-khoi-3-2020.json")]:
        batch, plan = workbook.upload(name=f"{path.stem}.xlsx", content=book(demo_rows(path)), actor=actor)
        workbook.confirm(batch=batch, digest=plan.digest, actor=actor, at=house_clock.now())


def sources() -> Iterator[BlocYear]:
    yield from BlocYear.objects.exclude(bloc__locality="").select_related("year", "bloc").order_by("pk")


def picked(found: Agreed) -> list[Picked]:
    """Tick what is ticked at first."""
    awards = {award.pk: award for award in found.awards}
    return [
        Picked(row.agency, awards[row.award_id], row.place, row.points, row.standing_place)
        for row in found.candidates
        if row.is_proposed and row.award_id
    ]


def grant(bloc_year: BlocYear, lines: list[Nomination], specialist: Actor, head: Actor) -> None:
    """Take what a bloc proposed from its dossier to an issued decision."""
    who = {"actor": specialist, "at": house_clock.now()}
    dossier = submissions.prepare(
        year=bloc_year.year, bloc_year=bloc_year, agency=lines[0].owner, title="Đề nghị khen thưởng",
        nominations=lines, creation_key=uuid.uuid4(), **who,
    )  # fmt: skip
    paper = OnPaper("12/TTr-K", DAY, "Khối thi đua")
    submissions.send(submission=dossier, behalf_of=lines[0].owner.name, on_paper=paper, **who)
    dossier.refresh_from_db()
    register = str(100 + bloc_year.pk)
    submissions.receive(
        submission=dossier, register_number=register, received_on=DAY, received_as=ReceivedAs.PAPER, **who
    )
    rows = list(Nomination.objects.filter(submission=dossier).order_by("pk"))
    appraisals.appraise(lines=[(row, Verdict.FIT, None, "") for row in rows], **who)
    rows = appraisals.decide(nominations=rows, action="approve", actor=head, at=house_clock.now())
    above = [row for row in rows if row.award.is_above_province]
    if above:
        proposed = appraisals.decide(nominations=above, action="propose_up", actor=head, at=house_clock.now())
        decisions.record_elsewhere(
            said=DecisionSaid("Về việc tặng Cờ thi đua", "Thủ tướng Chính phủ", f"{register}/QĐ-TTg", DAY),
            lines=[Given(row.award, nomination=row) for row in proposed],
            creation_key=uuid.uuid4(), actor=head, at=house_clock.now(),
        )  # fmt: skip
    rows = [row for row in rows if row not in above]
    decision = decisions.draft(
        year=bloc_year.year, title="Về việc khen thưởng", merit="", nominations=rows, creation_key=uuid.uuid4(), **who
    )
    number = f"{register}/QĐ-UBND"
    decisions.number(
        decision=decision, number=number, dated_on=DAY, signer_name="Q", signer_title="Phó Chủ tịch", **who
    )
    decision.refresh_from_db()
    decisions.issue(decision=decision, on_paper=OnPaper(number, DAY, "UBND"), actor=head, at=house_clock.now())


@pytest.mark.usefixtures("clock")
def test_loaded_results_end_with_exactly_the_stated_awards() -> None:
    make.ProvinceFactory()
    specialist, head = acting("board_specialist"), acting("board_head")
    bring_in(specialist)
    ended = {}
    for row in sources():
        found = agreed(row, actor=specialist)
        if not row.is_closed and row.name in STATED and (ticked := picked(found)):
            made = nominations.from_standing(bloc_year=row, lines=ticked, actor=specialist, at=house_clock.now())
            assert nominations.from_standing(bloc_year=row, lines=ticked, actor=specialist, at=house_clock.now()) == []
            grant(row, made, specialist, head)
        ended[row.name] = list(
            Grant.objects.filter(bloc_year=row).order_by("line__nomination").values_list("subject_name", "award__slug")
        )
    assert {name: ended[name] for name in STATED} == STATED
    unit = Grant.objects.get(subject_name="Văn phòng VKSND tỉnh")
    assert (unit.owner.name, unit.agency.parent) == ("VKSND tỉnh", unit.owner)

    # What a source leaves open is left to choose: a flag and a certificate unsplit, collectives without names.
    general = agreed(BlocYear.objects.get(name="Khối thi đua Tổng hợp", year__label="2021"), actor=specialist)
    assert [(row.is_proposed, row.meant.slugs) for row in general.candidates] == [(False, ("co_tinh", "bk_tinh"))] * 3
    central = agreed(BlocYear.objects.get(name__startswith="Khối thi đua các cơ quan, đơn vị Trung"), actor=specialist)
    assert (central.candidates, central.unnamed) == (
        (), ("03 tập thể: Cờ thi đua của UBND tỉnh", "05 tập thể: Bằng khen"),
    )  # fmt: skip
