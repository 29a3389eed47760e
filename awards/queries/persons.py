"""Finding persons by folded name and agency; there is no list of persons."""

from collections.abc import Iterable

from awards.domain.persons import Namesake
from awards.models import Person
from emulation.core.vietnamese import fold

Key = tuple[str, int]


def key_of(name: str, agency_id: int) -> Key:
    """Return by what a person is found: folded name and agency."""
    return fold(name)[:400], agency_id


def known_persons(keys: Iterable[Key]) -> dict[Key, list[Person]]:
    """Return the persons known under each key, in the order they were first written; one query, none for no key."""
    asked = set(keys)
    if not asked:
        return {}
    names, agencies = {name for name, _ in asked}, {agency for _, agency in asked}
    found: dict[Key, list[Person]] = {}
    for row in Person.objects.filter(search_key__in=names, agency__in=agencies).order_by("pk"):
        found.setdefault((row.search_key, row.agency_id), []).append(row)
    return found


def namesakes(rows: Iterable[Person]) -> list[Namesake]:
    """Return persons as the rule of matching reads them."""
    return [Namesake(row.pk, row.birth_year) for row in rows]
