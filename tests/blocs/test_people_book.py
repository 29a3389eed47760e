"""Many people from one Excel file: a verdict per row, one act, twice the same, sheets shown once."""

import io
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from blocs.domain.people import propose_login
from blocs.models import Seat
from blocs.renderers import people_book
from emulation.accounts.models import User
from emulation.core.errors import Refused
from emulation.core.models import Event
from tests import factories as make
from tests.blocs.people import book_of, client_of, file_of, passwords, rows, seated
from tests.http import query_count, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
OFFICER, SIGNER = "Đầu mối của đơn vị", "Người ký của đơn vị"


@pytest.fixture
def finance():
    make.ProvinceFactory()
    make.EmulationYearFactory(label="2026")
    return make.AgencyFactory(name="Sở Tài chính", code="STC")


@pytest.fixture
def board(finance):
    return client_of(seated("board_specialist"))


def upload(client, lines):
    return client.post(reverse("people_import"), {"file": file_of(lines)})["Location"]


def verdicts(client, lines):
    page = client.get(upload(client, lines))
    return [(verdict.kind.value, verdict.said) for verdict, _, _ in page.context["lines"]]


def bring_in(client, lines):
    url = upload(client, lines)
    return client.post(url, {"digest": client.get(url).context["digest"]})


def test_sample_can_be_filled_and_read_back():
    book = load_workbook(io.BytesIO(people_book.sample()))
    assert [sheet.title for sheet in book.worksheets] == ["Người dùng", "Hướng dẫn"]
    (row,) = people_book.read(book_of([["H36.12", "Lê Lan", "Chuyên viên", OFFICER, None, 912345678, None]]))
    assert (row.number, row.agency, row.phone, row.username, row.formulas) == (2, "H36.12", "0912345678", "", ())


def test_every_kind_of_verdict_has_its_sentence(board, finance):
    make.AgencyFactory(name="Hội Nông dân", locality="")
    make.AgencyFactory(name="Hội Nông dân", locality="")
    make.AgencyFactory(name="Sở Tài chính", locality="tỉnh khác")
    # The successor bears the name of one it took in, whose code is its own.
    make.AgencyFactory(name="Sở Tài chính", code="STC1", ended_on="2026-05-31")
    make.AgencyFactory(name="Sở Cũ", ended_on="2026-05-31")
    seated("officer", finance, user__full_name="Trần Hùng", user__username="stc.hungt")
    make.UserFactory(username="la", full_name="Người Lạ")
    make.SeatFactory(user__full_name="Vũ Xa", user__username="xa")
    assert verdicts(
        board,
        [
            ["STC", "Nguyễn Thị Lan", "Chuyên viên", OFFICER, "", "", ""],
            ["so tai chinh", "nguyễn thị lan", "Phó Giám đốc", SIGNER, "KT.", "", ""],
            ["STC", "Nguyễn Thị Lan", "Chuyên viên", OFFICER, "", "", ""],
            ["STC", "Trần Hùng", "Chuyên viên", "Đầu mối", "", "", ""],
            ["STC", "Trần Hùng", "Giám đốc", SIGNER, "Thủ trưởng", "", ""],
            ["STC", "Trần Hưng", "Chuyên viên", OFFICER, "", "", ""],
            ["STC", "Vũ Xa", "Chuyên viên", OFFICER, "", "", "xa"],
            ["STC", "Lê Mới", "Chuyên viên", OFFICER, "", "", "la"],
            ["STC", "Lê Hai", "Chuyên viên", OFFICER, "", "", "Lê Hai"],
            ["Sở Không Có", "Lê Ba", "Chuyên viên", OFFICER, "", "", ""],
            ["Hội Nông dân", "Lê Tư", "Chuyên viên", OFFICER, "", "", ""],
            ["STC", "", "Chuyên viên", OFFICER, "", "", ""],
            ["STC", "Lê Năm", "", OFFICER, "", "", ""],
            ["STC", "Lê Sáu", "Chuyên viên", "Trưởng khối", "", "", ""],
            ["STC", "Lê Bảy", "Chuyên viên", OFFICER, "KT.", "", ""],
            ["STC", "Lê Tám", "Giám đốc", SIGNER, "", "", ""],
            ["STC", "=A1", "Chuyên viên", OFFICER, "", "", ""],
            ["", "Lê Chín", "Chuyên viên", OFFICER, "", "", ""],
            ["STC1", "Lê Mười", "Chuyên viên", OFFICER, "", "", ""],
            ["Sở Cũ", "Lê Mười", "Chuyên viên", OFFICER, "", "", ""],
        ],
    ) == [
        ("new", "Tài khoản mới “stc.lannt”."),
        ("seat", "Thêm vị trí cho tài khoản của dòng 2."),
        ("same", "Trùng với dòng 2 của tệp."),
        ("same", "Đã có, giữ nguyên."),
        ("seat", "Thêm vị trí cho tài khoản “stc.hungt” đã có."),
        (
            "wrong",
            (
                "Trùng tên không dấu với “Trần Hùng” (stc.hungt). Nếu là một người, sửa lại tên trong tệp; "
                "nếu là người khác, thêm bằng trang “Thêm người”."
            ),
        ),
        ("seat", "Thêm vị trí cho tài khoản “xa” đã có."),
        ("wrong", "Tên đăng nhập “la” đã có người dùng; để trống ô này hoặc chọn tên khác."),
        ("wrong", "Tên đăng nhập chỉ gồm chữ không dấu, chữ số, dấu chấm, gạch nối."),
        ("wrong", "Không có đơn vị nào có mã hoặc tên “Sở Không Có”; đối chiếu với danh sách đơn vị."),
        ("wrong", "Có 02 đơn vị cùng tên “Hội Nông dân”; ghi mã định danh thay cho tên."),
        ("wrong", "Chưa ghi họ và tên."),
        ("wrong", "Chưa ghi chức danh, ví dụ: Chuyên viên, Phó Giám đốc."),
        (
            "wrong",
            (
                "Tư cách “Trưởng khối” không có; ghi một trong: “Đầu mối của đơn vị”, "
                "“Người quản lý tài khoản của đơn vị”, “Người ký của đơn vị”."
            ),
        ),
        ("wrong", "Chỉ người ký mới ghi “Ký với tư cách”; để trống ô này."),
        (
            "wrong",
            (
                "Người ký phải ghi “Ký với tư cách”: Thủ trưởng, Phụ trách, KT. (ký thay), Q. (quyền), "
                "TUQ. (thừa ủy quyền)."
            ),
        ),
        ("wrong", "Ô “Họ và tên” là công thức; dán giá trị thay cho công thức."),
        ("wrong", "Chưa ghi đơn vị; ghi mã định danh hoặc tên đúng như trong hệ thống."),
        (
            "wrong",
            "“Sở Tài chính” đã chấm dứt hoạt động, đến hết ngày 31/05/2026; ghi đơn vị đang hoạt động.",
        ),
        ("wrong", "“Sở Cũ” đã chấm dứt hoạt động, đến hết ngày 31/05/2026; ghi đơn vị đang hoạt động."),
    ]


def test_file_makes_everything_in_one_act_and_nothing_twice(board, finance):
    farmers = make.AgencyFactory(name="Hội Nông dân tỉnh")
    lines = [
        ["STC", "Nguyễn Thị Lan", "Chuyên viên", OFFICER, "", "0912 345 678", ""],
        ["Hội Nông dân tỉnh", "Đỗ Thủy", "Chánh Văn phòng", "Người quản lý tài khoản của đơn vị", "", "", ""],
        ["STC", "Nguyễn Thị Lan", "Phó Giám đốc", SIGNER, "Ký thay", "", ""],
    ]
    url = upload(board, lines)
    digest = board.get(url).context["digest"]
    response = board.post(url, {"digest": digest})
    assert len(passwords(response)) == 2
    assert response["Cache-Control"] == "no-store, private"
    assert [
        text
        for text in ("Phiếu tài khoản: Sở Tài chính", "Phiếu tài khoản: Hội Nông dân tỉnh", "Chuyên viên, Phó Giám đốc")
        if text not in words(response)
    ] == []
    assert list(Seat.objects.filter(agency__isnull=False).order_by("pk").values_list(
        "user__username", "capacity", "agency", "signs_as"
    )) == [
        ("stc.lannt", "officer", finance.pk, ""),
        ("hndt.thuyd", "account_manager", farmers.pk, ""),
        ("stc.lannt", "signer", finance.pk, "kt"),
    ]  # fmt: skip
    event = Event.objects.get()
    assert (event.verb, "Lan" in event.data) == ("people_imported", False)
    before = rows()
    again = board.post(url, {"digest": digest})
    assert (again.status_code, passwords(again)) == (409, [])
    assert "Không có thay đổi." in words(board.get(url))
    assert bring_in(board, lines).status_code == 409
    assert rows() == before


def test_confirmation_looks_at_the_world_again(board, finance):
    line = ["STC", "Nguyễn Thị Lan", "Chuyên viên", OFFICER, "", "", ""]
    url = upload(board, [line])
    digest = board.get(url).context["digest"]
    make.UserFactory(username="stc.lannt")
    before = rows()
    response = board.post(url, {"digest": digest})
    assert (response.status_code, "Danh sách vừa thay đổi so với lúc xem trước" in words(response)) == (409, True)
    assert rows() == before
    assert len(passwords(board.post(url, {"digest": response.context["digest"]}))) == 1
    assert User.objects.filter(username="stc.lannt2").exists()


def test_file_that_only_adds_seats_shows_no_sheet(board, finance):
    seated("officer", finance, user__full_name="Trần Hùng")
    response = bring_in(board, [["STC", "Trần Hùng", "Giám đốc", SIGNER, "Thủ trưởng", "", ""]])
    assert response["Location"] == reverse("people_list")
    assert Seat.objects.filter(capacity="signer").count() == 1


def strange(fill):
    book = Workbook()
    fill(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "không phải là"),
        (b"PK\x03\x04 hong", "Nội dung tệp “nguoi.xlsx” không phải là Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Tệp được đặt mật khẩu hoặc ở dạng Office cũ"),
        (
            strange(lambda book: book.active.append(["STT"])),
            "Trang đầu của tệp thiếu cột “Mã định danh hoặc tên đơn vị”",
        ),
        (people_book.sample(), "Tệp chưa có dòng nào; điền ít nhất một người rồi tải lên."),
        (strange(lambda book: book.active.merge_cells("A1:B2")), "Tệp có ô gộp"),
        (book_of([["STC", f"Lê {n}"] for n in range(501)]), "Tệp có 501 dòng, nhiều hơn 500"),
    ],
)
def test_file_that_cannot_be_read_is_refused_with_one_sentence(board, content, sentence):
    response = board.post(reverse("people_import"), {"file": SimpleUploadedFile("nguoi.xlsx", content)})
    assert response.status_code == 422
    assert sentence in words(response) or (not content and "Tệp" in words(response))


def test_file_without_end_is_refused_before_it_is_read(board):
    sheet = strange(lambda book: [book.active.append([n]) for n in range(5_001)])
    with pytest.raises(Refused, match=r"^Tệp có 5001 dòng"):
        people_book.read(sheet)


@pytest.mark.once  # at the real price of hashing
def test_two_hundred_accounts_come_in_seconds_at_the_real_price_of_hashing(settings, board, finance):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    lines = [["STC", f"Nguyễn Văn {n}", "Chuyên viên", OFFICER, "", "", ""] for n in range(200)]
    url = upload(board, lines)
    digest = board.get(url).context["digest"]
    start = time.perf_counter()
    response = board.post(url, {"digest": digest})
    assert time.perf_counter() - start < 30  # about 5 s alone; with all rounds of the hasher it would be 90
    assert len(set(passwords(response))) == 200


@pytest.mark.parametrize("count", [1, 3, 100])
def test_preview_takes_a_constant_number(board, finance, count):
    url = upload(board, [["STC", f"Nguyễn Văn {n}", "Chuyên viên", OFFICER, "", "", ""] for n in range(count)])
    assert query_count(lambda: board.get(url)) == 9


@pytest.mark.domain
def test_login_is_proposed_from_code_or_name():
    taken = {"stc.lannt", "stc.lannt2"}
    assert propose_login("Nguyễn Thị Lan", "Sở Tài chính", taken.__contains__) == "stc.lannt3"
    assert propose_login("Đỗ Thủy", "H36.12", taken.__contains__) == "h3612.thuyd"
    assert propose_login("Lan", "", taken.__contains__) == "lan"
