import gc
from pathlib import Path

import pytest
from weasyprint.urls import FatalURLFetchingError

from emulation.core import documents
from emulation.reports import tasks

pytestmark = pytest.mark.once

EMPTY = documents.DataFile("a.json", "{}", "Không")


def page(body: str) -> str:
    return f'<!doctype html><html lang="vi"><head><title>A</title></head><body><h1>A</h1>{body}</body></html>'


@pytest.mark.parametrize("name", documents.FACES)
def test_face_has_every_vietnamese_letter(name: str):
    letters = documents.face(name).getBestCmap()
    assert [letter for letter in documents.vietnamese_letters() if ord(letter) not in letters] == []


def test_self_test_names_the_letters_a_font_lacks(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(documents, "vietnamese_letters", lambda: "ạ中")
    documents.covered.cache_clear()
    with pytest.raises(documents.DocumentError, match="lacks 1 Vietnamese letters: 中"):
        documents.covered()
    documents.covered.cache_clear()


def test_self_test_says_which_font_cannot_be_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    (tmp_path / "LiberationSerif-Regular.ttf").write_bytes(b"no font")
    monkeypatch.setattr(documents, "FONTS", tmp_path)
    documents.face.cache_clear()
    with pytest.raises(documents.DocumentError, match=r"LiberationSerif-Regular\.ttf cannot be read"):
        documents.face("Regular")
    documents.face.cache_clear()


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/a.png",
        "https://localhost/a.png",
        "ftp://127.0.0.1/a",
        "file:///etc/hostname",
        "file://host/etc/hostname",
        "data:image/svg+xml,<svg/>",
        f"{documents.STYLES.as_uri()}/../../../manage.py",
        f"{documents.FONTS.as_uri()}/%2e%2e/css/../../manage.py",
        (documents.FONTS.parent / "vendor" / "icons.svg").as_uri(),
    ],
)
def test_fetcher_reads_nothing_but_our_fonts_and_styles(url: str):
    with pytest.raises(FatalURLFetchingError, match="may not read"):
        documents.OwnFilesOnly(allowed_protocols={"file"}).fetch(url)


def test_paper_that_asks_for_another_file_is_not_made():
    with pytest.raises(documents.DocumentError, match="may not read"):
        documents.render_pdf(page('<p><img src="file:///etc/hostname" alt="A"></p>'), data=EMPTY)


def test_same_html_gives_the_same_bytes():
    html = page("<p>Sở Nội vụ</p>")
    assert documents.render_pdf(html, data=EMPTY) == documents.render_pdf(html, data=EMPTY)


def test_printable_replaces_only_what_the_serif_lacks():
    assert documents.printable("Sở Nội vụ – “Khối” 05/11/2026\n") == "Sở Nội vụ – “Khối” 05/11/2026\n"
    assert documents.printable("☑ Sở 中") == "□ Sở □"


def test_width_of_a_text_grows_with_its_size_and_weight():
    assert documents.text_width("Sở Nội vụ", 20) == pytest.approx(2 * documents.text_width("Sở Nội vụ", 10))
    assert documents.text_width("Sở Nội vụ", 10, "Bold") > documents.text_width("Sở Nội vụ", 10)
    assert documents.text_width("", 10) == 0


def test_worker_loads_before_it_forks_what_every_paper_needs_and_keeps_no_fonts_to_share():
    tasks.load_what_papers_need()
    assert documents._dress.cache_info().currsize == 0
    assert documents.covered.cache_info().currsize == 1
    gc.unfreeze()
