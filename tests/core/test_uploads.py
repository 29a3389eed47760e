"""The wall before an upload: an oversized body is answered with one sentence, the typed text stays, nothing is kept."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from emulation.core.models import Document, StoredFile
from emulation.desk.models import ImportBatch
from tests.http import words
from tests.world import World

pytestmark = pytest.mark.django_db
TOO_LARGE = "Tệp lớn hơn 1 MB;"


@pytest.fixture
def world(settings, world_as_built: World) -> World:
    settings.UPLOAD_LIMIT_MB = 1
    return world_as_built


@pytest.mark.parametrize("megabytes", [1.5, 3])
def test_oversized_workbook_is_refused_with_a_sentence(world: World, megabytes: float) -> None:
    files = StoredFile.objects.count()
    upload = SimpleUploadedFile("rat-lon.xlsx", b"P" * int(megabytes * 1024 * 1024))
    answer = world.client("board_specialist").post(reverse("workbook_list"), {"file": upload})
    assert (answer.status_code, TOO_LARGE in words(answer)) == (422, True)
    assert (ImportBatch.objects.filter(file__name="rat-lon.xlsx").count(), StoredFile.objects.count()) == (0, files)


def test_oversized_scan_is_refused_and_the_number_stays(world: World) -> None:
    scan = SimpleUploadedFile("ban-ky.pdf", b"%PDF-" + b"P" * 3 * 1024 * 1024)
    data = {"revision": 0, "number": "05/BC-KTĐ", "issued_on": "05/11/2026", "scan": scan}
    answer = world.client("leader").post(reverse("paper_register", args=[world.papers["report"].pk]), data)
    assert (answer.status_code, TOO_LARGE in words(answer)) == (422, True)
    assert "05/BC-KTĐ" in answer.content.decode()
    assert Document.objects.get(pk=world.papers["report"].pk).number == ""
