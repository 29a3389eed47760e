"""What the search in the head finds of papers the system made: by kind, bloc, year, number."""

from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from blocs.models import BlocYear
from emulation.core.access import Actor, can
from emulation.core.filters import among, every_word, number_key, part_of_number, search
from emulation.core.models import Document, DocumentKind
from emulation.core.registry import Hit, SearchKind
from emulation.core.vietnamese import date_short
from emulation.reports.queries.pages import readable_by
from emulation.reports.rules import BLOC_YEAR


def find(actor: Actor, text: str) -> QuerySet[Document] | None:
    """Return the papers of bloc years the actor may read, the newest first."""
    if not can(actor, "reports.list_document"):
        return None
    about = BlocYear.objects.filter(pk=OuterRef("subject_id"))
    fits = every_word(
        text,
        among("kind", DocumentKind.choices),
        lambda word: Q(subject_id__in=search(BlocYear.objects.order_by(), "", word).values("pk")),
        lambda word: Q(year_label__startswith=word),
        part_of_number("number_key"),
    )
    rows = (
        readable_by(actor)
        .filter(subject_label=BLOC_YEAR)
        .annotate(
            bloc_name=Subquery(about.values("name")[:1]),
            year_label=Subquery(about.values("year__label")[:1]),
            number_key=number_key("number"),
        )
    )
    return rows.filter(fits).defer("summary").order_by("-year_label", "kind", "subject_id", "-version")


def hit(row: Any) -> Hit:
    """Return a paper as a line."""
    number = f"số {row.number}{f' ngày {date_short(row.issued_on)}' if row.issued_on else ''}" if row.number else ""
    said = (f"{row.bloc_name}, năm {row.year_label}", number or "dự thảo")
    return Hit(str(row), " · ".join(said), reverse("paper_detail", args=[row.pk]))


KIND = SearchKind(name="documents", title="Văn bản do hệ thống lập", order=50, find=find, hit=hit)
