"""What of a bloc's year stands open when it is concluded or locked: said before the step, never in its way."""

import datetime as dt
from collections.abc import Iterator

from blocs.enums import LeadershipRole, PaperState, StandingState
from blocs.models import BlocYear
from blocs.queries.todos import late_steps
from emulation.core.vietnamese import count2

_AT_WORK = (PaperState.DRAFT, PaperState.CIRCULATED, PaperState.SIGNING)


def unfinished(bloc_year: BlocYear, today: dt.date) -> tuple[str, ...]:
    """Return a sentence for each kind of thing that stands open; four queries."""
    return tuple(_sentences(bloc_year, today))


def _sentences(bloc_year: BlocYear, today: dt.date) -> Iterator[str]:
    standings = set(bloc_year.standings.values_list("state", flat=True))
    if StandingState.PROVISIONAL in standings:
        yield "Kết quả xếp hạng còn dự kiến, chưa công bố."
    elif not standings:
        yield "Chưa có kết quả xếp hạng, cũng chưa ghi nhận “không xếp hạng”."
    papers = bloc_year.papers.filter(state__in=_AT_WORK).count()
    if papers:
        yield f"{count2(papers)} văn bản của khối chưa thông qua hoặc chưa ký xong."
    late = bloc_year.milestones.filter(late_steps(today)).count()
    if late:
        yield f"{count2(late)} bước trong lịch công tác đã quá hạn, chưa ghi nhận xong."
    if not bloc_year.next_leaders.filter(role=LeadershipRole.LEADER).exists():
        yield "Chưa ghi Trưởng khối năm sau."
