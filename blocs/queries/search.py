"""What the search in the head finds of this app: blocs, agencies, people, papers; each obeys its own rule."""

from django.db.models import Q, QuerySet
from django.urls import reverse

from blocs.enums import PaperKind
from blocs.models import Agency, BlocPaper, BlocYear
from blocs.queries.people import visible_people
from emulation.accounts.models import User
from emulation.core.access import Actor, can
from emulation.core.filters import among, every_word, number_key, part_of_number, search, word_of
from emulation.core.models import SignedPaper, label_of
from emulation.core.registry import Hit, SearchKind
from emulation.core.vietnamese import date_short


def _blocs(actor: Actor, text: str) -> QuerySet[BlocYear] | None:
    if not can(actor, "blocs.list_blocyear"):
        return None
    return search(BlocYear.objects.visible_to(actor).select_related("year", "bloc").in_order(), "", text)


def _bloc(row: BlocYear) -> Hit:
    said = (f"Năm {row.year.label}", row.place_words, str(row.get_state_display()).lower())
    return Hit(row.name, " · ".join(part for part in said if part), reverse("bloc_detail", args=[row.pk]))


def _agencies(actor: Actor, text: str) -> QuerySet[Agency] | None:
    if not can(actor, "blocs.list_agency"):
        return None
    return search(Agency.objects.visible_to(actor).select_related("parent").own_first(), "", text)


def _agency(row: Agency) -> Hit:
    ended = f"hoạt động đến hết ngày {date_short(row.ended_on)}" if row.ended_on else ""
    said = (f"thuộc {row.parent}" if row.parent else "", row.place_words, ended)
    return Hit(row.name, " · ".join(part for part in said if part), reverse("agency_detail", args=[row.pk]))


def _people(actor: Actor, text: str) -> QuerySet[User] | None:
    if not can(actor, "blocs.list_people"):
        return None
    return search(visible_people(actor).order_by("sort_key", "pk"), "", text)


def _person(row: User) -> Hit:
    said = (f"đăng nhập: {row.username}", row.phone, "" if row.is_active else "đã khóa")
    return Hit(str(row), " · ".join(part for part in said if part), reverse("person_detail", args=[row.pk]))


def _papers(actor: Actor, text: str) -> QuerySet[BlocPaper] | None:
    if not actor.scope.has_seat:
        return None
    fits = every_word(
        text,
        among("kind", PaperKind.choices),
        word_of("bloc_year__search_key"),
        lambda word: Q(bloc_year__year__label__startswith=word),
        part_of_number("number_key"),
    )
    rows = BlocPaper.objects.visible_to(actor).annotate(number_key=number_key("paper__number"))
    return (
        rows.filter(fits | Q(title__icontains=text))
        .select_related("bloc_year__year", "paper")
        .order_by("-bloc_year__year__label", "bloc_year__sort_key", "kind", "-version")
    )


def _paper(row: BlocPaper) -> Hit:
    page = "covenant_detail" if row.is_covenant else "bloc_paper_detail"
    number = f"số {row.paper.number}" if row.paper and row.paper.number else ""
    said = (f"{row.bloc_year}", f"phiên bản {row.version}", str(row.get_state_display()).lower(), number)
    return Hit(row.title, " · ".join(part for part in said if part), reverse(page, args=[row.pk]))


def _signed(actor: Actor, text: str) -> QuerySet[SignedPaper] | None:
    """Return signed papers by number or year; the same as `blocs.view_signed_paper`."""
    scope = actor.scope
    if not scope.has_seat:
        return None
    rows = SignedPaper.objects.annotate(number_key=number_key("number")).select_related("scan")
    if not scope.is_board:
        read = scope.member_of | scope.leads | scope.deputises | scope.monitors | scope.inherits
        rows = rows.filter(Q(subject_label="") | Q(subject_label=label_of(BlocYear), subject_id__in=read))
    fits = every_word(
        text,
        part_of_number("number_key"),
        lambda word: Q(dated_on__year=int(word)) if len(word) == len("2026") and word.isdecimal() else Q(pk__in=()),
    )
    return rows.exclude(number="").filter(fits | Q(issuer__icontains=text)).order_by("-dated_on", "-pk")


def _signed_paper(row: SignedPaper) -> Hit:
    scan = reverse("signed_paper_scan", args=[row.pk]) if row.scan_id else ""
    note = row.issuer if scan else f"{row.issuer} · chưa có bản quét"
    return Hit(f"Số {row.number} ngày {date_short(row.dated_on)}", note, scan)


KINDS = (
    SearchKind("blocs", "Khối thi đua", 10, _blocs, _bloc),
    SearchKind("agencies", "Đơn vị", 20, _agencies, _agency),
    SearchKind("people", "Người dùng", 30, _people, _person),
    SearchKind("papers", "Văn bản của khối", 40, _papers, _paper),
    SearchKind("signed", "Văn bản đã ký", 60, _signed, _signed_paper),
)
