"""What every measure needs: one province of a real size, a clock that counts, and lines that say what was found."""

import statistics
import time
from collections.abc import Callable

import pytest

from blocs.enums import LeadershipRole, SeatCapacity
from blocs.models import Agency, AgencyName, Bloc, BlocYear, EmulationYear, LeadershipTerm, Membership, Seat
from emulation.accounts.models import User
from emulation.core import clock
from emulation.core.models import Province

BLOCS, MEMBERS = 50, 12


def median(work: Callable[[], object], *, times: int, warm: int = 3) -> float:
    """Return the median time of a piece of work in seconds, after some runs that do not count."""
    for _ in range(warm):
        work()
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def tell(what: str, measured: float, aim: str, *, holds: bool) -> None:
    """Print one line of the result and fail when the aim does not hold."""
    print(f"\n{what}: {measured:.2f} (aim {aim}) {'ok' if holds else 'MISSED'}")
    assert holds, f"{what}: {measured:.2f}, aim {aim}"


@pytest.fixture
def province(transactional_db: None) -> EmulationYear:
    """Fifty blocs of twelve agencies in one year, each with a leader; a board specialist named "bench"."""
    Province.objects.create(
        pk=1, name="tỉnh Sông Lam", place="Sông Lam", authority="UBND tỉnh Sông Lam", board_label="Phòng Thi đua"
    )
    year = EmulationYear.objects.create(label="2026")
    for number in range(1, BLOCS + 1):
        bloc_year = BlocYear(bloc=Bloc.objects.create(), year=year, name=f"Khối thi đua các cơ quan số {number:02d}")
        bloc_year.set_keys()
        bloc_year.save()
        for position in range(1, MEMBERS + 1):
            agency = Agency(name=f"Cơ quan số {position:02d} của Khối {number:02d}")
            agency.set_keys([])
            agency.save()
            name = AgencyName.objects.create(agency=agency, full=agency.name)
            Membership.objects.create(bloc_year=bloc_year, agency=agency, name=name, position=position)
            if position == 1:
                LeadershipTerm.objects.create(bloc_year=bloc_year, agency=agency, name=name, role=LeadershipRole.LEADER)
    user = User.objects.create_user("bench", password="bench-password", full_name="Người Đo")
    Seat.objects.create(user=user, capacity=SeatCapacity.BOARD_SPECIALIST, title="Chuyên viên", starts_on=clock.today())
    return year
