"""The demo's awards: what Khối 1 of the invented province proposed and was given, by the services people use.

2025 is whole: the bloc proposed what its meeting agreed on, an agency sent two persons straight to the board, one
decision gave them, one award was taken back. 2026 is under way: persons drafted by the board after a flood wait for the
head, an agency drafts one person, another agency's own decision is recorded. Invented people bear letters for names.
"""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence

from awards.enums import NominationState, ReceivedAs, Route, Verdict
from awards.models import AwardKind, CommendationKind, Decision, Grant, Nomination
from awards.services import appraisals, decisions, grants, nominations, submissions
from awards.services.decisions import DecisionSaid, Given
from awards.services.nominations import PastedPick, Picked, Said
from awards.services.persons import PersonSaid
from blocs.models import Agency, BlocYear, EmulationYear
from blocs.queries.standing import current_places
from emulation.core import clock
from emulation.core.access import Actor
from emulation.core.models import Province
from emulation.core.papers import OnPaper
from emulation.desk.services.demo_year import CODE

_SPACE = uuid.UUID("7f0f3a52-9a0e-4b9c-8f6b-2f6f0c1e2027")
_FLAG, _CERTIFICATE, _ORDER, _FIGHTER = "co_tinh", "bk_tinh", "hcld3", "cstdcs"
_PROPOSED = {"Sở Xây dựng": _FLAG, "Sở Tài chính": _CERTIFICATE, "Thuế tỉnh Sông Lam": _CERTIFICATE}
_STRAIGHT = "Sở Khoa học và Công nghệ"
_PERSONS = (("Nguyễn Văn K", "Trưởng phòng"), ("Trần Thị L", "Chuyên viên"))
_FLOOD = (
    ("Lê Văn M", "Chuyên viên", "Sở Xây dựng"),
    ("Phạm Thị N", "Phó Trưởng phòng", "Sở Xây dựng"),
    ("Hoàng Văn P", "Lái xe", "Sở Tài chính"),
)
_MERIT = "xuất sắc trong phong trào thi đua năm {}"
_FLOOD_MERIT = "xuất sắc trong phòng, chống mưa lũ tháng 10 năm 2026"


def bring_in(specialist: Actor, head: Actor) -> str:
    """Write what the bloc of both years was given, where nothing of it is written yet; return it in one line."""
    years = {row.year.label: row for row in BlocYear.objects.filter(bloc__code=CODE).select_related("year", "bloc")}
    if Nomination.objects.exists():
        return "Khen thưởng của Khối số 1: đã có, giữ nguyên"
    kinds = {kind.slug: kind for kind in AwardKind.objects.all()}
    _last_year(years["2025"], kinds, specialist, head)
    _this_year(years["2026"], kinds, specialist)
    return "Khen thưởng của Khối số 1: đề nghị, thẩm định, quyết định, thu hồi"


def _last_year(row: BlocYear, kinds: Mapping[str, AwardKind], specialist: Actor, head: Actor) -> None:
    year, leader = row.year, Agency.objects.get(name="Sở Xây dựng", locality="", parent=None)
    _send(
        year, row, leader, _from_meeting(row, kinds, specialist), "52", dt.date(2025, 12, 23), specialist,
        title="Đề nghị khen thưởng năm 2025 của Khối",
    )  # fmt: skip
    straight = Agency.objects.get(name=_STRAIGHT, locality="", parent=None)
    said = [
        Said(
            route=Route.DIRECT, year=year, owner=straight, award=kinds[_CERTIFICATE],
            person=PersonSaid(name, position), merit=_MERIT.format(year.label),
        )
        for name, position in _PERSONS
    ]  # fmt: skip
    persons = nominations.draft_all(said=said, creation_key=_key("persons"), actor=specialist, at=clock.now())
    _send(
        year, None, straight, persons, "57", dt.date(2025, 12, 26), specialist,
        title="Đề nghị khen thưởng 02 cá nhân năm 2025",
    )  # fmt: skip
    waiting = list(Nomination.objects.filter(year=year, state=NominationState.SENT).order_by("pk"))
    appraisals.appraise(lines=[(line, Verdict.FIT, None, "") for line in waiting], actor=specialist, at=clock.now())
    ready = appraisals.decide(nominations=waiting, action="approve", actor=head, at=clock.now())
    decision = decisions.draft(
        year=year,
        title="Về việc tặng Cờ thi đua, Bằng khen năm 2025",
        merit=_MERIT.format(year.label),
        nominations=ready,
        creation_key=_key("decision"),
        actor=specialist,
        at=clock.now(),
    )
    _issue(decision, "178/QĐ-UBND", dt.date(2026, 1, 20), specialist, head)
    revoked = Grant.objects.get(decision=decision, subject_name=_PERSONS[1][0])
    grants.revoke(
        grant=revoked,
        paper=OnPaper("612/QĐ-UBND", dt.date(2026, 3, 10), _authority()),
        revoked_on=dt.date(2026, 3, 10),
        reason="Kê khai thành tích không đúng.",
        actor=head,
        at=clock.now(),
    )
    decisions.record_elsewhere(
        said=DecisionSaid("Về việc tặng Huân chương Lao động", "Chủ tịch nước", "1045/QĐ-CTN", dt.date(2024, 9, 2)),
        lines=[Given(kinds[_ORDER], agency=Agency.objects.get(name="Sở Tài chính", locality="", parent=None))],
        creation_key=_key("order"),
        actor=specialist,
        at=clock.now(),
    )


def _from_meeting(row: BlocYear, kinds: Mapping[str, AwardKind], actor: Actor) -> list[Nomination]:
    """Propose what the published standing of the bloc proposes."""
    ranking = current_places(row)
    picked = [
        Picked(line.member.agency, kinds[_PROPOSED[line.member.name.full]], line.place, line.points)
        for line in (ranking.lines if ranking else ())
        if line.member.name.full in _PROPOSED
    ]
    return nominations.from_standing(bloc_year=row, lines=picked, actor=actor, at=clock.now())


def _send(
    year: EmulationYear,
    bloc_year: BlocYear | None,
    agency: Agency,
    lines: Sequence[Nomination],
    register: str,
    day: dt.date,
    actor: Actor,
    *,
    title: str,
) -> None:
    """Send a dossier for an agency by its tờ trình, and enter it in the register of what came in."""
    dossier = submissions.prepare(
        year=year, bloc_year=bloc_year, agency=agency, title=title, nominations=lines, creation_key=_key(title),
        actor=actor, at=clock.now(),
    )  # fmt: skip
    sign = "KTĐ" if bloc_year else "SKHCN"
    paper = OnPaper(f"{register}/TTr-{sign}", day, agency.name)
    submissions.send(submission=dossier, behalf_of=agency.name, on_paper=paper, actor=actor, at=clock.now())
    dossier.refresh_from_db()
    submissions.receive(
        submission=dossier, register_number=register, received_on=day, received_as=ReceivedAs.PAPER, actor=actor,
        at=clock.now(),
    )  # fmt: skip


def _issue(decision: Decision, number: str, day: dt.date, specialist: Actor, head: Actor) -> None:
    decisions.number(
        decision=decision,
        number=number,
        dated_on=day,
        signer_name="Nguyễn Văn Q",
        signer_title="Phó Chủ tịch",
        actor=specialist,
        at=clock.now(),
    )
    decision.refresh_from_db()
    decisions.issue(decision=decision, on_paper=OnPaper(number, day, _authority()), actor=head, at=clock.now())


def _this_year(row: BlocYear, kinds: Mapping[str, AwardKind], specialist: Actor) -> None:
    year = row.year
    agencies = {agency.name: agency for agency in Agency.objects.filter(locality="", parent=None)}
    sudden = CommendationKind.objects.get(slug="dot_xuat")
    lines = [PastedPick(agencies[owner], PersonSaid(name, position)) for name, position, owner in _FLOOD]
    made = nominations.paste(
        year=year, lines=lines, award=kinds[_CERTIFICATE], commendation=sudden, merit=_FLOOD_MERIT,
        creation_key=_key("flood"), actor=specialist, at=clock.now(),
    )  # fmt: skip
    appraisals.appraise(lines=[(line, Verdict.FIT, None, "") for line in made], actor=specialist, at=clock.now())
    owner = agencies[_STRAIGHT]
    nominations.draft(
        said=Said(
            route=Route.DIRECT, year=year, owner=owner, award=kinds[_CERTIFICATE],
            person=PersonSaid("Vũ Thị R", "Phó Trưởng phòng"), merit=_MERIT.format(year.label),
        ),
        creation_key=_key("draft"), actor=specialist, at=clock.now(),
    )  # fmt: skip
    own = nominations.draft(
        said=Said(
            route=Route.RECORDED, year=year, owner=owner, award=kinds[_FIGHTER],
            person=PersonSaid(*_PERSONS[0]), merit=_MERIT.format(year.label),
        ),
        creation_key=_key("own"), actor=specialist, at=clock.now(),
    )  # fmt: skip
    decisions.record_own(
        nomination=own,
        said=DecisionSaid("Về việc tặng danh hiệu thi đua", owner.name, "31/QĐ-SKHCN", dt.date(2026, 6, 30)),
        creation_key=_key("own decision"),
        actor=specialist,
        at=clock.now(),
    )


def _authority() -> str:
    return str(Province.objects.get(pk=1).authority)


def _key(what: str) -> uuid.UUID:
    return uuid.uuid5(_SPACE, what)
