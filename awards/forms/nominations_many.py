"""Forms that make many nominations in one act: a pasted list, what a bloc agreed on."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField

from awards.domain.pasted import MOST_LINES, PastedLine, agencies_meant, parse, twins
from awards.domain.persons import who
from awards.forms.nominations import RowField, settled
from awards.models import Person
from awards.queries import nominations_choices as offer
from awards.queries.nominations_from import Agreed, Candidate
from awards.queries.persons import Key, key_of, known_persons, namesakes
from awards.services.nominations import PastedPick, Picked
from awards.services.persons import PersonSaid
from blocs.models import Agency, EmulationYear
from emulation.core.forms import KeyField

UNKNOWN_AGENCY = "Không thấy đơn vị “{}”. Sửa lại cho đúng tên trong danh sách Đơn vị rồi bấm “Xem trước lại”."


@dataclass(frozen=True)
class Matched:
    """A line of the list with what it was taken for, and the boxes to say it where that is in doubt.

    `look`, `word`: how sure it is. `problem`: why it cannot be taken as it stands, "" when it can.
    """

    line: PastedLine
    agency: Agency | None
    known: Person | None
    look: str
    word: str
    problem: str
    agency_box: BoundField | None
    person_box: BoundField | None


class PasteForm(forms.Form):
    """A pasted list: award, kind, merit once; the names one a line. It is previewed until nothing is in doubt."""

    creation_key = KeyField()
    text = forms.CharField(
        label="Danh sách",
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text="Mỗi dòng: họ tên, chức vụ, đơn vị. Dán từ Word, Excel đều được; dòng chỉ có tên đơn vị là tập thể",
        error_messages={"required": "Dán danh sách, mỗi dòng: họ tên, chức vụ, đơn vị."},
    )
    award = RowField(label="Danh hiệu, hình thức")
    commendation = RowField(label="Loại hình khen thưởng", empty="Không ghi", required=False)
    year = RowField(label="Năm thi đua")
    merit = forms.CharField(
        label="Câu ghi thành tích", max_length=500, required=False, help_text="In sau “Đã có thành tích”; ghi một lần"
    )

    def __init__(self, *args: Any, year: EmulationYear | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        awards = offer.awards_for()
        self._offer("award", awards, offer.grouped(awards, "Chọn danh hiệu, hình thức"))
        self._offer("commendation", offer.commendations())
        years = offer.open_years()
        self._offer("year", years)
        self.fields["year"].initial = next((row for row in years if row == year), None)
        self.matched: list[Matched] = []

    def _offer(self, name: str, rows: Any, choices: Any = None) -> None:
        field = self.fields[name]
        assert isinstance(field, RowField)  # noqa: S101 - of this form
        field.offer(rows, choices)

    def clean_text(self) -> str:
        """Return the text; raises ValidationError when it holds no name, or too many."""
        text = str(self.cleaned_data["text"])
        self.lines = parse(text)
        if not self.lines:
            raise ValidationError("Danh sách chưa có dòng nào đọc được; mỗi dòng: họ tên, chức vụ, đơn vị.")
        if len(self.lines) > MOST_LINES:
            raise ValidationError(f"Mỗi lần dán tối đa {MOST_LINES} dòng; chia danh sách thành nhiều lần.")
        return text

    def clean(self) -> dict[str, Any]:
        """Match every line; the boxes of those in doubt become fields of the form."""
        said = super().clean() or {}
        if "text" in said:
            self._match()
        return said

    def _match(self) -> None:
        agencies = offer.known_agencies()
        names = offer.names_of(agencies.values())
        meant = {line.number: self._agency(line, agencies, names) for line in self.lines}
        known = known_persons(
            key_of(line.person, found.pk) for line in self.lines if line.person and (found := meant[line.number])
        )
        again = twins(self.lines)
        self.matched = [self._matched(line, meant[line.number], known, again.get(line.number)) for line in self.lines]

    def _agency(self, line: PastedLine, agencies: dict[int, Agency], names: dict[str, list[int]]) -> Agency | None:
        found, is_sure = agencies_meant(line.agency, names)
        if is_sure:
            return agencies[found[0]]
        if not found:
            return None
        box = f"agency_{line.number}"
        near = [(str(pk), _placed(agencies[pk])) for pk in found]
        self.fields[box] = forms.ChoiceField(
            label=f"Đơn vị ở dòng {line.number}", choices=[("", "Chọn đơn vị"), *near], required=False
        )
        chosen = self.data.get(box, "")
        return agencies[int(chosen)] if chosen in {value for value, _ in near} else None

    def _matched(
        self, line: PastedLine, agency: Agency | None, known: dict[Key, list[Person]], twin: int | None
    ) -> Matched:
        box = self[f"agency_{line.number}"] if f"agency_{line.number}" in self.fields else None
        if twin is not None:
            return Matched(line, agency, None, "bad", "Trùng", f"Trùng với dòng {twin}; bỏ một dòng.", box, None)
        if agency is None:
            near = "Chọn đúng đơn vị." if box else UNKNOWN_AGENCY.format(line.agency)
            return Matched(line, None, None, "bad" if not box else "soon", "Chưa rõ đơn vị", near, box, None)
        if not line.person:
            return Matched(line, agency, None, "ok", "Tập thể", "", box, None)
        rows = known.get(key_of(line.person, agency.pk), [])
        meant = who(None, namesakes(rows))
        if meant.candidates:
            return self._doubt(line, agency, rows, box)
        person = next((row for row in rows if row.pk == meant.id), None)
        word, look = ("Đã có", "ok") if person else ("Người mới", "run")
        return Matched(line, agency, person, look, word, "", box, None)

    def _doubt(self, line: PastedLine, agency: Agency, rows: list[Person], agency_box: BoundField | None) -> Matched:
        name, choices = f"person_{line.number}", offer.namesake_choices(rows)
        self.fields[name] = forms.ChoiceField(label=f"Người ở dòng {line.number}", choices=choices, required=False)
        chosen = self.data.get(name, "")
        is_said = bool(chosen) and chosen in {value for value, _ in choices}
        person = next((row for row in rows if str(row.pk) == chosen), None)
        problem = "" if is_said else "Có nhiều người cùng tên trong đơn vị; chọn đúng người."
        word, look = ("Đã chọn", "ok") if is_said else ("Trùng tên", "soon")
        return Matched(line, agency, person, look, word, problem, agency_box, self[name])

    @property
    def problems(self) -> list[Matched]:
        """Return the lines that cannot be taken as they stand."""
        return [row for row in self.matched if row.problem]

    @property
    def digest(self) -> str:
        """Return what the preview was of: what is confirmed must be what was seen."""
        return hashlib.sha256(str(self.cleaned_data.get("text", "")).encode()).hexdigest()[:32]

    @property
    def was_seen(self) -> bool:
        """Whether this very list was previewed."""
        return self.data.get("seen") == self.digest

    def picks(self) -> list[PastedPick]:
        """Return the lines of a valid form without problems."""
        return [PastedPick(row.agency, self._person(row)) for row in self.matched if row.agency]

    def _person(self, row: Matched) -> PersonSaid | None:
        if not row.line.person:
            return None
        said = PersonSaid(row.line.person, row.line.position)
        return settled(said, self.data.get(f"person_{row.line.number}", "") if row.person_box else "")


def _placed(agency: Agency) -> str:
    said = (agency.name, f"thuộc {agency.parent}" if agency.parent else "", agency.place_words)
    return ", ".join(part for part in said if part)


@dataclass(frozen=True)
class CandidateBoxes:
    """A line of what the bloc agreed on: whether it is proposed, for what."""

    candidate: Candidate
    is_picked: BoundField
    award: BoundField


class FromStandingForm(forms.Form):
    """Everything a bloc agreed on in one table: a tick and an award a line; who is not ticked is not proposed.

    `declined`: what the table showed as declined by the bloc; only that is taken up again.
    """

    declined = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, agreed: Agreed, **options: Any) -> None:
        super().__init__(*args, **options)
        self.agreed = agreed
        self.fields["declined"].initial = ",".join(str(pk) for pk in sorted(agreed.declined))
        choices = offer.grouped(agreed.awards, "Chọn danh hiệu, hình thức")
        for row in agreed.candidates:
            self.fields[f"pick_{row.key}"] = forms.BooleanField(
                label=f"Đề nghị: {row.name}", required=False, initial=row.is_proposed
            )
            award = RowField(label=f"Danh hiệu, hình thức: {row.name}", required=False, initial=row.award_id)
            award.offer(agreed.awards, choices)
            self.fields[f"award_{row.key}"] = award

    def lines(self) -> Iterator[CandidateBoxes]:
        """Yield the boxes of each line."""
        for row in self.agreed.candidates:
            yield CandidateBoxes(row, self[f"pick_{row.key}"], self[f"award_{row.key}"])

    def clean_declined(self) -> frozenset[int]:
        """Return the ids."""
        return frozenset(int(pk) for pk in self.cleaned_data["declined"].split(",") if pk.isdecimal())

    def clean(self) -> dict[str, Any]:
        """Ask for the award of each line that is ticked, and for a tick at all."""
        said = super().clean() or {}
        ticked = [row for row in self.agreed.candidates if said.get(f"pick_{row.key}")]
        for row in ticked:
            if not said.get(f"award_{row.key}") and f"award_{row.key}" not in self.errors:
                self.add_error(f"award_{row.key}", "Chọn danh hiệu, hình thức, hoặc bỏ đánh dấu.")
        if not ticked:
            self.add_error(None, "Chưa đánh dấu đơn vị nào; đánh dấu đơn vị khối thống nhất đề nghị.")
        return said

    @property
    def picked(self) -> list[Picked]:
        """Return what a valid form proposes."""
        said = self.cleaned_data
        return [
            Picked(row.agency, said[f"award_{row.key}"], row.place, row.points, row.standing_place)
            for row in self.agreed.candidates
            if said[f"pick_{row.key}"]
        ]


class DeclineForm(forms.Form):
    """What the bloc agreed not to propose: a line of its results, for what, and why."""

    line = forms.ChoiceField(
        label="Đơn vị", error_messages={"required": "Chọn đơn vị.", "invalid_choice": "Chọn lại đơn vị."}
    )
    award = RowField(label="Danh hiệu, hình thức không đề nghị")
    reason = forms.CharField(
        label="Lý do",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Đơn vị đọc được; in trong trích biên bản họp của khối",
        error_messages={"required": "Ghi lý do khối không đề nghị."},
    )

    def __init__(self, *args: Any, agreed: Agreed, line: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.candidates = {row.key: row for row in agreed.candidates}
        fields: dict[str, Any] = dict(self.fields)
        fields["line"].choices = [("", "Chọn đơn vị"), *((key, row.name) for key, row in self.candidates.items())]
        fields["award"].offer(agreed.awards, offer.grouped(agreed.awards, "Chọn danh hiệu, hình thức"))
        if line in self.candidates:
            fields["line"].initial, fields["award"].initial = line, self.candidates[line].award_id

    @property
    def picked(self) -> Picked:
        """Return the line of a valid form."""
        row, award = self.candidates[self.cleaned_data["line"]], self.cleaned_data["award"]
        return Picked(row.agency, award, row.place, row.points, row.standing_place)
