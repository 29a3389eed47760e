"""Two people confirm at once on PostgreSQL: one wins, the other is told; nothing is there twice."""

import threading

import pytest
from django.db import connection

from blocs.models import Agency, BlocYear
from emulation.core import clock
from emulation.core.errors import Refused
from emulation.core.models import Event
from emulation.desk.services import workbook
from tests import factories as make
from tests.desk.books import BLOC, BOARD, filled, upload

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres_only]


def together(*batches):
    """Confirm the uploads at the same moment; return what each was told ("" for the one that wrote)."""
    told = {}
    start = threading.Barrier(len(batches))

    def confirm(number, batch, digest):
        start.wait()
        try:
            workbook.confirm(batch=batch, digest=digest, actor=BOARD, at=clock.now())
            told[number] = ""
        except Refused as refusal:
            told[number] = str(refusal)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=confirm, args=(number, batch, plan.digest))
        for number, (batch, plan) in enumerate(batches)
    ]
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
