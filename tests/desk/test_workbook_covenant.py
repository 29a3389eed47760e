"""The workbook and the covenant speak of one list of targets; what is out of draft takes no row from outside."""

from decimal import Decimal

import pytest

from blocs.models import Target
from blocs.queries.covenant import CIRCULATED, SIGNED, SIGNING, current_targets
from blocs.services import blocs as writers
from emulation.core import clock
from emulation.core.audit import act
from emulation.core.errors import Refused
from emulation.desk.domain.example import EXAMPLE
from emulation.desk.domain.verdicts import Verdict
from emulation.desk.models import ParkedRow
from emulation.desk.renderers.workbook import book
from emulation.desk.services import parked, workbook
from tests import factories as make
from tests.desk.books import BOARD, bring_in, fill, opened, saved, taken_out, upload

pytestmark = pytest.mark.django_db
CHANGED = {"Thứ tự": 1, "Chỉ tiêu": "Hồ sơ giải quyết đúng hạn", "Kế hoạch": "99"}
ADDED = {"Thứ tự": 3, "Chỉ tiêu": "Sáng kiến được công nhận", "Kế hoạch": "5"}


@pytest.fixture
def bloc_year():
    make.ProvinceFactory()
    return bring_in(book(EXAMPLE)).bloc_year


def covenant_of(bloc_year, state="draft"):
    """Return a covenant that took in what the workbook stated."""
    covenant = make.CovenantFactory(bloc_year=bloc_year, state=state)
    Target.objects.filter(bloc_year=bloc_year, covenant=None).update(covenant=covenant)
    return covenant


def again(bloc_year):
    """Return the workbook of the bloc year with its first target planned anew and one more."""
    return saved(fill(opened(taken_out(bloc_year)), {"Chỉ tiêu": [CHANGED, {}, ADDED]}))


def planned(bloc_year):
    return [(row.indicator, row.planned) for row in current_targets(bloc_year)]


def verdicts(plan):
    return [(row.title, row.verdict, row.sentence) for row in plan.rows if row.sheet == "targets"]


def test_workbook_without_change_stays_so_when_a_covenant_took_the_targets_in(bloc_year):
    covenant_of(bloc_year, "signed")
    assert upload(taken_out(bloc_year))[1].is_without_change


def test_rows_of_a_covenant_in_draft_are_changed_and_added(bloc_year):
    covenant = covenant_of(bloc_year)
    bring_in(again(bloc_year))
    assert planned(bloc_year) == [
        ("Hồ sơ giải quyết đúng hạn", Decimal(99)),
        ("Cơ quan văn hóa", None),
        ("Sáng kiến được công nhận", Decimal(5)),
    ]
    assert {row.covenant_id for row in current_targets(bloc_year)} == {covenant.pk}


@pytest.mark.parametrize(("state", "sentence"), [("circulated", CIRCULATED), ("signing", SIGNING), ("signed", SIGNED)])
def test_rows_of_a_covenant_that_is_out_wait_with_the_sentence(bloc_year, state, sentence):
    covenant_of(bloc_year, state)
    before = planned(bloc_year)
    _, plan = upload(again(bloc_year))
    assert verdicts(plan) == [
        ("Hồ sơ giải quyết đúng hạn", Verdict.ERROR, sentence),
        ("Cơ quan văn hóa", Verdict.UNCHANGED, ""),
        ("Sáng kiến được công nhận", Verdict.ERROR, sentence),
    ]
    bring_in(again(bloc_year))
    assert planned(bloc_year) == before
    assert [(row.title, row.reason) for row in ParkedRow.objects.order_by("pk")] == [
        ("Hồ sơ giải quyết đúng hạn", sentence),
        ("Sáng kiến được công nhận", sentence),
    ]


def test_waiting_row_comes_in_once_the_covenant_is_withdrawn(bloc_year):
    covenant = covenant_of(bloc_year, "circulated")
    bring_in(again(bloc_year))
    waiting = ParkedRow.objects.get(title="Sáng kiến được công nhận")
    with pytest.raises(Refused, match=r"^Giao ước thi đua đang lấy ý kiến; rút về dự thảo"):
        parked.place(row=waiting, choice=None, actor=BOARD, at=clock.now())
    covenant.paper.state = "draft"
    covenant.paper.save()
    assert parked.place(row=waiting, choice=None, actor=BOARD, at=clock.now()) == 1
    assert planned(bloc_year)[-1] == ("Sáng kiến được công nhận", Decimal(5))


def test_covenant_that_goes_out_after_the_preview_moves_the_verdict(bloc_year):
    covenant = covenant_of(bloc_year)
    batch, plan = upload(again(bloc_year))
    covenant.paper.state = "circulated"
    covenant.paper.save()
    with pytest.raises(workbook.Moved):
        workbook.confirm(batch=batch, digest=plan.digest, actor=BOARD, at=clock.now())


def test_writer_refuses_what_the_check_let_through(bloc_year):
    covenant_of(bloc_year, "signed")
    target = current_targets(bloc_year)[0]
    for write in (
        lambda current: writers.add_target(act=current, bloc_year=bloc_year, number=9, indicator="Thêm"),
        lambda current: writers.change_target(act=current, target=target, planned=Decimal(1)),
    ):
        with (
            pytest.raises(Refused, match=r"^Giao ước thi đua đã ký; muốn sửa"),
            act(actor=BOARD, at=clock.now()) as one,
        ):
            write(one)
