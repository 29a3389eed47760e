"""The bloc's year: its steps, and the few words about it that are typed by hand."""

import datetime as dt

from blocs.domain.year import YEAR
from blocs.models import BlocYear
from emulation.core import papers, revisions
from emulation.core.access import Actor, can
from emulation.core.audit import act
from emulation.core.errors import Refused
from emulation.core.papers import OnPaper
from emulation.core.transitions import check, move
from emulation.core.workflow import Step

READ_ONLY = "Năm của khối đã khóa nên không sửa được. Muốn sửa, cơ quan thường trực phải mở lại năm trước."


def hold(bloc_year: BlocYear) -> None:
    """Let two writers of one bloc year wait for each other; raises Refused when the year is closed."""
    if BlocYear.objects.select_for_update().get(pk=bloc_year.pk).is_closed:
        raise Refused(READ_ONLY)


def take(
    *,
    bloc_year: BlocYear,
    action: str,
    actor: Actor,
    at: dt.datetime,
    note: str = "",
    behalf_of: str = "",
    on_paper: OnPaper | None = None,
) -> Step:
    """Take one step of the year, for oneself or for a leader who did it on paper.

    Raises Refused, PermissionError, KeyError for a step that does not exist, ValueError when somebody is acted for
    without a paper.
    """
    check(bloc_year, YEAR, action, actor=actor, note=note)
    paper = papers.receive(on_paper, about=bloc_year, actor=actor)
    with act(actor=actor, at=at) as current:
        written = papers.write(current, paper)
        return move(current, bloc_year, YEAR, action, note=note, behalf_of=behalf_of, on_paper=written)


def describe(
    *,
    bloc_year: BlocYear,
    theme: str,
    note: str,
    stated_member_count: int | None,
    revision: int,
    actor: Actor,
    at: dt.datetime,
) -> BlocYear:
    """Write the theme, the note and the stated number of members.

    Raises PermissionError, Refused when the year is closed, Stale when somebody saved in between, ValidationError.
    """
    if not can(actor, "blocs.edit_blocyear", bloc_year):
        raise PermissionError("blocs.edit_blocyear")
    if bloc_year.is_closed:
        raise Refused(READ_ONLY)
    values = {"theme": theme, "note": note, "stated_member_count": stated_member_count}
    changed = sorted(name for name, value in values.items() if getattr(bloc_year, name) != value)
    with act(actor=actor, at=at) as current:
        revisions.save(bloc_year, revision=revision, at=at, **values)
        current.record("edited", bloc_year, data={"fields": changed})
    return bloc_year
