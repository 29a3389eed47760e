"""Two people confirm at once on PostgreSQL: one wins, the other is told; nothing is there twice."""

import functools
import threading

import pytest
from django.db import OperationalError, connection, transaction

from blocs.models import Agency, BlocYear
from emulation.core import clock
from emulation.core.errors import Refused
from emulation.core.models import Event
from emulation.desk.queries import written
from emulation.desk.services import account, parked, undo, workbook
from tests import factories as make
from tests.desk.books import BLOC, BOARD, bring_in, filled, upload, waiting_movement

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres_only]


def together(*batches):
    """Confirm the uploads at the same moment; return what each was told ("" for the one that wrote)."""
    return at_once(
        *(
            functools.partial(workbook.confirm, batch=batch, digest=plan.digest, actor=BOARD, at=clock.now())
            for batch, plan in batches
        )
    )


def at_once(*acts):
    """Do the acts at the same moment; return what each was told ("" for what was done)."""
    told = {}
    start = threading.Barrier(len(acts))

    def run(number, do):
        start.wait()
        try:
            do()
            told[number] = ""
        except Refused as refusal:
            told[number] = str(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=given) for given in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return sorted(told.values())


def test_same_new_bloc_from_two_people_is_created_once():
    make.ProvinceFactory()
    content = filled({"Thành viên": [{"Tên đơn vị": "Sở Tài chính"}]})
    nothing, moved = together(upload(content), upload(content))
    assert nothing == ""
    assert moved.startswith("Số liệu trong hệ thống đã thay đổi từ lúc xem trước")
    assert (BlocYear.objects.count(), Agency.objects.count(), Event.objects.count()) == (1, 1, 1)


def test_same_upload_confirmed_twice_at_once_is_written_once():
    make.ProvinceFactory()
    one = upload(filled({}))
    nothing, late = together(one, one)
    assert (nothing, late.startswith("Tệp này đã xử lý rồi (đã nhập)")) == ("", True)
    assert BlocYear.objects.count() == 1


def test_two_blocs_that_name_the_same_new_agency_create_it_once():
    make.ProvinceFactory()
    member = {"Thành viên": [{"Tên đơn vị": "Sở Tài chính"}]}
    other = {"Khối": [{**BLOC, "Tên khối": "Khối khác"}]}
    together(upload(filled(member)), upload(filled({**member, **other})))
    assert Agency.objects.count() == 1


def test_nobody_writes_into_the_bloc_year_between_the_looks_before_and_after(monkeypatch):
    make.ProvinceFactory()
    bloc_year = bring_in(filled({})).bloc_year
    told = []

    def insert_elsewhere():
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                # The lock an insert takes on the row it points to.
                cursor.execute("SELECT 1 FROM blocs_blocyear WHERE id = %s FOR KEY SHARE NOWAIT", [bloc_year.pk])
            told.append("written")
        except OperationalError:
            told.append("waits")
        finally:
            connection.close()

    def look(around):
        thread = threading.Thread(target=insert_elsewhere)
        thread.start()
        thread.join(timeout=60)
        return written.stand(around)

    monkeypatch.setattr(account, "stand", look)
    batch = bring_in(filled({"Phong trào": [{"Tên phong trào": "Phong trào A"}]}))
    parked.place(row=waiting_movement(batch), choice=None, actor=BOARD, at=clock.now())
    assert told == ["waits"] * 4


def test_import_is_undone_once():
    make.ProvinceFactory()
    batch = bring_in(filled({"Thành viên": [{"Tên đơn vị": "Sở Tài chính"}]}))
    undoing = functools.partial(undo.undo, batch=batch, note="nhầm tệp", actor=BOARD, at=clock.now())
    assert at_once(undoing, undoing) == [
        "", "Tệp này không ở trạng thái đã nhập (đã hoàn tác); không có gì hoàn tác.",
    ]  # fmt: skip
    assert (BlocYear.objects.count(), Event.objects.filter(verb="import_undone").count()) == (0, 1)
