"""What the tests about people share: who is there, rows before and after, files."""

import io
import re
from collections.abc import Sequence

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from blocs.models import Agency, Seat, SeatConfirmation
from blocs.renderers import people_book
from emulation.accounts.models import User
from emulation.accounts.queries import actor_for
from tests import factories as make

PASSWORDS = re.compile(r"<code>([a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4})</code>")


def client_of(user: User) -> Client:
    """Return a browser in which the person is logged in."""
    client = Client()
    client.force_login(user)
    return client


def seated(capacity: str = "officer", agency: Agency | None = None, **options: object) -> User:
    """Return a person in one seat."""
    more = {"agency": agency} if agency else {}
    return make.SeatFactory(capacity=capacity, **more, **options).user


def actor(user: User):
    """Return the person as an actor in the only seat."""
    return actor_for(user, user.seats.get())


def rows() -> dict[str, list[object]]:
    """Return everything about people that is written: compared before and after."""
    return {
        "users": list(
            User.objects.order_by("pk").values_list(
                "pk", "username", "full_name", "phone", "password", "is_active", "is_staff"
            )
        ),
        "seats": list(
            Seat.objects.order_by("pk").values_list("pk", "user", "capacity", "agency", "title", "starts_on", "ends_on")
        ),
        "confirmed": list(SeatConfirmation.objects.order_by("pk").values_list("seat", "year")),
    }


def passwords(response) -> list[str]:
    """Return the first passwords a page shows."""
    return PASSWORDS.findall(response.content.decode())


def file_of(lines: Sequence[Sequence[object]], name: str = "nguoi.xlsx") -> SimpleUploadedFile:
    """Return the sample filled in."""
    return SimpleUploadedFile(name, book_of(lines))


def book_of(lines: Sequence[Sequence[object]]) -> bytes:
    """Return the bytes of the sample filled in."""
    book = load_workbook(io.BytesIO(people_book.sample()))
    for number, line in enumerate(lines, start=2):
        for column, value in enumerate(line, start=1):
            book.worksheets[0].cell(number, column, value)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
