"""Which agency a row means; pure. By code, else by folded name and locality, else a doubt that a human settles.

An agency whose locality no source states is only ever the same within its own bloc.
"""

import datetime as dt
import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from blocs.enums import UNSTATED_LOCALITY
from emulation.core.vietnamese import fold
from emulation.desk.domain.sheets import OWN_LOCALITY

Key = tuple[str, ...]
_NEAR = 0.92  # one letter off in a name of a dozen


@dataclass(frozen=True)
class AgencyFact:
    """An agency as it stands. `names` are folded, every one it ever bore; `locality` is "" for this province.

    `ended_on` is its last day, when it is no more.
    """

    id: int
    name: str
    names: frozenset[str]
    code: str = ""
    locality: str = ""
    kind: str = ""
    parent_id: int | None = None
    ended_on: dt.date | None = None


@dataclass(frozen=True)
class Wanted:
    """What a row says of its agency, as typed."""

    name: str
    code: str = ""
    locality: str = ""
    parent: str = ""

    @property
    def key(self) -> Key:
        """Return what makes two rows speak of the same agency."""
        return (fold(self.code), fold(self.name), fold(self.locality), fold(self.parent))


@dataclass(frozen=True)
class Found:
    """The agency meant: a known one, or a new one (`id` is None) that `key` tells from other new ones."""

    id: int | None
    key: Key
    name: str
    locality: str = ""
    code: str = ""
    parent: "Found | None" = None
    note: str = ""


@dataclass(frozen=True)
class Doubt:
    """A human must say which agency is meant; `candidates` are ids."""

    sentence: str
    candidates: tuple[int, ...] = ()


Match = Found | Doubt


@dataclass(frozen=True)
class Home:
    """Where the bloc is: folded names of this province, the bloc's locality as worded, agencies it has dealt with."""

    own: frozenset[str]
    locality: str
    linked: frozenset[int]

    def read(self, text: str) -> str:
        """Return the locality a cell names: "" for this province, the one spelling of "không nêu", else the words."""
        plain = fold(text)
        if not plain or plain == fold(OWN_LOCALITY) or plain in self.own:
            return ""
        return UNSTATED_LOCALITY if plain == fold(UNSTATED_LOCALITY) else text


class Register:
    """The agencies one workbook may mean. It learns the members row by row, for the other sheets speak of members."""

    def __init__(
        self, facts: Iterable[AgencyFact], *, home: Home, members: Iterable[int], choices: Mapping[Key, int | None]
    ) -> None:
        self._facts = {fact.id: fact for fact in facts}
        self._home = home
        self._choices = choices
        self._named: dict[str, list[AgencyFact]] = {}  # by each folded name
        for fact in self._facts.values():
            for name in fact.names:
                self._named.setdefault(name, []).append(fact)
        self._coded = {fact.code: fact for fact in self._facts.values() if fact.code}
        self._members: list[Match] = []
        self._members_named: dict[str, list[tuple[str, str, Match]]] = {}  # folded name → locality, code, which
        for fact in (self._facts[agency] for agency in members):
            self._enlist(fact.names, fact.locality, fact.code, self._known(fact))

    def fact(self, agency_id: int) -> AgencyFact:
        """Return what is known of an agency."""
        return self._facts[agency_id]

    def member(self, wanted: Wanted) -> Match:
        """Return which agency a row of the member list means, and remember it."""
        match = self._match(wanted)
        self._learn(wanted, match)
        return match

    def mention(self, wanted: Wanted) -> Match:
        """Return which agency a row of another sheet means: a member, or where no members are listed, any agency."""
        chosen = self._chosen(wanted)
        if chosen:
            return chosen
        if wanted.parent:
            return self._unit(wanted)
        if not self._members:
            return self._match(wanted)
        hits = self._among_members(wanted)
        if len(hits) == 1:
            return hits[0]
        if hits:
            return Doubt(f"Có {len(hits)} đơn vị thành viên cùng tên “{wanted.name}”; chọn một đơn vị.", _ids(hits))
        return self._outside_the_list(wanted)

    def _match(self, wanted: Wanted) -> Match:
        chosen = self._chosen(wanted)
        if chosen:
            return chosen
        if wanted.code in self._coded:
            return self._checked(self._coded[wanted.code], wanted)
        match = self._by_name(wanted)
        known = self._facts[match.id] if isinstance(match, Found) and match.id else None
        if known and wanted.code and known.code:
            return Doubt(f"“{known.name}” đã có mã {known.code}, tệp ghi mã {wanted.code}; chọn đơn vị.", (known.id,))
        return match

    def _chosen(self, wanted: Wanted) -> Found | None:
        if wanted.key not in self._choices:
            return None
        chosen = self._choices[wanted.key]
        if chosen is not None:
            return self._known(self._facts[chosen])
        if not wanted.parent:
            return self._new(wanted)
        parent = self.mention(Wanted(name=wanted.parent, locality=wanted.locality))
        return replace(self._new(wanted), parent=parent) if isinstance(parent, Found) else self._new(wanted)

    def _checked(self, fact: AgencyFact, wanted: Wanted) -> Match:
        """Return the agency of the code, if name and locality do not speak against it."""
        other_name = fold(wanted.name) not in fact.names
        other_place = wanted.locality and fold(self._home.read(wanted.locality)) != fold(fact.locality)
        if not other_name and not other_place:
            return self._known(fact, wanted)
        same = tuple(row.id for row in self._named.get(fold(wanted.name), []) if row.id != fact.id)
        what = "tên" if other_name else "địa phương"
        return Doubt(f"Mã {wanted.code} là của “{fact.name}”, {what} trong tệp khác; chọn đơn vị.", (fact.id, *same))

    def _by_name(self, wanted: Wanted) -> Match:
        named = self._named.get(fold(wanted.name), [])
        near = [fact for fact in named if fact.id in self._home.linked]
        where = wanted.locality or self._home.locality
        if where:
            place = self._home.read(where)
            pool = near if place == UNSTATED_LOCALITY else named
            return self._one_of([row for row in pool if fold(row.locality) == fold(place)], wanted)
        here = near or [row for row in named if not row.locality]
        elsewhere = [row for row in named if row.locality != UNSTATED_LOCALITY]
        if here or not elsewhere:
            return self._one_of(here, wanted)
        sentence = f"Đã có “{wanted.name}” ở địa phương khác; chọn đơn vị, hoặc ghi cột Địa phương rồi tải lại."
        return Doubt(sentence, tuple(row.id for row in elsewhere))

    def _one_of(self, rows: list[AgencyFact], wanted: Wanted) -> Match:
        whole = [row for row in rows if row.parent_id is None] or rows
        if len(whole) == 1:
            return self._known(whole[0], wanted)
        if whole:
            ids = tuple(row.id for row in whole)
            return Doubt(f"Có {len(whole)} đơn vị cùng tên “{wanted.name}”; chọn một đơn vị.", ids)
        return self._new(wanted)

    def _unit(self, wanted: Wanted) -> Match:
        """Return the unit of an agency; units are known below their agency only."""
        parent = self.mention(Wanted(name=wanted.parent, locality=wanted.locality))
        if isinstance(parent, Doubt):
            return parent
        units = [
            row
            for row in self._named.get(fold(wanted.name), [])
            if parent.id is not None and row.parent_id == parent.id
        ]
        if len(units) == 1:
            return self._known(units[0], wanted)
        return replace(self._new(wanted), locality=parent.locality, parent=parent)

    def _among_members(self, wanted: Wanted) -> list[Match]:
        code = fold(wanted.code)
        where = fold(self._home.read(wanted.locality)) if wanted.locality else None
        found: list[Match] = []
        for locality, member_code, match in self._members_named.get(fold(wanted.name), []):
            same_code = not code or not member_code or code == member_code
            if same_code and where in {None, locality} and match not in found:
                found.append(match)
        return found

    def _outside_the_list(self, wanted: Wanted) -> Match:
        match = self._by_name(wanted)
        if isinstance(match, Found) and match.id in self._home.linked:
            return match
        exact = (match.id,) if isinstance(match, Found) and match.id else ()
        return Doubt(
            f"“{wanted.name}” không có trong danh sách thành viên; chọn đơn vị, hoặc sửa tên cho khớp rồi tải lại.",
            tuple(dict.fromkeys((*exact, *_ids(self._members)))),
        )

    def _learn(self, wanted: Wanted, match: Match) -> None:
        names = frozenset({fold(wanted.name)})
        if isinstance(match, Found) and match.id:
            names |= self._facts[match.id].names
        place = match.locality if isinstance(match, Found) else self._home.read(wanted.locality or self._home.locality)
        self._enlist(names, place, wanted.code, match)

    def _enlist(self, names: Iterable[str], locality: str, code: str, match: Match) -> None:
        self._members.append(match)
        for name in names:
            self._members_named.setdefault(name, []).append((fold(locality), fold(code), match))

    def _known(self, fact: AgencyFact, wanted: Wanted | None = None) -> Found:
        note = f"khớp với “{fact.name}”" if wanted and wanted.name != fact.name else ""
        return Found(fact.id, (str(fact.id),), fact.name, fact.locality, fact.code, note=note)

    def _new(self, wanted: Wanted) -> Found:
        place = self._home.read(wanted.locality or self._home.locality)
        key = (fold(wanted.name), fold(place), fold(wanted.parent))
        return Found(None, key, wanted.name, place, wanted.code, note=self._near(wanted, place))

    def _near(self, wanted: Wanted, place: str) -> str:
        """Return a warning when a known name of the same locality differs by a letter or so."""
        pool = {name: fact for fact in self._facts.values() if fact.locality == place for name in fact.names}
        close = difflib.get_close_matches(fold(wanted.name), list(pool), n=1, cutoff=_NEAR)
        return f"gần giống “{pool[close[0]].name}”; nếu là một thì sửa tên" if close else ""


def _ids(matches: Iterable[Match]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(row.id for row in matches if isinstance(row, Found) and row.id is not None))
