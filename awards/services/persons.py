"""Persons, written only when somebody nominates or is given an award."""

from dataclasses import dataclass

from awards.domain.persons import who
from awards.models import Person
from awards.queries.persons import key_of, known_persons, namesakes
from blocs.models import Agency
from emulation.core import revisions
from emulation.core.audit import Act
from emulation.core.errors import Refused
from emulation.core.vietnamese import nfc


@dataclass(frozen=True)
class PersonSaid:
    """What was typed about a person. `chosen`: the id of the known person meant; `is_new`: none of those known."""

    name: str
    position: str = ""
    birth_year: int | None = None
    sex: str = ""
    chosen: int | None = None
    is_new: bool = False


def settle(*, act: Act, said: PersonSaid, agency: Agency) -> Person:
    """Return the known person that is meant, with the position of today, or write a new one.

    Raises Refused when several known persons may be meant and none was chosen, ValidationError when a value is refused.
    """
    rows = known_persons([key_of(said.name, agency.pk)]).get(key_of(said.name, agency.pk), [])
    known = {row.pk: row for row in rows}
    if said.chosen is not None and said.chosen in known:
        return _brought_up_to_date(act, known[said.chosen], said)
    if not said.is_new:
        found = who(said.birth_year, namesakes(rows))
        if found.id is not None:
            return _brought_up_to_date(act, known[found.id], said)
        if found.candidates:
            raise Refused(
                f"{agency} có {len(found.candidates)} người tên “{nfc(said.name)}”; chọn đúng người, hoặc ghi năm sinh."
            )
    person = Person(
        name=nfc(said.name), position=nfc(said.position), agency=agency, sex=said.sex, birth_year=said.birth_year
    )
    person.set_keys()
    return revisions.insert(person)


def _brought_up_to_date(act: Act, person: Person, said: PersonSaid) -> Person:
    values = {"position": nfc(said.position), "birth_year": said.birth_year, "sex": said.sex}
    changed = {name: value for name, value in values.items() if value and getattr(person, name) != value}
    return revisions.save(person, revision=person.revision, at=act.at, **changed) if changed else person
