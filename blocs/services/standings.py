"""The standing of a bloc's year: places a meeting agreed on. Published it is a wall; a correction is a new version."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from blocs.domain.standing import STANDING
from blocs.enums import MilestoneKind, StandingState
from blocs.models import BlocYear, Membership, Place, Standing
from blocs.services import calendar, years
from emulation.core import papers, revisions
from emulation.core.access import Actor, can
from emulation.core.audit import act
from emulation.core.errors import Refused
from emulation.core.papers import OnPaper
from emulation.core.transitions import check, move
from emulation.core.vietnamese import nfc
from emulation.core.workflow import Step

WALL = (
    "Kết quả xếp hạng đã công bố nên không sửa được. Muốn sửa, lập bản đính chính (phiên bản mới) có lý do và người ký."
)
SKIPPED = "Khối đã ghi “không xếp hạng”; chọn “Xếp hạng lại” trước khi nhập hạng."
ONLY_PUBLISHED = "Chỉ đính chính được kết quả đã công bố và đang có hiệu lực."
SEEN = "Người khác vừa sửa kết quả này. Tải lại trang, xem lại thứ hạng rồi công bố."


@dataclass(frozen=True)
class PlaceSaid:
    """What was typed about one member."""

    place: int | None = None
    points: Decimal | None = None
    proposal: str = ""
    remark: str = ""


def draft(*, bloc_year: BlocYear, actor: Actor, at: dt.datetime) -> Standing:
    """Return the bloc year's standing; the first one is made provisional, prefilled with what a source states.

    A second click, or a second person, finds the newest version. Raises PermissionError, Refused when the year is
    closed.
    """
    if not can(actor, "blocs.draft_standing", bloc_year):
        raise PermissionError("blocs.draft_standing")
    with act(actor=actor, at=at) as current:
        years.hold(bloc_year)
        found = bloc_year.standings.order_by("-version").first()
        if found:
            return found
        standing = revisions.insert(Standing(bloc_year=bloc_year, version=1))
        stated = dict(bloc_year.places.values_list("agency_id", "place"))
        members = list(bloc_year.memberships.in_order())
        _write(standing, [(row, PlaceSaid(place=stated.get(row.agency_id))) for row in members])
        data = {"members": len(members), "prefilled": sum(1 for row in members if row.agency_id in stated)}
        current.record("standing_drafted", standing, data=data)
    return standing


def enter(
    *,
    standing: Standing,
    decided_on: dt.date | None,
    is_by_group: bool,
    note: str,
    places: Mapping[int, PlaceSaid],
    revision: int,
    actor: Actor,
    at: dt.datetime,
) -> Standing:
    """Write the places of a provisional standing, whole. `places`: by the id of the membership.

    Members that are not named keep what they have. Raises PermissionError, Refused for a published standing and in a
    closed year, Stale when somebody saved in between, ValidationError.
    """
    if not can(actor, "blocs.edit_standing", standing):
        raise PermissionError("blocs.edit_standing")
    with act(actor=actor, at=at) as current:
        years.hold(standing.bloc_year)
        refuse_unless_open(Standing.objects.get(pk=standing.pk))
        revisions.save(standing, revision=revision, at=at, decided_on=decided_on, is_by_group=is_by_group, note=note)
        members = {row.pk: row for row in standing.bloc_year.memberships.all()}
        said = [(members[pk], typed) for pk, typed in places.items() if pk in members]
        known = {row.membership_id: row for row in standing.places.all()}
        _write(standing, [(row, typed) for row, typed in said if row.pk not in known])
        changed = _change([(known[row.pk], typed) for row, typed in said if row.pk in known], at)
        current.record("standing_entered", standing, data={"changed": changed, "members": len(places)})
    return standing


def correct(*, standing: Standing, reason: str, creation_key: uuid.UUID, actor: Actor, at: dt.datetime) -> Standing:
    """Make the next version, provisional, with the places of the published one.

    A second click finds the first. Raises PermissionError, Refused without a reason, for a version that is not the
    published one, when a correction is under way, and in a closed year.
    """
    if not can(actor, "blocs.correct_standing", standing):
        raise PermissionError("blocs.correct_standing")
    if not reason.strip():
        raise Refused("Ghi lý do đính chính.")
    with act(actor=actor, at=at) as current:
        years.hold(standing.bloc_year)
        made = Standing.objects.filter(bloc_year=standing.bloc_year_id, creation_key=creation_key).first()
        if made:
            return made
        _refuse_correction(standing)
        newest = standing.bloc_year.standings.order_by("-version").values_list("version", flat=True)[0]
        new = revisions.insert(
            Standing(
                bloc_year=standing.bloc_year,
                version=newest + 1,
                decided_on=standing.decided_on,
                is_by_group=standing.is_by_group,
                note=standing.note,
                reason=nfc(reason.strip()),
                creation_key=creation_key,
            )
        )
        copied = [
            (row.membership, PlaceSaid(row.place, row.points, row.proposal, row.remark))
            for row in standing.places.select_related("membership")
        ]
        _write(new, copied)
        current.record("standing_corrected", new, note=new.reason, data={"corrects": standing.version})
    return new


def publish(
    *,
    standing: Standing,
    revision: int,
    actor: Actor,
    at: dt.datetime,
    note: str = "",
    behalf_of: str = "",
    on_paper: OnPaper | None = None,
    signer_name: str = "",
    signer_title: str = "",
) -> Step:
    """Publish a provisional standing, and lay down the version it corrects in the same act.

    `revision`: the one whose places the publisher saw. Sets nothing else of the year but the day of the review meeting
    in its calendar, where that step stands open. Raises PermissionError, Refused, ValueError when somebody is acted
    for without a paper.
    """
    check(standing, STANDING, "publish", actor=actor, note=note)
    _refuse_unready(standing, signer_name, signer_title)
    paper = papers.receive(on_paper, about=standing.bloc_year, actor=actor)
    with act(actor=actor, at=at) as current:
        years.hold(standing.bloc_year)
        if Standing.objects.filter(pk=standing.pk, state=StandingState.PROVISIONAL).exclude(revision=revision).exists():
            raise Refused(SEEN)
        # Asked again under the lock: an edit may have taken the last place away since the form was shown.
        _refuse_unready(standing, signer_name, signer_title)
        written = papers.write(current, paper)
        before = standing.bloc_year.standings.filter(state=StandingState.PUBLISHED).exclude(pk=standing.pk).first()
        if before:
            move(current, before, STANDING, "supersede", data={"by": standing.version})
        day = standing.decided_on
        review = day and calendar.mark_done(
            current, bloc_year=standing.bloc_year, kind=MilestoneKind.YEAR_REVIEW, day=day
        )
        values = {"signer_name": nfc(signer_name.strip()), "signer_title": nfc(signer_title.strip())}
        return move(
            current,
            standing,
            STANDING,
            "publish",
            note=note,
            behalf_of=behalf_of,
            on_paper=written,
            data={"version": standing.version, "review": review},
            published_at=at,
            paper=written,
            **values,
        )


def take(
    *,
    standing: Standing,
    action: str,
    actor: Actor,
    at: dt.datetime,
    note: str = "",
    behalf_of: str = "",
    on_paper: OnPaper | None = None,
) -> Step:
    """Take a step that is not the publication: "không xếp hạng" with its reason, or back from it.

    Raises PermissionError, Refused, KeyError for a step that does not exist, ValueError when somebody is acted for
    without a paper.
    """
    if action in {"publish", "supersede"}:
        raise KeyError(action)
    check(standing, STANDING, action, actor=actor, note=note)
    paper = papers.receive(on_paper, about=standing.bloc_year, actor=actor)
    with act(actor=actor, at=at) as current:
        years.hold(standing.bloc_year)
        if action == "redraft" and standing.bloc_year.standings.filter(version__gt=standing.version).exists():
            raise Refused("Đã có phiên bản sau của kết quả này; xếp hạng trên phiên bản mới nhất.")
        written = papers.write(current, paper)
        data = {"version": standing.version}
        return move(current, standing, STANDING, action, note=note, behalf_of=behalf_of, on_paper=written, data=data)


def refuse_unless_open(standing: Standing) -> None:
    """Raise Refused unless places may still be entered."""
    if standing.state == StandingState.NONE:
        raise Refused(SKIPPED)
    if not standing.is_provisional:
        raise Refused(WALL)


def _refuse_correction(standing: Standing) -> None:
    if not Standing.objects.filter(pk=standing.pk, state=StandingState.PUBLISHED).exists():
        raise Refused(ONLY_PUBLISHED)
    open_one = standing.bloc_year.standings.filter(state=StandingState.PROVISIONAL).first()
    if open_one:
        raise Refused(f"Đang có bản đính chính dự kiến (phiên bản {open_one.version}); sửa tiếp trên bản đó.")


def _refuse_unready(standing: Standing, signer_name: str, signer_title: str) -> None:
    if standing.decided_on is None:
        raise Refused("Ghi ngày bình xét trước khi công bố.")
    if not standing.places.filter(place__isnull=False).exists():
        raise Refused("Chưa đơn vị nào có hạng; nhập hạng trước, hoặc ghi nhận không xếp hạng kèm lý do.")
    if standing.version > 1 and not (signer_name.strip() and signer_title.strip()):
        raise Refused("Bản đính chính phải ghi họ tên và chức danh người ký.")


def _write(standing: Standing, lines: Sequence[tuple[Membership, PlaceSaid]]) -> None:
    rows = [
        Place(
            standing=standing,
            membership=member,
            place=said.place,
            points=said.points,
            proposal=nfc(said.proposal),
            remark=nfc(said.remark),
        )
        for member, said in lines
    ]
    _validate(rows)
    Place.objects.bulk_create(rows)


def _change(lines: Sequence[tuple[Place, PlaceSaid]], at: dt.datetime) -> int:
    """Write what differs; return how many rows that were."""
    changed = []
    for row, said in lines:
        new = (said.place, said.points, nfc(said.proposal), nfc(said.remark))
        if (row.place, row.points, row.proposal, row.remark) != new:
            row.place, row.points, row.proposal, row.remark = new
            row.revision, row.updated_at = row.revision + 1, at
            changed.append(row)
    _validate(changed)
    Place.objects.bulk_update(changed, ["place", "points", "proposal", "remark", "revision", "updated_at"])
    return len(changed)


def _validate(rows: Sequence[Place]) -> None:
    for row in rows:
        row.clean_fields(exclude={"standing", "membership", "creation_key"})
