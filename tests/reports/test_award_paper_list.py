"""The list of papers of dossiers, nominations and decisions: what the reader may read, the newest of each, searched."""

import pytest
from django.test import Client
from django.urls import reverse

from emulation.core.models import DocumentKind, label_of
from tests import factories as make
from tests.http import query_count

pytestmark = pytest.mark.django_db
SHELL = 5


def paper(row, kind, **values):
    return make.DocumentFactory(**{"kind": kind, "subject_label": label_of(row), "subject_id": row.pk, **values})


def seen(user, **asked):
    client = Client()
    client.force_login(user)
    answer = client.get(reverse("paper_award_list"), asked)
    return [(row.get_kind_display(), row.subject_name, row.version) for row in answer.context["page"].object_list]


def test_each_reader_finds_the_newest_and_the_numbered_of_what_may_be_read():
    make.ProvinceFactory()
    row = make.BlocYearFactory(name="Khối thi đua A")
    leader = make.SeatFactory(capacity="officer", agency=make.LeadershipTermFactory(bloc_year=row).agency).user
    board = make.SeatFactory(capacity="board_specialist").user
    dossier = make.SubmissionFactory(bloc_year=row, title="Hồ sơ Khối A", state="sent")
    decision = make.DecisionFactory(title="Tặng Bằng khen", year=row.year, number="8765/QĐ-UBND")
    council = make.MonitorFactory(bloc_year=row, seat__capacity="council").seat.user
    for version, number in ((1, ""), (2, "15/TTr-KTĐ"), (3, "")):
        paper(dossier, "bloc_proposal", version=version, number=number, is_draft=version == 3)
    paper(dossier, "bloc_list")
    paper(dossier, "bloc_list", version=2, is_draft=True)
    paper(decision, "appraisal", number="77/BC-SNV")
    paper(row, "year_report")
    list_1, list_2 = ((str(DocumentKind.BLOC_LIST.label), "Hồ sơ Khối A", version) for version in (1, 2))
    numbered, newest = (("Tờ trình của khối", "Hồ sơ Khối A", version) for version in (2, 3))
    of_bloc = [list_2, newest, numbered]
    of_board = ("Báo cáo thẩm định", "Tặng Bằng khen", 1)
    assert sorted(seen(board)) == sorted([of_board, *of_bloc])
    assert (seen(leader), seen(make.SeatFactory(capacity="officer").user)) == (of_bloc, [])
    assert seen(council) == [list_1, numbered]
    assert (seen(board, q="khoi thi dua a"), seen(board, q="8765"), seen(board, q="77 bc")) == (
        of_bloc, [of_board], [of_board],
    )  # fmt: skip
    assert seen(board, kind="appraisal") == [of_board]


@pytest.mark.parametrize("rows", [1, 3, 100])
def test_list_takes_seven(rows):
    make.ProvinceFactory()
    user, file = make.SeatFactory(capacity="board_head").user, make.StoredFileFactory()
    dossier = make.SubmissionFactory()
    for number in range(rows):
        paper(dossier, "bloc_list", subject_id=dossier.pk + number, pdf=file, docx=file)
    client = Client()
    client.force_login(user)
    assert query_count(lambda: client.get(reverse("paper_award_list"))) == SHELL + 2
