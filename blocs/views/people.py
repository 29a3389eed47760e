"""People: the list, one person, seats, passwords shown once, many from Excel, the yearly confirmation."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from blocs.domain.people import RowKind, counts, digest
from blocs.filters import PeopleFilter
from blocs.forms.people import (
    ConfirmForm,
    EndSeatForm,
    NameForm,
    PeopleFileForm,
    PersonForm,
    SeatForm,
    TransferForm,
)
from blocs.models import Agency, EmulationYear, Seat
from blocs.queries import people as queries
from blocs.renderers import people_book
from blocs.services import people
from blocs.services.people import Sheet
from blocs.services.seats import BEGUN
from emulation.accounts import services as accounts
from emulation.accounts.models import User
from emulation.accounts.queries import account_of, revision_of
from emulation.core import clock, exports, files
from emulation.core.access import can
from emulation.core.errors import Refused, Stale
from emulation.core.lists import ExportPage
from emulation.core.models import FileKind, StoredFile
from emulation.core.vietnamese import date_short
from emulation.core.views import DetailPage, FormPage, Page

WRONG_NOTE = "Ghi lý do trước khi thực hiện."
STATES = {RowKind.NEW: "ok", RowKind.SEAT: "run", RowKind.SAME: "", RowKind.WRONG: "bad"}
WORDS = {
    RowKind.NEW: "Tài khoản mới",
    RowKind.SEAT: "Thêm vị trí",
    RowKind.SAME: "Đã có",
    RowKind.WRONG: "Cần sửa",
}


class PeoplePage(Page):
    """A page about people. What the bounds refuse at the last moment is as unknown as what they refuse at first."""

    permission = "blocs.list_people"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Know nothing of what the services refuse."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except PermissionError:
            raise Http404 from None

    def sheets(self, made: Sequence[Sheet], *, back: str, title: str) -> HttpResponse:
        """Answer with first passwords, this once: nothing keeps them, neither here nor on the way."""
        context = {
            "title": title,
            "groups": [(agency, list(found)) for agency, found in groupby(made, key=lambda sheet: sheet.agency)],
            "back": back,
            "login_url": self.request.build_absolute_uri(reverse("account_login")),
        }
        self.template_name = "blocs/people_given.html"  # type: ignore[misc] # the answer is another page
        response = self.show(context)
        response["Cache-Control"] = "no-store, private"
        return response

    def person(self) -> User:
        """Return the person of the URL within what the actor may know of, or raise Http404."""
        self.require()
        found = queries.visible_people(self.actor).filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        return found

    def managed(self) -> User:
        """Return the person of the URL if the actor may manage the account, or raise Http404."""
        found = self.person()
        if not can(self.actor, "accounts.manage_user", account_of(found)):
            raise Http404
        return found

    def seat_of(self, user: User) -> Seat:
        """Return the seat of the URL, not ended, if the actor may end it, or raise Http404."""
        seats = queries.visible_seats(self.actor).filter(user=user).lasting(clock.today())
        found = seats.filter(pk=self.kwargs["seat"]).first()
        if found is None or not queries.may_end(self.actor, found):
            raise Http404
        return found

    def after(self, user: User) -> str:
        """Return the person's page, or the list when the last seat the actor may know of is gone."""
        left = queries.visible_people(self.actor).filter(pk=user.pk).exists()
        return reverse("person_detail", args=[user.pk]) if left else reverse("people_list")


# --- Lists ------------------------------------------------------------------------------------------------------------


class PeopleList(PeoplePage, ExportPage):
    """The people: of the province for the board, of the own agency for its account manager."""

    template_name = "blocs/people_list.html"
    filterset_class = PeopleFilter
    export_title = "Danh sách người dùng"
    columns = (
        exports.Column("Họ và tên", 28),
        exports.Column("Tên đăng nhập", 20),
        exports.Column("Vị trí", 60),
        exports.Column("Điện thoại", 16),
        exports.Column("Đăng nhập gần nhất", 18),
        exports.Column("Trạng thái", 28),
        exports.Column("Xác nhận trong năm", 20),
    )

    def rows(self) -> Any:
        """Return the people the actor may know of."""
        return queries.people_list(self.actor, queries.year_of(self.request))

    def context(self) -> dict[str, Any]:
        """Return the title and what else may be opened from here."""
        year = queries.year_of(self.request)
        menu = [
            {"url": reverse("people_import"), "icon": "upload", "label": "Nhập nhiều người từ Excel"},
            {"url": reverse("people_sheets"), "icon": "printer", "label": "Cấp lại mật khẩu, in phiếu tài khoản"},
        ]
        if can(self.actor, "blocs.list_unconfirmed"):
            menu.append(
                {"url": reverse("people_unconfirmed"), "icon": "journal-check", "label": "Xác nhận tài khoản hằng năm"}
            )
        else:
            url = reverse("people_confirm", args=[self.actor.scope.agency_id])
            menu.append({"url": url, "icon": "journal-check", "label": "Xác nhận tài khoản hằng năm"})
        return {
            "title": "Người dùng",
            "year": year,
            "menu": menu,
            "primary": {"url": reverse("person_new"), "icon": "file-earmark-plus", "label": "Thêm người"},
        }

    def lines(self, rows: Any) -> Any:
        """Lay out the rows."""
        return queries.people_lines(rows, queries.year_of(self.request))

    def show(self, context: dict[str, Any], *, status: int = 200, partial: str = "") -> HttpResponse:
        """Lay out the rows of the page that is shown, and no others."""
        context["lines"] = self.lines(context["page"].object_list)
        return super().show(context, status=status, partial=partial)

    def line(self, row: queries.PersonLine) -> tuple[exports.Cell, ...]:
        """Return one line of the Excel file."""
        seats = "; ".join(
            ", ".join(
                part
                for part in (
                    line.seat.title,
                    line.seat.agency.name if line.seat.agency else "",
                    line.seat.get_capacity_display(),
                    line.seat.get_signs_as_display(),
                    line.since,
                )
                if part
            )
            for line in row.seats
        )
        seen = row.user.last_login
        return (
            row.user.full_name,
            row.user.username,
            seats,
            row.user.phone,
            clock.local(seen).date() if seen else None,
            row.state.word,
            row.confirmed.word if row.confirmed else None,
        )


class PeopleExport(PeopleList):
    """The list as an Excel file."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Answer with the file."""
        return self.export(request, **kwargs)


class Unconfirmed(PeoplePage, ExportPage):
    """How many seats of each agency nobody has confirmed for the year."""

    permission = "blocs.list_unconfirmed"
    template_name = "blocs/people_unconfirmed.html"
    export_title = "Xác nhận tài khoản theo đơn vị"
    columns = (
        exports.Column("Đơn vị", 50),
        exports.Column("Số vị trí", 12),
        exports.Column("Chưa xác nhận", 16),
        exports.Column("Xác nhận gần nhất", 20),
        exports.Column("Điện thoại", 18),
    )

    def rows(self) -> Any:
        """Return the agencies with people, those with most to confirm first."""
        return queries.unconfirmed_agencies(queries.year_of(self.request))

    def context(self) -> dict[str, Any]:
        """Return the title and the year."""
        return {"title": "Xác nhận tài khoản hằng năm", "year": queries.year_of(self.request)}

    def show(self, context: dict[str, Any], *, status: int = 200, partial: str = "") -> HttpResponse:
        """Add when each was last confirmed."""
        context["lines"] = self.lines(context["page"].object_list)
        return super().show(context, status=status, partial=partial)

    def lines(self, rows: Any) -> Any:
        """Return the agencies, each with the time of its last confirmation."""
        found = list(rows)
        last = queries.last_confirmations(queries.year_of(self.request), found)
        return [(agency, last.get(agency.pk)) for agency in found]

    def line(self, row: Any) -> tuple[exports.Cell, ...]:
        """Return one line of the Excel file."""
        agency, last = row
        return (
            agency.name,
            agency.seat_count,
            agency.open_count,
            clock.local(last).date() if last else None,
            agency.phone,
        )


class UnconfirmedExport(Unconfirmed):
    """The counts as an Excel file."""

    def get(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Answer with the file."""
        self.require()
        year = queries.year_of(request)
        return exports.as_response(
            title=self.export_title,
            note=f"Năm thi đua: {year.label if year else '–'}",
            columns=self.columns,
            rows=[self.line(line) for line in self.lines(self.rows())],
        )


# --- One person -------------------------------------------------------------------------------------------------------


class PersonDetail(PeoplePage, DetailPage):
    """One person: seats, state, history, what may be done."""

    template_name = "blocs/person_detail.html"

    def load(self) -> User:
        """Return the person, or raise Http404."""
        return self.person()

    def context(self, row: User) -> dict[str, Any]:
        """Return the person's page."""
        page = queries.person_page(self.actor, row)
        menu = []
        if page.may_manage:
            menu = [self._item("person_edit", row, "pen", "Sửa họ tên, điện thoại")]
            if row.is_active:
                menu.append(self._item("person_reset", row, "key", "Cấp lại mật khẩu"))
            if page.may_transfer:
                menu.append(self._item("person_transfer", row, "arrow-left-right", "Chuyển đơn vị"))
            name, icon, label = (
                ("person_lock", "lock", "Khóa tài khoản")
                if row.is_active
                else ("person_unlock", "play-circle", "Mở lại tài khoản")
            )
            menu.append(self._item(name, row, icon, label))
        return {"title": row.full_name or row.username, "person": page, "menu": menu}

    def _item(self, name: str, row: User, icon: str, label: str) -> dict[str, str]:
        return {"url": reverse(name, args=[row.pk]), "icon": icon, "label": label}


class PersonEdit(PeoplePage, FormPage):
    """The name and the phone of a person, corrected by who manages the account."""

    template_name = "blocs/people_form.html"

    def load(self) -> Any:
        """Return the person with the number that tells whether somebody saved in between, or raise Http404."""
        row: Any = self.managed()
        row.revision = revision_of(row)
        return row

    def form(self, row: User, data: Any = None, files: Any = None) -> BaseForm:
        """Return the form with what is stored."""
        return NameForm(data, initial={"full_name": row.full_name, "phone": row.phone})

    def context(self, row: User) -> dict[str, Any]:
        """Return the words of the page."""
        return {
            "title": f"Sửa họ tên, điện thoại: {row}",
            "label": "Lưu",
            "verb": "lưu",
            "where": "Tên đăng nhập giữ nguyên; văn bản và lịch sử đã có giữ tên cũ",
            "back": reverse("person_detail", args=[row.pk]),
        }

    def save(self, row: User, form: Any, revision: int) -> str:
        """Save it."""
        accounts.edit(user=row, **form.cleaned_data, revision=revision, actor=self.actor, at=clock.now())
        messages.success(self.request, f"Đã lưu tài khoản của {row}.")
        return reverse("person_detail", args=[row.pk])


class _Creates(PeoplePage):
    """A form that creates; what was typed stays, a second click finds what the first one made."""

    template_name = "blocs/people_form.html"
    verb = "lưu"

    def form(self, data: Any = None) -> Any:
        """Return the form."""
        raise NotImplementedError

    def create(self, form: Any) -> HttpResponse:
        """Make the one service call and answer."""
        raise NotImplementedError

    def context(self) -> dict[str, Any]:
        """Return what the page says beside the form."""
        raise NotImplementedError

    def prepare(self) -> None:
        """Load what the URL names, or raise Http404."""
        self.require()

    def get(self, _request: HttpRequest, **_: Any) -> HttpResponse:
        """Show the form."""
        self.prepare()
        return self.show({"form": self.form(), "verb": self.verb, **self.context()})

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Create, or say what is wrong."""
        self.prepare()
        form = self.form(request.POST)
        if form.is_valid():
            if self._made_before(form) is not None:
                return self._known(form)
            try:
                return self.create(form)
            except IntegrityError:
                return self._known(form)
            except (Refused, ValidationError) as wrong:
                form.add_error(None, wrong if isinstance(wrong, ValidationError) else str(wrong))
        return self.show({"form": form, "verb": self.verb, **self.context()}, status=422)

    def _made_before(self, form: Any) -> Seat | None:
        key = form.cleaned_data["creation_key"]
        return queries.visible_seats(self.actor).filter(creation_key=key).first()

    def _known(self, form: Any) -> HttpResponse:
        """Lead the second click to what the first one made; its password was shown there, and only there."""
        seat = self._made_before(form)
        if seat is None:
            raise Refused("Vừa có người khác lưu cùng nội dung; mở lại trang rồi kiểm tra.")
        messages.warning(
            self.request,
            "Nội dung này đã được lưu ở lần bấm trước; mật khẩu, nếu có, chỉ hiện một lần. "
            "Nếu chưa kịp ghi lại, chọn “Cấp lại mật khẩu”.",
        )
        return HttpResponseRedirect(reverse("person_detail", args=[seat.user_id]))


class PersonNew(_Creates):
    """A new account with its first seat."""

    verb = "tạo"

    def form(self, data: Any = None) -> PersonForm:
        """Return the form."""
        return PersonForm(data, actor=self.actor)

    def context(self) -> dict[str, Any]:
        """Return the words of the page."""
        return {
            "title": "Thêm người",
            "label": "Tạo tài khoản",
            "back": reverse("people_list"),
            "where": "Tài khoản và vị trí được tạo cùng lúc; mật khẩu ban đầu chỉ hiện một lần ở trang sau",
        }

    def create(self, form: Any) -> HttpResponse:
        """Create the account and show its sheet."""
        typed, said = form.cleaned_data, form.said()
        given = people.give_account(
            full_name=typed["full_name"],
            username=typed["username"],
            phone=typed["phone"],
            said=said,
            creation_key=typed["creation_key"],
            actor=self.actor,
            at=clock.now(),
        )
        sheet = Sheet(given, said.agency.name if said.agency else "", said.title)
        back = reverse("person_detail", args=[given.user.pk])
        return self.sheets([sheet], back=back, title="Đã tạo tài khoản")


class SeatAdd(_Creates):
    """One more seat of an account."""

    def prepare(self) -> None:
        """Load the person."""
        self.user = self.managed()

    def form(self, data: Any = None) -> SeatForm:
        """Return the form."""
        return SeatForm(data, actor=self.actor)

    def context(self) -> dict[str, Any]:
        """Return the words of the page."""
        return {
            "title": f"Thêm vị trí: {self.user}",
            "label": "Thêm vị trí",
            "back": reverse("person_detail", args=[self.user.pk]),
            "where": "Người này vẫn dùng tài khoản đang có và chọn tư cách khi làm việc",
        }

    def create(self, form: Any) -> HttpResponse:
        """Give the seat."""
        people.add_seat(
            user=self.user,
            said=form.said(),
            creation_key=form.cleaned_data["creation_key"],
            actor=self.actor,
            at=clock.now(),
        )
        messages.success(self.request, "Đã thêm vị trí.")
        return HttpResponseRedirect(reverse("person_detail", args=[self.user.pk]))


class SeatEnd(PeoplePage, FormPage):
    """The end of a seat."""

    template_name = "blocs/people_form.html"

    def load(self) -> Seat:
        """Return the seat, or raise Http404."""
        return self.seat_of(self.managed())

    def form(self, row: Seat, data: Any = None, files: Any = None) -> BaseForm:
        """Return the form."""
        return EndSeatForm(data, initial={"ends_on": clock.today()})

    def context(self, row: Seat) -> dict[str, Any]:
        """Return the words of the page."""
        where = f"{row.title}, {row.agency.name if row.agency else row.get_capacity_display()}"
        return {
            "title": f"Kết thúc vị trí: {row.user}",
            "label": "Kết thúc vị trí",
            "verb": "kết thúc",
            "where": f"{where}. Sau ngày này người đó không làm việc trong tư cách này nữa; việc đã làm vẫn giữ nguyên",
            "back": reverse("person_detail", args=[row.user_id]),
        }

    def save(self, row: Seat, form: Any, revision: int) -> str:
        """End it."""
        people.end_seat(
            seat=row,
            ends_on=form.cleaned_data["ends_on"],
            note=form.cleaned_data["note"],
            revision=revision,
            actor=self.actor,
            at=clock.now(),
        )
        messages.success(self.request, f"Đã ghi ngày kết thúc vị trí: {date_short(row.ends_on)}.")
        return self.after(row.user)


class PersonTransfer(PeoplePage):
    """From one agency to another in one act; the board's."""

    permission = "blocs.transfer_person"
    template_name = "blocs/people_form.html"

    def get(self, _request: HttpRequest, **_: Any) -> HttpResponse:
        """Show the form."""
        user = self.managed()
        return self._page(user, self._form(user))

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Transfer, or say what is wrong."""
        user = self.managed()
        form = self._form(user, request.POST)
        if form.is_valid():
            typed = form.cleaned_data
            try:
                people.transfer(
                    user=user,
                    source=typed["source"],
                    said=form.said(),
                    note=typed["note"],
                    actor=self.actor,
                    at=clock.now(),
                )
            except (Refused, ValidationError) as wrong:
                form.add_error(None, wrong if isinstance(wrong, ValidationError) else str(wrong))
            else:
                messages.success(request, "Đã chuyển đơn vị; vị trí cũ kết thúc trước ngày chuyển một ngày.")
                return HttpResponseRedirect(reverse("person_detail", args=[user.pk]))
        return self._page(user, form, status=422)

    def _form(self, user: User, data: Any = None) -> TransferForm:
        lasting = user.seats.lasting(clock.today())
        sources = Agency.objects.filter(pk__in=lasting.values("agency")).in_order()
        return TransferForm(data, actor=self.actor, sources=sources)

    def _page(self, user: User, form: TransferForm, *, status: int = 200) -> HttpResponse:
        context = {
            "title": f"Chuyển đơn vị: {user}",
            "label": "Chuyển đơn vị",
            "verb": "chuyển",
            "where": "Mọi vị trí ở đơn vị cũ kết thúc vào hôm trước; vị trí mới bắt đầu từ ngày chuyển",
            "back": reverse("person_detail", args=[user.pk]),
            "form": form,
        }
        return self.show(context, status=status)


class _Act(PeoplePage):
    """An act on an account: GET asks, POST with a reason does."""

    template_name = "confirm_page.html"
    label: str
    texts: tuple[str, ...]
    is_danger = False

    def get(self, _request: HttpRequest, **_: Any) -> HttpResponse:
        """Ask."""
        user = self.managed()
        return self.show(self.question(user))

    def question(self, user: User, note_error: str = "") -> dict[str, Any]:
        """Return what the question says."""
        return {
            "title": f"Bạn có chắc chắn muốn chọn “{self.label}”?",
            "texts": [f"{user} ({user.username}).", *self.texts],
            "action": self.request.path,
            "label": self.label,
            "back": reverse("person_detail", args=[user.pk]),
            "danger": self.is_danger,
            "note_label": "Lý do",
            "note": self.request.POST.get("note", ""),
            "note_error": note_error,
            "hidden": self.hidden(user),
        }

    def hidden(self, _user: User) -> list[tuple[str, str]]:
        """Return what the form posts beside the reason."""
        return []

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Do it; without a reason, ask again."""
        user = self.managed()
        note = request.POST.get("note", "").strip()[:500]
        if not note:
            return self.show(self.question(user, WRONG_NOTE), status=422)
        return self.take(user, note)

    def take(self, user: User, note: str) -> HttpResponse:
        """Make the one service call and answer."""
        raise NotImplementedError


class PersonReset(_Act):
    """A new first password, shown once."""

    label = "Cấp lại mật khẩu"
    texts = (
        "Mật khẩu cũ hết dùng, mọi phiên đang đăng nhập kết thúc, mọi cách xác thực hai bước bị gỡ.",
        "Mật khẩu mới hiện một lần ở trang sau. Khi đăng nhập, người này được báo ai đã cấp lại và lúc nào.",
    )

    def hidden(self, user: User) -> list[tuple[str, str]]:
        """Return the stamp: the page resets the password it was opened for, and no later one."""
        return [("stamp", queries.stamp_of(user))]

    def take(self, user: User, note: str) -> HttpResponse:
        """Reset and show the sheet."""
        stamp = self.request.POST.get("stamp", "")
        given = people.reset_passwords(chosen=[(user, stamp)], note=note, actor=self.actor, at=clock.now())
        seats = queries.visible_seats(self.actor).filter(user=user).lasting(clock.today()).order_by("pk")
        agency = next((seat.agency.name for seat in seats if seat.agency), "")
        sheet = Sheet(given[0], agency, ", ".join(dict.fromkeys(seat.title for seat in seats)))
        back = reverse("person_detail", args=[user.pk])
        return self.sheets([sheet], back=back, title="Đã cấp lại mật khẩu")


class PersonLock(_Act):
    """Lock an account."""

    label = "Khóa tài khoản"
    texts = (
        "Người này không đăng nhập được nữa; phiên đang mở kết thúc ngay. Vị trí và lịch sử vẫn giữ nguyên.",
        "Có thể mở lại sau.",
    )
    is_danger = True

    def take(self, user: User, note: str) -> HttpResponse:
        """Lock it."""
        accounts.deactivate(user=user, actor=self.actor, at=clock.now(), note=note)
        messages.success(self.request, "Đã khóa tài khoản.")
        return HttpResponseRedirect(reverse("person_detail", args=[user.pk]))


class PersonUnlock(_Act):
    """Open a locked account."""

    label = "Mở lại tài khoản"
    texts = ("Người này đăng nhập lại được bằng mật khẩu cũ.",)

    def take(self, user: User, note: str) -> HttpResponse:
        """Open it."""
        accounts.reactivate(user=user, actor=self.actor, at=clock.now(), note=note)
        messages.success(self.request, "Đã mở lại tài khoản.")
        return HttpResponseRedirect(reverse("person_detail", args=[user.pk]))


class SeatCancel(_Act):
    """A seat that has not begun, taken back."""

    label = "Hủy vị trí"
    texts = ("Vị trí chưa bắt đầu nên được bỏ hẳn khỏi tài khoản; lịch sử tài khoản giữ việc hủy và lý do.",)
    is_danger = True

    def question(self, user: User, note_error: str = "") -> dict[str, Any]:
        """Return what the question says, the seat first; raises Refused when it has begun."""
        seat = self.seat_of(user)
        if seat.starts_on <= clock.today():
            raise Refused(BEGUN)
        where = seat.agency.name if seat.agency else seat.get_capacity_display()
        said = f"{user}: {seat.title}, {where}, từ {date_short(seat.starts_on)}."
        asked = super().question(user, note_error)
        return {**asked, "texts": [said, *self.texts], "hidden": [("revision", str(seat.revision))]}

    def take(self, user: User, note: str) -> HttpResponse:
        """Take it back."""
        posted = self.request.POST.get("revision", "")
        people.cancel_seat(
            seat=self.seat_of(user),
            note=note,
            revision=int(posted) if posted.isdecimal() else -1,
            actor=self.actor,
            at=clock.now(),
        )
        messages.success(self.request, "Đã hủy vị trí chưa bắt đầu.")
        return HttpResponseRedirect(self.after(user))


# --- Many at once -----------------------------------------------------------------------------------------------------


class PeopleImport(PeoplePage):
    """Where a file of people is uploaded."""

    template_name = "blocs/people_import.html"

    def get(self, _request: HttpRequest) -> HttpResponse:
        """Show the form."""
        self.require()
        return self._page(PeopleFileForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the file and show what it would make, or say what is wrong with it."""
        self.require()
        form = PeopleFileForm(request.POST, request.FILES)
        if request.META.get("upload_too_large"):
            return self._page(PeopleFileForm(), refusal=files.too_large())
        if not form.is_valid():
            return self._page(form, status=422)
        upload = form.cleaned_data["file"]
        try:
            stored = people.upload(name=upload.name, content=upload.read(), actor=self.actor)
        except Refused as refusal:
            return self._page(form, refusal=str(refusal))
        return HttpResponseRedirect(reverse("people_import_detail", args=[stored.pk]))

    def _page(self, form: PeopleFileForm, *, refusal: str = "", status: int = 200) -> HttpResponse:
        context = {"title": "Nhập nhiều người từ Excel", "form": form, "refusal": refusal}
        return self.show(context, status=422 if refusal else status)


class PeopleSample(PeoplePage):
    """The empty list to fill in."""

    def get(self, _request: HttpRequest) -> HttpResponse:
        """Answer with the file."""
        self.require()
        response = HttpResponse(people_book.sample(), content_type=files.MIME[FileKind.XLSX])
        response["Content-Disposition"] = 'attachment; filename="danh-sach-nguoi-dung-mau.xlsx"'
        response["X-Content-Type-Options"] = "nosniff"
        return response


class PeopleImportDetail(PeoplePage):
    """What an uploaded file would make, row by row; confirmed, the account sheets."""

    template_name = "blocs/people_preview.html"

    def get(self, _request: HttpRequest, pk: int) -> HttpResponse:
        """Show the verdicts."""
        return self._page(self._load(pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Create everything; when the world has moved since the preview, show it anew."""
        stored = self._load(pk)
        try:
            made = people.bring_in(stored=stored, seen=request.POST.get("digest", ""), actor=self.actor, at=clock.now())
        except Refused as refusal:
            return self._page(stored, refusal=str(refusal), status=409)
        if not made:
            messages.success(request, "Đã thêm vị trí cho các tài khoản đã có; không có tài khoản mới.")
            return HttpResponseRedirect(reverse("people_list"))
        made.sort(key=lambda sheet: sheet.agency)
        return self.sheets(made, back=reverse("people_list"), title="Phiếu tài khoản của người mới")

    def _load(self, pk: int) -> StoredFile:
        """Return the upload, to its uploader only."""
        self.require()
        found = StoredFile.objects.filter(pk=pk, kind=FileKind.XLSX, stored_by=self.actor.user_id).first()
        if found is None:
            raise Http404
        return found

    def _page(self, stored: StoredFile, *, refusal: str = "", status: int = 200) -> HttpResponse:
        verdicts = people.preview(stored=stored, actor=self.actor)
        found = counts(verdicts)
        context = {
            "title": "Xem trước danh sách người dùng",
            "row": stored,
            "lines": [(verdict, WORDS[verdict.kind], STATES[verdict.kind]) for verdict in verdicts],
            "counts": [(WORDS[kind], count) for kind, count in found.items()],
            "digest": digest(verdicts),
            "refusal": refusal,
            "wrong_count": found[RowKind.WRONG],
            "may_confirm": not found[RowKind.WRONG] and found[RowKind.NEW] + found[RowKind.SEAT] > 0,
            "is_done": found[RowKind.SAME] == len(verdicts),
        }
        return self.show(context, status=status)


class PeopleSheets(PeoplePage):
    """Choose people of one agency whose password is given anew; their sheets are the answer."""

    template_name = "blocs/people_sheets.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the agency's people."""
        self.require()
        return self._page(self._agency(request.GET.get("agency", "")))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Reset the chosen ones, all or none."""
        self.require()
        agency = self._agency(request.POST.get("agency", ""))
        stamps = dict(word.partition(":")[::2] for word in request.POST.getlist("person"))
        note = request.POST.get("note", "").strip()[:500]
        if agency is None or not stamps or not note:
            wrong = "Chọn ít nhất một người." if not stamps else WRONG_NOTE
            return self._page(agency, wrong=wrong, status=422)
        ids = {int(pk) for pk in stamps if pk.isdecimal()}
        chosen = list(queries.visible_people(self.actor).filter(pk__in=ids))
        if len(chosen) != len(stamps):
            raise Http404
        seats = {user.pk: lines for user, lines in queries.manageable(self.actor, agency)}
        given = people.reset_passwords(
            chosen=[(user, stamps[str(user.pk)]) for user in chosen], note=note, actor=self.actor, at=clock.now()
        )
        made = [
            Sheet(each, agency.name, ", ".join(line.seat.title for line in seats.get(each.user.pk, ())))
            for each in sorted(given, key=lambda each: each.user.sort_key)
        ]
        return self.sheets(made, back=reverse("people_list"), title="Đã cấp lại mật khẩu")

    def _agency(self, asked: str) -> Agency | None:
        if not self.actor.scope.is_board:
            return Agency.objects.filter(pk=self.actor.scope.agency_id).first()
        return Agency.objects.filter(pk=asked).first() if asked.isdecimal() else None

    def _page(self, agency: Agency | None, *, wrong: str = "", status: int = 200) -> HttpResponse:
        found = queries.manageable(self.actor, agency) if agency else []
        context = {
            "title": "Cấp lại mật khẩu, in phiếu tài khoản",
            "agency": agency,
            "agencies": queries.agency_choices() if self.actor.scope.is_board else [],
            "lines": [
                (user, seats, f"{user.pk}:{queries.stamp_of(user)}", queries.state_of(user, clock.now()))
                for user, seats in found
            ],
            "wrong": wrong,
            "note": self.request.POST.get("note", ""),
            "chosen": self.request.POST.getlist("person"),
        }
        return self.show(context, status=status)


# --- Once a year ------------------------------------------------------------------------------------------------------


class PeopleConfirm(PeoplePage):
    """The seats of an agency, each said to be right still, or ended."""

    permission = "blocs.confirm_seat"
    template_name = "blocs/people_confirm.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the seats."""
        agency, year = self._load(pk)
        lines = queries.confirm_lines(self.actor, agency, year)
        return self._page(agency, year, ConfirmForm(lines=lines))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Confirm and end what was said."""
        agency, year = self._load(pk)
        form = ConfirmForm(request.POST, lines=queries.confirm_lines(self.actor, agency, year))
        if not form.is_valid():
            return self._page(agency, year, form, status=422)
        try:
            confirmed, ended = people.confirm(
                agency=agency,
                year=year,
                right=form.right(),
                ended=form.ended(),
                actor=self.actor,
                at=clock.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self._page(agency, year, form, status=409 if isinstance(refusal, Stale) else 422)
        messages.success(request, f"Đã xác nhận {confirmed:02d} vị trí, kết thúc {ended:02d} vị trí.")
        return HttpResponseRedirect(request.path)

    def _load(self, pk: int) -> tuple[Agency, EmulationYear]:
        agency = Agency.objects.filter(pk=pk).first()
        self.require(agency)
        # The form says its year: another may have been chosen in the head since.
        said = self.request.POST.get("year", "")
        year = EmulationYear.objects.filter(pk=said).first() if said.isdecimal() else queries.year_of(self.request)
        if agency is None or year is None:
            raise Http404
        return agency, year

    def _page(self, agency: Agency, year: EmulationYear, form: ConfirmForm, *, status: int = 200) -> HttpResponse:
        context = {
            "title": f"Xác nhận tài khoản năm {year.label}",
            "agency": agency,
            "year": year,
            "form": form,
            "is_board": self.actor.scope.is_board,
        }
        return self.show(context, status=status)
