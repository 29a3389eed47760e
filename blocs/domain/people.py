"""People in bulk: what each row of a list of people would make; the login a name proposes. Pure."""

import datetime as dt
import hashlib
import json
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from enum import StrEnum

from blocs.enums import SeatCapacity, SignsAs
from emulation.core.vietnamese import count2, date_short, fold, nfc

MOST_LETTERS = 12  # of an agency in a proposed login
LONGEST = {"full_name": 150, "title": 150, "phone": 40, "username": 150}
_LOGIN_SIGNS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.@+-_")
_TWO_DIGITS = 2


@dataclass(frozen=True)
class Chair:
    """A seat nobody sits in yet, as a subject of permissions."""

    capacity: str
    agency_id: int | None


@dataclass(frozen=True)
class PersonRow:
    """A row of the file as it was typed; `formulas` names the headings of cells that hold a formula."""

    number: int
    agency: str = ""
    full_name: str = ""
    title: str = ""
    capacity: str = ""
    signs_as: str = ""
    phone: str = ""
    username: str = ""
    formulas: tuple[str, ...] = ()


@dataclass(frozen=True)
class AgencyFact:
    """An agency a row may mean; `ended_on`: its last day, when it is no more."""

    pk: int
    name: str
    code: str
    ended_on: dt.date | None = None


@dataclass(frozen=True)
class PersonFact:
    """An account a row may mean, with its seats that have not ended; whether the actor may manage it."""

    pk: int
    username: str
    full_name: str
    chairs: frozenset[Chair]
    is_manageable: bool


@dataclass(frozen=True)
class People:
    """What is known before the file: agencies, accounts that may be meant, every login, what the actor may give."""

    agencies: Sequence[AgencyFact]
    accounts: Sequence[PersonFact]
    logins: frozenset[str]
    may_seat: Callable[[str, int], bool]


class RowKind(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    SEAT = "seat"
    SAME = "same"
    WRONG = "wrong"


@dataclass(frozen=True)
class RowVerdict:
    """What one row would make. `user_id` is the account it adds a seat to, 0 for one this file makes."""

    number: int
    kind: RowKind
    said: str
    full_name: str
    agency_id: int = 0
    agency: str = ""
    capacity: str = ""
    signs_as: str = ""
    title: str = ""
    phone: str = ""
    username: str = ""
    user_id: int = 0


def digest(verdicts: Iterable[RowVerdict]) -> str:
    """Return what tells two examinations apart."""
    text = json.dumps([astuple(verdict) for verdict in verdicts], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def counts(verdicts: Iterable[RowVerdict]) -> dict[RowKind, int]:
    """Return how many rows are of each kind."""
    found = Counter(verdict.kind for verdict in verdicts)
    return {kind: found[kind] for kind in RowKind}


def propose_login(full_name: str, agency: str, taken: Callable[[str], bool]) -> str:
    """Return a login nobody has: the agency's letters, then given name and initials ("stc.lannt").

    `agency`: its code or name; of a name the initials are taken. Somebody else's login gets a number added.
    """
    words = _plain(full_name).split()
    given = (words[-1:] or ["nguoidung"])[0] + "".join(word[0] for word in words[:-1])
    stem = ".".join(part for part in (_letters(agency), given) if part)
    return next(login for login in _numbered(stem) if not taken(login))


def _numbered(stem: str) -> Iterable[str]:
    yield stem
    number = 2
    while True:
        yield f"{stem}{number}"
        number += 1


def _letters(agency: str) -> str:
    words = _plain(agency).split()
    is_code = any(char.isdigit() for char in agency) or len(words) == 1
    return ("".join(words) if is_code else "".join(word[0] for word in words))[:MOST_LETTERS]


def _plain(text: str) -> str:
    """Return ASCII words in lower case; unlike a search key, "y" stays."""
    bare = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    bare = "".join(char for char in bare if not unicodedata.combining(char))
    return " ".join("".join(char if char.isascii() and char.isalnum() else " " for char in bare).split())


def _words_of(choices: Iterable[tuple[str, str]], more: Mapping[str, str]) -> dict[str, str]:
    found = {fold(label): value for value, label in choices}
    return {**{fold(word): value for word, value in more.items()}, **found}


CAPACITIES = _words_of(
    [(value, label) for value, label in SeatCapacity.choices if value in {"officer", "account_manager", "signer"}],
    {"Đầu mối": "officer", "Người quản lý tài khoản": "account_manager", "Người ký": "signer"},
)
SIGNS_AS = _words_of(
    SignsAs.choices, {"KT.": "kt", "Ký thay": "kt", "Q.": "q", "Quyền": "q", "TUQ.": "tuq", "Thừa ủy quyền": "tuq"}
)


class _Wrong(Exception):
    """A row cannot be brought in; the message says why and what to do."""


def examine(rows: Sequence[PersonRow], people: People) -> list[RowVerdict]:
    """Return what each row would make, in the order of the file.

    A person is the same by agency, name without accents, and capacity; who only looks the same waits for a human.
    """
    return _Examiner(people).all(rows)


class _Examiner:
    def __init__(self, people: People) -> None:
        self.people = people
        self.by_code = {fold(agency.code): agency for agency in people.agencies if agency.code}
        self.by_name: dict[str, list[AgencyFact]] = {}
        for agency in people.agencies:
            self.by_name.setdefault(fold(agency.name), []).append(agency)
        self.by_login = {account.username.lower(): account for account in people.accounts}
        self.taken = set(people.logins)
        # Rows of this file that make an account or a seat: by person, and by person and capacity.
        self.made: dict[tuple[int, str], RowVerdict] = {}
        self.seated: dict[tuple[int, str, str], RowVerdict] = {}

    def all(self, rows: Sequence[PersonRow]) -> list[RowVerdict]:
        """Examine the rows; logins typed by hand come before those proposed, so that no proposal takes one away."""
        typed = {nfc(row.username).lower() for row in rows if row.username}
        self.taken |= typed - {""}
        self.typed: set[str] = set()
        return [self._row(row) for row in rows]

    def _row(self, row: PersonRow) -> RowVerdict:
        try:
            return self._examine(row)
        except _Wrong as wrong:
            return RowVerdict(row.number, RowKind.WRONG, str(wrong), nfc(row.full_name), agency=nfc(row.agency))

    def _examine(self, row: PersonRow) -> RowVerdict:
        if row.formulas:
            raise _Wrong(f"Ô “{row.formulas[0]}” là công thức; dán giá trị thay cho công thức.")
        for key, most in LONGEST.items():
            if len(nfc(getattr(row, key))) > most:
                raise _Wrong(f"Có ô dài quá {most} ký tự; viết ngắn lại.")
        agency, full_name, title = self._agency(row), nfc(row.full_name), nfc(row.title)
        if not full_name:
            raise _Wrong("Chưa ghi họ và tên.")
        capacity, signs_as = _capacity(row)
        if not title:
            raise _Wrong("Chưa ghi chức danh, ví dụ: Chuyên viên, Phó Giám đốc.")
        if not self.people.may_seat(capacity, agency.pk):
            raise _Wrong(self._why_not(capacity, agency))
        said = RowVerdict(
            row.number, RowKind.NEW, "", full_name, agency.pk, agency.name, capacity, signs_as, title, nfc(row.phone)
        )
        return self._person(said, nfc(row.username).lower())

    def _why_not(self, capacity: str, agency: AgencyFact) -> str:
        if self.people.may_seat(SeatCapacity.OFFICER, agency.pk):
            words = SeatCapacity(capacity).label
            return f"“{words}” do cơ quan thường trực cấp; liên hệ cơ quan thường trực."
        return f"“{agency.name}” không thuộc phạm vi ông/bà quản lý tài khoản; xóa dòng này."

    def _agency(self, row: PersonRow) -> AgencyFact:
        word = nfc(row.agency)
        if not word:
            raise _Wrong("Chưa ghi đơn vị; ghi mã định danh hoặc tên đúng như trong hệ thống.")
        found = self.by_code.get(fold(word))
        bearing = self.by_name.get(fold(word), [])
        # A successor may bear the name of one it took in; of those that are no more nobody needs an account.
        named = [agency for agency in bearing if agency.ended_on is None] or bearing[-1:]
        if found is None and len(named) > 1:
            raise _Wrong(f"Có {count2(len(named))} đơn vị cùng tên “{word}”; ghi mã định danh thay cho tên.")
        if found is None and not named:
            raise _Wrong(f"Không có đơn vị nào có mã hoặc tên “{word}”; đối chiếu với danh sách đơn vị.")
        agency = found or named[0]
        if agency.ended_on is not None:
            day = date_short(agency.ended_on)
            raise _Wrong(f"“{agency.name}” đã chấm dứt hoạt động, đến hết ngày {day}; ghi đơn vị đang hoạt động.")
        return agency

    def _person(self, said: RowVerdict, login: str) -> RowVerdict:
        name = fold(said.full_name)
        earlier = self.seated.get((said.agency_id, name, said.capacity))
        if earlier:
            return _become(said, RowKind.SAME, f"Trùng với dòng {earlier.number} của tệp.", username=earlier.username)
        here = [
            account for account in self.people.accounts
            if fold(account.full_name) == name and any(chair.agency_id == said.agency_id for chair in account.chairs)
        ]  # fmt: skip
        there = [account for account in here if Chair(said.capacity, said.agency_id) in account.chairs]
        if there:
            self._same_name(said, there[0])
            return _become(said, RowKind.SAME, "Đã có, giữ nguyên.", username=there[0].username)
        if login and login in self.by_login:
            account = self.by_login[login]
            if fold(account.full_name) != name:
                raise _Wrong(f"Tên đăng nhập “{login}” đã có người dùng; để trống ô này hoặc chọn tên khác.")
            return self._seat(said, account)
        of_file = self.made.get((said.agency_id, name))
        if of_file and login in {"", of_file.username}:
            return self._keep(_become(
                said, RowKind.SEAT, f"Thêm vị trí cho tài khoản của dòng {of_file.number}.", username=of_file.username
            ))  # fmt: skip
        if not login and here:
            if len(here) > 1:
                raise _Wrong("Đơn vị có nhiều người trùng tên; ghi tên đăng nhập của người được thêm vị trí.")
            return self._seat(said, here[0])
        return self._new(said, login)

    def _seat(self, said: RowVerdict, account: PersonFact) -> RowVerdict:
        self._same_name(said, account)
        if not account.is_manageable:
            raise _Wrong(
                f"Tài khoản “{account.username}” không do ông/bà quản lý; đề nghị cơ quan thường trực thêm vị trí."
            )
        words = f"Thêm vị trí cho tài khoản “{account.username}” đã có."
        return self._keep(_become(said, RowKind.SEAT, words, username=account.username, user_id=account.pk))

    def _same_name(self, said: RowVerdict, account: PersonFact) -> None:
        """Refuse to take Hùng for Hưng."""
        if nfc(account.full_name).casefold() != said.full_name.casefold():
            raise _Wrong(
                f"Trùng tên không dấu với “{account.full_name}” ({account.username}). Nếu là một người, sửa lại tên "
                "trong tệp; nếu là người khác, thêm bằng trang “Thêm người”."
            )

    def _new(self, said: RowVerdict, login: str) -> RowVerdict:
        if login:
            if not set(login) <= _LOGIN_SIGNS:
                raise _Wrong("Tên đăng nhập chỉ gồm chữ không dấu, chữ số, dấu chấm, gạch nối.")
            if login in self.people.logins or login in self.typed:
                raise _Wrong(f"Tên đăng nhập “{login}” đã có người dùng; để trống ô này hoặc chọn tên khác.")
            self.typed.add(login)
        else:
            fact = next(agency for agency in self.people.agencies if agency.pk == said.agency_id)
            login = propose_login(said.full_name, fact.code or fact.name, self.taken.__contains__)
            self.taken.add(login)
        made = _become(said, RowKind.NEW, f"Tài khoản mới “{login}”.", username=login)
        self.made[made.agency_id, fold(made.full_name)] = made
        return self._keep(made)

    def _keep(self, verdict: RowVerdict) -> RowVerdict:
        self.seated[verdict.agency_id, fold(verdict.full_name), verdict.capacity] = verdict
        return verdict


def _become(said: RowVerdict, kind: RowKind, words: str, *, username: str = "", user_id: int = 0) -> RowVerdict:
    return RowVerdict(
        said.number, kind, words, said.full_name, said.agency_id, said.agency, said.capacity, said.signs_as,
        said.title, said.phone, username, user_id,
    )  # fmt: skip


def _capacity(row: PersonRow) -> tuple[str, str]:
    """Return capacity and signing words; a signer who does not say how signs as the head would."""
    word, signing = nfc(row.capacity), nfc(row.signs_as)
    capacity = CAPACITIES.get(fold(word))
    if capacity is None:
        known = ", ".join(f"“{SeatCapacity(value).label}”" for value in dict.fromkeys(CAPACITIES.values()))
        raise _Wrong(f"Tư cách “{word}” không có; ghi một trong: {known}.")
    if capacity != SeatCapacity.SIGNER:
        if signing:
            raise _Wrong("Chỉ người ký mới ghi “Ký với tư cách”; để trống ô này.")
        return capacity, ""
    signs_as = SIGNS_AS.get(fold(signing))
    if signs_as is None:
        raise _Wrong("Người ký phải ghi “Ký với tư cách”: " + ", ".join(label for _, label in SignsAs.choices) + ".")
    return capacity, signs_as
