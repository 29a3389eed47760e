"""Two officers at one decision or number at once, on PostgreSQL: one wins, the other reads a sentence."""

import uuid

import pytest

from awards.enums import NominationState as State
from awards.models import Decision, Grant
from awards.services import decisions
from awards.services.appraisals import decide
from awards.services.decisions import Given
from emulation.core import clock
from tests import factories as make
from tests.awards.decided import HEAD, MINISTRY, asked, draft, elsewhere, fresh, issue, kind, number
from tests.together import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres_only]
QUICKER = "Người khác vừa cập nhật mục này. Tải lại trang để xem trạng thái mới."


@pytest.fixture(autouse=True)
def _province() -> None:
    make.ProvinceFactory()


def test_one_decision_numbered_twice_at_once_has_one_number() -> None:
    row = draft(asked())
    told = together(*(lambda text=text: number(row, text) for text in ("12/QĐ-UBND", "13/QĐ-UBND")))
    assert min(told) == ""
    assert max(told) in {decisions.DECISION.step("number").refusal, QUICKER}
    assert fresh(row).number in {"12/QĐ-UBND", "13/QĐ-UBND"}


def test_one_number_given_to_two_decisions_at_once_is_one_decisions() -> None:
    rows = [draft(asked()) for _ in range(2)]
    told = together(*(lambda row=row: number(row) for row in rows))
    first, second = sorted(told)
    assert first == ""
    assert second == decisions.TAKEN or second.startswith("Số 12/QĐ-UBND năm 2026")
    assert Decision.objects.filter(number="12/QĐ-UBND").count() == 1


def test_issue_while_the_approval_is_undone_and_the_line_withdrawn() -> None:
    asking = asked("Trần A")
    row = draft(asking)
    number(row)

    def undo() -> None:
        decide(nominations=[asking], action="unapprove", note="Đơn vị rút.", actor=HEAD, at=clock.now())

    issued, undone = together(lambda: issue(row), undo)
    state = fresh(asking).state
    if issued == "":
        assert (state, undone != "", Grant.objects.count()) == (State.GRANTED, True, 1)
    else:
        assert issued.startswith("Chưa ban hành được: Trần A (đã thẩm định, chờ phê duyệt).")
        assert (state, undone, Grant.objects.count()) == (State.APPRAISED, "", 0)


def test_one_nomination_drafted_into_two_decisions_at_once_is_in_one() -> None:
    asking = asked("Trần A")
    told = together(lambda: draft(asking), lambda: draft(asking))
    assert sorted(told) == ["", "Đã có trong quyết định khác: Trần A (“Về việc tặng Bằng khen”)."]
    assert asking.lines.count() == 1


def test_one_form_of_an_old_award_posted_twice_at_once_gives_it_once() -> None:
    agency, key = make.AgencyFactory(), uuid.uuid4()
    given = Given(kind("hcld3"), agency=agency)
    told = together(*(lambda: elsewhere(given, said=MINISTRY, creation_key=key) for _ in range(2)))
    assert (told, Grant.objects.count(), Decision.objects.count()) == (["", ""], 1, 1)
