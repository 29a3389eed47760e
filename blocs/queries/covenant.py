"""What a bloc's covenant says: which list of targets holds now, and what its page shows."""

from django.db.models import Case, Exists, Q, QuerySet, Value, When

from blocs.enums import PaperState
from blocs.models import BlocPaper, BlocYear, Covenant, Target
from blocs.models.paper import IN_FORCE, OPEN_STATES
from emulation.core.access import Actor

CIRCULATED = "Giao ước thi đua đang lấy ý kiến; rút về dự thảo trước khi sửa chỉ tiêu."
SIGNING = "Giao ước thi đua đang ký nên không sửa được chỉ tiêu; rút về dự thảo trước."
SIGNED = "Giao ước thi đua đã ký; muốn sửa chỉ tiêu thì lập bản sửa đổi của giao ước."
_REFUSALS = {
    PaperState.CIRCULATED: CIRCULATED,
    PaperState.SIGNING: SIGNING,
    PaperState.SIGNED: SIGNED,
}


def current_covenants(bloc_year: BlocYear, actor: Actor | None = None) -> QuerySet[Covenant]:
    """Return the covenants of a bloc year that hold or are being made, the one in force first, then the newest.

    With an actor, one that is being made is left out for who may not read it; what was signed is known to everybody.
    """
    rows = Covenant.objects.filter(paper__bloc_year=bloc_year, paper__state__in=(*IN_FORCE, *OPEN_STATES))
    if actor is not None:
        readable = BlocPaper.objects.visible_to(actor)
        rows = rows.filter(Q(paper__state__in=IN_FORCE) | Q(paper__in=readable))
    in_force_first = Case(When(paper__state__in=IN_FORCE, then=Value(0)), default=Value(1))
    return rows.order_by(in_force_first, "-paper__version")


def current_targets(bloc_year: BlocYear, actor: Actor | None = None) -> tuple[Target, ...]:
    """Return the one list of targets of a bloc year, by number, that pages, papers and workbook speak of; one query.

    Those of the covenant in force, else of the newest one that is being made, else those a source states. With an
    actor, the targets of a draft are left out for who may not read it.
    """
    covenants = current_covenants(bloc_year, actor)
    of_covenant = Q(covenant=covenants.values("pk")[:1])
    stated = Q(covenant__isnull=True) & ~Exists(covenants)
    return tuple(bloc_year.targets.filter(of_covenant | stated).order_by("number"))


def target_refusal(bloc_year: BlocYear) -> str:
    """Return why the list of targets takes no row from outside its covenant now, "" when it does; one query."""
    covenant = current_covenants(bloc_year).select_related("paper").first()
    return _REFUSALS.get(PaperState(covenant.paper.state), "") if covenant else ""
