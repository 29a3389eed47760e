"""Six writers at once: the chain does not fork."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from blocs.models import EmulationYear
from emulation.core import audit, clock
from emulation.core.access import Actor
from emulation.core.models import Event

pytestmark = [pytest.mark.postgres_only, pytest.mark.once, pytest.mark.django_db(transaction=True)]
WRITERS, EVENTS = 6, 10_000


def test_chain_is_whole_after_six_writers_wrote_ten_thousand_events() -> None:
    year = EmulationYear.objects.create(label="2026")

    def write(writer: int) -> int:
        actor = Actor(user_id=writer, name=f"Người {writer}", title="", seat_id=None, scope=None)
        share = EVENTS // WRITERS + (writer < EVENTS % WRITERS)
        try:
            for number in range(share):
                with audit.act(actor=actor, at=clock.now()) as current:
                    current.record("corrected", year, data={"n": number})
        finally:
            connection.close()
        return share

    with ThreadPoolExecutor(WRITERS) as pool:
        written = sum(pool.map(write, range(WRITERS)))
    assert written == EVENTS
    assert Event.objects.count() == EVENTS
    assert list(audit.faults()) == []
