"""The guide stands one click beside every page: its entry opens at the chapter about what is on the screen."""

import re

import pytest
from django.urls import reverse

from emulation.desk.domain.guide import CHAPTERS, chapter_of
from tests.browser.pages import NO_PAGES
from tests.environment import ROOT
from tests.matrix.expected import EXPECTED
from tests.world import build

ROUTES = {key.partition(":")[0] for key in EXPECTED}
NAMED = re.compile(r"""guide="([a-z-]+)"|'guide_chapter' '([a-z-]+)'""")


def test_every_page_has_its_chapter() -> None:
    pages = ROUTES - NO_PAGES - {"guide", "guide_chapter"}
    assert {name for name in pages if chapter_of(name) is None} == set()


def test_no_chapter_speaks_of_pages_that_are_gone() -> None:
    starts = [start for chapter in CHAPTERS for start in chapter.routes]
    assert [start for start in starts if not any(name.startswith(start) for name in ROUTES)] == []


def test_links_of_pages_name_chapters_that_exist() -> None:
    named = {
        "".join(found) for path in (ROOT / "templates").rglob("*.html") for found in NAMED.findall(path.read_text())
    }
    assert named - {chapter.slug for chapter in CHAPTERS} == set()


@pytest.mark.django_db
def test_entry_of_the_guide_opens_at_the_chapter_of_the_page() -> None:
    world = build()
    client = world.client("leader")
    bloc = [world.bloc_years["running"].pk]

    def entry(url: str) -> str:
        return client.get(url).context["nav"][-1].url

    assert [entry(url) for url in (
        reverse("home"), reverse("bloc_detail", args=bloc), reverse("bloc_calendar", args=bloc), reverse("guide"),
    )] == ["/guide/trang-chu/", "/guide/khoi/", "/guide/nam-cua-khoi/", "/guide/"]  # fmt: skip
