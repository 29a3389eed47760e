"""What tests of dossiers and appraisal share: nominations in a state, dossiers on their way, the acts in few words."""

import datetime as dt
import uuid
from typing import Any

from awards.enums import NominationState, Route, SubmissionState, Verdict
from awards.models import Nomination, Submission
from awards.services import appraisals, submissions
from emulation.core import clock
from emulation.core.papers import OnPaper
from tests import factories as make
from tests.world import World

LETTER = OnPaper("15/TTr-KTĐ", dt.date(2026, 11, 20), "Khối thi đua A")


def via_bloc(world: World, key: str = "member", state: str = NominationState.ENDORSED, **values: Any) -> Nomination:
    """Return a nomination of a member of Khối A through the bloc."""
    bloc_year, agency = world.bloc_years["running"], world.agencies[key]
    return make.NominationFactory(bloc_year=bloc_year, agency=agency, state=state, **values)


def direct(world: World, key: str = "member", state: str = NominationState.DRAFT, **values: Any) -> Nomination:
    """Return a nomination of a person straight from an agency."""
    usual = {
        "route": Route.DIRECT,
        "person": make.PersonFactory(agency=world.agencies[key]),
        "award": make.AwardKindFactory(slug="bk_tinh"),
        "year": world.years["2026"],
    }
    return make.NominationFactory(state=state, **usual | values)


def dossier(world: World, state: str = SubmissionState.RECEIVED, **values: Any) -> Submission:
    """Return the dossier of Khối A; with `agency` that of an agency."""
    if "agency" in values:
        return make.SubmissionFactory(bloc_year=None, year=world.years["2026"], state=state, **values)
    return make.SubmissionFactory(
        bloc_year=world.bloc_years["running"], agency=world.agencies["leader"], state=state, **values
    )


def fresh(row: Any) -> Any:
    """Return the row as it stands now."""
    return type(row).objects.get(pk=row.pk)


def prepare(world: World, *lines: Nomination, role: str = "leader", key: str = "", **values: Any) -> Submission:
    """Prepare the dossier of Khối A, or of the agency `key`."""
    said: dict[str, Any] = {
        "year": world.years["2026"],
        "bloc_year": None if key else world.bloc_years["running"],
        "agency": world.agencies[key or "leader"],
        "title": "Đề nghị khen thưởng năm 2026",
        "creation_key": uuid.uuid4(),
    }
    return submissions.prepare(**said | values, nominations=lines, actor=world.actor(role), at=clock.now())


def send(world: World, row: Submission, role: str = "leader", **values: Any) -> None:
    """Send a dossier, by a signed paper unless it is said otherwise."""
    said = {"on_paper": LETTER} | values
    submissions.send(submission=fresh(row), actor=world.actor(role), at=clock.now(), **said)


def receive(world: World, row: Submission, role: str = "board_specialist", **values: Any) -> None:
    """Enter a dossier in the register."""
    said = {"register_number": "12", "received_on": dt.date(2026, 11, 21), "received_as": "paper"} | values
    submissions.receive(submission=fresh(row), actor=world.actor(role), at=clock.now(), **said)


def step(world: World, row: Submission, action: str, role: str = "board_specialist", note: str = "Thiếu.") -> None:
    """Take another step of a dossier."""
    submissions.take(submission=fresh(row), action=action, note=note, actor=world.actor(role), at=clock.now())


def appraise(
    world: World, *lines: Nomination, verdict: str = Verdict.FIT, role: str = "board_specialist", **values: Any
) -> None:
    """Appraise, everything alike."""
    seen = values.pop("seen", None)
    said = [(line, verdict, values.get("award"), values.get("opinion", "")) for line in lines]
    appraisals.appraise(lines=said, actor=world.actor(role), at=clock.now(), seen=seen)


def decide(world: World, action: str, *lines: Nomination, role: str = "board_head", **values: Any) -> None:
    """Take a step of the head on each."""
    appraisals.decide(nominations=lines, action=action, actor=world.actor(role), at=clock.now(), **values)


def appraised(world: World, verdict: str = Verdict.FIT, **values: Any) -> Nomination:
    """Return a person's nomination that a specialist appraised, in a dossier that was received."""
    said = {name: values.pop(name) for name in ("opinion",) if name in values}
    proposed = values.pop("proposed", None)
    row = dossier(world, agency=world.agencies["member"])
    line = direct(world, state=NominationState.APPRAISED, submission=row, **values)
    make.AppraisalFactory(nomination=line, verdict=verdict, award=proposed, **said)
    return line
