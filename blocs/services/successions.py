"""Changes of agencies: prepared on paper or from a decision, edited until then, done in one act, or given up."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError

from blocs.domain import succession as rules
from blocs.domain.succession import SUCCESSION, Asked
from blocs.enums import AgencyKind, SuccessionKind, SuccessionSide, SuccessionState, YearState
from blocs.models import Agency, AgencyName, AgencySuccession, BlocYear, SuccessionLine, SuccessionParty
from blocs.queries.succession import KEEP, Group, Plan, plan_of, successions, survey
from blocs.services import agencies, years
from emulation.core import clock, papers, revisions
from emulation.core.access import Actor, can
from emulation.core.audit import Act, act
from emulation.core.errors import Refused, Stale
from emulation.core.models import SignedPaper
from emulation.core.papers import OnPaper
from emulation.core.registry import Touched
from emulation.core.transitions import check, move
from emulation.core.vietnamese import date_short, fold, nfc

NO_PAPER = "Ghi số, ngày và cơ quan ban hành quyết định sắp xếp trước khi thực hiện."
RACE = "Người khác vừa sửa một đối tượng của việc sắp xếp này; tải lại trang, xem lại rồi thực hiện."
EDITED = "Người khác vừa sửa việc sắp xếp này; tải lại trang, xem lại các lựa chọn rồi thực hiện."
NOT_DRAFT = "Việc sắp xếp này đã thực hiện hoặc đã hủy nên không sửa được nữa."
MOVED = "Danh mục đối tượng vừa thay đổi ({title}); xem lại các lựa chọn rồi thực hiện."


@dataclass(frozen=True)
class NewAgency:
    """An agency that the change creates, or the new name of the one it renames."""

    title: str
    short: str = ""
    kind: str = AgencyKind.OTHER


def draft(
    *,
    kind: str,
    happened_on: dt.date,
    old: Sequence[int],
    new: Sequence[int],
    made: Sequence[NewAgency],
    to_bloc_year: BlocYear | None,
    note: str,
    on_paper: OnPaper | None,
    creation_key: uuid.UUID,
    actor: Actor,
    at: dt.datetime,
) -> AgencySuccession:
    """Prepare a change of agencies; nothing else is written. A second click finds the first row.

    `old`, `new`: ids of agencies, in the order they were named. Raises PermissionError, and ValidationError with a
    sentence for each field that is wrong.
    """
    if not can(actor, "blocs.draft_succession"):
        raise PermissionError("blocs.draft_succession")
    first = AgencySuccession.objects.filter(creation_key=creation_key).first()
    if first is not None:
        return first
    asked = Asked(kind, old, new, [row.title for row in made], has_target=to_bloc_year is not None)
    found = Agency.objects.in_bulk([*old, *new])
    _refuse([*rules.problems(asked), *_problems(asked, found, to_bloc_year)])
    paper = papers.receive(on_paper, about=None, actor=actor)
    try:
        with act(actor=actor, at=at) as current:
            _hold(old)
            first = AgencySuccession.objects.filter(creation_key=creation_key).first()
            if first is not None:
                return first
            _refuse(_busy(old, besides=None))
            row = revisions.insert(
                AgencySuccession(
                    kind=kind,
                    happened_on=happened_on,
                    paper=papers.write(current, paper),
                    to_bloc_year=to_bloc_year,
                    note=note,
                    creation_key=creation_key,
                )
            )
            _write_parties(row, [found[pk] for pk in old], [found[pk] for pk in new], made)
            current.record("succession_drafted", row, on_paper=row.paper, data={"kind": kind, "old": [*old]})
    except IntegrityError:
        # The same click, twice at the same moment: the other one wrote it.
        return AgencySuccession.objects.get(creation_key=creation_key)
    return row


def edit(
    *,
    succession: AgencySuccession,
    kind: str,
    happened_on: dt.date,
    old: Sequence[int],
    new: Sequence[int],
    made: Sequence[NewAgency],
    to_bloc_year: BlocYear | None,
    note: str,
    on_paper: OnPaper | None,
    revision: int,
    actor: Actor,
    at: dt.datetime,
) -> AgencySuccession:
    """Write a change that is still prepared anew, both sides whole; without a paper it keeps the one it has.

    Raises PermissionError, Refused when it is done or given up, Stale when somebody saved in between, and
    ValidationError as `draft` does.
    """
    if not can(actor, "blocs.edit_succession", succession):
        raise PermissionError("blocs.edit_succession")
    asked = Asked(kind, old, new, [row.title for row in made], has_target=to_bloc_year is not None)
    found = Agency.objects.in_bulk([*old, *new])
    _refuse([*rules.problems(asked), *_problems(asked, found, to_bloc_year)])
    paper = papers.receive(on_paper, about=None, actor=actor)
    with act(actor=actor, at=at) as current:
        row = AgencySuccession.objects.select_for_update().get(pk=succession.pk)
        if not row.is_open:
            raise Refused(NOT_DRAFT)
        _hold(old)
        _refuse(_busy(old, besides=row))
        decision = papers.write(current, paper)
        revisions.save(
            row,
            revision=revision,
            at=at,
            kind=kind,
            happened_on=happened_on,
            paper=decision or row.paper,
            to_bloc_year=to_bloc_year,
            note=note,
        )
        row.parties.all().delete()
        _write_parties(row, [found[pk] for pk in old], [found[pk] for pk in new], made)
        current.record("succession_edited", row, on_paper=decision, data={"kind": kind, "old": [*old]})
    return row


def _hold(old: Sequence[int]) -> None:
    """Let whoever else prepares a change of these agencies wait until the act ends."""
    list(Agency.objects.select_for_update(no_key=True).filter(pk__in=old).order_by("pk"))


def _busy(old: Sequence[int], *, besides: AgencySuccession | None) -> Iterable[tuple[str, str]]:
    """Say which of these agencies are in another change that is prepared."""
    parties = SuccessionParty.objects.filter(agency__in=old, succession__state=SuccessionState.DRAFT)
    others = parties.exclude(succession=besides) if besides else parties
    for party in others.select_related("agency", "name").order_by("pk"):
        yield "old", f"“{party}” đang có trong một việc sắp xếp khác chưa thực hiện; thực hiện hoặc hủy việc đó trước."


def _refuse(wrong: Iterable[tuple[str, str]]) -> None:
    said: dict[str, list[str]] = {}
    for name, sentence in wrong:
        said.setdefault(name, []).append(sentence)
    if said:
        raise ValidationError(said)


def _problems(asked: Asked, found: Mapping[int, Agency], to_bloc_year: BlocYear | None) -> Iterable[tuple[str, str]]:
    """Say what the rows themselves forbid."""
    for name, ids in (("old", asked.old), ("new", asked.new)):
        for pk in ids:
            if found[pk].ended_on is not None:
                yield name, f"“{found[pk]}” đã chấm dứt hoạt động, đến hết ngày {date_short(found[pk].ended_on)}."
    yield from _names_taken(asked, found)
    if to_bloc_year is not None and asked.kind == SuccessionKind.TRANSFER:
        yield from _no_move([found[pk] for pk in asked.old], to_bloc_year)


def _names_taken(asked: Asked, found: Mapping[int, Agency]) -> Iterable[tuple[str, str]]:
    named = {fold(title): title for title in asked.titles}
    own = set(asked.old) if asked.kind == SuccessionKind.RENAME else set()
    for agency in Agency.objects.filter(name__in=[nfc(title) for title in asked.titles], ended_on__isnull=True):
        if agency.locality == "" and agency.pk not in own:
            yield "title_1", f"Đã có đơn vị tên “{agency}”; chọn ở mục đơn vị đang có, hoặc ghi tên khác."
    for pk in own:
        if fold(found[pk].name) in named and found[pk].name in asked.titles:
            yield "title_1", "Tên mới trùng với tên đang dùng."


def _no_move(moving: Sequence[Agency], target: BlocYear) -> Iterable[tuple[str, str]]:
    if target.is_closed or target.year.state != YearState.OPEN:
        yield "to_bloc_year", "Khối này của năm đã khóa nên không nhận thêm đơn vị; chọn khối của năm đang mở."
    for agency in moving:
        here = set(
            agency.memberships.filter(left_on__isnull=True, bloc_year__year=target.year_id).values_list(
                "bloc_year", flat=True
            )
        )
        if target.pk in here:
            yield "to_bloc_year", f"“{agency}” đang là thành viên của khối này; chọn khối khác."
        elif not here:
            yield "old", f"“{agency}” chưa thuộc khối nào trong năm {target.year.label} nên không có gì để chuyển."


def _write_parties(
    row: AgencySuccession, old: Sequence[Agency], new: Sequence[Agency], made: Sequence[NewAgency]
) -> None:
    names = {name.agency_id: name for name in AgencyName.objects.filter(agency__in=[*old, *new], valid_to__isnull=True)}
    for side, named in ((SuccessionSide.OLD, old), (SuccessionSide.NEW, new)):
        for agency in named:
            revisions.insert(
                SuccessionParty(succession=row, side=side, agency=agency, name=names.get(agency.pk), kind=agency.kind)
            )
    for said in made:
        revisions.insert(
            SuccessionParty(
                succession=row, side=SuccessionSide.NEW, title=nfc(said.title), short=said.short, kind=said.kind
            )
        )


def cancel(*, succession: AgencySuccession, actor: Actor, at: dt.datetime, note: str = "") -> None:
    """Give up a change that was only prepared. Raises PermissionError, Refused when it is done or given up."""
    check(succession, SUCCESSION, "cancel", actor=actor, note=note)
    with act(actor=actor, at=at) as current:
        move(current, succession, SUCCESSION, "cancel", note=note)


def complete(
    *,
    succession: AgencySuccession,
    choices: Mapping[str, str],
    on_paper: OnPaper | None,
    revision: int,
    actor: Actor,
    at: dt.datetime,
) -> AgencySuccession:
    """Do the whole change in one act: new agencies, what was chosen for every object, a line for each.

    `choices`: key of each touched object → the word of its choice; fixed objects need none. Raises PermissionError,
    Refused (no decision yet, the day has not come, an object without a choice, edited since `revision`, somebody was
    quicker): then nothing of it is written.
    """
    check(succession, SUCCESSION, "complete", actor=actor)
    if succession.happened_on > clock.today():
        raise Refused(f"Chưa đến ngày {date_short(succession.happened_on)}; thực hiện từ ngày đó.")
    if on_paper is None and succession.paper_id is None:
        raise Refused(NO_PAPER)
    paper = papers.receive(on_paper, about=None, actor=actor)
    try:
        with act(actor=actor, at=at) as current:
            _complete(current, succession, choices, paper, revision)
    except (Stale, IntegrityError) as race:
        raise Refused(RACE) from race
    return succession


def _complete(
    current: Act, given: AgencySuccession, choices: Mapping[str, str], paper: SignedPaper | None, revision: int
) -> None:
    # The lock makes a second officer wait and then read that it is done; what is touched is looked at again behind it.
    row = successions().select_for_update(of=("self",)).get(pk=given.pk)
    if row.is_open and row.revision != revision:
        raise Refused(EDITED)
    decision = papers.write(current, paper) or row.paper
    groups = survey(row)
    chosen = [(group, touched, _chosen(touched, choices)) for group in groups for touched in group.objects]
    years_touched = _years(row, chosen)
    move(
        current,
        row,
        SUCCESSION,
        "complete",
        on_paper=decision,
        data={"kind": row.kind, "objects": len(chosen), "bloc_years": sorted(years_touched)},
        paper=decision,
    )
    bloc_years = list(BlocYear.objects.select_for_update(of=("self",)).filter(pk__in=years_touched).order_by("pk"))
    if any(bloc_year.is_closed for bloc_year in bloc_years):
        raise Refused(years.READ_ONLY)
    _make_agencies(current, plan_of(row))
    lines = [
        _line(row, number, touched, choice, group.part.apply(current, row, touched, choice))
        for number, (group, touched, choice) in enumerate(chosen, start=1)
    ]
    SuccessionLine.objects.bulk_create(lines)
    for bloc_year in bloc_years:
        said = [touched for _, touched, choice in chosen if touched.bloc_year_id == bloc_year.pk and choice != KEEP]
        current.record(
            "succession_applied",
            bloc_year,
            on_paper=decision,
            data={"succession": row.pk, "kind": row.kind, "objects": len(said)},
        )
    given.state, given.paper, given.revision = row.state, row.paper, row.revision


def _chosen(touched: Touched, choices: Mapping[str, str]) -> str:
    if touched.is_fixed:
        return touched.choices[0][0]
    choice = choices.get(touched.key, "")
    if choice not in dict(touched.choices):
        raise Refused(MOVED.format(title=touched.title))
    return choice


def _years(row: AgencySuccession, chosen: Sequence[tuple[Group, Touched, str]]) -> set[int]:
    """Return the bloc years in which something changes, with the one an agency goes to."""
    found = {touched.bloc_year_id for _, touched, choice in chosen if touched.bloc_year_id and choice != KEEP}
    return found | ({row.to_bloc_year_id} if row.to_bloc_year_id else set())


def _make_agencies(current: Act, plan: Plan) -> None:
    """Create the agencies that are new, or give the new name; the parties carry them from then on."""
    for party in plan.new:
        if party.agency is not None:
            _keep(current, party, agency=party.agency, name=agencies.open_name(party.agency))
        elif plan.kind == SuccessionKind.RENAME and plan.old[0].agency is not None:
            agency = plan.old[0].agency
            name = agencies.rename(act=current, agency=agency, full=party.title, short=party.short, valid_from=plan.day)
            _keep(current, party, agency=agency, name=name)
        else:
            agency = _create(current, plan, party)
            _keep(current, party, agency=agency, name=agencies.open_name(agency))


def _create(current: Act, plan: Plan, party: SuccessionParty) -> Agency:
    """Create a new agency where the first old one was: same locality, superior and place of its papers."""
    model = plan.old[0].agency
    name = agencies.open_name(model) if model else None
    return agencies.create(
        act=current,
        name=party.title,
        short=party.short,
        kind=party.kind,
        locality=model.locality if model else "",
        phone=model.phone if model else "",
        superior=name.superior if name else "",
        place=name.place if name else "",
        valid_from=plan.day,
    )


def _keep(current: Act, party: SuccessionParty, *, agency: Agency, name: AgencyName) -> None:
    revisions.save(party, revision=party.revision, at=current.at, agency=agency, name=name)


def _line(row: AgencySuccession, number: int, touched: Touched, choice: str, outcome: str) -> SuccessionLine:
    return SuccessionLine(
        succession=row,
        number=number,
        part=touched.part,
        subject_label=touched.label,
        subject_id=touched.pk,
        title=nfc(touched.title)[:500],
        choice=choice,
        outcome=nfc(outcome)[:500],
    )
