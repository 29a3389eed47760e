"""Blocs, agencies and seats in the admin site: corrections with a reason, through the services where there are some."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from blocs.enums import SeatCapacity, SignsAs
from blocs.models import Agency, AgencyName, Bloc, BlocYear, EmulationYear, Partition, Seat
from blocs.models.seat import AGENCY_CAPACITIES
from blocs.queries.people import HISTORY
from blocs.services import agencies, blocs
from emulation.core import admin_words, revisions
from emulation.core.admin import AuditedAdmin, ReasonedForm
from emulation.core.admin_exchange import ExchangeAdmin
from emulation.core.admin_sheets import Sheet
from emulation.core.admin_site import Section
from emulation.core.audit import Act
from emulation.core.vietnamese import fold

admin_words.know(HISTORY)


class FoldedSearch(AuditedAdmin):
    """A list that is searched without accents."""

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Search the folded key."""
        return super().get_search_results(request, queryset, fold(search_term))


@admin.register(EmulationYear)
class EmulationYearAdmin(AuditedAdmin):
    """Years of emulation."""

    section = Section.BLOCS
    list_display = ["label", "kind", "state"]
    fields = ["label", "kind", "state"]
    ordering = ["-label"]


@admin.register(Partition)
class PartitionAdmin(AuditedAdmin):
    """Decisions that divide the agencies into blocs."""

    section = Section.BLOCS
    list_display = ["title", "paper"]
    list_select_related = ["paper"]
    fields = ["title", "paper"]
    autocomplete_fields = ["paper"]
    search_fields = ["title"]


@admin.register(Bloc)
class BlocAdmin(AuditedAdmin):
    """The identity of blocs; a bloc comes with its first year, by the workbook."""

    section = Section.BLOCS
    list_display = ["__str__", "code", "locality"]
    fields = ["code", "locality"]
    search_fields = ["code"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nothing is added here."""
        return False


@admin.register(BlocYear)
class BlocYearAdmin(FoldedSearch):
    """Blocs in their years; the state changes by its steps only, and a closed year not at all."""

    section = Section.BLOCS
    list_display = ["name", "year", "kind", "state", "stated_member_count"]
    list_filter = ["year", "state", "kind"]
    list_select_related = ["year"]
    search_fields = ["search_key"]
    ordering = ["-year__label", "sort_key"]
    fields = [
        "bloc", "year", "name", "number", "kind", "parent", "partition", "state", "stated_member_count", "theme",
        "source", "note",
    ]  # fmt: skip
    readonly_fields = ["bloc", "year", "state"]
    autocomplete_fields = ["parent", "partition"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nothing is added here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: BlocYear | None = None) -> bool:
        """Let nobody change a closed year."""
        return super().has_change_permission(request, obj) and not (obj and obj.is_closed)

    def update(self, act: Act, obj: BlocYear, values: dict[str, Any]) -> None:
        """Write the columns and the keys that search and order read."""
        blocs.update(act=act, bloc_year=obj, **values)


@admin.register(Agency)
class AgencyAdmin(FoldedSearch, ExchangeAdmin):
    """Agencies; a new name is added among the names, so that the old one stays on old papers.

    A row of a file means the agency of its code; without one known, that of its name, place and agency above.
    """

    section = Section.BLOCS
    list_display = ["name", "kind", "code", "locality", "parent"]
    list_filter = ["kind"]
    list_select_related = ["parent"]
    search_fields = ["search_key"]
    ordering = ["sort_key"]
    fields = ["name", "code", "kind", "locality", "parent", "phone"]
    fixed = ["name"]
    autocomplete_fields = ["parent"]
    sentences = {"blocs_agency_not_own_parent": "Không chọn chính đơn vị này làm đơn vị cấp trên."}
    sheet_columns = ["code", "name", "kind", "locality", "parent", "phone"]
    sheet_key = ["name", "locality", "parent"]
    fixed_sentence = "Đổi tên thì thêm tên mới ở danh sách “Tên của đơn vị”, để văn bản cũ giữ tên cũ."

    def sheet(self) -> Sheet:
        """Return how agencies go out and in."""
        return replace(super().sheet(), find=self._finder)

    def _finder(self, rows: Sequence[Agency]) -> Callable[[Mapping[str, Any]], Sequence[Agency]]:
        by_code, by_key = {row.code: [row] for row in rows if row.code}, super().sheet().finder(rows)
        return lambda said: by_code.get(said.get("code")) or by_key(said)

    def insert(self, act: Act, obj: Agency) -> None:
        """Write the agency with its open name."""
        created = agencies.create(
            act=act,
            name=obj.name,
            code=obj.code,
            kind=obj.kind,
            locality=obj.locality,
            parent=obj.parent,
            phone=obj.phone,
        )
        obj.pk = created.pk

    def update(self, act: Act, obj: Agency, values: dict[str, Any]) -> None:
        """Write the columns and the keys that search and order read."""
        agencies.update(act=act, agency=obj, **values)


class AgencyNameForm(ReasonedForm):
    """A name from a day on, which closes the present one; or an old name with its last day."""

    def clean(self) -> dict[str, Any]:
        """Ask for the first day of a new present name."""
        cleaned = super().clean()
        if self._is_renaming and not cleaned.get("valid_from"):
            raise ValidationError("Tên mới cần ngày bắt đầu; tên cũ cần ngày kết thúc. Ghi một trong hai ngày.")
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        """Leave the open name out of account when renaming, for it is closed first."""
        exclusions: set[str] = super()._get_validation_exclusions()  # type: ignore[misc] # the stubs leave it out
        return exclusions | ({"agency"} if self._is_renaming else set())

    @property
    def _is_renaming(self) -> bool:
        return self.instance.pk is None and not self.cleaned_data.get("valid_to")


@admin.register(AgencyName)
class AgencyNameAdmin(AuditedAdmin):
    """Names of agencies, dated."""

    section = Section.BLOCS
    form = AgencyNameForm
    list_display = ["full", "short", "agency", "valid_from", "valid_to"]
    list_select_related = ["agency"]
    search_fields = ["full", "short"]
    ordering = ["agency__sort_key", "valid_from"]
    fields = ["agency", "full", "short", "superior", "place", "header_style", "valid_from", "valid_to"]
    fixed = ["agency", "valid_to"]
    autocomplete_fields = ["agency"]

    def insert(self, act: Act, obj: AgencyName) -> None:
        """Write an old name; or rename the agency from a day on."""
        if obj.valid_to or obj.valid_from is None:
            super().insert(act, obj)
            self._renew_keys(act, obj.agency)
            return
        new = agencies.rename(act=act, agency=obj.agency, full=obj.full, valid_from=obj.valid_from, short=obj.short)
        head = {"superior": obj.superior, "place": obj.place, "header_style": obj.header_style}
        revisions.save(new, revision=new.revision, at=act.at, **head)
        obj.pk = new.pk

    def update(self, act: Act, obj: AgencyName, values: dict[str, Any]) -> None:
        """Write the columns; the agency repeats its open name."""
        super().update(act, obj, values)
        if obj.valid_to is None:
            agencies.update(act=act, agency=obj.agency, name=obj.full)
        else:
            self._renew_keys(act, obj.agency)

    def _renew_keys(self, act: Act, agency: Agency) -> None:
        agencies.update(act=act, agency=agency, name=agency.name)


SEAT_FIELDS = ("user", "capacity", "agency", "starts_on", "ends_on", "signs_as")


class SeatForm(ReasonedForm):
    """A person in a seat."""

    def clean(self) -> dict[str, Any]:
        """Say in words what the database would refuse."""
        cleaned = super().clean()
        if not self.errors:
            self._refuse(
                {name: cleaned[name] if name in cleaned else getattr(self.instance, name) for name in SEAT_FIELDS}
            )
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        """Leave the constraints to the sentences of `clean`; they are checked once more when the row is written."""
        exclusions: set[str] = super()._get_validation_exclusions()  # type: ignore[misc] # the stubs leave it out
        return exclusions | set(SEAT_FIELDS)

    def _refuse(self, seat: dict[str, Any]) -> None:
        capacity, agency, starts_on, ends_on = (seat[name] for name in SEAT_FIELDS[1:5])
        if (capacity in AGENCY_CAPACITIES) != (agency is not None):
            raise ValidationError(
                "Tư cách này không gắn với đơn vị; để trống đơn vị." if agency else "Tư cách này phải gắn với đơn vị."
            )
        if (capacity == SeatCapacity.SIGNER) != (seat["signs_as"] in SignsAs.values):
            raise ValidationError("Chỉ người ký có cách ghi khi ký; chọn lại tư cách hoặc cách ghi.")
        if ends_on and ends_on < starts_on:
            raise ValidationError("Ngày kết thúc đứng trước ngày bắt đầu; ghi lại ngày kết thúc.")
        others = Seat.objects.filter(user=seat["user"], capacity=capacity, agency=agency, ends_on=None)
        if ends_on is None and others.exclude(pk=self.instance.pk).exists():
            raise ValidationError("Người này đang ngồi ở vị trí đó; không cần thêm.")


@admin.register(Seat)
class SeatAdmin(AuditedAdmin):
    """Who sits where since when. A seat is ended by its last day; the row stays."""

    section = Section.USERS
    form = SeatForm
    list_display = ["user", "title", "capacity", "agency", "starts_on", "ends_on"]
    list_filter = ["capacity"]
    list_select_related = ["user", "agency"]
    search_fields = ["user__full_name", "user__username", "agency__name"]
    ordering = ["-starts_on", "-pk"]
    fields = ["user", "capacity", "agency", "title", "signs_as", "starts_on", "ends_on"]
    fixed = ["user", "capacity", "agency"]
    autocomplete_fields = ["user", "agency"]
