"""The demo: an invented province with a login for every role, and what newspapers told of real blocs.

Every bloc comes in as a workbook, the way a person would bring it in. What is there already is left as it is.
"""

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.core.checks import CheckMessage, Error
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection

from blocs.enums import SeatCapacity, SignsAs
from blocs.models import Agency, Seat
from blocs.services import seats
from emulation.accounts.domain.accounts import DEMO_PASSWORD
from emulation.accounts.models import User
from emulation.accounts.queries import actor_for
from emulation.accounts.services import administrators
from emulation.core import clock
from emulation.core.access import Actor
from emulation.core.models import Province
from emulation.desk.domain import workbook
from emulation.desk.domain.cells import plain_text, rows_from_headings
from emulation.desk.domain.sheets import BLOC, SHEETS
from emulation.desk.queries.workbook import world_for
from emulation.desk.renderers.workbook import book
from emulation.desk.services import demo_awards, demo_year
from emulation.desk.services.workbook import confirm, upload

FOLDER = Path(__file__).resolve().parent.parent / "demo"
PASSWORD = DEMO_PASSWORD  # printed for everybody; production refuses it at the login and in its checks
_SINCE = dt.date(2024, 1, 1)
_LEFT = dt.date(2025, 12, 31)


@dataclass(frozen=True)
class DemoSeat:
    """A seat of a demo person."""

    capacity: SeatCapacity
    title: str
    agency: str = ""
    signs_as: str = ""
    ends_on: dt.date | None = None


@dataclass(frozen=True)
class DemoLogin:
    """A demo person: login name, name, what the role is for, the seats."""

    username: str
    full_name: str
    role: str
    seats: tuple[DemoSeat, ...] = ()
    is_staff: bool = False


_BOARD = "Phòng Thi đua - Khen thưởng"
LOGINS = (
    DemoLogin(
        "lanhdao",
        "Nguyễn Văn An",
        "Lãnh đạo cơ quan thường trực",
        (DemoSeat(SeatCapacity.BOARD_HEAD, f"Trưởng {_BOARD}"),),
    ),
    DemoLogin(
        "chuyenvien",
        "Trần Thị Bình",
        "Chuyên viên cơ quan thường trực",
        (DemoSeat(SeatCapacity.BOARD_SPECIALIST, f"Chuyên viên {_BOARD}"),),
    ),
    DemoLogin(
        "truongkhoi",
        "Lê Văn Chung",
        "Đầu mối của Trưởng khối năm 2026",
        (DemoSeat(SeatCapacity.OFFICER, "Chuyên viên Văn phòng Sở", "Sở Tài chính"),),
    ),
    DemoLogin(
        "phokhoi",
        "Phạm Thị Dung",
        "Đầu mối của Phó Trưởng khối năm 2026",
        (DemoSeat(SeatCapacity.OFFICER, "Chuyên viên Văn phòng Sở", "Sở Tư pháp"),),
    ),
    DemoLogin(
        "thanhvien",
        "Hoàng Văn Giang",
        "Đầu mối của đơn vị thành viên",
        (DemoSeat(SeatCapacity.OFFICER, "Chuyên viên Văn phòng Sở", "Sở Khoa học và Công nghệ"),),
    ),
    DemoLogin(
        "nguoiky",
        "Đỗ Văn Hải",
        "Người ký của Trưởng khối",
        (DemoSeat(SeatCapacity.SIGNER, "Giám đốc", "Sở Tài chính", SignsAs.HEAD),),
    ),
    DemoLogin(
        "kythay",
        "Bùi Thị Lan",
        "Người ký thay (KT.) của Trưởng khối",
        (DemoSeat(SeatCapacity.SIGNER, "Phó Giám đốc", "Sở Tài chính", SignsAs.KT),),
    ),
    DemoLogin(
        "quanlytk",
        "Ngô Văn Minh",
        "Người quản lý tài khoản của đơn vị",
        (DemoSeat(SeatCapacity.ACCOUNT_MANAGER, "Chánh Văn phòng Sở", "Sở Tài chính"),),
    ),
    DemoLogin(
        "hoidong",
        "Vũ Thị Hạnh",
        "Thành viên Hội đồng theo dõi Khối",
        (DemoSeat(SeatCapacity.COUNCIL, "Thành viên Hội đồng Thi đua - Khen thưởng tỉnh"),),
    ),
    DemoLogin("quantri", "Dương Văn Nam", "Quản trị hệ thống", is_staff=True),
    DemoLogin(
        "truongkhoicu",
        "Lý Thị Oanh",
        "Đầu mối của Trưởng khối năm 2025, nay là thành viên",
        (DemoSeat(SeatCapacity.OFFICER, "Chuyên viên Văn phòng Sở", "Sở Xây dựng"),),
    ),
    DemoLogin("khongvitri", "Mai Văn Phúc", "Chưa có vị trí nào"),
    DemoLogin(
        "hetnhiemky",
        "Tạ Thị Quyên",
        "Vị trí đã kết thúc",
        (DemoSeat(SeatCapacity.OFFICER, "Chuyên viên", "Thanh tra tỉnh", ends_on=_LEFT),),
    ),
    DemoLogin(
        "haivitri",
        "Đinh Văn Sơn",
        "Hai vị trí, chọn khi đăng nhập",
        (
            DemoSeat(SeatCapacity.BOARD_SPECIALIST, f"Chuyên viên {_BOARD}"),
            DemoSeat(SeatCapacity.OFFICER, "Chuyên viên Văn phòng Sở", "Sở Nội vụ"),
        ),
    ),
    DemoLogin(
        "donvikhac",
        "Trịnh Thị Tâm",
        "Đầu mối của đơn vị ở Khối khác",
        (DemoSeat(SeatCapacity.OFFICER, "Chuyên viên Văn phòng Sở", "Sở Công Thương"),),
    ),
)


def seed(*, with_cases: bool = False) -> Iterator[str]:
    """Bring the demo in, step by step; yields a line about each bloc. Running it again changes nothing."""
    Province.objects.get_or_create(
        pk=1,
        defaults={
            "name": "tỉnh Sông Lam",
            "place": "Sông Lam",
            "authority": "UBND tỉnh Sông Lam",
            "board_label": "Phòng Thi đua - Khen thưởng, Sở Nội vụ",
        },
    )
    # One slow hash for all: they share one password that everybody may read anyway.
    hashed = make_password(PASSWORD)
    users = {login.username: _user(login, hashed) for login in LOGINS}
    _seat_people(users, with_agency=False)
    board = Seat.objects.get(user=users["chuyenvien"], capacity=SeatCapacity.BOARD_SPECIALIST)
    actor = actor_for(users["chuyenvien"], board)
    for folder in ("seeds", "province", *(["cases"] if with_cases else [])):
        for path in sorted((FOLDER / folder).glob("*.json")):
            yield _bring_in(path, actor)
    _seat_people(users, with_agency=True)
    yield demo_year.bring_in(actor)
    heads = Seat.objects.get(user=users["lanhdao"], capacity=SeatCapacity.BOARD_HEAD)
    yield demo_awards.bring_in(actor, actor_for(users["lanhdao"], heads))


def check_deployed(**_: Any) -> list[CheckMessage]:
    """Name the demo's logins before production starts (`check --deploy`). Without a database there are none."""
    try:
        return check_demo_logins(databases=[DEFAULT_DB_ALIAS])
    except DatabaseError:
        return []


def check_demo_logins(*, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Name, in production, every login that opens with the demo's password; runs before each migration too."""
    if (
        settings.MODE != "production"
        or not databases
        or User._meta.db_table not in connection.introspection.table_names()
    ):
        return []
    names = [login.username for login in LOGINS]
    found = User.objects.filter(username__in=names, is_active=True).only("username", "password").order_by("username")
    open_ones = [user.username for user in found if check_password(PASSWORD, user.password)]
    if not open_ones:
        return []
    return [
        Error(
            f"Bản chính thức còn tài khoản minh họa dùng mật khẩu ai cũng biết: {', '.join(open_ones)}.",
            hint="Khóa các tài khoản này hoặc cấp lại mật khẩu ở trang quản trị.",
            id="desk.E001",
        )
    ]


def demo_rows(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of a demo file, which names sheets by title and cells by heading, by their keys."""
    facts: dict[str, list[dict[str, Any]]] = json.loads(path.read_text(encoding="utf-8"))
    titles = {sheet.title: sheet for sheet in SHEETS}
    return {titles[title].key: rows_from_headings(rows, titles[title]) for title, rows in facts.items()}


def _bring_in(path: Path, actor: Actor) -> str:
    rows = demo_rows(path)
    said = {key: (key, plain_text(value)) for key, value in rows[BLOC.key][0].items()}
    if world_for(workbook.head(workbook.single(BLOC.key, 2, said))).bloc_year_id is not None:
        return f"{path.stem}: đã có, giữ nguyên"
    batch, plan = upload(name=f"{path.stem}.xlsx", content=book(rows), actor=actor)
    confirmed = confirm(batch=batch, digest=plan.digest, actor=actor, at=clock.now())
    return f"{path.stem}: {confirmed.new_count} dòng mới, {confirmed.parked_count} dòng chờ xử lý"


def _user(login: DemoLogin, hashed: str) -> User:
    found = User.objects.filter(username=login.username).first()
    if found:
        return found
    user = User.objects.create(
        username=login.username,
        password=hashed,
        full_name=login.full_name,
        phone=f"0238 3 000 {200 + LOGINS.index(login)}",
        is_staff=login.is_staff,
    )
    if login.is_staff:
        user.groups.add(administrators())
    return user


def _seat_people(users: dict[str, User], *, with_agency: bool) -> None:
    system = Actor(user_id=None, name="Lệnh seed_demo", title="", seat_id=None, scope=None)
    for login in LOGINS:
        for seat in login.seats:
            if bool(seat.agency) != with_agency:
                continue
            agency = Agency.objects.get(name=seat.agency, locality="", parent=None) if seat.agency else None
            if users[login.username].seats.filter(capacity=seat.capacity, agency=agency).exists():
                continue
            seats.give(
                user=users[login.username],
                capacity=seat.capacity,
                title=seat.title,
                agency=agency,
                signs_as=seat.signs_as,
                starts_on=_SINCE,
                ends_on=seat.ends_on,
                actor=system,
                at=clock.now(),
            )
