"""Sheets and headings are found by folded text; what is not ours is named, never passed over."""

from emulation.desk.domain.sheets import ASIDE, PLACES, SHEETS, missing_sheets, place_columns, sheet_by

HEADINGS = {"A": "Mã đơn vị", "B": "Tên đơn vị", "C": "Địa phương", "D": "Hạng"}


def test_sheet_and_column_keys_are_unique():
    assert len({sheet.key for sheet in SHEETS}) == len(SHEETS) == 10
    for sheet in SHEETS:
        assert len({column.key for column in sheet.columns}) == len(sheet.columns)
        assert sheet_by(sheet.key) is sheet


def test_all_sheets_are_found_without_accents():
    titles = [sheet.title.upper() for sheet in SHEETS]
    assert missing_sheets([*titles, "huong dan"]) == []
    assert {"huong dan", "vi du"} == ASIDE


def test_missing_and_strange_sheets_are_named_together():
    titles = ["Danh sách" if sheet.key == "members" else sheet.title for sheet in SHEETS]
    assert missing_sheets(titles) == [
        "Thiếu trang tính “Thành viên” (không nhận ra trang “Danh sách”); tải tệp mẫu và giữ nguyên tên các trang tính."
    ]
    assert missing_sheets([])[0].startswith("Thiếu trang tính “Khối”, “Thành viên”")


def test_columns_may_stand_in_any_order():
    placed, faults = place_columns(PLACES, {"A": "HANG", "B": "Địa phương", "C": "ten don vi *", "D": "Mã đơn vị"})
    assert faults == []
    assert {letter: column.key for letter, column in placed.items()} == {
        "A": "place",
        "B": "locality",
        "C": "agency",
        "D": "code",
    }


def test_renamed_column_is_named_with_its_letter_and_the_one_that_is_missing():
    _, faults = place_columns(PLACES, {**HEADINGS, "B": "Tên cơ quan"})
    (fault,) = faults
    assert fault == (
        "Trang “Xếp hạng”: không nhận ra cột “Tên cơ quan” (cột B); thiếu cột “Tên đơn vị”. "
        "Tải tệp mẫu và giữ nguyên tên các cột."
    )


def test_column_that_stands_twice_is_named():
    _, faults = place_columns(PLACES, {**HEADINGS, "E": "Hạng"})
    assert faults == ["Trang “Xếp hạng”: cột “Hạng” có hai lần. Tải tệp mẫu và giữ nguyên tên các cột."]
