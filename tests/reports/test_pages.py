"""Papers and jobs on screen: who asks, watches, stops, repeats, registers; two people on one form."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from blocs.enums import SeatCapacity
from emulation.core import jobs
from emulation.core.access import can
from emulation.core.models import Document, Event, Job, JobState
from emulation.reports import queries
from emulation.reports.services import request
from tests import factories as make
from tests.http import query_count
from tests.world import ROLES, World

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 scan"


def register(world: World, *, role: str = "leader", revision: int = 0, **changes: object) -> object:
    data = {"number": "05/BC-KTĐ", "issued_on": "05/11/2026", "revision": revision} | changes
    return world.client(role).post(reverse("paper_register", args=[world.papers["report"].pk]), data)


def test_list_and_predicate_agree_for_every_role(world: World) -> None:
    for role in ROLES:
        actor = world.actor(role)
        listed = set(queries.bloc_years_with_papers(actor))
        for bloc_year in world.bloc_years.values():
            paper = Document(subject_label="blocs.blocyear", subject_id=bloc_year.pk)
            assert (bloc_year in listed) == can(actor, "reports.view_document", paper), (role, bloc_year)


def test_leader_asks_for_a_report_and_a_second_click_finds_the_same_job(world: World) -> None:
    client, bloc_year = world.client("leader"), world.bloc_years["running"]
    first = client.post(reverse("report_request", args=[bloc_year.pk]))
    second = client.post(reverse("report_request", args=[bloc_year.pk]))
    job = Job.objects.get(state=JobState.QUEUED)
    assert first["Location"] == second["Location"] == reverse("job_detail", args=[job.pk])
    assert Event.objects.filter(verb="job_requested").count() == 1


def test_job_page_polls_while_active_and_stops_when_ended(world: World) -> None:
    client = world.client("leader")
    job = request.year_report(
        bloc_year=world.bloc_years["running"], actor=world.actor("leader"), at=dt.datetime.now(dt.UTC)
    )
    url = reverse("job_detail", args=[job.pk])
    watched = client.get(url, headers={"HX-Request": "true"})
    assert (watched.status_code, b"hx-trigger" in watched.content) == (200, True)
    assert b"<html" not in watched.content
    jobs.finish(jobs.claim(job_id=job.pk), document=world.papers["report"])
    ended = client.get(url, headers={"HX-Request": "true"})
    assert (ended.status_code, b"hx-trigger" in ended.content) == (286, False)


def test_poll_of_a_job_page_requeues_what_a_dead_worker_left(world: World) -> None:
    job = request.year_report(
        bloc_year=world.bloc_years["running"], actor=world.actor("leader"), at=dt.datetime.now(dt.UTC)
    )
    jobs.claim(job_id=job.pk)
    Job.objects.filter(pk=job.pk).update(lease_until=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    world.client("leader").get(reverse("job_detail", args=[job.pk]))
    job.refresh_from_db()
    assert job.state == JobState.QUEUED


def test_stopped_job_can_be_asked_for_again(world: World) -> None:
    client = world.client("leader")
    client.post(reverse("report_request", args=[world.bloc_years["running"].pk]))
    job = Job.objects.get(state=JobState.QUEUED)
    client.post(reverse("job_cancel", args=[job.pk]))
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    refused = client.post(reverse("job_cancel", args=[job.pk]))
    assert (refused.status_code, "đã kết thúc" in refused.content.decode()) == (409, True)
    client.post(reverse("job_retry", args=[job.pk]))
    job.refresh_from_db()
    assert job.state == JobState.QUEUED


def test_province_asks_for_every_bloc_once_and_joins_what_is_under_way(world: World) -> None:
    world.jobs["province"].delete()
    client, year = world.client("board_specialist"), world.years["2026"]
    client.post(reverse("report_request", args=[world.bloc_years["running"].pk]))
    answers = [client.post(reverse("province_request"), {"year": year.pk}) for _ in range(2)]
    parent = Job.objects.get(kind="province_reports")
    assert {answer["Location"] for answer in answers} == {reverse("job_detail", args=[parent.pk])}
    assert sorted(parent.children.values_list("subject_id", flat=True)) == sorted(
        world.bloc_years[key].pk for key in ("running", "scoring", "concluded")
    )


def test_province_without_a_year_is_told_to_choose_one(world: World) -> None:
    answer = world.client("board_head").post(reverse("province_request"), {"year": "x"})
    assert (answer.status_code, "Chọn năm thi đua" in answer.content.decode()) == (409, True)


def test_number_date_and_scan_are_registered_once(world: World) -> None:
    scan = SimpleUploadedFile("bản ký.pdf", PDF)
    assert register(world, scan=scan).status_code == 302
    paper = Document.objects.select_related("signed_scan").get(kind="year_report")
    assert (paper.number, paper.issued_on, paper.signed_scan.name) == (
        "05/BC-KTĐ",
        dt.date(2026, 11, 5),
        "bản ký.pdf",
    )
    assert paper.revision == 1
    assert Event.objects.filter(verb="report_registered").count() == 1


def test_second_person_on_the_form_gets_both_texts(world: World) -> None:
    register(world, number="05/BC-KTĐ")
    late = register(world, role="deputy", number="06/BC-KTĐ")
    text = late.content.decode()
    assert late.status_code == 409
    assert ("05/BC-KTĐ" in text, "06/BC-KTĐ" in text, "Người khác vừa lưu" in text) == (True, True, True)
    assert Document.objects.get(kind="year_report").number == "05/BC-KTĐ"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"issued_on": "31/02/2026"}, "Không có ngày 31/02/2026"),
        ({"issued_on": "05/11/2099"}, "Ngày ban hành ở tương lai"),
        ({"scan": SimpleUploadedFile("bản ký.pdf", b"<html>")}, "không phải là"),
        ({"scan": SimpleUploadedFile("bản ký.pdf", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")}, "đặt mật khẩu"),
    ],
)
def test_wrong_entry_is_named_and_what_was_typed_stays(world: World, changes: dict, sentence: str) -> None:
    answer = register(world, **changes)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert (sentence in text, "05/BC-KTĐ" in text) == (True, True)
    assert Document.objects.get(kind="year_report").number == ""


def test_files_are_private_and_open_under_a_sandbox(world: World) -> None:
    url = reverse("paper_pdf", args=[world.papers["report"].pk])
    shown, saved = (world.client("member").get(url, data) for data in ({}, {"download": "1"}))
    assert (shown.status_code, shown["Content-Type"]) == (200, "application/pdf")
    assert (shown["Content-Disposition"].split(";")[0], shown["X-Content-Type-Options"]) == ("inline", "nosniff")
    assert shown["Content-Security-Policy"].startswith("sandbox")
    assert saved["Content-Disposition"].startswith("attachment")
    assert b"".join(shown.streaming_content) == b"".join(saved.streaming_content)
    assert world.client("stranger").get(url).status_code == 404


@pytest.mark.parametrize("rows", [1, 3, 100])
def test_list_of_papers_takes_ten_queries(rows: int, settings: object) -> None:
    settings.PAGE_SIZE = 100
    make.ProvinceFactory()
    year = make.EmulationYearFactory(label="2026")
    for _ in range(rows):
        bloc_year = make.BlocYearFactory(year=year)
        make.DocumentFactory(bloc_year=bloc_year)
        make.JobFactory(bloc_year=bloc_year)
    client = make_client(SeatCapacity.BOARD_SPECIALIST)
    assert query_count(lambda: client.get(reverse("paper_list"))) == 10


def make_client(capacity: str) -> object:
    client = Client()
    client.force_login(make.SeatFactory(capacity=capacity).user)
    return client
