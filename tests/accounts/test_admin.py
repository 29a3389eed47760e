"""The admin site: for administrators, with a reason and an event, without deletion, in Vietnamese."""

import json
import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from awards.admin import CATALOGUE
from blocs.models import Agency, Partition, Seat
from emulation.accounts.models import User
from emulation.core import clock, files
from emulation.core.admin_site import HouseAdmin
from emulation.core.audit import act
from emulation.core.models import Event, Province, SignedPaper
from emulation.core.vietnamese import fold
from tests import factories as make
from tests.accounts.conftest import SYSTEM, is_in, log_in
from tests.http import words

pytestmark = pytest.mark.django_db
EDITABLE = {
    "awards.awardkind", "awards.commendationkind", "awards.legalbasis", "awards.legaldocument", "awards.requiredpaper",
    "awards.subjectkind", "accounts.user", "blocs.agency", "blocs.agencyname", "blocs.bloc", "blocs.blocyear",
    "blocs.emulationyear", "blocs.partition", "blocs.seat", "core.province", "core.signedpaper",
}  # fmt: skip
READ_ONLY = {"core.event", "core.job", "core.document", "core.storedfile"}
ENGLISH = re.compile(
    r"\b(add|change|delete|save|home|search|history|view|select|the|this|please|and|filter|actions?|by|all|yes|no|none|"
    r"required|field|password|login|log out|welcome|recent|show|hide|skip|toggle|theme|breadcrumbs|today|now|any|is|"
    r"are|with|your?|errors?|invalid|must|cannot|previous|next|first|last|true|false|unknown|choose|upload|submit|cancel|"
    r"close|edit|remove|import|export|models?|users?|shown|revision|page|file|enter|value|valid|results?|total|perhaps)\b",
    re.IGNORECASE,
)
PAGES = ("list", "change", "history")
ATTRIBUTES = re.compile(r'(?:placeholder|aria-label|title|alt|value)="([^"]*)"')
DATA = re.compile(r"\{.*?\}")  # what an event holds for machines


@pytest.fixture
def site(administrator):
    """The browser of an administrator."""
    return log_in(administrator)


def url(row_or_label, page="change", pk=None):
    label = row_or_label if isinstance(row_or_label, str) else row_or_label._meta.label_lower
    base = f"/admin/{label.replace('.', '/')}/"
    if page == "list":
        return base
    if page == "add":
        return f"{base}add/"
    return f"{base}{pk or row_or_label.pk}/{page}/"


def typed(client, address):
    """Return what the form of a page would send if nothing were changed."""
    form = client.get(address).context["adminform"].form
    shown = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in shown.items() if value is not False}


def save(client, address, **values):
    return client.post(address, typed(client, address) | values)


def last_event():
    event = Event.objects.order_by("seq").last()
    return event.verb, event.subject_label, event.subject_id, event.note, json.loads(event.data)


def rows():
    """One row of every model of the site."""
    bloc_year = make.BlocYearFactory()
    seat = make.SeatFactory()
    with act(actor=SYSTEM, at=clock.now()) as current:
        current.record("corrected", seat)
    document = make.DocumentFactory(bloc_year=bloc_year)
    found = [
        make.ProvinceFactory(), bloc_year, bloc_year.bloc, bloc_year.year, make.PartitionFactory(), seat, seat.user,
        seat.agency, seat.agency.names.get(), SignedPaper.objects.get(), Event.objects.get(), document, document.pdf,
        make.JobFactory(bloc_year=bloc_year),
        *(model.objects.order_by("pk").first() for model in CATALOGUE),
    ]  # fmt: skip
    return {row._meta.label_lower: row for row in found}


def test_site_has_the_pages_of_the_house_and_no_others():
    assert {model._meta.label_lower for model in admin.site._registry} == EDITABLE | READ_ONLY
    assert all(isinstance(page, HouseAdmin) for page in admin.site._registry.values())


@pytest.mark.parametrize("path", ["/admin/", "/admin/core/event/", "/admin/blocs/agency/add/", "/admin/khong-co/"])
def test_anonymous_is_sent_to_the_login_page(path):
    response = Client().get(path)
    assert (response.status_code, response["Location"]) == (302, f"/accounts/login/?next={path}")


def test_login_page_of_the_library_is_no_second_way_in(administrator):
    client = Client()
    response = client.post("/admin/login/", {"username": administrator.username, "password": make.PASSWORD})
    assert response["Location"] == "/accounts/login/?next=/admin/"
    assert not is_in(client)


@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/admin/core/event/", "/admin/jsi18n/", "/admin/x/"])
@pytest.mark.parametrize("capacity", ["board_head", "officer"])
def test_others_are_told_there_is_no_such_page(path, capacity):
    client = log_in(make.SeatFactory(capacity=capacity).user)
    assert client.get(path).status_code == 404
    assert client.post(path).status_code == 404


def test_staff_outside_the_group_are_told_there_is_no_such_page():
    assert log_in(make.UserFactory(is_staff=True)).get("/admin/core/event/").status_code == 404


def test_member_of_the_group_without_being_staff_is_told_there_is_no_such_page(officer):
    officer.groups.add(Group.objects.create(name="Quản trị"))
    assert log_in(officer).get("/admin/").status_code == 404


@pytest.mark.parametrize(
    "path", ["/admin/password_change/", "/admin/logout/", "/admin/r/1/1/", "/admin/auth/group/", "/admin/mfa/"]
)
def test_pages_with_a_better_place_or_none_are_gone(site, path):
    assert site.get(path).status_code == 404
    assert site.post(path).status_code == 404


def test_nothing_is_deleted_and_nothing_read_only_is_written(site):
    for label, row in rows().items():
        before = list(type(row)._default_manager.values())
        assert site.get(url(row, "delete")).status_code == 404, label
        assert site.post(url(row, "delete"), {"post": "yes"}).status_code == 404, label
        picked = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
        site.post(url(label, "list"), picked)
        if label in READ_ONLY:
            assert site.get(url(label, "add")).status_code == 404, label
            assert site.post(url(label, "add"), {"reason": "x"}).status_code == 404, label
            assert site.post(url(row), {"reason": "x"}).status_code == 404, label
        assert list(type(row)._default_manager.values()) == before, label


def english(response):
    """Return the English words a page says to eyes and ears."""
    html = re.sub(r'<input type="hidden"[^>]*>', "", response.content.decode())
    title = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
    said = [DATA.sub("", words(response)), title[1] if title else "", *ATTRIBUTES.findall(html)]
    return sorted({word.lower() for text in said for word in ENGLISH.findall(text)})


def inline(response):
    """Return what the policy would not run."""
    html = response.content.decode()
    return [
        *re.findall(r"<script(?![^>]*(?:src=|application/json))[^>]*>", html),
        *re.findall(r"\s(?:style|on\w+)=\"", html),
        *re.findall(r"<style", html),
    ]


def test_every_page_opens_in_vietnamese_and_without_inline_script_or_style(site):
    found = rows()
    pages = ["/admin/", "/admin/awards/", *(url(row, page) for row in found.values() for page in PAGES)]
    gone = {url(found["core.storedfile"], page) for page in ("change", "history")}  # headed by the name of the file
    answers = {page: site.get(page) for page in pages}
    assert {page for page, answer in answers.items() if answer.status_code != 200} == gone
    assert {page: said for page, answer in answers.items() if (said := english(answer))} == {}
    assert {page: said for page, answer in answers.items() if (said := inline(answer))} == {}


def test_pages_in_trouble_speak_vietnamese(site, officer, monkeypatch):
    """Mistakes, nothing found, filters with counts, pages of a list, a lost race, files, acts, what is not there."""
    make.AgencyFactory(name="Sở Tài chính", code="H40", phone="0238"), make.AgencyFactory(name="Sở Y tế")
    monkeypatch.setattr(admin.site._registry[Agency], "list_per_page", 1)
    province, agencies = make.ProvinceFactory(), "/admin/blocs/agency/"
    queries = ("?p=2", "?all=", "?q=zzz", "?q=so", "?kind__exact=department", "?_facets=True&q=so", "?khong=1", "?e=1")
    answers = {query: site.get(agencies + query, follow=True) for query in queries}
    for label in sorted(EDITABLE):
        answers[f"{label} new"], answers[f"{label} empty"] = (
            site.get(url(label, "add")),
            site.post(url(label, "add"), {}),
        )
    mistakes = {"starts_on": "32/13/2026", "user": "0", "capacity": "x", "reason": "x" * 501}
    answers["seat"] = site.post(url("blocs.seat", "add"), mistakes)
    answers["date"] = site.post(
        url("awards.legaldocument", "add"), {"slug": "a b", "issued_on": "x", "number": "x" * 101}
    )
    answers["number"] = site.post(url("awards.awardkind", "add"), {"slug": "co_tinh", "position": "-1", "lower": "0"})
    answers["stale"] = site.post(url(province), typed(site, url(province)) | {"shown_revision": 7, "reason": "x"})
    answers["saved"] = site.post(url(province), typed(site, url(province)) | {"place": "V", "reason": "x"}, follow=True)
    for act_of in ("reset", "make-administrator", "deactivate"):
        answers[act_of] = site.post(f"/admin/accounts/user/{officer.pk}/act/{act_of}/", {"reason": ""})
    answers["given"] = site.post(f"/admin/accounts/user/{officer.pk}/act/reset/", {"reason": "x"})
    answers["nobody"] = site.get(url("accounts.user", pk=10**6))
    answers["history"] = site.get(url(officer, "history"))
    answers["import"] = site.get(f"{agencies}import/")
    answers["no file"] = site.post(f"{agencies}import/", {})
    broken = {"file": SimpleUploadedFile("x.xlsx", b"x")}
    answers["broken file"] = site.post(f"{agencies}import/", broken)
    for page in ("account_change_password", "account_logout", "account_reauthenticate"):
        answers[page] = site.get(reverse(page))
    answers["password"] = site.post(reverse("account_change_password"), {"oldpassword": "x", "password1": "1"})
    assert {name: found for name, answer in answers.items() if (found := english(answer))} == {}
    assert "32/13/2026" in answers["seat"].content.decode()


@pytest.mark.parametrize("reason", ["", "   "])
def test_change_without_a_reason_is_refused(site, reason):
    province = make.ProvinceFactory()
    response = save(site, url(province), place="Vinh", reason=reason)
    assert response.status_code == 200
    assert (
        response.context["adminform"].form.errors["reason"] == ["Mục này bắt buộc."]
        or response.context["adminform"].form.errors["reason"]
    )
    province.refresh_from_db()
    assert (province.place, Event.objects.count()) == ("Sông Lam", 0)


def test_change_is_one_event_with_reason_old_and_new(site, administrator):
    province = make.ProvinceFactory()
    response = save(site, url(province), place="Vinh", reason="Theo Nghị quyết số 12")
    assert response.status_code == 302
    province.refresh_from_db()
    assert (province.place, province.revision) == ("Vinh", 1)
    data = {"is_new": False, "fields": {"place": ["Sông Lam", "Vinh"]}}
    assert last_event() == ("corrected", "core.province", 1, "Theo Nghị quyết số 12", data)
    event = Event.objects.get()
    assert (event.user_id, event.actor_name) == (administrator.pk, administrator.full_name)
    history = words(site.get(url(province, "history")))
    assert "Theo Nghị quyết số 12" in history
    assert administrator.full_name in history


def test_save_without_a_change_writes_nothing(site):
    province = make.ProvinceFactory()
    assert save(site, url(province), reason="Xem lại").status_code == 302
    province.refresh_from_db()
    assert (province.revision, Event.objects.count()) == (0, 0)


def test_slower_of_two_administrators_is_told_and_nothing_is_lost(site):
    province = make.ProvinceFactory()
    shown = typed(site, url(province))
    save(site, url(province), place="Vinh", reason="Người nhanh")
    response = site.post(url(province), shown | {"place": "Cửa Lò", "reason": "Người chậm"})
    assert "Người khác vừa sửa mục này." in words(response)
    assert 'value="Cửa Lò"' in response.content.decode()
    province.refresh_from_db()
    assert (province.place, Event.objects.count()) == ("Vinh", 1)


def test_province_is_one_row(site):
    values = {
        "name": "tỉnh Sông Lam", "place": "Sông Lam", "authority": "UBND tỉnh", "department": "Sở Nội vụ",
        "board_label": "Phòng", "number_sign": "BC-KTĐ", "reason": "Thiết lập",
    }  # fmt: skip
    assert site.post(url("core.province", "add"), values).status_code == 302
    assert Province.objects.get().pk == 1
    assert site.get(url("core.province", "add")).status_code == 404


def test_new_agency_gets_its_open_name_and_is_found_without_accents(site):
    values = {"name": "Sở Khoa học và Công nghệ", "kind": "department", "code": "", "reason": "Đơn vị mới"}
    site.post(url("blocs.agency", "add"), values)
    agency = Agency.objects.get()
    assert [(name.full, name.valid_to) for name in agency.names.all()] == [("Sở Khoa học và Công nghệ", None)]
    assert agency.code is None
    assert last_event()[:4] == ("corrected", "blocs.agency", agency.pk, "Đơn vị mới")
    assert "Sở Khoa học và Công nghệ" in words(site.get("/admin/blocs/agency/?q=khoa hoc"))
    assert "Sở Khoa học và Công nghệ" not in words(site.get("/admin/blocs/agency/?q=tai chinh"))


def test_agency_is_renamed_by_a_new_name_from_a_day_on(site):
    agency = make.AgencyFactory(name="Sở Giao thông vận tải")
    values = {"agency": agency.pk, "full": "Sở Xây dựng", "header_style": "state", "reason": "Hợp nhất"}
    response = site.post(url("blocs.agencyname", "add"), values)
    assert "Tên mới cần ngày bắt đầu" in words(response)
    assert site.post(url("blocs.agencyname", "add"), values | {"valid_from": "01/03/2025"}).status_code == 302
    agency.refresh_from_db()
    assert agency.name == "Sở Xây dựng"
    dates = [(name.full, str(name.valid_from), str(name.valid_to)) for name in agency.names.order_by("pk")]
    assert dates == [("Sở Giao thông vận tải", "None", "2025-02-28"), ("Sở Xây dựng", "2025-03-01", "None")]
    assert "so giao thong van tai" in agency.search_key
    assert last_event()[:2] == ("corrected", "blocs.agencyname")


def test_misspelt_open_name_is_corrected_on_the_agency_too(site):
    agency = make.AgencyFactory(name="Sở Nôi vụ")
    name = agency.names.get()
    assert save(site, url(name), full="Sở Nội vụ", reason="Sai chính tả").status_code == 302
    agency.refresh_from_db()
    assert (agency.name, agency.search_key.strip()) == ("Sở Nội vụ", "so noi vu")


def test_state_of_a_bloc_year_is_not_typed_and_a_closed_one_not_changed(site):
    open_one, closed = make.BlocYearFactory(), make.BlocYearFactory(state="closed")
    save(site, url(open_one), name="Khối các cơ quan Đảng", state="closed", reason="Sai tên")
    open_one.refresh_from_db()
    assert (open_one.name, open_one.state) == ("Khối các cơ quan Đảng", "preparing")
    assert open_one.search_key.startswith("khoi cac co quan dang")
    assert site.post(url(closed), {"name": "Khác", "reason": "x"}).status_code == 404


def test_seat_is_given_and_ended(site):
    user, agency = make.UserFactory(), make.AgencyFactory()
    values = {
        "user": user.pk, "capacity": "officer", "agency": agency.pk, "title": "Chuyên viên", "starts_on": "05/11/2026",
        "reason": "Phân công",
    }  # fmt: skip
    assert site.post(url("blocs.seat", "add"), values).status_code == 302
    seat = Seat.objects.get()
    assert str(seat.starts_on) == "2026-11-05"
    assert save(site, url(seat), ends_on="31/12/2026", reason="Luân chuyển").status_code == 302
    seat.refresh_from_db()
    assert str(seat.ends_on) == "2026-12-31"
    assert last_event()[4]["fields"] == {"ends_on": [None, "2026-12-31"]}


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"capacity": "officer"}, "Tư cách này phải gắn với đơn vị."),
        ({"capacity": "council", "with_agency": True}, "Tư cách này không gắn với đơn vị; để trống đơn vị."),
        ({"capacity": "signer", "with_agency": True}, "Chỉ người ký có cách ghi khi ký"),
        ({"capacity": "council", "ends_on": "01/11/2026"}, "Ngày kết thúc đứng trước ngày bắt đầu"),
        ({"capacity": "council", "starts_on": "32/11/2026"}, "Nhập ngày theo dạng ngày/tháng/năm, ví dụ 05/11/2026."),
    ],
)
def test_impossible_seat_is_refused_in_one_sentence(site, values, sentence):
    values = {"user": make.UserFactory().pk, "title": "Ủy viên", "starts_on": "05/11/2026", "reason": "x"} | values
    if values.pop("with_agency", False):
        values["agency"] = make.AgencyFactory().pk
    response = site.post(url("blocs.seat", "add"), values)
    assert sentence in words(response)
    assert "blocs_seat" not in words(response)
    assert not Seat.objects.exists()


def test_second_open_seat_of_the_same_kind_is_refused(site):
    seat = make.SeatFactory()
    values = {
        "user": seat.user_id, "capacity": seat.capacity, "agency": seat.agency_id, "title": "Chuyên viên",
        "starts_on": "05/11/2026", "reason": "x",
    }  # fmt: skip
    response = site.post(url("blocs.seat", "add"), values)
    assert response.status_code == 200
    assert "Người này đang ngồi ở vị trí đó" in words(response)


def test_partition_and_its_paper_are_added(site):
    paper = {"number": "12/QĐ-UBND", "dated_on": "15/01/2026", "issuer": "UBND tỉnh", "reason": "Nhập"}
    site.post(url("core.signedpaper", "add"), paper)
    values = {"title": "Về việc chia khối", "paper": SignedPaper.objects.get().pk, "reason": "Nhập"}
    site.post(url("blocs.partition", "add"), values)
    assert Partition.objects.get().paper.number == "12/QĐ-UBND"
    assert Event.objects.filter(verb="corrected").count() == 2


# --- Accounts ---------------------------------------------------------------------------------------------------------


def test_account_is_given_and_its_password_shown_once(site):
    values = {"username": "so.lan", "full_name": "Nguyễn Thị Lan", "phone": "0238", "reason": "Đề nghị của Sở"}
    response = site.post(url("accounts.user", "add"), values)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    password = re.search(r'id="given-password">([^<]+)<', response.content.decode()).group(1)
    user = User.objects.get(username="so.lan")
    assert user.check_password(password)
    assert password not in site.get(url(user)).content.decode()
    assert "change" in str(log_in(user, password=password).get("/")["Location"])
    assert last_event() == ("user_invited", "accounts.user", user.pk, "Đề nghị của Sở", {"is_administrator": False})


def test_account_with_a_taken_name_is_refused_and_the_typed_text_kept(site, officer):
    values = {"username": officer.username, "full_name": "Nguyễn Thị Lan", "reason": "x"}
    response = site.post(url("accounts.user", "add"), values)
    assert response.status_code == 422
    assert "đã có người dùng; chọn tên khác." in words(response)
    assert 'value="Nguyễn Thị Lan"' in response.content.decode()


def test_password_is_reset_from_the_page_and_ends_the_session(site, officer):
    theirs = log_in(officer)
    address = f"/admin/accounts/user/{officer.pk}/act/reset/"
    assert "Mọi phiên đang đăng nhập kết thúc" in words(site.get(address))
    assert site.post(address, {"reason": ""}).status_code == 422
    response = site.post(address, {"reason": "Quên mật khẩu"})
    password = re.search(r'id="given-password">([^<]+)<', response.content.decode()).group(1)
    assert theirs.get("/guide/").status_code == 302
    assert is_in(log_in(officer, password=password))


def test_acts_are_offered_when_they_fit(site, officer, administrator):
    assert [act.name for act in site.get(url(officer)).context["acts"]] == ["reset", "deactivate", "make-administrator"]
    site.post(f"/admin/accounts/user/{officer.pk}/act/deactivate/", {"reason": "Nghỉ hưu"})
    assert [act.name for act in site.get(url(officer)).context["acts"]] == ["reactivate", "make-administrator"]
    response = site.post(f"/admin/accounts/user/{officer.pk}/act/deactivate/", {"reason": "Lần nữa"})
    assert (response.status_code, "Tài khoản này đã khóa." in words(response)) == (422, True)
    assert site.get(url(administrator)).context["acts"] == []
    assert site.post(f"/admin/accounts/user/{administrator.pk}/act/reset/", {"reason": "x"}).status_code == 404
    assert site.get(f"/admin/accounts/user/{officer.pk}/act/khong-co/").status_code == 404
    assert site.get("/admin/accounts/user/999999/act/reset/").status_code == 404


def test_rights_of_an_account_are_not_typed(site, officer):
    forged = {"is_staff": "on", "is_superuser": "on", "username": "khac", "password": "x", "groups": "1"}
    save(site, url(officer), full_name="Trần Văn Mới", reason="Đổi tên", **forged)
    fresh = User.objects.get(pk=officer.pk)
    assert (fresh.full_name, fresh.username, fresh.password) == ("Trần Văn Mới", officer.username, officer.password)
    assert (fresh.is_staff, fresh.is_superuser, fresh.groups.count()) == (False, False, 0)
    # A phone number is private, so the event names the field and not its text.
    assert last_event()[4] == {"is_new": False, "fields": ["full_name"]}


def test_list_of_stored_files_shows_neither_names_nor_ways_to_their_content(site):
    stored = make.StoredFileFactory(name="Bao cao cua ong Tran Van A.pdf", content=b"%PDF-1.7 noi dung\n%%EOF\n")
    page = site.get(url(stored, "list")).content.decode()
    assert stored.sha256 in page
    for withheld in (stored.name, stored.key, files.read(stored).decode(), f"/storedfile/{stored.pk}/"):
        assert withheld not in page


def test_administration_is_given_and_withdrawn_from_the_page(site, officer):
    base = f"/admin/accounts/user/{officer.pk}/act/"
    assert site.post(f"{base}make-administrator/", {"reason": "Phân công"})["Location"] == url(officer)
    assert log_in(officer).get("/admin/").status_code == 200
    assert site.post(f"{base}end-administrator/", {"reason": "Thôi"})["Location"] == url(officer)
    assert log_in(officer).get("/admin/").status_code == 404
    verbs = [event.verb for event in Event.objects.order_by("seq")]
    assert verbs == ["administrator_given", "administrator_withdrawn"]


def test_login_page_of_the_library_leads_an_administrator_on(site):
    assert site.get("/admin/login/")["Location"] == "/admin/"


def test_history_of_what_is_not_there_is_not_found(site):
    assert site.get("/admin/core/province/99/history/").status_code == 404


def test_old_name_is_added_with_its_last_day_and_found(site):
    agency = make.AgencyFactory(name="Sở Nội vụ")
    values = {
        "agency": agency.pk, "full": "Ban Tổ chức chính quyền", "header_style": "state", "valid_to": "31/12/2003",
        "reason": "Tên trước năm 2004",
    }  # fmt: skip
    assert site.post(url("blocs.agencyname", "add"), values).status_code == 302
    agency.refresh_from_db()
    assert (agency.name, agency.names.count()) == ("Sở Nội vụ", 2)
    assert fold("Ban Tổ chức chính quyền") in agency.search_key
    old = agency.names.get(valid_to__isnull=False)
    assert save(site, url(old), full="Ban Tổ chức chính quyền tỉnh", reason="Thiếu chữ").status_code == 302
    agency.refresh_from_db()
    assert (agency.name, fold("chính quyền tỉnh") in agency.search_key) == ("Sở Nội vụ", True)


def test_rename_before_the_present_name_began_is_refused(site):
    agency = make.AgencyFactory(name="Sở Nội vụ")
    agency.names.update(valid_from="2025-03-01")
    values = {
        "agency": agency.pk, "full": "Sở Tổ chức", "header_style": "state", "valid_from": "01/01/2020", "reason": "x",
    }  # fmt: skip
    response = site.post(url("blocs.agencyname", "add"), values)
    assert response.status_code == 409
    assert "tên mới phải bắt đầu sau ngày đó." in words(response)
    assert (agency.names.count(), Event.objects.count()) == (1, 0)


def test_columns_of_an_agency_are_corrected(site):
    agency = make.AgencyFactory(name="Sở Nội vụ")
    assert save(site, url(agency), code="H40.01", reason="Cấp mã").status_code == 302
    agency.refresh_from_db()
    assert (agency.code, fold("H40.01") in agency.search_key) == ("H40.01", True)


def test_code_of_another_agency_is_refused(site):
    make.AgencyFactory(code="H40.01")
    agency = make.AgencyFactory()
    response = save(site, url(agency), code="H40.01", reason="Cấp mã")
    assert response.status_code == 200
    assert list(response.context["adminform"].form.errors) == ["code"]
