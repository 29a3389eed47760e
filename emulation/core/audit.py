"""Acts: one transaction, its events in it, written last. The chain is locked only for the final statements."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import models, transaction

from emulation.core.access import Actor
from emulation.core.models import Event, EventHead, SignedPaper, label_of
from emulation.core.vietnamese import nfc

START = "0" * 64
CHAINED = (
    "seq", "previous", "at", "verb", "subject_label", "subject_id", "user_id", "actor_name", "actor_title", "seat_id",
    "behalf_of", "paper_id", "note", "data",
)  # fmt: skip


@dataclass
class Act:
    """What happens in one transaction by one actor; its events wait here until the end."""

    actor: Actor
    at: dt.datetime
    events: list[Event] = field(default_factory=list)

    def record(
        self,
        verb: str,
        subject: models.Model,
        *,
        note: str = "",
        behalf_of: str = "",
        on_paper: SignedPaper | None = None,
        data: dict[str, Any] | None = None,
    ) -> None:
        """Add an event in the past tense ("confirmed"). `data` holds counts, codes and ids, never private data.

        Raises ValueError when somebody is acted for without a paper (DESIGN 1, paper first).
        """
        if behalf_of and on_paper is None:
            raise ValueError("an act on behalf needs its paper")
        self.events.append(
            Event(
                at=self.at,
                verb=verb,
                subject_label=label_of(subject),
                subject_id=subject.pk,
                user_id=self.actor.user_id,
                actor_name=self.actor.name,
                actor_title=self.actor.title,
                seat_id=self.actor.seat_id,
                behalf_of=behalf_of,
                paper_id=on_paper.pk if on_paper else None,
                note=note,
                data=canonical(data or {}),
            )
        )


@contextmanager
def act(*, actor: Actor, at: dt.datetime) -> Iterator[Act]:
    """Open one transaction for one act; its events are chained in as the last statements before the commit."""
    with transaction.atomic(durable=True):
        current = Act(actor, at)
        yield current
        _append(current.events)


def canonical(data: dict[str, Any]) -> str:
    """Return JSON in one spelling: sorted keys, no blanks, decimals and dates as strings."""
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, Decimal | dt.date | dt.datetime):
        return str(value)
    raise TypeError(f"{type(value).__name__} does not go into an event")


def digest_of(event: Event) -> str:
    """Return the hash of an event over all it says and the hash of the one before."""
    said = {name: getattr(event, name) for name in CHAINED}
    said["at"] = event.at.astimezone(dt.UTC).isoformat(timespec="microseconds")
    return hashlib.sha256(canonical(said).encode()).hexdigest()


def _append(events: list[Event]) -> None:
    if not events:
        return
    EventHead.objects.get_or_create(pk=1)
    head = EventHead.objects.select_for_update().get(pk=1)
    for event in events:
        for name in ("actor_name", "actor_title", "behalf_of", "note"):
            setattr(event, name, nfc(getattr(event, name)))
        head.seq += 1
        event.seq, event.previous = head.seq, head.digest
        event.digest = head.digest = digest_of(event)
    Event.objects.bulk_create(events)
    EventHead.objects.filter(pk=1).update(seq=head.seq, digest=head.digest)


@dataclass(frozen=True)
class Fault:
    """One thing wrong with the chain: at which number, and what, in Vietnamese."""

    seq: int
    sentence: str


def faults() -> Iterator[Fault]:
    """Walk the chain and yield what was changed, deleted or inserted. A tail cut off whole shows at the head only."""
    previous, expected = START, 1
    for event in Event.objects.order_by("seq").iterator(chunk_size=2000):
        if event.seq != expected:
            gap = f"{expected}" if event.seq == expected + 1 else f"{expected}–{event.seq - 1}"
            yield Fault(expected, f"Sự việc số {gap} đã bị xóa.")
        elif event.previous != previous:
            yield Fault(event.seq, f"Sự việc số {event.seq} không nối với sự việc đứng trước (bị chèn hoặc bị sửa).")
        if digest_of(event) != event.digest:
            yield Fault(event.seq, f"Nội dung sự việc số {event.seq} đã bị sửa.")
        previous, expected = event.digest, event.seq + 1
    head = EventHead.objects.filter(pk=1).first()
    last = (head.seq, head.digest) if head else (0, START)
    if last != (expected - 1, previous):
        yield Fault(last[0], f"Cuối chuỗi ghi số {last[0]} nhưng sự việc cuối cùng là số {expected - 1}.")


def timeline(label: str, subject_id: int, *, limit: int = 50) -> list[Event]:
    """Return the latest events of one subject, newest first. The caller has asked the subject's own permission."""
    return list(Event.objects.filter(subject_label=label, subject_id=subject_id).order_by("-seq")[:limit])
