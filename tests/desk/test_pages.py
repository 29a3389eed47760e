"""Pages of the roof: what they say, to whom, and what they do with odd input."""

import io
import unicodedata

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from blocs.enums import BlocYearState, MilestoneKind
from blocs.models import BlocYear
from emulation.core import clock as house_clock
from emulation.core.audit import act
from emulation.core.models import Event, SignedPaper
from emulation.core.views import error_500
from emulation.desk.domain.guide import CHAPTERS
from tests import factories as make
from tests.http import main, sheet, words
from tests.world import World, build

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def world() -> World:
    return build()


def page(world: World, key: str, name: str = "bloc_detail", *more: str) -> str:
    return reverse(name, args=[world.bloc_years[key].pk, *more])


# --- The frame --------------------------------------------------------------------------------------------------------


def test_frame_names_the_province_the_person_and_the_seat(world: World) -> None:
    said = words(world.client("leader").get(reverse("home")))
    assert "Tỉnh Sông Lam" in said
    assert "Phó Chánh Văn phòng, Văn phòng UBND tỉnh" in said


def entries(client: Client) -> list[str]:
    return [item.label for item in client.get(reverse("guide")).context["nav"]]


def test_frame_shows_only_what_the_seat_may_open(world: World) -> None:
    assert entries(world.client("member"))[:3] == ["Trang chủ", "Khối thi đua", "Đơn vị"]
    assert not {"Người dùng", "Nhập từ Excel", "Thẩm định", "Quản trị"}.intersection(entries(world.client("member")))
    assert entries(world.client("admin")) == ["Trang chủ", "Quản trị", "Hướng dẫn sử dụng"]


def test_every_entry_of_the_navigation_opens(world: World) -> None:
    for role in ("board_head", "leader", "account_manager", "council", "admin"):
        client = world.client(role)
        for item in client.get(reverse("guide")).context["nav"]:
            assert client.get(item.url).status_code == 200, (role, item.url)


def test_year_is_remembered_and_rules_the_lists(world: World) -> None:
    client = world.client("member")
    response = client.post(
        reverse("year_choose"), {"year": world.years["2025"].pk, "next": "/blocs/?q=khoi&year=&page=2"}
    )
    assert response["Location"] == "/blocs/?q=khoi"
    rows = client.get(response["Location"]).context["page"].object_list
    assert [(row.name, row.year.label) for row in rows] == [("Khối thi đua A", "2025")]


def test_year_is_the_open_one_of_today_until_one_is_chosen(world: World) -> None:
    assert str(world.client("member").get(reverse("home")).context["current_year"]) == "2026"


@pytest.mark.parametrize("target", ["https://example.org/", "//example.org", "", "javascript:alert(1)"])
def test_year_never_leads_to_another_host(world: World, target: str) -> None:
    answer = world.client("member").post(reverse("year_choose"), {"year": world.years["2025"].pk, "next": target})
    assert answer["Location"] == "/"


@pytest.mark.parametrize("year", ["", "0", "abc", "999999"])
def test_year_that_is_none_is_not_found(world: World, year: str) -> None:
    assert world.client("member").post(reverse("year_choose"), {"year": year}).status_code == 404


def test_health_answers_everybody_with_one_word() -> None:
    answer = Client().get(reverse("health"))
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, b"ok", "text/plain")


def away(*_: object) -> None:
    """Stand in for a database that does not answer."""
    raise OperationalError("server closed the connection")


def test_health_says_when_the_database_is_away() -> None:
    with connection.execute_wrapper(away):
        answer = Client().get(reverse("health"))
    assert (answer.status_code, answer.content) == (503, b"database unavailable")


def test_page_of_a_broken_house_needs_no_database(rf) -> None:
    with connection.execute_wrapper(away):
        answer = error_500(rf.get("/"))
    assert answer.status_code == 500
    assert "Về Trang chủ" in words(answer)


# --- Lists ------------------------------------------------------------------------------------------------------------


def names(world: World, url: str, **asked: str) -> list[str]:
    return [row.name for row in world.client("member").get(reverse(url), asked).context["page"].object_list]


@pytest.mark.parametrize(
    "typed",
    [
        "Uỷ ban Kiểm tra",
        "ủy ban kiểm tra",
        "uy ban kiem tra",
        "UY BAN KIEM TRA",
        "ỦY  BAN kiểm",
        "tra kiem ban",
        unicodedata.normalize("NFD", "Ủy ban Kiểm tra Đảng"),
        "uỷ ban kiểm tra đảng",
        "uy ban dang",
    ],
)
def test_agency_is_found_however_it_is_typed(world: World, typed: str) -> None:
    make.AgencyFactory(name="Ủy ban Kiểm tra Đảng ủy")
    assert names(world, "agency_list", q=typed) == ["Ủy ban Kiểm tra Đảng ủy"]


@pytest.mark.parametrize("typed", ["sĩ", "sỹ", "si", "SỸ", "bac si"])
def test_agency_is_found_with_either_i(world: World, typed: str) -> None:
    make.AgencyFactory(name="Hội Bác sĩ gia đình")
    assert names(world, "agency_list", q=typed) == ["Hội Bác sĩ gia đình"]


def test_agency_is_found_from_word_beginnings_only(world: World) -> None:
    assert names(world, "agency_list", q="hoi") == ["Hội Cựu chiến binh tỉnh", "Hội Nông dân tỉnh"]
    assert names(world, "agency_list", q="oi") == []


def test_bloc_list_takes_the_chosen_year_unless_all_are_asked_for(world: World) -> None:
    assert names(world, "bloc_list") == ["Khối thi đua A", "Khối thi đua B", "Khối thi đua C"]
    assert len(names(world, "bloc_list", year="")) == 5
    assert names(world, "bloc_list", year=str(world.years["2025"].pk)) == ["Khối thi đua A"]
    assert names(world, "bloc_list", state="scoring") == ["Khối thi đua B"]


def test_bloc_list_starts_with_the_blocs_of_the_specialist_where_the_year_has_some(world: World) -> None:
    seat = world.seats["board_specialist"]
    make.MonitorFactory(bloc_year=world.bloc_years["scoring"], role="specialist", seat=seat)

    def seen(**asked: str) -> list[str]:
        answer = world.client("board_specialist").get(reverse("bloc_list"), asked)
        return [line.bloc_year.name for line in answer.context["lines"]]

    assert seen() == ["Khối thi đua B"]
    assert seen(who="all") == ["Khối thi đua A", "Khối thi đua B", "Khối thi đua C"]
    assert seen(year=str(world.years["2025"].pk)) == ["Khối thi đua A"]
    assert seen(year="99999999999999999999") == seen(year="999999")  # a number no database holds is no year either
    assert "who" not in world.client("board_head").get(reverse("bloc_list")).context["filter"].form.fields


def test_bloc_list_tells_this_province_from_others(world: World) -> None:
    make.BlocYearFactory(bloc__locality="Kon Tum", name="Khối nơi khác")
    make.BlocYearFactory(bloc__locality="không nêu", name="Khối không rõ nơi")
    assert names(world, "bloc_list", locality="Kon Tum") == ["Khối nơi khác"]
    assert names(world, "bloc_list", locality="không nêu") == ["Khối không rõ nơi"]
    assert len(names(world, "bloc_list", locality="own")) == 3


def test_bloc_list_shows_stated_counts_as_stated(world: World) -> None:
    make.BlocYearFactory(name="Khối chỉ có số", stated_member_count=12)
    BlocYear.objects.filter(pk=world.bloc_years["scoring"].pk).update(stated_member_count=9)
    said = main(world.client("member").get(reverse("bloc_list")))
    assert "12 theo nguồn" in said
    assert "02 nguồn nêu 09" in said


def test_list_answers_htmx_with_its_rows_alone(world: World) -> None:
    answer = world.client("member").get(reverse("bloc_list"), headers={"HX-Request": "true"})
    assert "<main" not in answer.content.decode()
    assert "Khối thi đua B" in answer.content.decode()


ODD = (
    {"page": "999"}, {"page": "x"}, {"year": "999"}, {"year": "abc"}, {"state": "?"}, {"locality": "\x00"},
    {"q": "\x00"}, {"q": "x" * 3000}, {"q": "%_'\";--"}, {"q": "<script>"},
)  # fmt: skip


@pytest.mark.parametrize("name", ["bloc_list", "agency_list", "bloc_export", "agency_export", "search"])
def test_lists_bear_odd_input(world: World, name: str) -> None:
    client = world.client("member")
    assert [client.get(reverse(name), asked).status_code for asked in ODD] == [200] * len(ODD)


def test_bloc_export_has_the_filtered_rows_and_says_the_filter(world: World) -> None:
    answer = world.client("stranger").get(reverse("bloc_export"), {"q": "khoi b"})
    rows = sheet(answer)
    assert answer["Content-Disposition"] == 'attachment; filename="danh-sach-khoi-thi-dua.xlsx"'
    assert rows[0][0] == "Danh sách khối thi đua"
    assert rows[1][0] == "Bộ lọc: Tên khối: khoi b; Năm thi đua: 2026; Trạng thái: Tất cả; Địa phương: Tất cả"
    assert rows[3:] == [
        (1, "2026", "Khối thi đua B", None, "Hội Cựu chiến binh tỉnh", 2, None, "Chấm điểm, bình xét"),
    ]


def test_agency_export_keeps_a_formula_as_text(world: World) -> None:
    make.AgencyFactory(name="=HYPERLINK(1)", locality="Kon Tum")
    answer = world.client("member").get(reverse("agency_export"), {"locality": "Kon Tum"})
    cell = load_workbook(io.BytesIO(answer.content)).active["B4"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")


# --- The bloc page ----------------------------------------------------------------------------------------------------


def test_bloc_page_says_what_is_known_and_marks_natures(world: World) -> None:
    said = main(world.client("member").get(page(world, "running")))
    assert "Năm 2026 · 04 đơn vị · đang thực hiện" in said
    assert "Văn phòng UBND tỉnh Trưởng khối" in said
    assert "Trưởng khối năm 2027 (bầu) Sở Nội vụ" in said
    assert "Sở Tài chính Cờ thi đua của UBND tỉnh Danh hiệu" in said
    assert "03 tập thể nguồn không nêu tên Bằng khen của Chủ tịch UBND tỉnh Hình thức" in said
    assert "Cơ quan hoàn thành tốt nhiệm vụ 9/9" in said
    assert "Tự chấm điểm, thẩm định điểm hạn 30/10/2026 Trễ 3 ngày" in said
    assert "Kế hoạch hoạt động của Khối hạn 20/02/2026 xong 17/02/2026 Xong" in said


def test_bloc_page_says_shared_places_and_the_unsplit_award(world: World) -> None:
    row = world.bloc_years["concluded"]
    for place, key in ((1, "leader"), (3, "stranger"), (3, "beside"), (5, "member")):
        make.ReportedPlaceFactory(bloc_year=row, agency=world.agencies[key], place=place)
    make.ReportedResultFactory(bloc_year=row, agency=world.agencies["beside"], award_text="Cờ thi đua và Bằng khen")
    said = main(world.client("member").get(page(world, "concluded")))
    assert "Hội Cựu chiến binh tỉnh đồng hạng 3 Cờ thi đua và Bằng khen" in said
    assert "02 đơn vị đồng hạng 3, không có hạng 4." in said
    assert "Cờ thi đua và Bằng khen Chưa tách" in said


def test_bloc_page_shows_the_published_standing_before_what_a_source_states(world: World) -> None:
    row = world.bloc_years["scoring"]
    make.ReportedPlaceFactory(bloc_year=row, agency=world.agencies["member"], place=9)
    said = main(world.client("member").get(page(world, "scoring")))
    assert "Xếp hạng năm 2026 Đã công bố Xem bảng Hạng Đơn vị Điểm Khối đề nghị 1" in said
    assert "Khen thưởng theo nguồn Sở" not in said


def test_bloc_page_leads_each_role_to_its_work(world: World) -> None:
    def links(role: str) -> str:
        said = main(world.client(role).get(page(world, "running")))
        return said.split("Công việc năm 2026 ")[1].split(" Lãnh đạo khối Trưởng")[0] if "Công việc" in said else ""

    assert "Mở năm 2027" in links("board_head")
    assert "Lịch công tác" in links("leader")
    assert "Mở năm 2027" not in links("leader")
    assert "Kế hoạch, quy chế, giao ước" in links("member")
    assert "Kết quả xếp hạng" not in links("member")
    assert links("stranger") == ""


def test_bloc_page_numbers_received_awards_first_where_nothing_was_proposed(world: World) -> None:
    make.ReportedResultFactory(bloc_year=world.bloc_years["scoring"], stage="granted", award_text="Bằng khen")
    said = main(world.client("member").get(page(world, "scoring")))
    assert "I. Đã nhận (01) 1 nguồn không nêu tập thể nào Bằng khen Hình thức" in said


def test_bloc_page_counts_what_was_done_in_time(world: World) -> None:
    row = world.bloc_years["running"]
    make.MilestoneFactory(bloc_year=row, kind=MilestoneKind.COVENANT, due_on="2026-03-15", done_on="2026-03-20")
    said = main(world.client("member").get(page(world, "running")))
    assert "01/02 đúng hạn" in said
    assert "hạn 15/03/2026 xong 20/03/2026, trễ 5 ngày Xong" in said


def test_bloc_page_groups_members_and_counts_them(world: World) -> None:
    row = make.BlocYearFactory()
    for number, (title, size) in enumerate([("Nhóm có đánh giá", 7), ("Nhóm không đánh giá", 3)], start=1):
        group = make.SubgroupFactory(bloc_year=row, position=number, name=title)
        for _ in range(size):
            make.MembershipFactory(bloc_year=row, subgroup=group, also_in="khối của Bộ", is_ranked=False)
    said = main(world.client("member").get(reverse("bloc_detail", args=[row.pk])))
    assert "10 đơn vị, 02 nhóm" in said
    assert "I. Nhóm có đánh giá (07)" in said
    assert "II. Nhóm không đánh giá (03)" in said
    assert said.count("cũng thuộc: khối của Bộ") == 10
    assert said.count("không xếp hạng") == 10


def test_bloc_page_shows_missing_as_missing(world: World) -> None:
    row = make.BlocYearFactory(source="Báo Sông Lam", stated_member_count=10, bloc__locality="không nêu")
    said = main(world.client("member").get(reverse("bloc_detail", args=[row.pk])))
    assert "nguồn không nêu địa phương · 10 đơn vị (theo nguồn)" in said
    assert "Nguồn nêu 10 đơn vị nhưng không nêu tên từng đơn vị." in said
    assert said.count("Nguồn không nêu.") == 6
    assert "Báo Sông Lam" in said


def test_bloc_page_of_a_closed_year_is_read_only(world: World) -> None:
    answer = world.client("board_specialist").get(page(world, "closed"))
    assert "Đang xem năm 2025, chỉ đọc." in main(answer)
    assert [step.action for step in answer.context["steps"]] == []
    assert answer.context["may_edit"] is False
    assert [s.action for s in world.client("board_head").get(page(world, "closed")).context["steps"]] == ["reopen"]


def test_bloc_page_offers_the_steps_of_the_seat(world: World) -> None:
    offered = {
        role: [step.action for step in world.client(role).get(page(world, "running")).context["steps"]]
        for role in ("board_head", "leader", "deputy", "member", "council", "stranger")
    }
    steps = ["score", "conclude"]
    assert offered == {
        "board_head": steps, "leader": steps, "deputy": steps, "member": [], "council": [], "stranger": [],
    }  # fmt: skip


def test_bloc_page_shows_papers_to_who_may_read_them(world: World) -> None:
    assert "Văn bản năm 2026 Báo cáo tổng kết năm phiên bản 1" in main(
        world.client("member").get(page(world, "running"))
    )
    assert "Văn bản năm 2026" not in main(world.client("stranger").get(page(world, "running")))


def test_bloc_page_lists_the_other_years_and_the_blocs_of_a_cum(world: World) -> None:
    make.BlocYearFactory(parent=world.bloc_years["running"], name="Khối con")
    shown = world.client("member").get(page(world, "running")).context["bloc"]
    assert [year.year.label for year in shown.other_years] == ["2027", "2025"]
    assert [(child.name, child.leader_name) for child in shown.children] == [("Khối con", None)]


# --- Editing, steps, history ------------------------------------------------------------------------------------------


def edit(world: World, role: str = "leader", **values: str):
    said = {"revision": "0", "theme": "Đoàn kết", "stated_member_count": "10", "note": ""} | values
    return world.client(role).post(page(world, "running", "bloc_edit"), said)


def test_bloc_edit_saves_and_tells(world: World) -> None:
    assert edit(world)["Location"] == page(world, "running")
    row = BlocYear.objects.get(pk=world.bloc_years["running"].pk)
    assert (row.theme, row.stated_member_count, row.revision) == ("Đoàn kết", 10, 1)


def test_bloc_edit_shows_both_texts_to_who_was_slower(world: World) -> None:
    edit(world, theme="Của Trưởng khối")
    answer = edit(world, "deputy", theme="Của Phó Trưởng khối")
    said = main(answer)
    assert answer.status_code == 409
    assert "Chủ đề thi đua Của Phó Trưởng khối Của Trưởng khối" in said
    assert 'name="revision" value="1"' in answer.content.decode()
    assert 'value="Của Phó Trưởng khối"' in answer.content.decode()
    assert BlocYear.objects.get(pk=world.bloc_years["running"].pk).theme == "Của Trưởng khối"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"stated_member_count": "mười"}, "Nhập số đơn vị bằng chữ số, ví dụ 10."),
        ({"stated_member_count": "0"}, "Số đơn vị phải từ 1 trở lên; để trống nếu nguồn không nêu."),
        ({"stated_member_count": "5000"}, "Số đơn vị lớn hơn 1000; kiểm tra lại con số."),
    ],
)
def test_bloc_edit_keeps_the_text_when_something_is_wrong(world: World, values: dict, sentence: str) -> None:
    answer = edit(world, theme="Chữ đã gõ", **values)
    assert answer.status_code == 422
    assert sentence in main(answer)
    assert 'value="Chữ đã gõ"' in answer.content.decode()
    assert BlocYear.objects.get(pk=world.bloc_years["running"].pk).theme == ""


@pytest.mark.parametrize("revision", ["", "x", "-1", "99"])
def test_bloc_edit_takes_no_odd_revision(world: World, revision: str) -> None:
    assert edit(world, revision=revision).status_code == 409


def test_bloc_edit_of_a_closed_year_is_refused_with_a_sentence(world: World) -> None:
    answer = world.client("board_head").get(page(world, "closed", "bloc_edit"))
    assert answer.status_code == 409
    assert "Năm của khối đã khóa nên không sửa được." in words(answer)


def test_step_asks_first_and_then_does(world: World) -> None:
    client, url = world.client("leader"), page(world, "running", "blocyear_step", "conclude")
    asked = client.get(url)
    assert "Bạn có chắc chắn muốn chọn “Ghi nhận đã tổng kết”?" in main(asked)
    assert BlocYear.objects.get(pk=world.bloc_years["running"].pk).state == BlocYearState.RUNNING
    assert client.post(url)["Location"] == page(world, "running")
    assert BlocYear.objects.get(pk=world.bloc_years["running"].pk).state == BlocYearState.CONCLUDED


def test_step_at_the_wrong_time_says_why(world: World) -> None:
    for ask in (world.client("board_head").get, world.client("board_head").post):
        answer = ask(page(world, "running", "blocyear_step", "close"))
        assert answer.status_code == 409
        assert "Chỉ khóa được năm đã tổng kết; hãy ghi nhận đã tổng kết trước." in words(answer)


def test_step_that_needs_a_reason_asks_again(world: World) -> None:
    client, url = world.client("board_head"), page(world, "closed", "blocyear_step", "reopen")
    answer = client.post(url, {"note": "  "})
    assert answer.status_code == 422
    assert "Ghi lý do trước khi thực hiện." in main(answer)
    assert client.post(url, {"note": "Sót một đơn vị"}).status_code == 302


def test_step_that_does_not_exist_is_not_found(world: World) -> None:
    assert world.client("board_head").post(page(world, "running", "blocyear_step", "delete")).status_code == 404


ON_PAPER = {"paper_number": "15/BC-VP", "paper_dated_on": "28/10/2026", "paper_issuer": "Văn phòng UBND tỉnh"}


def test_board_takes_the_step_of_a_silent_leader_on_its_paper(world: World) -> None:
    client, url = world.client("board_specialist"), page(world, "running", "blocyear_step", "conclude")
    scan = SimpleUploadedFile("bao-cao.pdf", b"%PDF-1.7\n%%EOF\n")
    said = {"behalf_of": "Văn phòng UBND tỉnh", "note": "Trưởng khối gửi bản giấy", **ON_PAPER, "paper_scan": scan}
    assert client.post(url, said).status_code == 302
    event = Event.objects.get(verb="concluded")
    paper = SignedPaper.objects.get(pk=event.paper_id)
    assert (event.behalf_of, paper.number, paper.subject_id) == (
        "Văn phòng UBND tỉnh", "15/BC-VP", world.bloc_years["running"].pk,
    )  # fmt: skip
    history = main(world.client("member").get(page(world, "running", "bloc_history")))
    assert "thay cho Văn phòng UBND tỉnh · theo văn bản số 15/BC-VP ngày 28/10/2026" in history
    address = reverse("signed_paper_scan", args=[paper.pk])
    answers = {role: world.client(role).get(address) for role in ("member", "council", "stranger")}
    got = {role: answer.status_code for role, answer in answers.items()}
    for answer in answers.values():
        answer.close()
    assert got == {"member": 200, "council": 200, "stranger": 404}


def test_step_on_behalf_asks_for_the_paper_and_keeps_what_was_typed(world: World) -> None:
    client, url = world.client("board_specialist"), page(world, "running", "blocyear_step", "conclude")
    answer = client.post(url, {"behalf_of": "Sở Nội vụ", "note": "Chữ đã gõ"})
    assert answer.status_code == 422
    assert "Ghi ngày của văn bản đã ký." in main(answer)
    assert "Chữ đã gõ" in answer.content.decode()
    assert Event.objects.count() == 0


def test_leader_takes_no_step_for_others(world: World) -> None:
    url = page(world, "running", "blocyear_step", "conclude")
    world.client("leader").post(url, {"behalf_of": "Sở Nội vụ", **ON_PAPER})
    assert Event.objects.get(verb="concluded").behalf_of == ""


def test_history_keeps_a_draft_from_members(world: World) -> None:
    drafted = make.BlocPaperFactory(bloc_year=world.bloc_years["running"])
    with act(actor=world.actor("leader"), at=house_clock.now()) as current:
        current.record("edited", drafted)
    address = page(world, "running", "bloc_history")
    shown = [main(world.client(role).get(address)).count("Sửa thông tin chung") for role in ("leader", "member")]
    assert shown == [1, 0]


def test_history_says_who_did_what_in_words(world: World) -> None:
    edit(world)
    world.client("board_head").post(page(world, "closed", "blocyear_step", "reopen"), {"note": "Sót một đơn vị"})
    said = main(world.client("member").get(page(world, "running", "bloc_history")))
    assert "Sửa thông tin chung: số đơn vị theo nguồn, chủ đề thi đua" in said
    assert "Phó Chánh Văn phòng, Văn phòng UBND tỉnh" in said
    said = main(world.client("member").get(page(world, "closed", "bloc_history")))
    assert "Mở lại năm (trước đó: Đã khóa)" in said
    assert "“Sót một đơn vị”" in said
    assert Event.objects.count() == 2


def test_history_names_who_was_acted_for(world: World) -> None:
    with act(actor=world.actor("board_specialist"), at=house_clock.now()) as current:
        current.record(
            "edited", world.bloc_years["running"], behalf_of="Sở Tài chính", on_paper=make.SignedPaperFactory()
        )
        current.record("something_new", world.bloc_years["running"])
    said = main(world.client("member").get(page(world, "running", "bloc_history")))
    assert "Chuyên viên, thay cho Sở Tài chính" in said
    assert "Cập nhật 09:00" in said


# --- Agencies, guide --------------------------------------------------------------------------------------------------


def test_agency_page_tells_its_years(world: World) -> None:
    said = main(world.client("stranger").get(reverse("agency_detail", args=[world.agencies["outgoing"].pk])))
    assert "2026 Khối thi đua A Sở Xây dựng – 2025 Khối thi đua A Sở Xây dựng –" in said
    assert "Năm 2025 · Trưởng khối Khối thi đua A" in said
    assert "Chưa có nguồn nào nêu kết quả của đơn vị này." in said


def test_guide_has_a_page_for_every_chapter(world: World) -> None:
    client = world.client("member")
    whole = main(client.get(reverse("guide")))
    for chapter in CHAPTERS:
        assert chapter.title in whole
        assert client.get(reverse("guide_chapter", args=[chapter.slug])).status_code == 200
    assert client.get(reverse("guide_chapter", args=["khong-co"])).status_code == 404
