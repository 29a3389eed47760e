"""Terms of office of a bloc's year, and whom its meeting named for the next; each act holds the bloc year's lock."""

import datetime as dt
import uuid

from blocs.enums import LeadershipRole
from blocs.models import Agency, BlocYear, LeadershipTerm, NextLeader
from blocs.queries.opening import next_of
from blocs.services import members, years
from emulation.core import papers, revisions
from emulation.core.access import Actor, can
from emulation.core.audit import Act, act
from emulation.core.errors import Refused
from emulation.core.papers import OnPaper
from emulation.core.vietnamese import date_short, nfc

ENDED = "Nhiệm kỳ này đã kết thúc; không ghi thêm được."
NOT_DEPUTY = "Chỉ Phó Trưởng khối đang giữ nhiệm vụ mới điều hành thay hoặc lên làm Trưởng khối."
NOBODY_STANDS_IN = "Đơn vị này hiện không điều hành thay."
OPENED_WITH = "Năm {} của khối đã mở và đã có lãnh đạo; sửa lãnh đạo ở trang của năm đó."


def elect(
    *,
    bloc_year: BlocYear,
    agency: Agency,
    role: str,
    elected_on: dt.date | None,
    creation_key: uuid.UUID,
    actor: Actor,
    at: dt.datetime,
    on_paper: OnPaper | None = None,
) -> LeadershipTerm:
    """Write who was elected leader or deputy; it acts from now on, recognition may come later.

    Electing a leader ends the standing in of a deputy. A second click finds the first term. Raises PermissionError,
    Refused when the year is closed, the agency is no member, or the office or the agency is taken already.
    """
    _ask(actor, "blocs.manage_term", bloc_year)
    paper = papers.receive(on_paper, about=bloc_year, actor=actor)
    with act(actor=actor, at=at) as current:
        years.hold(bloc_year)
        made = LeadershipTerm.objects.filter(bloc_year=bloc_year, creation_key=creation_key).first()
        if made:
            return made
        _refuse_stranger(bloc_year, agency)
        written = papers.write(current, paper)
        term = members.elect(
            act=current,
            bloc_year=bloc_year,
            agency=agency,
            role=role,
            elected_on=elected_on,
            creation_key=creation_key,
        )
        relieved = _relieve(current, bloc_year) if role == LeadershipRole.LEADER else None
        current.record(
            "term_elected",
            term,
            on_paper=written,
            data={"agency": agency.pk, "role": role, "elected_on": elected_on, "relieved": relieved},
        )
    return term


def recognise(
    *,
    term: LeadershipTerm,
    recognised_on: dt.date,
    on_paper: OnPaper,
    revision: int,
    actor: Actor,
    at: dt.datetime,
) -> LeadershipTerm:
    """Write the day and the decision that recognise a term; a later call corrects them.

    Raises PermissionError, Refused when the year is closed, Stale when somebody saved in between.
    """
    _ask(actor, "blocs.manage_term", term)
    paper = papers.receive(on_paper, about=term.bloc_year, actor=actor)
    with act(actor=actor, at=at) as current:
        years.hold(term.bloc_year)
        written = papers.write(current, paper)
        revisions.save(term, revision=revision, at=at, recognised_on=recognised_on, recognised_paper=written)
        current.record("term_recognised", term, on_paper=written, data={"recognised_on": recognised_on})
    return term


def end(
    *,
    term: LeadershipTerm,
    ends_on: dt.date,
    reason: str,
    revision: int,
    actor: Actor,
    at: dt.datetime,
    stands_in: LeadershipTerm | None = None,
    steps_up: LeadershipTerm | None = None,
    on_paper: OnPaper | None = None,
) -> LeadershipTerm:
    """End a term on its last day, with the reason.

    When the leader goes, in the same act a deputy may stand in from the next day (`stands_in`), or become the leader
    (`steps_up`: its own term ends that day and a leader's term opens). Raises PermissionError, Refused without reason,
    before the election, for a term that has ended or a deputy that holds no office, Stale when somebody saved in
    between.
    """
    _ask(actor, "blocs.manage_term", term)
    if not reason.strip():
        raise Refused("Ghi lý do kết thúc nhiệm kỳ.")
    if term.elected_on and ends_on < term.elected_on:
        raise Refused(f"Đơn vị được bầu ngày {date_short(term.elected_on)}; ngày kết thúc không thể trước ngày đó.")
    paper = papers.receive(on_paper, about=term.bloc_year, actor=actor)
    with act(actor=actor, at=at) as current:
        years.hold(term.bloc_year)
        _refuse_ended(term)
        successor = stands_in or steps_up
        if successor:
            _refuse_unfit(term, successor)
        written = papers.write(current, paper)
        revisions.save(term, revision=revision, at=at, ends_on=ends_on, end_reason=nfc(reason.strip()))
        data = {"role": term.role, "ends_on": ends_on}
        if stands_in:
            _stand(current, stands_in, ends_on + dt.timedelta(days=1))
            data["stands_in"] = stands_in.pk
        if steps_up:
            data |= _step_up(current, steps_up, ends_on)
        current.record("term_ended", term, note=term.end_reason, on_paper=written, data=data)
    return term


def stand_in(
    *,
    term: LeadershipTerm,
    day: dt.date,
    revision: int,
    actor: Actor,
    at: dt.datetime,
    on_paper: OnPaper | None = None,
) -> LeadershipTerm:
    """Let a deputy act in the leader's place from a day on.

    Raises PermissionError, Refused for who is no deputy in office, when another stands in, in a closed year, Stale.
    """
    _ask(actor, "blocs.manage_term", term)
    paper = papers.receive(on_paper, about=term.bloc_year, actor=actor)
    with act(actor=actor, at=at) as current:
        years.hold(term.bloc_year)
        _refuse_unfit(None, term)
        written = papers.write(current, paper)
        _stand(current, term, day, revision=revision)
        current.record("stood_in", term, on_paper=written, data={"from": day})
    return term


def stop_standing_in(*, term: LeadershipTerm, revision: int, actor: Actor, at: dt.datetime) -> LeadershipTerm:
    """Let a deputy be a deputy again. Raises PermissionError, Refused when it does not stand in, Stale."""
    _ask(actor, "blocs.manage_term", term)
    with act(actor=actor, at=at) as current:
        years.hold(term.bloc_year)
        _refuse_ended(term)
        if term.stands_in_from is None:
            raise Refused(NOBODY_STANDS_IN)
        since = term.stands_in_from
        revisions.save(term, revision=revision, at=at, stands_in_from=None)
        current.record("stopped_standing_in", term, data={"from": since})
    return term


def name_next(
    *,
    bloc_year: BlocYear,
    agency: Agency,
    role: str,
    stated: str,
    creation_key: uuid.UUID,
    actor: Actor,
    at: dt.datetime,
    behalf_of: str = "",
    on_paper: OnPaper | None = None,
) -> NextLeader:
    """Write whom the meeting chose or proposed to lead the next year; `stated`: in which way ("bầu", "luân phiên").

    A second click finds the first. Raises PermissionError, Refused when the year is closed, the next year has its
    leadership, the agency is no member or named already, or there is a next leader already; ValueError when somebody
    is acted for without a paper.
    """
    _ask(actor, "blocs.name_next_leader", bloc_year)
    paper = papers.receive(on_paper, about=bloc_year, actor=actor)
    with act(actor=actor, at=at) as current:
        years.hold(bloc_year)
        made = NextLeader.objects.filter(bloc_year=bloc_year, creation_key=creation_key).first()
        if made:
            return made
        _refuse_opened(bloc_year)
        _refuse_stranger(bloc_year, agency)
        _refuse_named(bloc_year, agency, role)
        written = papers.write(current, paper)
        named = members.name_next(
            act=current,
            bloc_year=bloc_year,
            agency=agency,
            role=role,
            stated=nfc(stated),
            creation_key=creation_key,
        )
        data = {"agency": agency.pk, "role": role, "next_leader": named.pk}
        current.record("next_leader_named", bloc_year, behalf_of=behalf_of, on_paper=written, data=data)
    return named


def change_next(
    *,
    named: NextLeader,
    role: str,
    stated: str,
    revision: int,
    actor: Actor,
    at: dt.datetime,
    behalf_of: str = "",
    on_paper: OnPaper | None = None,
) -> NextLeader:
    """Write another role or way of choosing; raises what `name_next` raises, and Stale."""
    _ask(actor, "blocs.name_next_leader", named)
    paper = papers.receive(on_paper, about=named.bloc_year, actor=actor)
    with act(actor=actor, at=at) as current:
        years.hold(named.bloc_year)
        _refuse_opened(named.bloc_year)
        _refuse_named(named.bloc_year, named.agency, role, besides=named)
        written = papers.write(current, paper)
        revisions.save(named, revision=revision, at=at, role=role, stated=nfc(stated))
        data = {"agency": named.agency_id, "role": role, "next_leader": named.pk}
        current.record("next_leader_changed", named.bloc_year, behalf_of=behalf_of, on_paper=written, data=data)
    return named


def take_back_next(*, named: NextLeader, note: str, actor: Actor, at: dt.datetime) -> None:
    """Take a next leader back before the next year is opened with it: it never became a term, its event stays.

    Raises PermissionError, Refused without a reason, when the year is closed or the next year has its leadership.
    """
    _ask(actor, "blocs.name_next_leader", named)
    if not note.strip():
        raise Refused("Ghi lý do rút tên.")
    with act(actor=actor, at=at) as current:
        years.hold(named.bloc_year)
        _refuse_opened(named.bloc_year)
        data = {"agency": named.agency_id, "role": named.role, "next_leader": named.pk}
        current.record("next_leader_withdrawn", named.bloc_year, note=note.strip(), data=data)
        NextLeader.objects.filter(pk=named.pk).delete()


# --- What every act asks ----------------------------------------------------------------------------------------------


def _ask(actor: Actor, perm: str, subject: object) -> None:
    if not can(actor, perm, subject):
        raise PermissionError(perm)


def _refuse_stranger(bloc_year: BlocYear, agency: Agency) -> None:
    if not bloc_year.memberships.filter(agency=agency, left_on__isnull=True).exists():
        raise Refused(f"“{agency.name}” không phải đơn vị thành viên của khối; ghi vào danh sách đơn vị trước.")
    if agency.ended_on is not None:
        raise Refused(f"“{agency.name}” đã chấm dứt hoạt động ngày {date_short(agency.ended_on)}; chọn đơn vị khác.")


def _refuse_ended(term: LeadershipTerm) -> None:
    if LeadershipTerm.objects.filter(pk=term.pk, ends_on__isnull=False).exists():
        raise Refused(ENDED)


def _refuse_unfit(leader: LeadershipTerm | None, deputy: LeadershipTerm) -> None:
    """Raise Refused unless the deputy is one of this year, in office, and follows a leader where one is given."""
    if leader and (leader.role != LeadershipRole.LEADER or leader.bloc_year_id != deputy.bloc_year_id):
        raise Refused(NOT_DEPUTY)
    if not LeadershipTerm.objects.filter(pk=deputy.pk, role=LeadershipRole.DEPUTY, ends_on__isnull=True).exists():
        raise Refused(NOT_DEPUTY)


def _refuse_opened(bloc_year: BlocYear) -> None:
    opened = next_of(bloc_year)
    if opened and opened.terms.exists():
        raise Refused(OPENED_WITH.format(opened.year.label))


def _refuse_named(bloc_year: BlocYear, agency: Agency, role: str, *, besides: NextLeader | None = None) -> None:
    for row in bloc_year.next_leaders.select_related("name"):
        if besides and row.pk == besides.pk:
            continue
        if row.agency_id == agency.pk:
            raise Refused(f"“{row.name}” đã được ghi là {row.get_role_display()} năm sau; sửa dòng đó.")
        if row.role == role == LeadershipRole.LEADER:
            raise Refused(f"Trưởng khối năm sau đã ghi là “{row.name}”; sửa hoặc rút dòng đó trước.")


# --- Standing in and stepping up --------------------------------------------------------------------------------------


def _stand(current: Act, deputy: LeadershipTerm, day: dt.date, *, revision: int | None = None) -> None:
    """Write from when the deputy stands in; somebody else who does is named in the refusal."""
    others = deputy.bloc_year.terms.filter(ends_on__isnull=True, stands_in_from__isnull=False).exclude(pk=deputy.pk)
    other = others.select_related("name").first()
    if other:
        raise Refused(f"“{other.name}” đang điều hành thay; kết thúc việc điều hành thay đó trước.")
    if deputy.elected_on and day < deputy.elected_on:
        raise Refused(f"Đơn vị được bầu ngày {date_short(deputy.elected_on)}; không điều hành thay trước ngày đó.")
    shown = deputy.revision if revision is None else revision
    revisions.save(deputy, revision=shown, at=current.at, stands_in_from=day)


def _relieve(current: Act, bloc_year: BlocYear) -> int | None:
    """Stop whoever stands in, for there is a leader again; return that term's id."""
    deputy = bloc_year.terms.filter(ends_on__isnull=True, stands_in_from__isnull=False).first()
    if deputy is None:
        return None
    return revisions.save(deputy, revision=deputy.revision, at=current.at, stands_in_from=None).pk


def _step_up(current: Act, deputy: LeadershipTerm, last_day: dt.date) -> dict[str, int]:
    """End the deputy's term and open the leader's on the next day; return both ids for the event."""
    if deputy.elected_on and last_day < deputy.elected_on:
        raise Refused(
            f"“{deputy.name}” được bầu ngày {date_short(deputy.elected_on)}; không lên làm Trưởng khối trước ngày đó."
        )
    reason = "Lên làm Trưởng khối."
    revisions.save(deputy, revision=deputy.revision, at=current.at, ends_on=last_day, end_reason=reason)
    leader = members.elect(
        act=current,
        bloc_year=deputy.bloc_year,
        agency=deputy.agency,
        role=LeadershipRole.LEADER,
        elected_on=last_day + dt.timedelta(days=1),
    )
    _relieve(current, deputy.bloc_year)
    return {"stepped_up": deputy.pk, "leader": leader.pk}
