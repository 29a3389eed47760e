"""What tests about pages share: words of an answer, and the number of queries as a literal."""

import io
from collections.abc import Callable, Iterable
from html.parser import HTMLParser
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from openpyxl import load_workbook


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.skipped = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.skipped += tag in {"script", "style", "title"}

    def handle_endtag(self, tag: str) -> None:
        self.skipped -= tag in {"script", "style", "title"}

    def handle_data(self, data: str) -> None:
        if not self.skipped:
            self.said.append(data)


def words(response: HttpResponse) -> str:
    """Return what a person reads on the page, blanks as one."""
    parser = _Words()
    parser.feed(response.content.decode())
    return " ".join(" ".join(parser.said).split())


def main(response: HttpResponse) -> str:
    """Return what a person reads in the page itself, without its frame."""
    parser = _Words()
    parser.feed(response.content.decode().split("<main", 1)[1].split("</main>", 1)[0])
    return " ".join(" ".join(parser.said).split()[1:]).lstrip("> ")


def query_count(ask: Callable[[], HttpResponse]) -> int:
    """Return how many statements a page takes; it must answer 200."""
    with CaptureQueriesContext(connection) as queries:
        response = ask()
    assert response.status_code == 200, response.status_code
    return len(queries)


def get(client: Client, url: str, **data: str) -> HttpResponse:
    """Return the answer to GET."""
    return client.get(url, data)


def sheet(response: HttpResponse) -> list[tuple[Any, ...]]:
    """Return the rows of an exported list."""
    return [tuple(row) for row in load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True)]


def pages(urls: Iterable[str]) -> list[str]:
    """Return one address of each kind of page among links, without anchors and empty ones."""
    plain = [url.partition("#")[0] for url in urls if url]
    return list({resolve(url.partition("?")[0]).url_name: url for url in plain}.values())


def opened(world: Any, role: str, urls: Iterable[str]) -> dict[str, int]:
    """Return how each address answers to a role of the world."""
    client = world.client(role)
    return {url: client.get(url, follow=True).status_code for url in urls}
