"""A file as a whole: what cannot be read is said in one sentence, and nothing is kept of it."""

import io
import zipfile

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import MAC_EPOCH
from openpyxl.worksheet.formula import ArrayFormula

from emulation.core.errors import Refused
from emulation.desk.domain.example import EXAMPLE
from emulation.desk.domain.sheets import SHEETS
from emulation.desk.models import ImportBatch
from emulation.desk.renderers import reading
from emulation.desk.renderers.workbook import book, empty_book
from emulation.desk.services import workbook
from tests.desk.books import BLOC, BOARD, fill, filled, opened, saved

UNREADABLE = "Không đọc được tệp: tệp hỏng hoặc không phải tệp Excel (.xlsx); mở bằng Excel, lưu lại rồi tải lên."


def refusal(content):
    with pytest.raises(Refused) as refused:
        reading.read(content)
    return str(refused.value)


def renamed(sheet, old, new):
    out = fill(opened(), {"Khối": [BLOC]})
    next(cell for cell in out[sheet][1] if cell.value == old).value = new
    return saved(out)


def zipped(**parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return buffer.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Tệp “khoi.xlsx” rỗng; chọn lại tệp Excel."),
        (
            b"<html><table><tr><td>Kh\xe1\xbb\x91i</td></tr></table></html>",
            "Nội dung tệp “khoi.xlsx” không phải là Excel; mở tệp bằng đúng phần mềm, lưu lại rồi tải lên.",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512,
            (
                "Tệp được đặt mật khẩu hoặc ở dạng Office cũ (.xls, .doc); bỏ mật khẩu, "
                "lưu lại dạng .xlsx hoặc .docx rồi tải lên."
            ),
        ),
        (
            b"PK\x03\x04 torn",
            "Nội dung tệp “khoi.xlsx” không phải là Excel; mở tệp bằng đúng phần mềm, lưu lại rồi tải lên.",
        ),
        (zipped(xl__workbook_xml="<nonsense"), UNREADABLE),
        (zipped(xl__workbook_xml="<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), UNREADABLE),
    ],
    ids=["empty", "html", "encrypted", "torn zip", "not a workbook", "entities"],
)
def test_file_that_is_no_workbook_is_refused_and_not_kept(content, sentence):
    with pytest.raises(Refused) as refused:
        workbook.upload(name="khoi.xlsx", content=content, actor=BOARD)
    assert str(refused.value) == sentence
    assert ImportBatch.objects.count() == 0


@pytest.mark.django_db
def test_file_over_the_limit_is_refused(settings):
    settings.UPLOAD_LIMIT_MB = 0
    with pytest.raises(Refused, match=r"^Tệp lớn hơn 0 MB"):
        workbook.upload(name="khoi.xlsx", content=empty_book(), actor=BOARD)


def test_bomb_is_refused_before_it_is_opened():
    bomb = zipped(xl__workbook_xml=b"<a/>", xl__media__picture=b"\x00" * (61 * 1024 * 1024))
    assert len(bomb) < 1024 * 1024
    assert refusal(bomb) == "Tệp quá lớn khi mở ra; xóa hình ảnh và các trang tính thừa rồi tải lên."


def test_endless_sheet_is_refused_before_it_is_opened():
    rows = zipped(xl__workbook_xml=b"<a/>", xl__worksheets__sheet1_xml=b"<row/>" * 60_000)
    assert refusal(rows).startswith("Tệp có 60000 dòng, nhiều hơn 5000")


def test_more_than_five_thousand_rows_are_refused():
    content = filled({"Phong trào": [{"Tên phong trào": "x"}] * 5_000})
    assert refusal(content).startswith("Tệp có 5001 dòng, nhiều hơn 5000; mỗi tệp chỉ là một khối")


def test_plain_workbook_is_told_which_sheets_it_lacks():
    assert refusal(saved(Workbook())).startswith("Thiếu trang tính “Khối”, “Thành viên”, “Lãnh đạo”")


def test_empty_workbook_is_told_to_say_which_bloc():
    assert refusal(empty_book()) == "Trang “Khối” chưa có dòng nào; điền một dòng: năm thi đua và tên khối."


def test_renamed_sheet_is_named():
    out = fill(opened(), {"Khối": [BLOC]})
    out["Thành viên"].title = "Danh sách"
    assert refusal(saved(out)) == (
        "Thiếu trang tính “Thành viên” (không nhận ra trang “Danh sách”); tải tệp mẫu và giữ nguyên tên các trang tính."
    )


def test_renamed_column_is_named():
    assert refusal(renamed("Thành viên", "Tên đơn vị", "Tên cơ quan")) == (
        "Trang “Thành viên”: không nhận ra cột “Tên cơ quan” (cột C); thiếu cột “Tên đơn vị”. "
        "Tải tệp mẫu và giữ nguyên tên các cột."
    )


@pytest.mark.parametrize("new", ["TÊN ĐƠN VỊ", "ten don vi", "Tên đơn vị (*)", "Te\u0302n d\u0323o\u031bn vi\u0323"])
def test_heading_is_recognised_by_its_letters(new):
    content = renamed("Thành viên", "Tên đơn vị", new.replace("d\u0323", "đ"))
    assert reading.read(content).rows["members"] == ()


def test_headings_may_stand_below_a_title():
    out = fill(opened(), {"Khối": [BLOC]})
    out["Xếp hạng"].insert_rows(1, 2)
    out["Xếp hạng"]["A1"] = "BẢNG XẾP HẠNG"
    out["Xếp hạng"]["B4"], out["Xếp hạng"]["D4"] = "Sở Tài chính", 1
    (row,) = reading.read(saved(out)).rows["places"]
    assert (row.number, row.cells["agency"].address, row.cells["agency"].value) == (4, "B4", "Sở Tài chính")


def test_scratch_sheet_is_passed_over_and_said_so():
    out = fill(opened(), {"Khối": [BLOC]})
    out.create_sheet("Nháp")["A1"] = "tính thử"
    assert reading.read(saved(out)).notes == ("Bỏ qua trang tính “Nháp”: không thuộc tệp mẫu.",)


def test_example_and_guide_are_never_read():
    grid = reading.read(filled({}))
    assert {sheet: len(rows) for sheet, rows in grid.rows.items() if rows} == {"bloc": 1}
    assert grid.notes == ()


def test_array_formula_is_a_formula_too():
    out = fill(opened(), {"Khối": [BLOC], "Xếp hạng": [{"Tên đơn vị": "Sở Tài chính"}]})
    out["Xếp hạng"]["D2"] = ArrayFormula("D2:D2", "=1+1")
    (row,) = reading.read(saved(out)).rows["places"]
    assert (row.cells["place"].value, row.cells["place"].is_formula) == ("=1+1", True)


def test_stray_cell_in_the_last_row_of_the_sheet_costs_nothing():
    out = fill(opened(), {"Khối": [BLOC], "Xếp hạng": [{"Tên đơn vị": "Sở Tài chính", "Hạng": 1}]})
    out["Xếp hạng"]["XFD1048576"] = "lạc"
    out["Xếp hạng"]["B1048576"] = "Sở Y tế"
    first, last = reading.read(saved(out)).rows["places"]
    assert (first.number, last.number, last.cells["agency"].value) == (2, 1048576, "Sở Y tế")


def test_endless_merged_block_is_refused_before_it_is_opened():
    page = b'<sheetData/><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    content = zipped(xl__workbook_xml=b"<a/>", xl__worksheets__sheet1_xml=page)
    assert refusal(content) == "Tệp gộp quá nhiều ô; bỏ gộp ô, điền từng dòng rồi tải lên."


def test_torn_part_is_refused():
    content = bytearray(zipped(xl__workbook_xml=b"<a/>", xl__worksheets__sheet1_xml=bytes(range(256)) * 20))
    content[content.index(b"sheet1") + 40] ^= 0xFF
    assert refusal(bytes(content)) == UNREADABLE


def test_formulas_and_merged_cells_are_marked():
    out = fill(opened(), {"Khối": [BLOC], "Xếp hạng": [{"Tên đơn vị": "Sở Tài chính", "Hạng": "=1+1"}] * 3})
    out["Xếp hạng"].merge_cells("B3:B4")
    first, second, third = reading.read(saved(out)).rows["places"]
    assert (first.cells["place"].is_formula, first.cells["place"].is_merged) == (True, False)
    assert second.cells["agency"].is_merged
    assert third.cells["agency"].is_merged


def test_error_values_are_text_that_no_column_takes():
    out = fill(opened(), {"Khối": [BLOC], "Xếp hạng": [{"Tên đơn vị": "Sở Tài chính", "Hạng": "#REF!"}]})
    (row,) = reading.read(saved(out)).rows["places"]
    assert row.cells["place"].value == "#REF!"


def test_dates_of_an_old_mac_count_from_1904():
    out = fill(opened(), {"Khối": [BLOC]})
    out.epoch = MAC_EPOCH
    assert reading.read(saved(out)).epoch.year == 1904


@pytest.mark.parametrize("text", ["=1+1", "+84 912", "-5", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_text_that_looks_like_a_formula_stays_text(text):
    content = book(
        {**EXAMPLE, "movements": [{"number": 1, "title": text, "launched_by": "bloc", "is_next_year": False}]}
    )
    cell = opened(content)["Phong trào"]["B2"]
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", text, True)
    (row,) = reading.read(content).rows["movements"]
    assert (row.cells["title"].value, row.cells["title"].is_formula) == (text, False)


def test_empty_workbook_offers_the_choices_and_the_formats():
    out = opened()
    assert out.sheetnames == [*(sheet.title for sheet in SHEETS), "Ví dụ", "Hướng dẫn"]
    members = out["Thành viên"]
    lists = {str(rule.sqref).split(":")[0]: rule.formula1 for rule in members.data_validations.dataValidation}
    area = lists["E2"].replace("$", "").split("!")[1]
    assert [cell.value for (cell,) in out["Hướng dẫn"][area]][:2] == ["Sở, ban, ngành của tỉnh", "Cơ quan Đảng"]
    assert members.column_dimensions["G"].number_format == "dd/mm/yyyy"
    assert members.max_row == 1


def test_control_characters_of_old_rows_do_not_stop_the_export():
    content = book({"movements": [{"number": 1, "title": "a\x0bb"}]})
    assert opened(content)["Phong trào"]["B2"].value == "a b"
