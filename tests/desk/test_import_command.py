"""A workbook from the server's own shell: the same verdicts, the same writing."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from blocs.models import BlocYear
from emulation.core.models import Event
from emulation.desk.models import ImportBatch
from tests import factories as make
from tests.desk.books import filled

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _province():
    make.ProvinceFactory()


@pytest.fixture
def run(tmp_path):
    def of(content, *arguments):
        path = tmp_path / "khoi.xlsx"
        path.write_bytes(content)
        out = StringIO()
        call_command("import_bloc", str(path), *arguments, stdout=out)
        return out.getvalue()

    return of


ROWS = {"Phong trào": [{"Thứ tự": 1, "Tên phong trào": "A"}, {"Tên phong trào": "B", "Cấp phát động": "?"}]}


def test_file_comes_in_and_each_row_is_said(run):
    out = run(filled(ROWS))
    assert "Phong trào, dòng 2: mới: A." in out
    assert "Phong trào, dòng 3: sai: B. Ô C3: “?” không có trong các lựa chọn" in out
    assert out.endswith("Đã nhập vào “Khối thi đua số 6, năm 2026”; 1 dòng chờ xử lý.\n")
    assert Event.objects.get().actor_name == "Lệnh import_bloc"


def test_same_file_again_has_no_change(run):
    run(filled(ROWS))
    assert run(filled(ROWS)).endswith("Không có thay đổi.\n")
    assert Event.objects.count() == 1
    assert [batch.state for batch in ImportBatch.objects.order_by("pk")] == ["confirmed", "discarded"]


def test_changes_and_what_is_kept_are_said(run):
    run(filled({"Phong trào": [{"Thứ tự": 1, "Tên phong trào": "A"}, {"Thứ tự": 2, "Tên phong trào": "B"}]}))
    out = run(filled({"Phong trào": [{"Thứ tự": 1, "Tên phong trào": "C"}]}))
    assert "    Tên phong trào: A → C\n" in out
    assert "Có trong hệ thống, không có trong tệp, giữ nguyên: Phong trào: B\n" in out


def test_check_writes_nothing(run):
    assert "Tổng số dòng: 2 mới, 0 thay đổi, 0 không đổi, 0 chờ xử lý, 1 sai." in run(filled(ROWS), "--check")
    assert (BlocYear.objects.count(), ImportBatch.objects.count()) == (0, 0)


def test_bad_file_is_one_sentence(run):
    with pytest.raises(CommandError, match=r"^Nội dung tệp “khoi.xlsx” không phải là Excel"):
        run(b"<html>")


def test_file_that_is_not_there_is_one_sentence():
    with pytest.raises(CommandError, match=r"^Không đọc được tệp khong-co.xlsx; kiểm tra đường dẫn.$"):
        call_command("import_bloc", "khong-co.xlsx")
