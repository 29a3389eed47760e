"""A workbook in two steps: what the preview shows is what the confirmation writes, once."""

import datetime as dt

import pytest

from blocs.models import Agency, BlocYear, Membership
from emulation.accounts.domain.scope import Capacity, Scope
from emulation.core import clock
from emulation.core.access import Actor
from emulation.core.models import Event, Province
from emulation.desk.domain.example import EXAMPLE
from emulation.desk.domain.workbook import Verdict
from emulation.desk.queries.workbook import rows_of
from emulation.desk.renderers.workbook import book
from emulation.desk.services import workbook as service

pytestmark = pytest.mark.django_db
BOARD = Actor(None, "Nguyễn Văn A", "Chuyên viên", None, Scope(capacity=Capacity.BOARD_SPECIALIST))


@pytest.fixture(autouse=True)
def province() -> Province:
    return Province.objects.create(pk=1, name="tỉnh Sông Lam", place="Sông Lam", authority="UBND tỉnh Sông Lam")


def bring_in(content: bytes) -> BlocYear:
    batch, plan = service.upload(name="khoi.xlsx", content=content, actor=BOARD)
    return service.confirm(batch=batch, digest=plan.digest, actor=BOARD, at=clock.now()).bloc_year


def exported(bloc_year: BlocYear) -> bytes:
    fresh = BlocYear.objects.get(pk=bloc_year.pk)
    return book({sheet: [row.values for row in rows] for sheet, rows in rows_of(fresh).items()})


def test_example_comes_in_whole_and_goes_out_the_same():
    bloc_year = bring_in(book(EXAMPLE))
    batch, plan = service.upload(name="lai.xlsx", content=exported(bloc_year), actor=BOARD)
    assert [(row.sheet, row.title, row.verdict, row.sentence) for row in plan.rows if row.is_news] == []
    assert plan.is_without_change
    assert plan.kept == ()
    assert Membership.objects.count() == 2
    assert Event.objects.filter(verb="imported").count() == 1
