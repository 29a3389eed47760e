"""What a new covenant begins with: what sources state, what the bloc promised the year before, the version in force."""

from blocs.domain.covenant import USUAL_ORGANISATION, usual_basis
from blocs.models import BlocPaper, Clause, Covenant, Membership, Target, TargetValue
from emulation.core import revisions
from emulation.core.vietnamese import fold


def start_covenant(paper: BlocPaper, last: Covenant | None) -> dict[str, int]:
    """Lay the content of a first version: stated targets taken in, the rest from the year before or the usual words.

    Last year's plan becomes the base of comparison. Return how many clauses and targets there are, and from which
    covenant they come.
    """
    bloc_year = paper.bloc_year
    covenant = Covenant.objects.filter(paper=paper).first() or revisions.insert(
        Covenant(
            paper=paper,
            theme=bloc_year.theme,
            basis=usual_basis(bloc_year.name, bloc_year.year.label),
            organisation=last.organisation if last else USUAL_ORGANISATION,
            witness=last.witness if last else "",
        )
    )
    stated = list(bloc_year.targets.filter(covenant=None))
    Target.objects.filter(pk__in=[row.pk for row in stated]).update(covenant=covenant)
    if last:
        _copy_clauses(last, covenant)
        _follow_last_year(last, covenant, stated)
    return {
        "clauses": covenant.clauses.count(),
        "targets": covenant.targets.count(),
        **({"last": last.pk} if last else {}),
    }


def _follow_last_year(last: Covenant, covenant: Covenant, stated: list[Target]) -> None:
    """Copy last year's targets where the source states none; either way its plans become this year's base."""
    earlier = list(last.targets.order_by("number"))
    if not stated:
        _copy_targets(earlier, covenant, is_new_year=True)
        return
    plans = {(fold(row.indicator), fold(row.unit)): row.planned for row in earlier}
    based = [row for row in stated if row.base is None and plans.get((fold(row.indicator), fold(row.unit))) is not None]
    for row in based:
        row.base = plans[fold(row.indicator), fold(row.unit)]
    Target.objects.bulk_update(based, ["base"])


def copy_covenant(old: BlocPaper, new: BlocPaper) -> Covenant:
    """Lay the content of the version in force under its next version: text, clauses, targets, values; no signature."""
    said = Covenant.objects.filter(paper=old).first() or Covenant(paper=old)
    covenant = revisions.insert(
        Covenant(paper=new, theme=said.theme, basis=said.basis, organisation=said.organisation, witness=said.witness)
    )
    if said.pk:
        _copy_clauses(said, covenant)
        _copy_targets(list(said.targets.order_by("number")), covenant, is_new_year=False)
    return covenant


def release_targets(paper: BlocPaper) -> None:
    """Give the targets of a covenant that shall not be back to the source, unless it states others by now."""
    if not Target.objects.filter(bloc_year=paper.bloc_year_id, covenant=None).exists():
        Target.objects.filter(covenant__paper=paper).update(covenant=None)


def _copy_clauses(old: Covenant, new: Covenant) -> None:
    Clause.objects.bulk_create(
        Clause(covenant=new, number=row.number, text=row.text) for row in old.clauses.order_by("number")
    )


def _copy_targets(rows: list[Target], covenant: Covenant, *, is_new_year: bool) -> None:
    """Copy targets with the values of the members; in a new year what was planned is what is compared with."""
    bloc_year = covenant.paper.bloc_year
    copies = {
        row.pk: Target(
            bloc_year=bloc_year,
            covenant=covenant,
            number=row.number,
            section=row.section,
            indicator=row.indicator,
            unit=row.unit,
            direction=row.direction,
            base=row.planned if is_new_year else row.base,
            planned=None if is_new_year else row.planned,
            planned_text="" if is_new_year else row.planned_text,
        )
        for row in rows
    }
    Target.objects.bulk_create(copies.values())
    members = {row.agency_id: row for row in Membership.objects.filter(bloc_year=bloc_year)}
    values = TargetValue.objects.filter(target__in=copies).select_related("membership")
    TargetValue.objects.bulk_create(
        TargetValue(
            target=copies[row.target_id],
            membership=members[row.membership.agency_id],
            base=row.planned if is_new_year else row.base,
            planned=None if is_new_year else row.planned,
            planned_text="" if is_new_year else row.planned_text,
            is_assigned=row.is_assigned,
        )
        for row in values
        if row.membership.agency_id in members
    )
