"""A change of agencies: who stands on which side, what it touches, what was done, and whose history came to whom."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from blocs.domain import succession as words
from blocs.domain.succession import Heir, ancestors, is_over
from blocs.enums import BlocYearState, SuccessionKind, SuccessionSide, SuccessionState
from blocs.models import Agency, AgencySuccession, BlocYear, SuccessionLine, SuccessionParty
from emulation.core.audit import timeline
from emulation.core.filters import search
from emulation.core.models import label_of
from emulation.core.registry import SuccessionPart, Touched, succession_parts
from emulation.core.vietnamese import fold

FOUND_LIMIT = 30
KEEP = "keep"
EVERY = "all"
LOOKS = {SuccessionState.DRAFT: "soon", SuccessionState.DONE: "ok", SuccessionState.CANCELLED: ""}


@dataclass(frozen=True)
class Plan:
    """The two sides of a change of agencies, as the parts read them.

    `day`: the first day of the new order; `before`: the last day of the old one.
    """

    succession: AgencySuccession
    old: tuple[SuccessionParty, ...]
    new: tuple[SuccessionParty, ...]

    @property
    def kind(self) -> str:
        """Return what happens."""
        return self.succession.kind

    @property
    def day(self) -> dt.date:
        """Return the first day of the new order."""
        return self.succession.happened_on

    @property
    def before(self) -> dt.date:
        """Return the last day of the old order."""
        return self.succession.happened_on - dt.timedelta(days=1)

    @property
    def survivors(self) -> frozenset[int]:
        """Return the old agencies that stand on the new side too and so live on."""
        new = {party.agency_id for party in self.new}
        return frozenset(party.agency_id for party in self.old if party.agency_id and party.agency_id in new)

    @property
    def touched(self) -> tuple[int, ...]:
        """Return the old agencies whose objects the change touches, in the order of the page.

        Who takes another in keeps what it has; who lets another go may pass some of it on.
        """
        alive = self.survivors if self.kind == SuccessionKind.MERGE else frozenset()
        return tuple(party.agency_id for party in self.old if party.agency_id and party.agency_id not in alive)

    @property
    def ending(self) -> tuple[int, ...]:
        """Return the agencies that are no more from the day on."""
        if self.kind not in {SuccessionKind.MERGE, SuccessionKind.SPLIT, SuccessionKind.DISSOLVE}:
            return ()
        return tuple(agency for agency in self.touched if agency not in self.survivors)

    def receivers(self, agency_id: int) -> tuple[SuccessionParty, ...]:
        """Return who may take over what is that agency's; nobody where nothing is passed on."""
        if self.kind not in words.NEED_TO:
            return ()
        return tuple(party for party in self.new if party.agency_id is None or party.agency_id != agency_id)

    def chosen(self, agency_id: int, choice: str) -> tuple[SuccessionParty, ...]:
        """Return who takes over by a choice "to:<party>" or "all"."""
        may = self.receivers(agency_id)
        return may if choice == EVERY else tuple(party for party in may if choice == to(party))

    def is_running(self, bloc_year: BlocYear) -> bool:
        """Whether the emulation year of a bloc year (loaded) had not ended by the day."""
        return not is_over(bloc_year.year.label, bloc_year.year.kind, self.day)

    def covers(self, bloc_year: BlocYear) -> bool:
        """Whether the change reaches into a bloc year (year loaded): one still running; of a transfer, those left."""
        target = self.succession.to_bloc_year
        if target is not None:
            return bloc_year.year_id == target.year_id and bloc_year.pk != target.pk
        return self.is_running(bloc_year)

    def order(self, agency_id: int) -> int:
        """Return the place of an old agency on the page."""
        return self.touched.index(agency_id)


def to(party: SuccessionParty) -> str:
    """Return the choice that passes something on to one party."""
    return f"to:{party.pk}"


def plan_of(succession: AgencySuccession) -> Plan:
    """Return the two sides; no query for a succession of `successions()`."""
    return _plan(succession, sorted(succession.parties.all(), key=lambda party: party.pk))


def _plan(succession: AgencySuccession, parties: Sequence[SuccessionParty]) -> Plan:
    return Plan(
        succession,
        tuple(party for party in parties if party.side == SuccessionSide.OLD),
        tuple(party for party in parties if party.side == SuccessionSide.NEW),
    )


def successions() -> QuerySet[AgencySuccession]:
    """Return changes of agencies with their paper and both sides, the latest first; two queries."""
    parties = SuccessionParty.objects.select_related("agency", "name").order_by("pk")
    return (
        AgencySuccession.objects.select_related("paper", "to_bloc_year__year")
        .prefetch_related(Prefetch("parties", parties))
        .order_by("-happened_on", "-pk")
    )


@dataclass(frozen=True)
class Row:
    """A change of agencies as lists show it."""

    row: AgencySuccession
    old: str
    new: str

    @property
    def look(self) -> str:
        """Return the look of its state."""
        return LOOKS[SuccessionState(self.row.state)]


def line_of(succession: AgencySuccession) -> Row:
    """Return a change of agencies with both sides in words; a transfer goes to a bloc."""
    plan = plan_of(succession)
    target = [str(succession.to_bloc_year)] if succession.to_bloc_year else []
    return Row(
        succession, words.joined([str(party) for party in plan.old]),
        words.joined([*(str(party) for party in plan.new), *target]),
    )  # fmt: skip


@dataclass(frozen=True)
class Group:
    """The objects of one part that a change touches."""

    part: SuccessionPart
    objects: tuple[Touched, ...]


def survey(succession: AgencySuccession) -> list[Group]:
    """Ask every registered part which objects are touched; a part asks a constant number of queries."""
    found = [Group(part, tuple(part.find(succession))) for part in succession_parts()]
    return [group for group in found if group.objects]


@dataclass(frozen=True)
class DoneGroup:
    """What was done with the objects of one part."""

    title: str
    lines: tuple[SuccessionLine, ...]


def done(succession: AgencySuccession) -> list[DoneGroup]:
    """Return what was done, part by part as it was kept; one query."""
    titles = {part.name: part.title for part in succession_parts()}
    lines = list(succession.lines.order_by("number"))
    names = dict.fromkeys(line.part for line in lines)
    return [DoneGroup(titles.get(name, "Khác"), tuple(line for line in lines if line.part == name)) for name in names]


@dataclass(frozen=True)
class Told:
    """One line of the history of a change."""

    text: str
    at: dt.datetime
    who: str
    note: str


VERBS = {
    "succession_drafted": "Lập việc sắp xếp",
    "succession_edited": "Sửa việc sắp xếp",
    "succession_done": "Thực hiện sắp xếp",
    "succession_cancelled": "Hủy, không thực hiện",
}


def history(succession: AgencySuccession) -> list[Told]:
    """Return who prepared, did or cancelled it, the latest first; one query."""
    return [
        Told(
            VERBS.get(event.verb, "Cập nhật"),
            event.at,
            ", ".join(part for part in (event.actor_name, event.actor_title) if part),
            event.note,
        )
        for event in timeline(label_of(AgencySuccession), succession.pk)
    ]


def find_agencies(text: str, *, chosen: Sequence[int]) -> list[Agency]:
    """Return the agencies chosen so far, then those still working whose names hold every word typed; one query each."""
    rows = Agency.objects.select_related("parent").own_first()
    kept = list(rows.filter(pk__in=chosen)) if chosen else []
    if not fold(text):
        return kept
    found = search(rows.filter(ended_on__isnull=True).exclude(pk__in=chosen), "", text)[:FOUND_LIMIT]
    return [*kept, *found]


def bloc_years_to_join() -> QuerySet[BlocYear]:
    """Return the bloc years an agency may be moved to: not closed, in an emulation year that is open."""
    return (
        BlocYear.objects.exclude(state=BlocYearState.CLOSED)
        .filter(year__state="open")
        .select_related("year", "bloc")
        .in_order()
    )


@dataclass(frozen=True)
class Change:
    """A change of agencies as the page of one of them tells it."""

    pk: int
    text: str


@dataclass(frozen=True)
class Lineage:
    """What happened to an agency, and whose history came down to it: id → the last name it bore."""

    changes: tuple[Change, ...]
    ancestors: dict[int, str]


def lineage(agency: Agency) -> Lineage:
    """Return the changes of an agency and its ancestors; two queries.

    Every change that was ever done is read at once: a province has some hundred in ten years, and a chain of unknown
    length would otherwise cost a query a link.
    """
    everything = [plan_of(row) for row in successions().filter(state=SuccessionState.DONE)]
    links, names = _links(everything)
    own = [plan for plan in everything if any(party.agency_id == agency.pk for party in (*plan.old, *plan.new))]
    return Lineage(
        changes=tuple(Change(plan.succession.pk, _told(plan, agency.pk)) for plan in own),
        ancestors={pk: names[pk] for pk in ancestors(agency.pk, links)},
    )


def origins(agencies: Iterable[int]) -> dict[int, dict[int, str]]:
    """Return, for each of many agencies, its ancestors with their names, as `lineage` does for one; one query."""
    parties = SuccessionParty.objects.filter(succession__state=SuccessionState.DONE)
    sides: dict[AgencySuccession, list[SuccessionParty]] = defaultdict(list)
    for party in parties.select_related("succession", "agency", "name").order_by("pk"):
        sides[party.succession].append(party)
    links, names = _links([_plan(succession, found) for succession, found in sides.items()])
    return {agency: {pk: names[pk] for pk in ancestors(agency, links)} for agency in agencies}


def _links(plans: Sequence[Plan]) -> tuple[list[Heir], dict[int, str]]:
    """Return who carries on whose history: only what ended is inherited, for who lives on keeps its own."""
    links = []
    names = {}
    for plan in plans:
        if plan.kind in words.NEED_TO:
            for party in plan.old:
                if party.agency_id in plan.ending:
                    links += [Heir(new.agency_id, party.agency_id) for new in plan.new if new.agency_id]
                    names[party.agency_id] = str(party)
    return links, names


def _told(plan: Plan, agency_id: int) -> str:
    sides = [[party for party in side if party.agency_id == agency_id] for side in (plan.old, plan.new)]
    others = [
        [str(party) for party in side if party.agency_id != agency_id or plan.kind == SuccessionKind.RENAME]
        for side in (plan.old, plan.new)
    ]
    paper, target = plan.succession.paper, plan.succession.to_bloc_year
    said = words.sentence(
        plan.kind,
        is_new=bool(sides[1]),
        is_both=all(sides),
        old=others[0],
        new=others[1],
        day=plan.day,
        target=str(target) if target else "",
    )
    return said + (words.on_paper(paper.number, paper.dated_on) if paper else "")
