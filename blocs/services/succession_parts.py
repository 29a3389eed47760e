"""What a change of agencies touches in this app, and how each choice is carried out.

Every part ends the row of the old agency on its last day and writes a new one for whoever takes over. Rows of closed
bloc years are never listed; nor are members of years that were over by then, whose papers stay as they are.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet, Value

from blocs.domain.handover import HANDOVER
from blocs.enums import (
    BlocYearState,
    HandoverState,
    LeadershipRole,
    PaperState,
    StandingState,
    SuccessionKind,
)
from blocs.models import (
    Agency,
    AgencyName,
    AgencySuccession,
    Handover,
    LeadershipTerm,
    Membership,
    NextLeader,
    Place,
    ReportedPlace,
    ReportedResult,
    Seat,
    Signature,
    SuccessionParty,
    TargetValue,
)
from blocs.queries.succession import EVERY, KEEP, Plan, plan_of, to
from blocs.services import agencies
from emulation.core import revisions
from emulation.core.audit import Act
from emulation.core.errors import Refused
from emulation.core.models import label_of
from emulation.core.registry import SuccessionPart, Touched
from emulation.core.transitions import move
from emulation.core.vietnamese import count2, date_short

Choice = tuple[str, str]
STAYS: Choice = (KEEP, "Giữ nguyên")
END, RENAME, DROP, MOVE = "end", "rename", "drop", "move"
PASSES_ON = frozenset({SuccessionKind.MERGE, SuccessionKind.SPLIT, SuccessionKind.DISSOLVE})


# --- What the parts share ---------------------------------------------------------------------------------------------


def _since(field: str, day: dt.date) -> Q:
    """Keep rows that had no end, or one on that day or later."""
    return Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": day})


def _last_day(plan: Plan, start: dt.date | None) -> dt.date:
    """Return the last day of an old row; one that began late, before anybody typed the change, ends as it began."""
    return max(start, plan.before) if start else plan.before


def _choices(
    plan: Plan, agency_id: int, said: Callable[[str], str], *others: Choice, every: str = "", keep: str = STAYS[1]
) -> tuple[Choice, ...]:
    """Return passing on to each receiver, the other choices, keeping; keeping comes first for who lives on.

    `every`: the sentence for passing on to all receivers at once, proposed where there are several.
    """
    moves = [(to(party), said(str(party))) for party in plan.receivers(agency_id)]
    if every and len(moves) > 1:
        moves = [(EVERY, every), *moves]
    kept = (KEEP, keep)
    if agency_id in plan.survivors:
        return (kept, *moves, *others)
    return (*moves, *others, kept)


def _ended(plan: Plan) -> Choice:
    return (END, f"Kết thúc ngày {date_short(plan.before)}")


def _new_name(plan: Plan, *, is_proposed: bool) -> tuple[Choice, ...]:
    """Return the choices about a name frozen on a row; the proposal is to leave frozen what is in use."""
    renamed = (RENAME, f"Ghi tên mới “{plan.new[0]}”")
    kept = (KEEP, "Giữ tên khi tham gia")
    return (renamed, kept) if is_proposed else (kept, renamed)


def _bearer(party: SuccessionParty) -> tuple[Agency, AgencyName]:
    """Return the agency that takes over and its name on that day; the act has made it by now."""
    if party.agency is None or party.name is None:
        raise ValueError("the new agency is made before anything is passed on")
    return party.agency, party.name


def _joined(party: SuccessionParty, bloc_year_id: int) -> Membership | None:
    return Membership.objects.filter(bloc_year=bloc_year_id, agency=party.agency, left_on__isnull=True).first()


def _in_order(plan: Plan, rows: Iterable[Touched]) -> list[Touched]:
    return sorted(rows, key=lambda row: plan.order(row.agency_id))


# --- The agencies themselves ------------------------------------------------------------------------------------------


def find_agencies(succession: AgencySuccession) -> list[Touched]:
    """Return what becomes of each old agency; nothing of a transfer, which leaves the agency what it is."""
    plan = plan_of(succession)
    renames = plan.kind == SuccessionKind.RENAME
    said: Choice = (
        (RENAME, f"Đổi tên thành “{plan.new[0]}” từ ngày {date_short(plan.day)}")
        if renames
        else (END, f"Hoạt động đến hết ngày {date_short(plan.before)}")
    )
    named = {party.agency_id: _with_place(party) for party in plan.old}
    return [
        Touched("agencies", label_of(Agency), pk, pk, named[pk], (said,))
        for pk in (plan.touched if renames else plan.ending)
    ]


def _with_place(party: SuccessionParty) -> str:
    """Return an agency with its place, which alone tells two of one name apart."""
    place = party.agency.place_words if party.agency else ""
    return f"{party} ({place})" if place else str(party)


def apply_agencies(act: Act, succession: AgencySuccession, touched: Touched, choice: str) -> str:
    """Write the last day; a new name is there already, for other parts need it."""
    if choice == END:
        agency = Agency.objects.get(pk=touched.agency_id)
        agencies.end(act=act, agency=agency, last_day=plan_of(succession).before)
    return f"{touched.choices[0][1]}."


# --- Memberships ------------------------------------------------------------------------------------------------------


def find_memberships(succession: AgencySuccession) -> list[Touched]:
    """Return the memberships in years that run on or begin later; three queries."""
    plan = plan_of(succession)
    found = (
        Membership.objects.filter(_since("left_on", plan.day), agency__in=plan.touched)
        .exclude(bloc_year__state=BlocYearState.CLOSED)
        .select_related("bloc_year__year", "name")
        .order_by("-bloc_year__year__label", "bloc_year__sort_key", "pk")
    )
    rows = sorted((row for row in found if plan.covers(row.bloc_year)), key=lambda row: plan.order(row.agency_id))
    homes = _homes(plan, rows)
    return [_membership(plan, row, homes) for row in rows]


def _settled(plan: Plan) -> dict[int, set[int]]:
    """Return, by emulation year, the bloc years in which whoever others merge into is a member already; one query."""
    existing = [party.agency_id for party in plan.new if plan.kind == SuccessionKind.MERGE and party.agency_id]
    there = Membership.objects.filter(agency__in=existing, left_on__isnull=True)
    found: dict[int, set[int]] = {}
    for year, bloc_year in there.values_list("bloc_year__year", "bloc_year"):
        found.setdefault(year, set()).add(bloc_year)
    return found


def _homes(plan: Plan, rows: Sequence[Membership]) -> dict[int, set[int]]:
    """Return, by emulation year, the bloc years to which what is merged shall belong: one bloc of the province.

    It is where the successor is a member already, else which one of the old agencies leads, else that of the first.
    """
    leads = LeadershipTerm.objects.filter(agency__in=plan.touched, role=LeadershipRole.LEADER, ends_on__isnull=True)
    led = set(leads.values_list("bloc_year", flat=True))
    homes = _settled(plan)
    for row in sorted(rows, key=lambda row: row.bloc_year_id not in led):
        homes.setdefault(row.bloc_year.year_id, {row.bloc_year_id})
    return homes


def _membership(plan: Plan, row: Membership, homes: dict[int, set[int]]) -> Touched:
    ended = _ended(plan)
    since = f"từ {date_short(plan.day)}, giữ thứ tự và nhóm"
    choices = _choices(
        plan, row.agency_id, lambda name: f"Thay bằng {name} {since}", ended, every=f"Thay bằng các đơn vị mới {since}"
    )
    if plan.kind == SuccessionKind.MERGE and row.bloc_year_id not in homes[row.bloc_year.year_id]:
        choices = (ended, *(choice for choice in choices if choice != ended))
    if plan.kind == SuccessionKind.RENAME:
        choices = _new_name(plan, is_proposed=row.bloc_year.state == BlocYearState.PREPARING)
    elif plan.kind == SuccessionKind.TRANSFER:
        moves = f"{ended[1]}, tham gia {plan.succession.to_bloc_year} từ {date_short(plan.day)}"
        choices = ((MOVE, moves), ended, STAYS)
    title = f"{row.name.full}, thành viên {row.bloc_year}"
    return Touched("memberships", label_of(Membership), row.pk, row.agency_id, title, choices, row.bloc_year_id)


def apply_memberships(act: Act, succession: AgencySuccession, touched: Touched, choice: str) -> str:
    """End the membership and let the successors take its place; raises Refused when one had left that bloc before."""
    plan, row = plan_of(succession), Membership.objects.select_related("name", "bloc_year").get(pk=touched.pk)
    if choice == KEEP:
        return "Giữ nguyên."
    if choice == RENAME:
        name = _bearer(plan.new[0])[1]
        revisions.save(row, revision=row.revision, at=act.at, name=name)
        return f"Ghi tên mới “{name.full}”."
    last = _last_day(plan, row.joined_on)
    revisions.save(row, revision=row.revision, at=act.at, left_on=last)
    said = [f"Kết thúc ngày {date_short(last)}"]
    if choice == MOVE:
        said.append(_move(plan, row))
    said += [_replace(plan, row, party) for party in plan.chosen(row.agency_id, choice)]
    return f"{'; '.join(said)}."


def _replace(plan: Plan, row: Membership, party: SuccessionParty) -> str:
    agency, name = _bearer(party)
    there = Membership.objects.filter(bloc_year=row.bloc_year_id, agency=agency).first()
    if there is not None and there.left_on is None:
        return f"{name.full} đã là thành viên"
    if there is not None:
        raise Refused(
            f"{name.full} đã rời {row.bloc_year.name} ngày {date_short(there.left_on)} nên không thay được; "
            f"chọn “Kết thúc”."
        )
    revisions.insert(
        Membership(
            bloc_year_id=row.bloc_year_id,
            agency=agency,
            name=name,
            subgroup_id=row.subgroup_id,
            position=row.position,
            joined_on=plan.day,
            is_voting=row.is_voting,
            is_scored=row.is_scored,
            is_ranked=row.is_ranked,
            counts_for_quota=row.counts_for_quota,
            also_in=row.also_in,
            note=f"Kế thừa từ {row.name.full}"[:300],
        )
    )
    return f"{name.full} thay từ ngày {date_short(plan.day)}"


def _move(plan: Plan, row: Membership) -> str:
    target = plan.succession.to_bloc_year
    if target is None:
        raise ValueError("only a transfer moves to another bloc")
    if target.is_closed:
        raise Refused(f"{target} đã khóa nên không nhận thêm đơn vị.")
    there = target.memberships.filter(agency=row.agency_id).first()
    if there is not None:
        return f"đã có trong {target}"
    name = agencies.open_name(row.agency)
    last = max(target.memberships.values_list("position", flat=True), default=0)
    revisions.insert(
        Membership(
            bloc_year=target,
            agency_id=row.agency_id,
            name=name,
            position=last + 1,
            joined_on=plan.day,
            is_voting=row.is_voting,
            is_scored=row.is_scored,
            is_ranked=row.is_ranked,
            counts_for_quota=row.counts_for_quota,
            also_in=row.also_in,
        )
    )
    return f"tham gia {target} từ ngày {date_short(plan.day)}"


# --- Leadership -------------------------------------------------------------------------------------------------------


def find_terms(succession: AgencySuccession) -> list[Touched]:
    """Return the terms that run, leaders first; of a year that is over, keeping is proposed. Three queries."""
    plan = plan_of(succession)
    found = (
        LeadershipTerm.objects.filter(_since("ends_on", plan.day), agency__in=plan.touched)
        .exclude(bloc_year__state=BlocYearState.CLOSED)
        .select_related("bloc_year__year", "name")
        .order_by("-role", "-bloc_year__year__label", "bloc_year__sort_key", "pk")
    )
    rows = [row for row in found if succession.to_bloc_year is None or plan.covers(row.bloc_year)]
    deputies = (
        LeadershipTerm.objects.filter(
            bloc_year__in=[row.bloc_year_id for row in rows], role=LeadershipRole.DEPUTY, ends_on__isnull=True
        )
        .exclude(agency__in=plan.touched)
        .select_related("name")
        .order_by("pk")
    )
    of_year: dict[int, list[LeadershipTerm]] = {}
    for term in deputies:
        of_year.setdefault(term.bloc_year_id, []).append(term)
    settled = _settled(plan)
    return [_term(plan, row, of_year.get(row.bloc_year_id, []), settled) for row in rows]


def _term(plan: Plan, row: LeadershipTerm, deputies: list[LeadershipTerm], settled: dict[int, set[int]]) -> Touched:
    role, ended = row.get_role_display(), _ended(plan)
    may = [term for term in deputies if term.stands_in_from is not None] or deputies
    others = [
        (f"deputy:{term.pk}", f"{ended[1]}, Phó Trưởng khối {term.name} điều hành thay")
        for term in may
        if row.role == LeadershipRole.LEADER
    ]
    choices = _choices(plan, row.agency_id, lambda name: f"{name} tiếp tục làm {role}", *others, ended)
    if plan.kind == SuccessionKind.RENAME:
        choices = _new_name(plan, is_proposed=row.bloc_year.state == BlocYearState.PREPARING)
    elif not plan.is_running(row.bloc_year):
        choices = (STAYS, *(choice for choice in choices if choice != STAYS))
    elif row.bloc_year_id not in settled.get(row.bloc_year.year_id, {row.bloc_year_id}):
        # The successor belongs to another bloc, so it is not proposed as this one's leader.
        choices = (*others, ended, *(choice for choice in choices if choice not in {*others, ended}))
    title = f"{row.name.full}, {role} {row.bloc_year}"
    return Touched("terms", label_of(LeadershipTerm), row.pk, row.agency_id, title, choices, row.bloc_year_id)


def apply_terms(act: Act, succession: AgencySuccession, touched: Touched, choice: str) -> str:
    """End the term and let the successor go on in it, or a deputy stand in."""
    plan, row = plan_of(succession), LeadershipTerm.objects.select_related("bloc_year").get(pk=touched.pk)
    if choice == KEEP:
        return "Giữ nguyên."
    if choice == RENAME:
        name = _bearer(plan.new[0])[1]
        revisions.save(row, revision=row.revision, at=act.at, name=name)
        return f"Ghi tên mới “{name.full}”."
    last = _last_day(plan, row.elected_on)
    stood_in = row.stands_in_from is not None
    revisions.save(
        row, revision=row.revision, at=act.at, ends_on=last, end_reason=f"Sắp xếp đơn vị: {succession}"[:300]
    )
    said = [f"Kết thúc ngày {date_short(last)}"]
    if choice.startswith("deputy:"):
        said.append(_stand_in(act, plan, row, int(choice.removeprefix("deputy:"))))
    said += [_go_on(act, plan, row, party, stood_in=stood_in) for party in plan.chosen(row.agency_id, choice)]
    return f"{'; '.join(said)}."


def _stand_in(act: Act, plan: Plan, row: LeadershipTerm, pk: int) -> str:
    deputy = row.bloc_year.terms.select_related("name").get(pk=pk)
    if deputy.stands_in_from is None:
        revisions.save(deputy, revision=deputy.revision, at=act.at, stands_in_from=plan.day)
    return f"{deputy.name.full} điều hành thay Trưởng khối từ ngày {date_short(plan.day)}"


def _go_on(act: Act, plan: Plan, row: LeadershipTerm, party: SuccessionParty, *, stood_in: bool) -> str:
    agency, name = _bearer(party)
    if row.bloc_year.memberships.filter(agency=row.agency_id).exists() and _joined(party, row.bloc_year_id) is None:
        raise Refused(
            f"{name.full} không là thành viên {row.bloc_year} nên không làm {row.get_role_display()} được; "
            f"chọn cách khác ở mục Trưởng khối hoặc mục Thành viên khối."
        )
    there = row.bloc_year.terms.filter(agency=agency, ends_on__isnull=True).first()
    if there is not None:
        if there.role == LeadershipRole.LEADER or row.role == LeadershipRole.DEPUTY:
            return f"{name.full} đang là {there.get_role_display()}"
        last = _last_day(plan, there.elected_on)
        revisions.save(there, revision=there.revision, at=act.at, ends_on=last, end_reason="Tiếp tục làm Trưởng khối")
    revisions.insert(
        LeadershipTerm(
            bloc_year=row.bloc_year,
            agency=agency,
            name=name,
            role=row.role,
            elected_on=plan.day,
            stands_in_from=plan.day if stood_in else None,
        )
    )
    return f"{name.full} làm {row.get_role_display()} từ ngày {date_short(plan.day)}"


def find_next_leaders(succession: AgencySuccession) -> list[Touched]:
    """Return whom meetings named for the next year; one query."""
    plan = plan_of(succession)
    rows = [
        row
        for row in NextLeader.objects.filter(agency__in=plan.touched)
        .exclude(bloc_year__state=BlocYearState.CLOSED)
        .select_related("bloc_year__year", "name")
        .order_by("-role", "-bloc_year__year__label", "pk")
        if plan.covers(row.bloc_year)
    ]
    return [_next_leader(plan, row) for row in rows]


def _next_leader(plan: Plan, row: NextLeader) -> Touched:
    role = f"{row.get_role_display()} năm sau"
    dropped = (DROP, "Bỏ khỏi dự kiến, khối chọn lại")
    choices = _choices(plan, row.agency_id, lambda name: f"{name} là {role}", dropped)
    if plan.kind == SuccessionKind.RENAME:
        choices = _new_name(plan, is_proposed=True)
    title = f"{row.name.full}, {role} của {row.bloc_year}"
    return Touched("next_leaders", label_of(NextLeader), row.pk, row.agency_id, title, choices, row.bloc_year_id)


def apply_next_leaders(act: Act, succession: AgencySuccession, touched: Touched, choice: str) -> str:
    """Name the successor instead. It is an intention, no fact yet, so the row itself changes; the line keeps both."""
    plan, row = plan_of(succession), NextLeader.objects.select_related("bloc_year").get(pk=touched.pk)
    if choice == KEEP:
        return "Giữ nguyên."
    if choice == DROP:
        row.delete()
        return "Bỏ khỏi dự kiến; khối chọn lại."
    parties = plan.new[:1] if choice == RENAME else plan.chosen(row.agency_id, choice)
    agency, name = _bearer(parties[0])
    there = row.bloc_year.next_leaders.filter(agency=agency).exclude(pk=row.pk).first()
    if there is None:
        revisions.save(row, revision=row.revision, at=act.at, agency=agency, name=name)
    else:
        row.delete()
        if row.role == LeadershipRole.LEADER:
            revisions.save(there, revision=there.revision, at=act.at, role=row.role)
    return f"{name.full} là {row.get_role_display()} năm sau."


# --- Handovers --------------------------------------------------------------------------------------------------------


def find_handovers(succession: AgencySuccession) -> list[Touched]:
    """Return the handovers in preparation in which an old agency gives or receives; one query."""
    plan = plan_of(succession)
    if plan.kind == SuccessionKind.TRANSFER:
        return []
    rows = (
        Handover.objects.filter(Q(giver__in=plan.touched) | Q(receiver__in=plan.touched), state=HandoverState.DRAFT)
        .exclude(bloc_year__state=BlocYearState.CLOSED)
        .select_related("bloc_year__year", "giver_name", "receiver_name")
        .order_by("-bloc_year__year__label", "pk")
    )
    return [_handover(plan, row) for row in rows]


def _handover(plan: Plan, row: Handover) -> Touched:
    owner = row.giver_id if row.giver_id in plan.touched else row.receiver_id
    skipped = (DROP, "Ghi nhận không bàn giao")
    choices = _choices(plan, owner, lambda name: f"{name} thay trong biên bản", skipped)
    if plan.kind == SuccessionKind.RENAME:
        choices = _new_name(plan, is_proposed=True)
    elif {row.giver_id, row.receiver_id} <= {*plan.touched, *plan.survivors}:
        choices = (skipped, STAYS)
    title = f"{row}, {row.bloc_year}"
    return Touched("handovers", label_of(Handover), row.pk, owner, title, choices, row.bloc_year_id)


def apply_handovers(act: Act, succession: AgencySuccession, touched: Touched, choice: str) -> str:
    """Put the successor into the record that is being prepared, or write that nothing is handed over."""
    plan, row = plan_of(succession), Handover.objects.select_related("bloc_year").get(pk=touched.pk)
    if choice == KEEP:
        return "Giữ nguyên."
    if choice == DROP:
        move(act, row, HANDOVER, "skip", note=f"{succession}")
        return "Ghi nhận không bàn giao."
    parties = plan.new[:1] if choice == RENAME else plan.chosen(touched.agency_id, choice)
    agency, name = _bearer(parties[0])
    side = "giver" if row.giver_id == touched.agency_id else "receiver"
    other = row.receiver_id if side == "giver" else row.giver_id
    if other == agency.pk:
        move(act, row, HANDOVER, "skip", note=f"{succession}")
        return f"Hai bên là một ({name.full}); ghi nhận không bàn giao."
    revisions.save(row, revision=row.revision, at=act.at, **{side: agency, f"{side}_name": name})
    return f"{name.full} là {'bên giao' if side == 'giver' else 'bên nhận'}."


# --- The covenant -----------------------------------------------------------------------------------------------------


def _members(plan: Plan) -> Q:
    """Keep rows of the old agencies that were members until the day, in bloc years that are not closed."""
    there = Q(membership__agency__in=plan.touched) & _since("membership__left_on", plan.day)
    return there & ~Q(membership__bloc_year__state=BlocYearState.CLOSED)


def find_target_values(succession: AgencySuccession) -> list[Touched]:
    """Return the planned values of each old member, together; one query."""
    plan = plan_of(succession)
    if plan.kind not in PASSES_ON:
        return []
    counted = Count("target_values", filter=~Q(target_values__target__covenant__paper__state=PaperState.SUPERSEDED))
    rows = (
        Membership.objects.filter(_since("left_on", plan.day), agency__in=plan.touched)
        .exclude(bloc_year__state=BlocYearState.CLOSED)
        .annotate(value_count=counted)
        .filter(value_count__gt=0)
        .select_related("bloc_year__year", "name")
        .order_by("-bloc_year__year__label", "pk")
    )
    keep = "Giữ của đơn vị cũ, đơn vị mới nhập lại" if plan.new else "Giữ trong giao ước, không chuyển cho ai"
    return _in_order(
        plan,
        (
            Touched(
                "target_values",
                label_of(Membership),
                row.pk,
                row.agency_id,
                f"{count2(row.value_count)} mức kế hoạch của {row.name.full}, {row.bloc_year}",
                _choices(plan, row.agency_id, lambda name: f"Chuyển mức kế hoạch sang {name}", keep=keep),
                row.bloc_year_id,
            )
            for row in rows
            if plan.covers(row.bloc_year)
        ),
    )


def apply_target_values(act: Act, succession: AgencySuccession, touched: Touched, choice: str) -> str:
    """Give the successor the planned values of the old member, which stay beside them; its own are not written over."""
    plan = plan_of(succession)
    row = Membership.objects.get(pk=touched.pk)
    parties = plan.chosen(row.agency_id, choice)
    if not parties:
        return "Giữ nguyên mức của đơn vị cũ."
    party = parties[0]
    there = _joined(party, row.bloc_year_id)
    if there is None:
        return f"Không chuyển: {party} không là thành viên."
    values = list(row.target_values.exclude(target__covenant__paper__state=PaperState.SUPERSEDED).order_by("target"))
    has = set(there.target_values.values_list("target", flat=True))
    made = [
        TargetValue(
            target_id=value.target_id,
            membership=there,
            base=value.base,
            planned=value.planned,
            planned_text=value.planned_text,
            is_assigned=value.is_assigned,
        )
        for value in values
        if value.target_id not in has
    ]
    TargetValue.objects.bulk_create(made)
    kept = len(values) - len(made)
    return f"Chuyển {count2(len(made))} mức sang {party}{f'; {count2(kept)} mức đã có thì giữ' if kept else ''}."


def find_signatures(succession: AgencySuccession) -> list[Touched]:
    """Return the signatures under covenants in force or being signed; they stay. One query."""
    plan = plan_of(succession)
    if plan.kind not in PASSES_ON:
        return []
    rows = (
        Signature.objects.filter(_members(plan), voided_at__isnull=True)
        .exclude(paper__state=PaperState.SUPERSEDED)
        .select_related("paper__bloc_year__year", "membership__name")
        .order_by("-paper__bloc_year__year__label", "pk")
    )
    return [
        Touched(
            "signatures",
            label_of(Signature),
            row.pk,
            row.membership.agency_id,
            f"Chữ ký của {row.membership.name.full} ngày {date_short(row.signed_on)}, {row.paper.bloc_year}",
            ((KEEP, "Giữ nguyên như đã ký"),),
            row.paper.bloc_year_id,
        )
        for row in rows
        if plan.covers(row.paper.bloc_year)
    ]


def stay(_act: Act, _succession: AgencySuccession, touched: Touched, _choice: str) -> str:
    """Leave what stays as it is."""
    return f"{touched.choices[0][1]}."


# --- Standing and results ---------------------------------------------------------------------------------------------


def find_places(succession: AgencySuccession) -> list[Touched]:
    """Return the places of provisional standings; one query."""
    plan = plan_of(succession)
    if plan.kind == SuccessionKind.RENAME:
        return []
    rows = (
        Place.objects.filter(_members(plan), standing__state=StandingState.PROVISIONAL)
        .select_related("standing__bloc_year__year", "membership__name")
        .order_by("-standing__bloc_year__year__label", "pk")
    )
    found = []
    for row in rows:
        if not plan.covers(row.standing.bloc_year):
            continue
        dropped = (DROP, "Bỏ hạng, ghi lý do ở ghi chú")
        choices = _choices(plan, row.membership.agency_id, lambda name: f"Chuyển sang {name}", dropped)
        said = f"hạng {row.place}" if row.place else "chưa có hạng"
        title = f"{row.membership.name.full}, {said} (dự kiến), {row.standing.bloc_year}"
        label, agency = label_of(Place), row.membership.agency_id
        found.append(Touched("places", label, row.pk, agency, title, choices, row.standing.bloc_year_id))
    return _in_order(plan, found)


def apply_places(act: Act, succession: AgencySuccession, touched: Touched, choice: str) -> str:
    """Pass the provisional place on; the row of the old member stays and says where the place went."""
    plan = plan_of(succession)
    row = Place.objects.select_related("standing").get(pk=touched.pk)
    if choice == KEEP:
        return "Giữ nguyên."
    parties = plan.chosen(touched.agency_id, choice)
    if not parties:
        revisions.save(row, revision=row.revision, at=act.at, place=None, points=None, remark=f"{succession}"[:300])
        return "Bỏ hạng dự kiến."
    party = parties[0]
    there = _joined(party, row.standing.bloc_year_id)
    if there is None:
        return f"Không chuyển: {party} không là thành viên."
    moved = f"Chuyển sang {party}"
    if row.standing.places.filter(membership=there).exists():
        said = f"{party} đã có dòng trong kết quả dự kiến; bỏ hạng của đơn vị cũ."
    else:
        said = f"{moved}."
        revisions.insert(
            Place(
                standing=row.standing,
                membership=there,
                place=row.place,
                points=row.points,
                proposal=row.proposal,
                remark=row.remark,
            )
        )
    revisions.save(row, revision=row.revision, at=act.at, place=None, points=None, proposal="", remark=moved[:300])
    return said


def find_results(succession: AgencySuccession) -> list[Touched]:
    """Return how many places and awards are known of each old agency; they stay with it. One query."""
    plan = plan_of(succession)
    if plan.kind not in PASSES_ON:
        return []
    published = Place.objects.exclude(standing__state=StandingState.PROVISIONAL)
    places, awards = Counter[int](), Counter[int]()
    for agency, count, is_award in _counted(
        published.filter(membership__agency__in=plan.touched), "membership__agency"
    ).union(
        _counted(ReportedPlace.objects.filter(agency__in=plan.touched), "agency"),
        _counted(ReportedResult.objects.filter(agency__in=plan.touched), "agency", is_award=1),
        all=True,
    ):
        (awards if is_award else places)[agency] += count
    said = "Giữ tên đơn vị cũ" + ("; trang của đơn vị mới ghi “kế thừa”" if plan.new else "")
    found = []
    for party in plan.old:
        pk = party.agency_id
        if pk not in plan.ending or not pk:
            continue
        if places[pk] or awards[pk]:
            title = f"{party}: {count2(places[pk])} lần xếp hạng, {count2(awards[pk])} kết quả khen thưởng các năm"
            found.append(Touched("results", label_of(Agency), pk, pk, title, ((KEEP, said),)))
    return found


def _counted(rows: "QuerySet[Any]", by: str, *, is_award: int = 0) -> "QuerySet[Any]":
    found: QuerySet[Any] = rows.order_by().values_list(by).annotate(count=Count("pk"), award=Value(is_award))
    return found


# --- People and units -------------------------------------------------------------------------------------------------


def find_seats(succession: AgencySuccession) -> list[Touched]:
    """Return the seats somebody sits in; a rename or a move to another bloc leaves them alone. One query."""
    plan = plan_of(succession)
    if plan.kind not in PASSES_ON:
        return []
    rows = (
        Seat.objects.filter(_since("ends_on", plan.day), agency__in=plan.touched)
        .select_related("user")
        .order_by("capacity", "pk")
    )
    found = [
        Touched(
            "seats",
            label_of(Seat),
            row.pk,
            row.agency_id or 0,
            f"{row.user}, {row.title} ({row.get_capacity_display()})",
            _choices(plan, row.agency_id or 0, lambda name: f"Chuyển sang {name}", _ended(plan)),
        )
        for row in rows
    ]
    return _in_order(plan, found)


def apply_seats(act: Act, succession: AgencySuccession, touched: Touched, choice: str) -> str:
    """End the seat and give the same one at the successor; both are events of their own, for every right follows."""
    plan, row = plan_of(succession), Seat.objects.select_related("user").get(pk=touched.pk)
    if choice == KEEP:
        return "Giữ nguyên."
    until, last = row.ends_on, _last_day(plan, row.starts_on)
    revisions.save(row, revision=row.revision, at=act.at, ends_on=last)
    act.record("seat_ended", row, data={"ends_on": last, "succession": succession.pk})
    said = f"Kết thúc ngày {date_short(last)}"
    for party in plan.chosen(touched.agency_id, choice):
        agency, name = _bearer(party)
        if row.user.seats.filter(capacity=row.capacity, agency=agency, ends_on__isnull=True).exists():
            said += f"; đã có vị trí này ở {name.full}"
            continue
        seat = revisions.insert(
            Seat(
                user=row.user,
                capacity=row.capacity,
                agency=agency,
                title=row.title,
                signs_as=row.signs_as,
                starts_on=max(plan.day, row.starts_on),
                ends_on=until,
            )
        )
        act.record(
            "seat_given",
            seat,
            data={"user": row.user_id, "capacity": row.capacity, "agency": agency.pk, "succession": succession.pk},
        )
        said += f"; chuyển sang {name.full}"
    return f"{said}."


def find_units(succession: AgencySuccession) -> list[Touched]:
    """Return the units under the old agencies; one query."""
    plan = plan_of(succession)
    if plan.kind not in PASSES_ON:
        return []
    freed = (END, "Không còn cấp trên")
    rows = Agency.objects.filter(parent__in=plan.touched, ended_on__isnull=True).in_order()
    found = [
        Touched(
            "units",
            label_of(Agency),
            row.pk,
            row.parent_id or 0,
            row.name,
            _choices(plan, row.parent_id or 0, lambda name: f"Chuyển về {name}", freed),
        )
        for row in rows
    ]
    return _in_order(plan, found)


def apply_units(act: Act, succession: AgencySuccession, touched: Touched, choice: str) -> str:
    """Put the unit under the successor, or under nobody."""
    if choice == KEEP:
        return "Giữ nguyên."
    plan, row = plan_of(succession), Agency.objects.get(pk=touched.pk)
    parties = plan.chosen(touched.agency_id, choice)
    agency = _bearer(parties[0])[0] if parties else None
    if agency == row:
        agency = None
    revisions.save(row, revision=row.revision, at=act.at, parent=agency)
    return f"Chuyển về {agency}." if agency else "Không còn cấp trên."


PARTS = (
    SuccessionPart("agencies", "Đơn vị", 0, find_agencies, apply_agencies),
    SuccessionPart("memberships", "Thành viên khối", 10, find_memberships, apply_memberships),
    SuccessionPart("terms", "Trưởng khối, Phó Trưởng khối", 20, find_terms, apply_terms),
    SuccessionPart("next_leaders", "Lãnh đạo khối năm sau", 30, find_next_leaders, apply_next_leaders),
    SuccessionPart("handovers", "Biên bản bàn giao đang chuẩn bị", 40, find_handovers, apply_handovers),
    SuccessionPart("target_values", "Mức kế hoạch trong giao ước", 50, find_target_values, apply_target_values),
    SuccessionPart("signatures", "Chữ ký giao ước", 60, find_signatures, stay),
    SuccessionPart("places", "Kết quả xếp hạng dự kiến", 70, find_places, apply_places),
    SuccessionPart("results", "Kết quả các năm", 80, find_results, stay),
    SuccessionPart("seats", "Tài khoản, vị trí", 90, find_seats, apply_seats),
    SuccessionPart("units", "Đơn vị trực thuộc", 100, find_units, apply_units),
)
