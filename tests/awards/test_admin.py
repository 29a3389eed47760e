"""The catalogue in the admin site: edited with a reason, out to a file and in again; nothing of the board's work."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from awards.models import AwardKind, LegalBasis, LegalDocument, RequiredPaper, SubjectKind
from blocs.models import Agency
from emulation.accounts import services
from emulation.core import admin_sheets, clock
from emulation.core.audit import act
from emulation.core.models import Event, StoredFile
from tests import factories as make
from tests.accounts.conftest import SYSTEM, log_in
from tests.http import words

pytestmark = pytest.mark.django_db
LISTS = [model for model, page in admin.site._registry.items() if page.has_exchange]
AWARDS, AGENCIES = "/admin/awards/awardkind/", "/admin/blocs/agency/"


@pytest.fixture
def administrator():
    user = make.UserFactory(is_staff=True)
    user.groups.add(services.administrators())
    return user


@pytest.fixture
def site(administrator):
    """The browser of an administrator."""
    return log_in(administrator)


def book(headings: Sequence[str], *rows: Sequence[object]) -> bytes:
    """Return a filled-in list."""
    out = Workbook()
    for row in (headings, *rows):
        out.active.append(list(row))
    buffer = io.BytesIO()
    out.save(buffer)
    return buffer.getvalue()


def packed(page: bytes) -> bytes:
    """Return a workbook of one page as no program writes it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", page)
    return buffer.getvalue()


def planned(model, content: bytes) -> admin_sheets.Plan:
    return admin_sheets.plan(admin.site._registry[model].sheet(), content)


def said(plan: admin_sheets.Plan) -> list[tuple[str, str]]:
    return [(str(row.kind), row.sentence) for row in plan.verdicts]


def upload(site, base, content, name="danh-muc.xlsx"):
    return site.post(f"{base}import/", {"file": SimpleUploadedFile(name, content)})


def preview(site, base, content):
    """Upload a file; return the address of its preview and the digest it shows."""
    response = upload(site, base, content)
    assert response.status_code == 302, words(response)
    return response["Location"], site.get(response["Location"]).context["plan"].digest


def typed(site, address) -> Mapping[str, object]:
    form = site.get(address).context["adminform"].form
    shown = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in shown.items() if value is not False}


# --- Pages ------------------------------------------------------------------------------------------------------------


def test_first_page_groups_the_lists(site):
    listed = site.get("/admin/").context["app_list"]
    groups = {group["name"]: [entry["name"] for entry in group["models"]] for group in listed}
    assert list(groups) == [
        "Danh mục khen thưởng", "Đơn vị và khối thi đua", "Người dùng", "Cấu hình tỉnh", "Nhập và xuất", "Lịch sử",
    ]  # fmt: skip
    assert len(groups["Nhập và xuất"]) == len(LISTS) == 7
    assert groups["Người dùng"] == ["Vị trí", "Tài khoản"]


def test_list_of_subjects_of_an_award_is_recorded_like_its_columns(site):
    award = AwardKind.objects.get(slug="co_tinh")
    persons = SubjectKind.objects.get(slug="ca_nhan")
    address = f"{AWARDS}{award.pk}/change/"
    values = typed(site, address)
    old = [row.pk for row in award.subjects.all()]
    site.post(address, {**values, "subjects": [*old, persons.pk], "local_name": "Cờ của tỉnh", "reason": "Quy chế mới"})
    award.refresh_from_db()
    assert (award.subjects.count(), str(award), award.revision) == (2, "Cờ của tỉnh", 1)
    fields = json.loads(Event.objects.get().data)["fields"]
    assert fields == {"local_name": ["", "Cờ của tỉnh"], "subjects": [old, sorted([*old, persons.pk])]}
    history = words(site.get(f"{AWARDS}{award.pk}/history/"))
    assert "Tên dùng trong tỉnh: – → Cờ của tỉnh" in history
    assert "Đối tượng: Tập thể → Cá nhân; Tập thể" in history


def test_whole_text_is_verified_in_one_act_and_again_after_a_change(site, administrator):
    text = LegalDocument.objects.get(slug="nd-152-2025")
    page = f"/admin/awards/legaldocument/{text.pk}/"
    assert [one.name for one in site.get(f"{page}change/").context["acts"]] == ["verify"]
    unsaid = site.post(f"{page}act/verify/", {"reason": ""})
    assert (unsaid.status_code, "Ghi lý do trước khi lưu." in words(unsaid)) == (422, True)
    assert site.post(f"{page}act/verify/", {"reason": "Đối chiếu Công báo"})["Location"] == f"{page}change/"
    text.refresh_from_db()
    assert (text.verified_by, text.verified_at is None) == (administrator, False)
    assert "Văn bản này đã ghi đối chiếu rồi." in words(site.post(f"{page}act/verify/", {"reason": "Lần nữa"}))
    site.post(f"{page}change/", {**typed(site, f"{page}change/"), "source": "Công báo", "reason": "Ghi nguồn"})
    text.refresh_from_db()
    assert (text.source, text.verified_by, text.verified_at) == ("Công báo", None, None)
    assert [event.verb for event in Event.objects.order_by("seq")] == ["legal_text_verified", "corrected"]


def test_dates_in_the_wrong_order_are_refused_in_words(site):
    basis = LegalBasis.objects.order_by("pk").first()
    address = f"/admin/awards/legalbasis/{basis.pk}/change/"
    wrong = {"valid_from": "02/01/2026", "valid_to": "01/01/2026", "reason": "x"}
    response = site.post(address, {**typed(site, address), **wrong})
    assert "Ngày kết thúc đứng trước ngày bắt đầu; ghi lại ngày kết thúc." in words(response)
    assert "awards_legalbasis" not in words(response)


def test_work_of_the_board_leaves_no_trace(site):
    nomination = make.NominationFactory()
    paper = make.SignedPaperFactory(number="77/BC", subject_label="awards.nomination", subject_id=nomination.pk)
    with act(actor=SYSTEM, at=clock.now()) as current:
        current.record("nomination_drafted", nomination, note="ông Trần Văn Kín")
        current.record("corrected", nomination.owner, note="đơn vị")
    event = Event.objects.get(subject_label="awards.nomination")
    pages = ["/admin/", "/admin/core/event/", "/admin/core/event/?q=Kín", "/admin/core/signedpaper/"]
    for address in pages:
        page = words(site.get(address))
        assert "Kín" not in page.replace("?q=Kín", ""), address
        assert "77/BC" not in page, address
        assert "Đề nghị khen thưởng ·" not in page, address
    assert "đơn vị" in words(site.get("/admin/core/event/"))
    gone = [f"/admin/core/event/{event.pk}/change/", f"/admin/core/signedpaper/{paper.pk}/change/"]
    gone += [f"/admin/awards/{name}/" for name in ("nomination", "person", "submission", "decision", "grant")]
    assert [site.get(address).status_code for address in gone] == [404] * len(gone)
    filters = site.get("/admin/core/event/").context["cl"].filter_specs
    assert [code for spec in filters for code, _ in spec.lookup_choices] == ["blocs.agency", "corrected"]


# --- Out and in -------------------------------------------------------------------------------------------------------


def test_what_goes_out_comes_in_without_a_change(site, django_assert_num_queries):
    make.AgencyFactory(name="Sở Nội vụ", code="=H40", phone="0238")
    make.AgencyFactory(name="Văn phòng", parent=Agency.objects.get(code="=H40"), locality="Nghệ An")
    for model in LISTS:
        content = site.get(f"/admin/{model._meta.label_lower.replace('.', '/')}/export/").content
        with django_assert_num_queries(_queries(model)):
            plan = planned(model, content)
        assert plan.counts == {"new": 0, "changed": 0, "same": model.objects.count(), "wrong": 0}, model
        assert plan.notes == [], model
    assert not Event.objects.exists()


def _queries(model) -> int:
    """One for the rows, one for each column that names other rows, one more for lists of them."""
    relations = [field for field in admin.site._registry[model].sheet().fields().values() if field.is_relation]
    return 1 + len(relations) + sum(field.many_to_many for field in relations)


def test_list_comes_in_in_two_steps_with_one_event(site):
    count = AwardKind.objects.count()
    sheet = load_workbook(io.BytesIO(site.get(f"{AWARDS}export/").content)).active
    place = {cell.value: cell.column for cell in sheet[3]}
    row = next(cells for cells in sheet.iter_rows(min_row=4) if cells[place["Mã"] - 1].value == "co_tinh")
    row[place["Tên dùng trong tỉnh"] - 1].value = "Cờ thi đua của tỉnh"
    row[place["Đang dùng"] - 1].value = "Không"
    row[place["Đối tượng"] - 1].value = "Tập thể; cá nhân"
    new = {"Mã": "co_khoi", "Tên theo luật": "Cờ của khối", "Loại": "danh hieu thi dua", "Cấp tặng": "Tỉnh"}
    sheet.append([{place[heading]: text for heading, text in new.items()}.get(at) for at in range(1, len(place) + 1)])
    buffer = io.BytesIO()
    sheet.parent.save(buffer)

    address, digest = preview(site, AWARDS, buffer.getvalue())
    shown = words(site.get(address))
    assert f"1 dòng mới, 1 dòng thay đổi, {count - 1} dòng không thay đổi, 0 dòng sai." in shown
    assert "Tên dùng trong tỉnh: – → Cờ thi đua của tỉnh" in shown
    assert "Đang dùng: Có → Không" in shown
    assert (AwardKind.objects.count(), Event.objects.count()) == (count, 0)

    assert site.post(address, {"digest": digest, "reason": " "}).status_code == 422
    assert site.post(address, {"digest": digest, "reason": "Quy chế 2026"})["Location"] == AWARDS
    award, made = AwardKind.objects.get(slug="co_tinh"), AwardKind.objects.get(slug="co_khoi")
    assert (str(award), award.is_active, award.subjects.count()) == ("Cờ thi đua của tỉnh", False, 2)
    assert (made.nature, made.level, made.is_active, made.position) == ("title", "province", True, 0)
    event = Event.objects.get()
    data = json.loads(event.data)
    assert (event.verb, event.subject_label, event.subject_id) == ("table_imported", "awards.awardkind", None)
    assert event.note == "Quy chế 2026"
    assert (data["new"], data["changed"], data["wrong"]) == (1, 1, 0)
    assert data["sha256"] == StoredFile.objects.get().sha256
    assert data["rows"][str(award.pk)]["is_active"] == [True, False]
    history = words(site.get(f"{AWARDS}{award.pk}/history/"))
    assert "Nhập từ tệp Excel" in history
    assert "Đang dùng: Có → Không" in history
    other = AwardKind.objects.get(slug="bk_tinh")
    assert "Chưa có việc nào được ghi lại." in words(site.get(f"{AWARDS}{other.pk}/history/"))

    again = site.post(address, {"digest": digest, "reason": "Lần nữa"})
    assert (again.status_code, "Tệp không có thay đổi nào" in words(again)) == (422, True)
    assert Event.objects.count() == 1


def test_file_is_looked_at_again_before_it_is_written(site):
    paper = RequiredPaper.objects.order_by("pk").first()
    rows = [["Danh hiệu, hình thức", "Giấy tờ", "Nguồn"], [str(paper.award), paper.title, "Quy chế"]]
    address, digest = preview(site, "/admin/awards/requiredpaper/", book(*rows))
    RequiredPaper.objects.filter(pk=paper.pk).update(source="Người khác ghi", revision=1)
    response = site.post(address, {"digest": digest, "reason": "x"})
    assert "Dữ liệu đã thay đổi từ lúc xem trước" in words(response)
    assert "Nguồn: Người khác ghi → Quy chế" in words(response)
    assert 'value="x"' in response.content.decode()
    paper.refresh_from_db()
    assert (paper.source, Event.objects.count()) == ("Người khác ghi", 0)


def test_wrong_rows_say_what_to_do_and_nothing_comes_in(site):
    headings = ["Mã", "Tên theo luật", "Loại", "Cấp tặng", "Đang dùng", "Thứ tự", "Xét thay khi cấp trên không tặng"]
    content = book(
        headings,
        ["moi", "Mới", "Danh hiệu", "Tỉnh", "Có", 1, None],
        ["moi2", "", "Danh hiệu thi đua", "Tỉnh", None, None, None],
        ["moi3", "Mới", "Danh hiệu thi đua", "Tỉnh", "đang", None, None],
        ["moi4", "Mới", "Danh hiệu thi đua", "Tỉnh", None, "ba", None],
        ["moi5", "Mới", "Danh hiệu thi đua", "Tỉnh", None, None, "Không có"],
        ["moi6", "=1+1", "Danh hiệu thi đua", "Tỉnh", None, None, None],
        ["moi7", "#N/A", "Danh hiệu thi đua", "Tỉnh", None, None, None],
        ["tot", "Tốt", "Danh hiệu thi đua", "Tỉnh", None, None, None],
        ["TOT", "Tốt", "Danh hiệu thi đua", "Tỉnh", None, None, None],
        ["co_tinh", None, None, None, None, None, "co_tinh"],
    )
    choices = "Danh hiệu thi đua; Hình thức khen thưởng; Danh hiệu và hình thức (chưa tách)"
    nobody = "Chưa có danh hiệu, hình thức khen thưởng “Không có”"
    assert said(planned(AwardKind, content)) == [
        ("wrong", f"Ô “Loại” ghi “Danh hiệu”; ghi một trong: {choices}."),
        ("wrong", "Tên theo luật: Trường này không được để trắng."),
        ("wrong", "Ô “Đang dùng” ghi “đang”; ghi Có hoặc Không."),
        ("wrong", "Ô “Thứ tự” ghi “ba”; ghi một số nguyên, ví dụ 3."),
        ("wrong", f"{nobody}; thêm vào danh sách đó trước, hoặc sửa lại tên."),
        ("wrong", "Ô “Tên theo luật” là công thức; dán giá trị thay cho công thức."),
        ("wrong", "Ô “Tên theo luật” báo lỗi “#N/A” của Excel; ghi lại giá trị đúng."),
        ("new", ""),
        ("wrong", "Trùng với dòng 9 của tệp; giữ một dòng."),
        ("wrong", "Tên theo luật: Trường này không được để trắng."),
    ]
    address, digest = preview(site, AWARDS, content)
    assert "Tệp còn dòng sai" in words(site.get(address))
    assert site.post(address, {"digest": digest, "reason": "x"}).status_code == 422
    assert not AwardKind.objects.filter(slug="tot").exists()


def test_agencies_come_in_through_their_service(site):
    known = make.AgencyFactory(name="Sở Nội vụ", code="H40.01")
    make.AgencyFactory(name="Văn phòng", locality="Nghệ An", parent=known)
    headings = ["Mã định danh", "Tên đơn vị", "Loại", "Địa phương", "Đơn vị cấp trên"]
    content = book(
        headings,
        ["H40.02", "Sở Tài chính", "Sở, ban, ngành của tỉnh", None, None],
        ["H40.01", "Sở Nội vụ mới", None, None, None],
        [None, "van phong", None, "Nghệ An", "H40.01"],
    )
    rename = "Đổi tên thì thêm tên mới ở danh sách “Tên của đơn vị”, để văn bản cũ giữ tên cũ."
    assert said(planned(Agency, content)) == [
        ("new", ""),
        ("wrong", f"Cột “Tên đơn vị” trong hệ thống ghi “Sở Nội vụ”; viết lại cho đúng. {rename}"),
        ("wrong", f"Cột “Tên đơn vị” trong hệ thống ghi “Văn phòng”; viết lại cho đúng. {rename}"),
    ]  # fmt: skip
    content = book(headings, ["H40.02", "Sở Tài chính", "Sở, ban, ngành của tỉnh", None, "Sở Nội vụ"])
    address, digest = preview(site, AGENCIES, content)
    assert site.post(address, {"digest": digest, "reason": "Nhập danh sách"}).status_code == 302
    made = Agency.objects.get(code="H40.02")
    assert (made.names.get().full, made.parent, made.search_key) == ("Sở Tài chính", known, "so tai chinh  h40 02")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Tệp rỗng; chọn lại tệp .xlsx đã điền."),
        (b"PK\x03\x04 hong", "không phải là Excel"),
        (book(["Tên theo luật"], ["Cờ"]), "Trang đầu của tệp thiếu cột “Mã”"),
        (book(["Mã", "Tên theo luật"]), "Tệp chưa có dòng nào; điền ít nhất một dòng rồi tải lên."),
        (book(["Mã"], *[[f"m{number}"] for number in range(2001)]), "Tệp có 2001 dòng, nhiều hơn 2000"),
        (packed(b"<row/>" * 20_001), "Tệp có nhiều hơn 2000 dòng"),
        (packed(b"<c/>" * 200_001), "Tệp có quá nhiều ô; xóa các cột và dòng thừa rồi tải lên."),
    ],
)
def test_file_that_cannot_be_read_is_refused_in_one_sentence(site, content, sentence):
    response = upload(site, AWARDS, content)
    assert (response.status_code, sentence in words(response)) == (422, True)
    assert not StoredFile.objects.exists()


def test_preview_reads_no_other_stored_file(site):
    address, _ = preview(site, AWARDS, book(["Mã"], ["co_tinh"]))
    assert site.get(address).status_code == 200
    token = address.rstrip("/").rpartition("/")[2]
    for forged in (f"/admin/awards/subjectkind/import/{token}/", f"{AWARDS}import/1/", f"{AWARDS}import/{token}x/"):
        assert site.get(forged).status_code == 404, forged


def test_admin_is_for_administrators_and_a_superuser_is_none():
    clients = [
        log_in(make.SeatFactory(capacity="board_head").user),
        log_in(make.UserFactory(is_superuser=True)),
        log_in(make.UserFactory(is_superuser=True, is_staff=True)),
    ]
    pages = [f"{AWARDS}export/", f"{AGENCIES}import/", "/admin/core/event/", "/admin/"]
    assert {(page, client.get(page).status_code) for client in clients for page in pages} == {
        (page, 404) for page in pages
    }
