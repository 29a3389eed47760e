"""Nominations: drafted on four routes, made from a standing or a pasted list in one act, completed, moved, held."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.files import File
from django.db.models import F, Q, QuerySet

from awards.domain.changing import may_attach, may_edit
from awards.domain.nomination import CLOSED, HELD, OWN_LEVELS, declines_in_dossier
from awards.enums import NominationState, Route
from awards.models import (
    Attachment,
    AwardKind,
    CommendationKind,
    Finding,
    Hold,
    Nomination,
    RequiredPaper,
    Submission,
)
from awards.queries.nominations import UNTOLD
from awards.services import persons
from awards.services.persons import PersonSaid
from blocs.models import Agency, AgencyName, BlocYear, EmulationYear, Membership, Place
from blocs.services import agencies, years
from emulation.core import files, papers, revisions
from emulation.core.access import Actor, can
from emulation.core.audit import Act, act
from emulation.core.errors import Refused
from emulation.core.models import FileKind
from emulation.core.papers import OnPaper
from emulation.core.transitions import check, move
from emulation.core.vietnamese import fold, nfc
from emulation.core.workflow import Step

ATTACHED = {FileKind.PDF, FileKind.DOCX, FileKind.XLSX, FileKind.PNG, FileKind.JPEG}
#: Steps of the board's appraisal that have a service of their own (`services.appraisals`).
DECIDED_ELSEWHERE = frozenset({"approve", "refuse", "unapprove", "propose_up", "not_grant"})
SENDING = frozenset({"submit", "send"})
FROZEN = "Đề nghị đã gửi đi hoặc đã kết thúc nên không sửa được nội dung; nếu cần, đề nghị trả lại để hoàn thiện."
NO_ATTACHING = "Đề nghị đã được phê duyệt hoặc đã kết thúc nên không thay đổi tài liệu được nữa."
#: How the bloc's word on a line of its results is taken, by where the nomination is.
_AGREE = {
    NominationState.DRAFT: "agree",
    NominationState.SUBMITTED: "endorse",
    NominationState.DECLINED: "endorse",
}
NOT_OF_BLOC = "“{}” không thuộc khối này trong năm; chọn lại khối hoặc đơn vị."
NOT_OWN = "{} do {} tặng, đơn vị không tự quyết định được; chọn danh hiệu, hình thức khác hoặc trình thẳng."
NOT_NOW = "Hiện chưa lập thêm được đề nghị tặng {} cho “{}”; liên hệ cơ quan thường trực."
DECLINED_SINCE = (
    "Khối vừa ghi không đề nghị tặng {} cho “{}”. Mở lại trang này từ trang của khối, chỉ đánh dấu nếu khối đã họp lại."
)
WITHDRAWN_WHILE_HELD = "Đã rút đề nghị."
COMPLETING = (
    "Đề nghị đang trả lại đơn vị hoàn thiện nên chưa ghi được ý kiến của khối; "
    "chờ đơn vị gửi lại, hoặc bỏ đề nghị ra khỏi hồ sơ chưa gửi."
)
BOTH_VOTES = "Ghi cả số phiếu đồng ý và tổng số phiếu, hoặc bỏ trống cả hai."


@dataclass(frozen=True)
class Said:
    """What was typed about one nomination.

    `owner`: who proposes. Nominated is a person, else a unit of the owner (known, or by the name typed), else the
    owner itself.
    """

    route: Route
    year: EmulationYear
    owner: Agency
    award: AwardKind
    bloc_year: BlocYear | None = None
    unit_name: str = ""
    person: PersonSaid | None = None
    commendation: CommendationKind | None = None
    achievement: str = ""
    merit: str = ""
    votes_for: int | None = None
    votes_of: int | None = None


@dataclass(frozen=True)
class Picked:
    """A line of a bloc's results that shall be proposed: who, for what; where it stood."""

    agency: Agency
    award: AwardKind
    place: int | None = None
    points: Decimal | None = None
    standing_place: Place | None = None


@dataclass(frozen=True)
class PastedPick:
    """A line of a pasted list as it was settled: of which agency, and which person; none for the agency itself."""

    agency: Agency
    person: PersonSaid | None = None


@dataclass(frozen=True)
class FindingSaid:
    """One thing a dossier lacks: a paper of the checklist, or anything else in words."""

    text: str
    need: RequiredPaper | None = None


def draft(*, said: Said, creation_key: uuid.UUID, actor: Actor, at: dt.datetime) -> Nomination:
    """Draft one nomination; see `draft_all`."""
    return draft_all(said=[said], creation_key=creation_key, actor=actor, at=at)[0]


def draft_all(*, said: Sequence[Said], creation_key: uuid.UUID, actor: Actor, at: dt.datetime) -> list[Nomination]:
    """Draft nominations of one form in one act; a second click finds the first ones.

    Raises PermissionError, Refused (not a member of the bloc, an award that is not for such a subject or not the
    agency's to give, several known persons, the same open nomination there already), ValidationError.
    """
    for one in said:
        asked = Nomination(route=one.route, owner=one.owner, bloc_year=one.bloc_year)
        if not can(actor, "awards.draft_nomination", asked):
            raise PermissionError("awards.draft_nomination")
    keys = [uuid.uuid5(creation_key, str(number)) for number in range(len(said))]
    with act(actor=actor, at=at) as current:
        _hold_owners(said)
        made = list(Nomination.objects.filter(creation_key__in=keys).order_by("pk"))
        if made:
            return made
        refuse_unfit({(one.award, _is_person(one)) for one in said})
        for one in said:
            refuse_above(one.award, one.route)
        return [_drafted(current, one, key) for one, key in zip(said, keys, strict=True)]


def paste(
    *,
    year: EmulationYear,
    lines: Sequence[PastedPick],
    award: AwardKind,
    commendation: CommendationKind | None,
    merit: str,
    creation_key: uuid.UUID,
    actor: Actor,
    at: dt.datetime,
) -> list[Nomination]:
    """Draft the board's own nominations from a pasted list, all in one act; raises what `draft_all` raises."""
    said = [
        Said(
            route=Route.BOARD, year=year, owner=line.agency, award=award, person=line.person,
            commendation=commendation, merit=merit,
        )
        for line in lines
    ]  # fmt: skip
    return draft_all(said=said, creation_key=creation_key, actor=actor, at=at)


def from_standing(
    *, bloc_year: BlocYear, lines: Sequence[Picked], declined: Collection[int] = (), actor: Actor, at: dt.datetime
) -> list[Nomination]:
    """Propose what the bloc agreed on, in one act: each line ends as a nomination the bloc has endorsed.

    What is proposed already stays as it is, so that a second click makes nothing twice; a member's own draft or
    submission of the same award is endorsed instead of made anew, and so is one the bloc had declined, if whoever ticks
    it knew (`declined`: the ids that were shown as declined). Returns what was made or endorsed now. Raises
    PermissionError, Refused when the year is closed, for who is not in the bloc's results, for an award of persons, for
    what was declined meanwhile.
    """
    _check_bloc(bloc_year, actor)
    with act(actor=actor, at=at) as current:
        done = []
        for line, row in _of_lines(current, bloc_year, lines):
            action = _AGREE.get(NominationState(row.state))
            if action and not row.is_held:
                _refuse_declined(row, declined)
                move(current, row, row.workflow, action, **_standing_of(line))
                done.append(row)
    return done


def decline_from_standing(
    *, bloc_year: BlocYear, line: Picked, reason: str, actor: Actor, at: dt.datetime
) -> Nomination:
    """Record that the bloc agreed not to propose a line of its results for an award, and why.

    What the member drafted or submitted for that award is declined instead of made anew; a second click changes
    nothing. Raises PermissionError, Refused as `from_standing`, without a reason, while it is held, and once it was
    sent to the board or returned out of a dossier.
    """
    _check_bloc(bloc_year, actor)
    with act(actor=actor, at=at) as current:
        years.hold(bloc_year)
        _hold_dossiers(bloc_year.nominations.filter(agency=line.agency))
        ((_, row),) = _of_lines(current, bloc_year, [line])
        if row.state != NominationState.DECLINED:
            action = "disagree" if row.state == NominationState.DRAFT else "decline"
            refuse_held(row, action)
            refuse_returned(row, action)
            _leave_dossier(current, row)
            values = {**_standing_of(line), "submission": None}
            move(current, row, row.workflow, action, note=nfc(reason.strip()), **values)
    return row


def edit(
    *,
    nomination: Nomination,
    revision: int,
    actor: Actor,
    at: dt.datetime,
    **values: Any,
) -> Nomination:
    """Write the content of a nomination: award, commendation, achievement, merit, votes, title of a person.

    Raises PermissionError, Refused when it takes no more changes or the award does not fit, Stale when somebody saved
    in between, ValidationError.
    """
    if not can(actor, "awards.edit_nomination", nomination):
        raise PermissionError("awards.edit_nomination")
    if (values.get("votes_for") is None) != (values.get("votes_of") is None):
        raise Refused(BOTH_VOTES)
    with act(actor=actor, at=at) as current:
        row = locked_one(nomination.pk)
        refuse_unless_editable(row, actor)
        award = values.get("award")
        if award is not None and award.pk != row.award_id:
            refuse_unfit({(award, row.is_person)})
            refuse_above(award, row.route)
        said = {name: nfc(value) if isinstance(value, str) else value for name, value in values.items()}
        changed = sorted(name for name, value in said.items() if getattr(row, name) != value)
        revisions.save(nomination, revision=revision, at=at, **said)
        current.record("nomination_edited", nomination, data={"fields": changed})
    return nomination


def take(
    *,
    nomination: Nomination,
    action: str,
    actor: Actor,
    at: dt.datetime,
    note: str = "",
    behalf_of: str = "",
    on_paper: OnPaper | None = None,
    findings: Collection[FindingSaid] = (),
) -> Step:
    """Take a step of one nomination. `findings`: what it lacks, when it is returned.

    A hold ends with the withdrawal. Raises PermissionError, Refused (also while it is held), KeyError for a step that
    does not exist or that has a service of its own, ValueError when somebody is acted for without a paper.
    """
    step = nomination.workflow.step(action)
    if step.is_inner or action in DECIDED_ELSEWHERE:
        raise KeyError(action)
    check(nomination, nomination.workflow, action, actor=actor, note=note)
    refuse_held(nomination, action)
    paper = papers.receive(on_paper, about=nomination, actor=actor)
    with act(actor=actor, at=at) as current:
        if action in {"restore", "decline", "endorse"}:
            if nomination.bloc_year is not None:
                years.hold(nomination.bloc_year)
            _hold_dossiers(Nomination.objects.filter(pk=nomination.pk))
        row = locked_one(nomination.pk)
        refuse_held(row, action)
        refuse_returned(row, action)
        written = papers.write(current, paper)
        values: dict[str, Any] = {"paper": written} if written and action in SENDING else {}
        if action in {"restore", "endorse"} and not row.is_open:
            _refuse_twin(row)
        if action in {"restore", "decline"}:
            _leave_dossier(current, row)
            values["submission"] = None
        if row.is_held:
            _end_hold(row, WITHDRAWN_WHILE_HELD, at)
            values["is_held"] = False
        move(
            current, row, row.workflow, action, note=note, behalf_of=behalf_of, on_paper=written,
            data={"findings": len(findings)} if findings else None, **values,
        )  # fmt: skip
        for one in findings:
            revisions.insert(Finding(nomination=row, need=one.need, text=nfc(one.text)))
        if action in SENDING:
            resolve_findings([row.pk], at=at)
    return step


def hold(*, nomination: Nomination, reason: str, actor: Actor, at: dt.datetime) -> Hold:
    """Let an open nomination rest ("chưa xét khen thưởng"): every step but the withdrawal then refuses.

    Raises PermissionError, Refused without a reason, when it has ended, when it is held already.
    """
    if not can(actor, "awards.hold_nomination", nomination):
        raise PermissionError("awards.hold_nomination")
    if not reason.strip():
        raise Refused("Ghi lý do chưa xét khen thưởng.")
    with act(actor=actor, at=at) as current:
        row = locked_one(nomination.pk)
        refuse_unless_holdable(row)
        made = Hold(nomination=row, reason=nfc(reason.strip()))
        made.held_by_id = actor.user_id  # type: ignore[assignment] # nobody without an account passes the rule
        revisions.insert(made)
        revisions.save(row, revision=row.revision, at=at, is_held=True)
        # The reason stays in the hold, which the board alone reads: it may tell of a person who reported.
        current.record("nomination_held", row)
    return made


def resume(*, nomination: Nomination, outcome: str, actor: Actor, at: dt.datetime) -> Hold:
    """Take up a held nomination again, in the state it rested in; the conclusion is kept.

    Raises PermissionError, Refused without a conclusion or when it is not held.
    """
    if not can(actor, "awards.hold_nomination", nomination):
        raise PermissionError("awards.hold_nomination")
    if not outcome.strip():
        raise Refused("Ghi kết luận trước khi xét tiếp.")
    with act(actor=actor, at=at) as current:
        row = locked_one(nomination.pk)
        refuse_unless_held(row)
        found = _end_hold(row, nfc(outcome.strip()), at)
        revisions.save(row, revision=row.revision, at=at, is_held=False)
        current.record("nomination_resumed", row)
    return found


def _end_hold(row: Nomination, outcome: str, at: dt.datetime) -> Hold:
    found = row.holds.get(resumed_at=None)
    return revisions.save(found, revision=found.revision, at=at, resumed_at=at, outcome=outcome)


def attach(
    *,
    nomination: Nomination,
    title: str,
    need: RequiredPaper | None,
    file: "File[bytes]",
    creation_key: uuid.UUID,
    actor: Actor,
    at: dt.datetime,
) -> Attachment:
    """Put a file into the dossier; a gap that named this paper is made good by it. A second click finds the first.

    Raises PermissionError, Refused for a kind of file we do not take and when the dossier takes no more changes.
    """
    if not can(actor, "awards.edit_nomination", nomination):
        raise PermissionError("awards.edit_nomination")
    refuse_unless_attachable(nomination, actor)
    name, content = str(file.name), file.read()
    kind = files.accept(name, content, kinds=ATTACHED)
    made = nomination.attachments.filter(creation_key=creation_key).first()
    if made:
        return made
    stored = files.store(name=name, content=content, kind=kind, actor=actor)
    with act(actor=actor, at=at) as current:
        row = locked_one(nomination.pk)
        refuse_unless_attachable(row, actor)
        title = nfc(title.strip()) or (need.title if need else stored.name)
        made = revisions.insert(
            Attachment(nomination=row, need=need, title=title, file=stored, creation_key=creation_key)
        )
        if need:
            row.findings.filter(need=need, resolved_at=None).update(resolved_at=at)
        current.record("nomination_attached", row, data={"attachment": made.pk})
    return made


def detach(*, attachment: Attachment, actor: Actor, at: dt.datetime) -> Attachment:
    """Take a file out of the dossier; the row stays, marked. Taking it out twice changes nothing.

    Raises PermissionError, Refused when the dossier takes no more changes.
    """
    if not can(actor, "awards.edit_nomination", attachment.nomination):
        raise PermissionError("awards.edit_nomination")
    with act(actor=actor, at=at) as current:
        row = locked_one(attachment.nomination_id)
        refuse_unless_attachable(row, actor)
        found = row.attachments.get(pk=attachment.pk)
        if found.removed_at is None:
            revisions.save(found, revision=found.revision, at=at, removed_at=at)
            current.record("nomination_detached", row, data={"attachment": found.pk})
    return found


# --- What other services of this app share ----------------------------------------------------------------------------


def locked(rows: QuerySet[Nomination], *joined: str) -> list[Nomination]:
    """Lock nominations by their ids, so that two bulk acts wait and never block each other for good.

    Return them as lists are printed, with their award and what else is `joined`. They are read after the lock is held:
    a statement that locks and joins loses a row whose award another act changes meanwhile.
    """
    ids = list(rows.select_for_update().order_by("pk").values_list("pk", flat=True))
    return list(Nomination.objects.filter(pk__in=ids).select_related("award", *joined).in_order())


def locked_one(pk: int) -> Nomination:
    """Lock one nomination and return it as it is now."""
    return locked(Nomination.objects.filter(pk=pk))[0]


def refuse_held(row: Nomination, action: str) -> None:
    """Raise Refused when a nomination is held, unless it is withdrawn."""
    if row.is_held and action != "withdraw":
        raise Refused(HELD)


def refuse_returned(row: Nomination, action: str) -> None:
    """Raise Refused when the bloc would decline what was returned out of a dossier: that waits for the agency."""
    if declines_in_dossier(row, action):
        raise Refused(COMPLETING)


def refuse_unless_holdable(row: Nomination) -> None:
    """Raise Refused when a nomination has ended or is held already."""
    if row.state in CLOSED:
        raise Refused("Đề nghị đã kết thúc nên không ghi “chưa xét khen thưởng” được.")
    if row.is_held:
        raise Refused("Đề nghị này đã được ghi “chưa xét khen thưởng” từ trước.")


def refuse_unless_held(row: Nomination) -> None:
    """Raise Refused when a nomination is not held."""
    if not row.is_held:
        raise Refused("Đề nghị này không ở tình trạng “chưa xét khen thưởng”.")


def resolve_findings(pks: Iterable[int], *, at: dt.datetime) -> None:
    """Write that what was named as lacking is made good: whoever sends the dossier again says so."""
    Finding.objects.filter(nomination__in=list(pks), resolved_at=None).update(resolved_at=at)


def refuse_unless_editable(row: Nomination, actor: Actor) -> None:
    """Raise Refused when the content takes no more changes from this actor."""
    refuse_held(row, "edit")
    if not may_edit(row.state, is_board=actor.scope.is_board):
        raise Refused(FROZEN)


def refuse_unless_attachable(row: Nomination, actor: Actor) -> None:
    """Raise Refused when the dossier takes no more files, or gives none back, for this actor."""
    if not may_attach(row.state, is_board=actor.scope.is_board):
        raise Refused(NO_ATTACHING)


def refuse_unfit(asked: set[tuple[AwardKind, bool]]) -> None:
    """Raise Refused when an award is not for such a subject; `asked`: pairs of an award and whether for a person."""
    for award, is_person in asked:
        if not award.subjects.filter(is_person=is_person).exists():
            raise Refused(unfit(award, is_person=is_person))


def unfit(award: AwardKind, *, is_person: bool) -> str:
    """Return the sentence for an award that is not for such a subject."""
    return f"{award} không tặng cho {'cá nhân' if is_person else 'tập thể'}; chọn danh hiệu, hình thức khác."


def refuse_above(award: AwardKind, route: str) -> None:
    """Raise Refused for an award that is not the agency's to give, on the route that only records what it gave."""
    if route == Route.RECORDED and award.level not in OWN_LEVELS:
        raise Refused(NOT_OWN.format(award, award.conferrer or "cấp trên"))


def _is_person(said: Said) -> bool:
    return said.person is not None


def _hold_owners(said: Sequence[Said]) -> None:
    """Let writers of the same agency wait for each other, so that no person and no unit is written twice.

    Not its key: who holds the bloc's year and writes rows that point to the agency would wait for it at the commit, and
    this act for the year.
    """
    ids = {one.owner.pk for one in said}
    list(Agency.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk"))


def _drafted(current: Act, said: Said, key: uuid.UUID) -> Nomination:
    if (said.votes_for is None) != (said.votes_of is None):
        raise Refused(BOTH_VOTES)
    row = Nomination(
        route=said.route,
        year=said.year,
        bloc_year=said.bloc_year if said.route == Route.VIA_BLOC else None,
        owner=said.owner,
        award=said.award,
        commendation=said.commendation,
        achievement=nfc(said.achievement),
        merit=nfc(said.merit),
        votes_for=said.votes_for,
        votes_of=said.votes_of,
        creation_key=key,
    )
    if said.route == Route.VIA_BLOC:
        _refuse_outsider(said)
    if said.person:
        row.person = persons.settle(act=current, said=said.person, agency=said.owner)
        row.subject_name = row.person.name
        row.subject_title = ", ".join(part for part in (row.person.position, said.owner.name) if part)
    else:
        row.agency = _unit(current, said) if said.unit_name.strip() else said.owner
        row.name = agencies.open_name(row.agency)
        row.subject_name = row.name.full
        row.subject_title = said.owner.name if row.agency != said.owner else ""
    _refuse_twin(row)
    return _insert(current, row)


def _insert(current: Act, row: Nomination) -> Nomination:
    made = revisions.insert(row)
    current.record("nomination_drafted", made, data={"route": made.route, "award": made.award.slug})
    return made


def _refuse_outsider(said: Said) -> None:
    if said.person or said.unit_name.strip() or said.bloc_year is None:
        raise Refused("Qua khối chỉ đề nghị tập thể là đơn vị thành viên; cá nhân, đơn vị trực thuộc thì trình thẳng.")
    years.hold(said.bloc_year)
    if not said.bloc_year.memberships.filter(agency=said.owner, left_on=None).exists():
        raise Refused(NOT_OF_BLOC.format(said.owner))


def _refuse_twin(row: Nomination) -> None:
    """Raise Refused when the same subject is proposed for the same award of the year and that is still open.

    What the board found is not yet told: until then one that it refused is there, and one it changed is there for the
    award that was asked for. The board's own nominations wait for nobody.
    """
    same = Nomination.objects.filter(year=row.year_id, agency=row.agency_id, person=row.person_id, route=row.route)
    same, award = same.exclude(pk=row.pk), row.award_id
    taken = Q(award=award) & ~Q(state__in=CLOSED)
    if row.route != Route.BOARD:
        taken = (taken & ~UNTOLD) | (UNTOLD & (Q(asked_award=award) | Q(asked_award=None, award=award)))
    if same.filter(taken).exists():
        raise Refused(f"Năm {row.year.label} đã có đề nghị tặng {row.award} cho “{row.subject_name}”.")
    if row.route == Route.VIA_BLOC and same.open().filter(award=award).exists():
        # The board's change made it the same: two of them cannot be open (`awards_nomination_one_open`).
        raise Refused(NOT_NOW.format(row.award, row.subject_name))


def _unit(current: Act, said: Said) -> Agency:
    """Return the owner's unit of that name; a new one is written as an agency that is never a member of a bloc."""
    wanted = fold(said.unit_name)
    found = next((unit for unit in said.owner.units.order_by("pk") if fold(unit.name) == wanted), None)
    return found or agencies.create(
        act=current, name=said.unit_name, parent=said.owner, kind=said.owner.kind, locality=said.owner.locality
    )


def _check_bloc(bloc_year: BlocYear, actor: Actor) -> None:
    if not can(actor, "awards.endorse_nomination", Nomination(route=Route.VIA_BLOC, bloc_year=bloc_year)):
        raise PermissionError("awards.endorse_nomination")


def _of_lines(current: Act, bloc_year: BlocYear, lines: Sequence[Picked]) -> Iterator[tuple[Picked, Nomination]]:
    """Yield the nomination each line means, locked: the one that is there unless it was withdrawn, else a new draft.

    Raises Refused when the year is closed, for who is not in the bloc's results, for an award of persons.
    """
    years.hold(bloc_year)
    refuse_unfit({(line.award, False) for line in lines})
    owners = _owners_in(bloc_year, lines)
    names = {row.agency_id: row for row in AgencyName.objects.filter(agency__in=owners, valid_to=None)}
    rows = Nomination.objects.filter(bloc_year=bloc_year, route=Route.VIA_BLOC)
    there = sorted(locked(rows.exclude(state=NominationState.WITHDRAWN)), key=lambda row: (row.is_open, row.pk))
    # What was asked for is what the bloc knows; the award the board made of it is taken all the same.
    known = {(row.agency_id, row.award_id): row for row in there}
    known |= {(row.agency_id, row.asked_award_id or row.award_id): row for row in there}
    for key, line in {(line.agency.pk, line.award.pk): line for line in lines}.items():
        fresh = _by_bloc(bloc_year, line, owners[line.agency.pk], names[line.agency.pk])
        yield line, known.get(key) or _insert(current, fresh)


def _refuse_declined(row: Nomination, shown: Collection[int]) -> None:
    """Raise Refused where the bloc declined after the table was shown, or proposes the same a second time."""
    if row.state == NominationState.DECLINED:
        if row.pk not in shown:
            raise Refused(DECLINED_SINCE.format(row.award, row.subject_name))
        _refuse_twin(row)


def _hold_dossiers(rows: QuerySet[Nomination]) -> None:
    """Lock the dossiers nominations are in, before the nominations themselves (as `services.submissions` does)."""
    held = Submission.objects.select_for_update().filter(pk__in=rows.values("submission"))
    list(held.order_by("pk").values_list("pk"))


def _leave_dossier(current: Act, row: Nomination) -> None:
    """Say in the dossier of a nomination that it is taken out: who has the old list before him does not send it."""
    if row.submission is not None:
        changed = Submission.objects.filter(pk=row.submission.pk)
        changed.update(revision=F("revision") + 1, updated_at=current.at)
        current.record("submission_arranged", row.submission, data={"added": [], "dropped": [row.pk]})


def _standing_of(line: Picked) -> dict[str, Any]:
    return {"place": line.place, "points": line.points, "standing_place": line.standing_place}


def _owners_in(bloc_year: BlocYear, lines: Sequence[Picked]) -> dict[int, Agency]:
    """Return who proposes for each agency of the lines; raises Refused for who is not in the bloc or its results.

    A unit of a member stands in the results of some blocs (DECISIONS A10): the member proposes for it.
    """
    members = set(Membership.objects.filter(bloc_year=bloc_year).values_list("agency_id", flat=True))
    stated = set(bloc_year.results.filter(agency__isnull=False).values_list("agency_id", flat=True))
    stated |= set(bloc_year.places.values_list("agency_id", flat=True))
    owners = {}
    for agency in {line.agency.pk: line.agency for line in lines}.values():
        if agency.pk not in members | stated:
            raise Refused(NOT_OF_BLOC.format(agency))
        is_unit = agency.pk not in members and agency.parent is not None
        owners[agency.pk] = agency.parent if is_unit and agency.parent else agency
    return owners


def _by_bloc(bloc_year: BlocYear, line: Picked, owner: Agency, name: AgencyName) -> Nomination:
    return Nomination(
        route=Route.VIA_BLOC,
        year=bloc_year.year,
        bloc_year=bloc_year,
        owner=owner,
        agency=line.agency,
        name=name,
        subject_name=name.full,
        subject_title=owner.name if owner != line.agency else "",
        award=line.award,
    )
