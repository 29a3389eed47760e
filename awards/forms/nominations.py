"""Forms of nominations: a new one, its content, its files, what it lacks, a hold."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField

from awards.domain.changing import may_change_award
from awards.domain.persons import who
from awards.enums import Route
from awards.models import Nomination, RequiredPaper
from awards.queries import nominations_choices as offer
from awards.queries.persons import key_of, known_persons, namesakes
from awards.services.nominations import BOTH_VOTES, NOT_OWN, FindingSaid, Said
from awards.services.persons import PersonSaid
from blocs.models import Agency, EmulationYear
from emulation.core.access import Actor
from emulation.core.forms import KeyField, StepForm
from emulation.core.vietnamese import fold

OWN, UNIT, PERSONS = "own", "unit", "persons"
KINDS = {OWN: "Tập thể đơn vị", UNIT: "Đơn vị trực thuộc", PERSONS: "Cá nhân"}
ROWS, MOST_ROWS = 3, 60
OLDEST = 1900
_ROUTE_WORDS = {
    Route.VIA_BLOC: "Qua khối",
    Route.DIRECT: "Trình thẳng cơ quan thường trực",
    Route.BOARD: "Cơ quan thường trực lập (đột xuất, chuyên đề)",
    Route.RECORDED: "Đơn vị tự quyết định, chỉ ghi nhận",
}
ONLY_OWN = "Chỉ gồm danh hiệu, hình thức đơn vị tự quyết định"
#: Another route, other awards: the box of awards is fetched anew; without script the answer to the form says it.
_ASK_AWARDS = {
    "hx-get": "",
    "hx-include": "#id_award",
    "hx-select": "#div_id_award",
    "hx-target": "#div_id_award",
    "hx-swap": "outerHTML",
}


class RowField(forms.ChoiceField):
    """A choice whose value is the row that was chosen, None for nothing."""

    def __init__(self, *, label: str, empty: str = "", **options: Any) -> None:
        invalid = {"invalid_choice": "Chọn lại trong danh sách.", "required": f"Chọn {label[0].lower()}{label[1:]}."}
        super().__init__(label=label, error_messages=invalid, **options)
        self.empty = empty
        self.rows: dict[str, Any] = {}

    def offer(self, rows: Sequence[Any], choices: Any = None) -> None:
        """Say what may be chosen."""
        self.rows = {str(row.pk): row for row in rows}
        plain = [(pk, str(row)) for pk, row in self.rows.items()]
        self.choices = choices or ([("", self.empty), *plain] if self.empty else plain)

    def prepare_value(self, value: Any) -> Any:
        """Show a row by its id."""
        return str(value.pk) if hasattr(value, "pk") else value

    def clean(self, value: Any) -> Any:
        """Return the row; raises ValidationError with a sentence."""
        return self.rows.get(str(super().clean(value)))


class ContentForm(forms.Form):
    """What is said of a nomination: the award, why, with how many votes."""

    award = RowField(label="Danh hiệu, hình thức đề nghị")
    commendation = RowField(label="Loại hình khen thưởng", empty="Không ghi", required=False)
    achievement = forms.CharField(
        label="Tóm tắt thành tích", max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    merit = forms.CharField(
        label="Câu ghi thành tích",
        max_length=500,
        required=False,
        help_text="In sau “Đã có thành tích”, ví dụ: xuất sắc trong phong trào thi đua năm 2026",
    )
    votes_for = forms.IntegerField(label="Số phiếu đồng ý", min_value=0, max_value=100_000, required=False)
    votes_of = forms.IntegerField(label="Trên tổng số phiếu", min_value=1, max_value=100_000, required=False)

    def offer_content(self, *, is_person: bool, route: str = "") -> None:
        """Say which awards and kinds may be chosen for such a subject on that route."""
        self.awards = offer.awards_for(is_person=is_person)
        self.offer_awards(route)
        self.row_field("commendation").offer(offer.commendations())

    def offer_awards(self, route: str) -> None:
        """Say which of its awards may be chosen on that route."""
        awards = offer.on_route(self.awards, route)
        field = self.row_field("award")
        field.offer(awards, offer.grouped(awards, "Chọn danh hiệu, hình thức"))
        field.help_text = ONLY_OWN if route == Route.RECORDED else ""

    def row_field(self, name: str) -> RowField:
        """Return a field that offers rows."""
        field = self.fields[name]
        assert isinstance(field, RowField)  # noqa: S101 - of this form
        return field

    def clean(self) -> dict[str, Any]:
        """Ask for both numbers of votes, or none."""
        said = super().clean() or {}
        votes = [said.get(name) for name in ("votes_for", "votes_of")]
        if votes.count(None) == 1 and not {"votes_for", "votes_of"} & set(self.errors):
            self.add_error("votes_for", BOTH_VOTES)
        elif None not in votes and votes[0] > votes[1]:  # type: ignore[operator] # both are numbers
            self.add_error("votes_for", "Số phiếu đồng ý lớn hơn tổng số phiếu; kiểm tra lại.")
        return said


@dataclass(frozen=True)
class PersonRow:
    """The boxes about one person; `chosen` once there are namesakes to choose from."""

    number: int
    name: BoundField
    position: BoundField
    birth_year: BoundField
    chosen: BoundField | None


class NominationForm(ContentForm):
    """A new nomination: of the agency itself, of a unit of it, or of several persons for one award."""

    creation_key = KeyField()
    owner = RowField(label="Đơn vị đề nghị", empty="Chọn đơn vị")
    bloc_year = RowField(label="Khối", empty="Chọn khối", required=False)
    year = RowField(label="Năm thi đua")
    route = forms.ChoiceField(label="Con đường", error_messages={"invalid_choice": "Chọn lại con đường."})
    unit_name = forms.CharField(
        label="Đơn vị trực thuộc",
        max_length=300,
        help_text="Gõ đúng tên; đơn vị chưa có sẽ được thêm vào danh sách đơn vị",
        error_messages={"required": "Ghi tên đơn vị trực thuộc."},
    )

    def __init__(
        self, *args: Any, kind: str, actor: Actor, year: EmulationYear | None = None, rows: int = ROWS, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.kind, self.actor, self.rows = kind, actor, min(max(rows, ROWS), MOST_ROWS)
        self._offer_owner()
        routes = self._routes()
        self.fields["route"].choices = [(route.value, _ROUTE_WORDS[route]) for route in routes]  # type: ignore[attr-defined] # a choice
        self.fields["route"].initial = routes[0].value
        if len(routes) == 1:
            self.fields["route"].widget = forms.HiddenInput()
        elif Route.RECORDED in routes:
            self.fields["route"].widget.attrs |= _ASK_AWARDS
        # What was posted is read against all awards, so that a sentence can name the one the route does not allow.
        self.offer_content(is_person=kind == PERSONS, route="" if self.is_bound else self["route"].value())
        self._offer_time(year)
        if kind != UNIT:
            del self.fields["unit_name"]
        else:
            self.units = offer.unit_names(actor.scope.agency_id)
            self.fields["unit_name"].widget.attrs["list"] = "units"
        if kind == PERSONS:
            self._add_people()

    def _routes(self) -> list[Route]:
        board = [Route.BOARD] if self.actor.scope.is_board else []
        if self.kind == OWN:
            return [Route.VIA_BLOC, *board]
        return [*board, Route.DIRECT, Route.RECORDED]

    def _offer_owner(self) -> None:
        rows = list(offer.proposers(self.actor))
        self.row_field("owner").offer(rows)
        if not self.actor.scope.is_board:
            self.own: Agency | None = rows[0] if rows else None
            del self.fields["owner"]

    def _offer_time(self, year: EmulationYear | None) -> None:
        """Offer the bloc where an agency proposes itself, for that says the year; otherwise the year."""
        years = offer.open_years()
        self.row_field("year").offer(years)
        self.fields["year"].initial = next((row for row in years if row == year), None)
        if self.kind == OWN:
            blocs = offer.open_blocs(self.actor)
            self.row_field("bloc_year").offer(blocs)
            first = next((row for row in blocs if year and row.year_id == year.pk), None)
            self.fields["bloc_year"].initial = first
            if not self.actor.scope.is_board:
                del self.fields["year"]
        else:
            del self.fields["bloc_year"]

    def _add_people(self) -> None:
        for number in range(1, self.rows + 1):
            self.fields |= {
                f"name_{number}": forms.CharField(label=f"Họ và tên {number}", max_length=150, required=False),
                f"position_{number}": forms.CharField(label=f"Chức vụ {number}", max_length=200, required=False),
                f"birth_{number}": forms.IntegerField(
                    label=f"Năm sinh {number}", min_value=OLDEST, max_value=2100, required=False,
                    widget=forms.TextInput(attrs={"inputmode": "numeric"}),
                ),
            }  # fmt: skip

    def people(self) -> Iterator[PersonRow]:
        """Yield the boxes of each person."""
        for number in range(1, self.rows + 1):
            chosen = self[f"chosen_{number}"] if f"chosen_{number}" in self.fields else None
            yield PersonRow(
                number, self[f"name_{number}"], self[f"position_{number}"], self[f"birth_{number}"], chosen
            )  # fmt: skip

    @property
    def proposer(self) -> Agency | None:
        """Return who proposes: the actor's agency, or whom the board chose."""
        return self.cleaned_data.get("owner") if "owner" in self.fields else self.own

    def clean(self) -> dict[str, Any]:
        """Ask for the bloc where one is needed, for at least one person, and who is meant among namesakes."""
        said = super().clean()
        self._clean_award(said)
        if self.kind == OWN and said.get("route") == Route.VIA_BLOC and not said.get("bloc_year"):
            self.add_error("bloc_year", "Chọn khối; đơn vị chưa thuộc khối nào thì liên hệ cơ quan thường trực.")
        if self.kind == PERSONS:
            self._clean_people()
        return said

    def _clean_award(self, said: dict[str, Any]) -> None:
        """Refuse an award the route does not allow, and offer the others."""
        route, award = said.get("route", ""), said.get("award")
        self.offer_awards(route)
        if award is not None and award not in offer.on_route([award], route):
            self.add_error("award", NOT_OWN.format(award, award.conferrer or "cấp trên"))

    def _clean_people(self) -> None:
        typed = self._typed()
        if not typed and not any(f"name_{number}" in self.errors for number in range(1, self.rows + 1)):
            self.add_error("name_1", "Ghi họ và tên ít nhất một người.")
        if self.proposer is None:
            return
        known = known_persons(key_of(one.name, self.proposer.pk) for one in typed.values())
        seen: dict[str, int] = {}
        for number, one in typed.items():
            rows = known.get(key_of(one.name, self.proposer.pk), [])
            if who(one.birth_year, namesakes(rows)).candidates:
                self._ask(number, offer.namesake_choices(rows))
            key = f"{fold(one.name)}|{one.birth_year}|{self.cleaned_data.get(f'chosen_{number}')}"
            if seen.setdefault(key, number) != number:
                self.add_error(f"name_{number}", f"Trùng với dòng {seen[key]}; nếu là hai người thì ghi năm sinh.")

    def _ask(self, number: int, choices: list[tuple[str, str]]) -> None:
        name = f"chosen_{number}"
        self.fields[name] = forms.ChoiceField(label=f"Người {number}", choices=choices, required=False)
        chosen = self.data.get(name, "")
        if chosen in {value for value, _ in choices} and chosen:
            self.cleaned_data[name] = chosen
        else:
            self.add_error(name, "Có người cùng tên trong đơn vị; chọn đúng người, hoặc “Người khác”.")

    def _typed(self) -> dict[int, PersonSaid]:
        said = self.cleaned_data
        return {
            number: PersonSaid(said[f"name_{number}"], said.get(f"position_{number}", ""), said.get(f"birth_{number}"))
            for number in range(1, self.rows + 1)
            if said.get(f"name_{number}")
        }

    def said(self) -> list[Said]:
        """Return what a valid form says, one for each nomination."""
        typed = self.cleaned_data
        owner, bloc_year = self.proposer, typed.get("bloc_year")
        assert owner is not None  # noqa: S101 - the form is valid
        route = Route(typed["route"])
        shared: dict[str, Any] = {
            "route": route,
            "year": bloc_year.year if bloc_year and route == Route.VIA_BLOC else typed.get("year"),
            "owner": owner,
            "bloc_year": bloc_year,
            "unit_name": typed.get("unit_name", ""),
        } | {name: typed[name] for name in ("award", "commendation", "achievement", "merit", "votes_for", "votes_of")}
        if self.kind != PERSONS:
            return [Said(**shared)]
        return [Said(**shared, person=self._settled(number, one)) for number, one in self._typed().items()]

    def _settled(self, number: int, one: PersonSaid) -> PersonSaid:
        return settled(one, self.cleaned_data.get(f"chosen_{number}", ""))


def settled(one: PersonSaid, chosen: str) -> PersonSaid:
    """Return what was typed of a person with who of the namesakes was chosen: "" for nobody asked."""
    return PersonSaid(
        one.name, one.position, one.birth_year,
        chosen=int(chosen) if chosen.isdecimal() else None, is_new=chosen == offer.NEW_PERSON,
    )  # fmt: skip


class NominationEditForm(ContentForm):
    """The content of a nomination; the award only until others have spoken on it."""

    subject_title = forms.CharField(label="Chức vụ, đơn vị ghi trên văn bản", max_length=400, required=False)
    field_order = ("subject_title",)

    def __init__(self, *args: Any, row: Nomination, **options: Any) -> None:
        names = ("subject_title", "award", "commendation", "achievement", "merit", "votes_for", "votes_of")
        super().__init__(*args, **{"initial": {name: getattr(row, name) for name in names}, **options})
        self.offer_content(is_person=row.is_person, route=row.route)
        if not row.is_person:
            del self.fields["subject_title"]
        if not may_change_award(row.state):
            del self.fields["award"]


class AttachForm(forms.Form):
    """A file of the dossier: which paper of the checklist it is, or another one by its title."""

    creation_key = KeyField()
    need = RowField(label="Giấy tờ", empty="Tài liệu khác", required=False)
    title = forms.CharField(
        label="Tên tài liệu", max_length=200, required=False, help_text="Bỏ trống để lấy tên giấy tờ hoặc tên tệp"
    )
    file = forms.FileField(label="Tệp", error_messages={"required": "Chọn tệp PDF, Word, Excel hoặc ảnh."})

    def __init__(self, *args: Any, needs: Sequence[RequiredPaper], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["need"]
        assert isinstance(field, RowField)  # noqa: S101 - of this form
        field.offer(needs)


class ReturnForm(StepForm):
    """Why a nomination is returned, and what it lacks: papers of the checklist, other gaps one a line."""

    needs = forms.MultipleChoiceField(
        label="Giấy tờ còn thiếu", required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Chọn lại giấy tờ trong danh sách."},
    )  # fmt: skip
    gaps = forms.CharField(
        label="Nội dung khác cần bổ sung, sửa",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Mỗi dòng một nội dung",
    )

    def __init__(self, *args: Any, papers: Sequence[RequiredPaper], **options: Any) -> None:
        super().__init__(*args, **options)
        self.papers = {str(paper.pk): paper for paper in papers}
        if papers:
            self.fields["needs"].choices = [(pk, paper.title) for pk, paper in self.papers.items()]  # type: ignore[attr-defined] # a choice
        else:
            del self.fields["needs"]

    def clean_gaps(self) -> list[str]:
        """Return the lines; raises ValidationError when one is too long for a line."""
        lines = [line.strip() for line in str(self.cleaned_data["gaps"]).splitlines() if line.strip()]
        if any(len(line) > 500 for line in lines):  # noqa: PLR2004 - as long as its column
            raise ValidationError("Mỗi nội dung tối đa 500 chữ cái; tách thành nhiều dòng.")
        return lines

    @property
    def findings(self) -> list[FindingSaid]:
        """Return what a valid form names as lacking."""
        papers = [self.papers[pk] for pk in self.cleaned_data.get("needs", ())]
        return [
            *(FindingSaid(paper.title, paper) for paper in papers),
            *(FindingSaid(line) for line in self.cleaned_data["gaps"]),
        ]


class WhyForm(forms.Form):
    """One text: why a nomination shall rest, or with which conclusion it is taken up again."""

    note = forms.CharField(label="Lý do", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, label: str, required: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["note"].label = label
        self.fields["note"].error_messages["required"] = required
