"""What tests of decisions and grants share: who acts, nominations that may be decided, the acts in few words."""

import datetime as dt
import uuid
from typing import Any

from awards.enums import NominationState, Route, Verdict
from awards.models import AwardKind, Decision, Nomination
from awards.services import decisions
from awards.services.decisions import DecisionSaid, Given
from blocs.models import EmulationYear
from emulation.accounts.domain.scope import Capacity, Scope
from emulation.core import clock
from emulation.core.access import Actor
from emulation.core.papers import OnPaper
from tests import factories as make

HEAD = Actor(None, "Lê Văn Trưởng", "Trưởng phòng", None, Scope(capacity=Capacity.BOARD_HEAD))
SPECIALIST = Actor(None, "Nguyễn Văn A", "Chuyên viên", None, Scope(capacity=Capacity.BOARD_SPECIALIST))
COUNCIL = Actor(None, "Trần Thị B", "Ủy viên Hội đồng", None, Scope(capacity=Capacity.COUNCIL))
DAY = dt.date(2026, 10, 20)
REVOKING = OnPaper("77/QĐ-UBND", dt.date(2026, 10, 30), "UBND tỉnh Sông Lam")
MINISTRY = DecisionSaid("Về việc tặng Cờ thi đua", "Thủ tướng Chính phủ", "9/QĐ-TTg", DAY)


def kind(slug: str) -> AwardKind:
    return AwardKind.objects.get(slug=slug)


def year() -> EmulationYear:
    return EmulationYear.objects.filter(label="2026").first() or make.EmulationYearFactory(label="2026")


def asked(name: str = "", *, slug: str = "bk_tinh", state: str = NominationState.APPROVED, **values: Any) -> Nomination:
    """Return a person's nomination drafted by the board, appraised as fit, in a state."""
    person = make.PersonFactory(**({"name": name} if name else {}))
    said = {"award": kind(slug), "year": year()} | values
    row = make.NominationFactory(route=said.pop("route", Route.BOARD), person=person, state=state, **said)
    make.AppraisalFactory(nomination=row, verdict=Verdict.FIT)
    return row


def draft(*rows: Nomination, actor: Actor = SPECIALIST, **values: Any) -> Decision:
    said = {"title": "Về việc tặng Bằng khen", "merit": "", "creation_key": uuid.uuid4()} | values
    return decisions.draft(year=year(), nominations=rows, actor=actor, at=clock.now(), **said)


def number(row: Decision, text: str = "12/QĐ-UBND", day: dt.date = DAY, actor: Actor = SPECIALIST) -> None:
    signer = {"signer_name": "Phạm Văn Ký", "signer_title": "Chủ tịch"}
    decisions.number(decision=fresh(row), number=text, dated_on=day, **signer, actor=actor, at=clock.now())


def issue(row: Decision, actor: Actor = HEAD, **values: Any) -> None:
    decisions.issue(decision=fresh(row), actor=actor, at=clock.now(), **values)


def take(row: Decision, action: str, actor: Actor = HEAD, note: str = "Soạn lại.") -> None:
    decisions.take(decision=fresh(row), action=action, note=note, actor=actor, at=clock.now())


def issued(*rows: Nomination, text: str = "12/QĐ-UBND") -> Decision:
    """Return a decision that gave the nominations what they asked for."""
    row = draft(*rows)
    number(row, text)
    issue(row)
    return fresh(row)


def elsewhere(*lines: Given, actor: Actor = HEAD, said: DecisionSaid = MINISTRY, **values: Any) -> Decision:
    key = values.pop("creation_key", None) or uuid.uuid4()
    return decisions.record_elsewhere(said=said, lines=lines, creation_key=key, actor=actor, at=clock.now())


def fresh(row: Any) -> Any:
    """Return the row as it stands now."""
    return type(row).objects.get(pk=row.pk)
