"""The chain of events: what was changed, deleted or inserted is named; a lost trigger is noticed."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from blocs.models import EmulationYear
from emulation.core import audit, clock, triggers
from emulation.core.access import Actor
from emulation.core.models import Event, EventHead

pytestmark = pytest.mark.django_db
SOMEBODY = Actor(user_id=7, name="Trần Văn B", title="Chuyên viên, Sở Nội vụ", seat_id=3, scope=None)


@pytest.fixture
def year() -> EmulationYear:
    return EmulationYear.objects.create(label="2026")


def record(year: EmulationYear, count: int = 5) -> None:
    for number in range(count):
        with audit.act(actor=SOMEBODY, at=clock.now()) as current:
            current.record("corrected", year, note=f"Lần {number}", data={"n": number})


def tamper(statement: str) -> None:
    triggers.remove()
    with connection.cursor() as cursor:
        cursor.execute(statement)
    triggers.install()


def test_chain_is_whole_after_acts(year: EmulationYear) -> None:
    record(year)
    assert list(audit.faults()) == []
    assert EventHead.objects.get().seq == 5
    assert [event.note for event in audit.timeline("blocs.emulationyear", year.pk)] == [
        f"Lần {n}" for n in (4, 3, 2, 1, 0)
    ]


def test_event_keeps_who_in_which_seat(year: EmulationYear) -> None:
    record(year, 1)
    event = Event.objects.get()
    assert (event.user_id, event.actor_name, event.actor_title, event.seat_id) == (
        7, "Trần Văn B", "Chuyên viên, Sở Nội vụ", 3,
    )  # fmt: skip


def test_changed_row_is_named(year: EmulationYear) -> None:
    record(year)
    tamper("UPDATE core_event SET note = 'khác' WHERE seq = 3")
    assert [fault.sentence for fault in audit.faults()] == ["Nội dung sự việc số 3 đã bị sửa."]


def test_deleted_row_is_named(year: EmulationYear) -> None:
    record(year)
    tamper("DELETE FROM core_event WHERE seq = 2")
    assert [fault.seq for fault in audit.faults()] == [2]


def test_inserted_row_is_named(year: EmulationYear) -> None:
    record(year, 2)
    tamper(
        "INSERT INTO core_event (seq, previous, digest, at, verb, subject_label, subject_id, actor_name, actor_title, "
        "behalf_of, note, data) SELECT 3, 'x', 'y', at, verb, subject_label, subject_id, actor_name, actor_title, "
        "behalf_of, note, data FROM core_event WHERE seq = 2"
    )
    assert 3 in {fault.seq for fault in audit.faults()}


def test_cut_tail_shows_at_the_head(year: EmulationYear) -> None:
    record(year, 3)
    tamper("DELETE FROM core_event WHERE seq = 3")
    assert [fault.sentence for fault in audit.faults()] == ["Cuối chuỗi ghi số 3 nhưng sự việc cuối cùng là số 2."]


@pytest.mark.parametrize("statement", ["UPDATE core_event SET note = 'x'", "DELETE FROM core_event"])
def test_database_refuses_to_rewrite_events(year: EmulationYear, statement: str) -> None:
    record(year, 1)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert list(audit.faults()) == []


def test_failed_act_leaves_no_event(year: EmulationYear) -> None:
    def break_off() -> None:
        with audit.act(actor=SOMEBODY, at=clock.now()) as current:
            current.record("corrected", year)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    assert Event.objects.count() == 0


def test_verify_events_tells_the_head_when_all_is_well(year: EmulationYear) -> None:
    record(year, 2)
    out = io.StringIO()
    call_command("verify_events", stdout=out)
    assert out.getvalue().startswith("Chuỗi sự việc đúng: 2 sự việc, mã băm cuối ")


def test_verify_events_names_a_missing_trigger() -> None:
    triggers.remove()
    try:
        err = io.StringIO()
        with pytest.raises(CommandError):
            call_command("verify_events", stderr=err)
        assert err.getvalue().splitlines() == [f"Thiếu trigger {name}." for name in triggers.NAMES[connection.vendor]]
        found = triggers.check_triggers(app_configs=None, databases=["default"])
        assert [error.id for error in found] == ["core.E001", "core.E001"]
    finally:
        triggers.install()
    assert triggers.missing() == []
