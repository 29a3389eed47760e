"""What the search in the head finds of papers the system made: by kind, by what they are about, year, number."""

from typing import Any

from django.db.models import Case, Exists, Model, OuterRef, Q, QuerySet, Subquery, When
from django.urls import reverse

from awards.models import Decision, Nomination, Submission
from blocs.models import BlocYear
from emulation.core.access import Actor, can
from emulation.core.filters import among, every_word, number_key, part_of_number, word_of
from emulation.core.models import Document, DocumentKind, label_of
from emulation.core.registry import Hit, SearchKind
from emulation.core.vietnamese import date_short
from emulation.reports.queries.pages import readable_by
from emulation.reports.rules import BLOC_YEAR, WITHOUT_NUMBER

#: What papers are about: the column that names it, the search keys of its words.
_ABOUT: dict[type[Model], tuple[str, tuple[str, ...]]] = {
    BlocYear: ("name", ("search_key",)),
    Submission: ("title", ("bloc_year__search_key", "agency__search_key")),
    Nomination: ("subject_name", ("agency__search_key", "person__search_key")),
    Decision: ("title", ("search_key",)),
}


def find(actor: Actor, text: str) -> QuerySet[Document] | None:
    """Return the papers the actor may read, of bloc years, dossiers, nominations and decisions, the newest first."""
    if not can(actor, "reports.list_document"):
        return None
    return matching(_papers(actor), text)


def matching(papers: QuerySet[Document], text: str) -> QuerySet[Document]:
    """Keep of named papers those every word typed fits: kind, what it is about, year, a part of the number."""
    return papers.filter(
        every_word(
            text,
            among("kind", DocumentKind.choices),
            _is_about,
            lambda word: Q(year_label__startswith=word),
            part_of_number("number_key"),
        )
    )


def award_papers(actor: Actor) -> QuerySet[Document]:
    """Return papers of dossiers, nominations, decisions: the newest the actor may read of each, and any with a number.

    What văn thư numbered stays in the list when a newer version is made.
    """
    same = {name: OuterRef(name) for name in ("kind", "subject_label", "subject_id")}
    newer = readable_by(actor).filter(**same, version__gt=OuterRef("version"))
    return _papers(actor).exclude(subject_label=BLOC_YEAR).exclude(Exists(newer), number="")


def _papers(actor: Actor) -> QuerySet[Document]:
    """Return the papers the actor may read, each with the name and year of what it is about, the newest first."""
    rows = readable_by(actor).annotate(
        subject_name=_said({model: name for model, (name, _) in _ABOUT.items()}),
        year_label=_said(dict.fromkeys(_ABOUT, "year__label")),
        number_key=number_key("number"),
    )
    return rows.defer("summary").order_by("-year_label", "subject_label", "-subject_id", "kind", "-version")


def _is_about(word: str) -> Q:
    """Return the condition that a word of what the paper is about begins so."""
    found = Q()
    for model, (_, keys) in _ABOUT.items():
        named = Q()
        for key in keys:
            named |= word_of(key)(word)
        found |= Q(subject_label=label_of(model), subject_id__in=model._default_manager.filter(named).values("pk"))
    return found


def _said(columns: dict[type[Model], str]) -> Case:
    """Return a column of what the paper is about, whatever kind of row that is."""
    return Case(
        *(
            When(
                subject_label=label_of(model),
                then=Subquery(model._default_manager.filter(pk=OuterRef("subject_id")).values(column)[:1]),
            )
            for model, column in columns.items()
        )
    )


def hit(row: Any) -> Hit:
    """Return a paper as a line."""
    number = f"số {row.number}{f' ngày {date_short(row.issued_on)}' if row.issued_on else ''}" if row.number else ""
    state = number or ("" if row.kind in WITHOUT_NUMBER else "dự thảo")
    said = (f"{row.subject_name}, năm {row.year_label}", state)
    return Hit(str(row), " · ".join(part for part in said if part), reverse("paper_detail", args=[row.pk]))


KIND = SearchKind(name="documents", title="Văn bản do hệ thống lập", order=50, find=find, hit=hit)
