"""What a change of agencies touches in this app: awards given stay where they are, open nominations are asked about."""

from django.db.models import Count, Q

from awards.models import Nomination
from awards.services.nominations import locked_one
from blocs.enums import SuccessionKind
from blocs.models import Agency, AgencySuccession
from blocs.queries.succession import KEEP, plan_of
from emulation.core.audit import Act
from emulation.core.models import label_of
from emulation.core.registry import SuccessionPart, Touched
from emulation.core.transitions import move
from emulation.core.vietnamese import count2

WITHDRAW = "withdraw"
ENDS = frozenset({SuccessionKind.MERGE, SuccessionKind.SPLIT, SuccessionKind.DISSOLVE})
STAY = (KEEP, "Giữ nguyên với đơn vị của ngày được tặng; trang của đơn vị mới ghi “kế thừa từ …”")
STAYS = (KEEP, "Giữ nguyên, tiếp tục xét")


def find_grants(succession: AgencySuccession) -> list[Touched]:
    """Return, for each old agency that ends, how many awards stay with it; one query (LAW: the legal person keeps)."""
    plan = plan_of(succession)
    if plan.kind not in ENDS:
        return []
    counted = Agency.objects.filter(pk__in=plan.touched).annotate(count=Count("grants")).filter(count__gt=0)
    rows = sorted(counted, key=lambda row: plan.order(row.pk))
    return [
        Touched("grants", label_of(Agency), row.pk, row.pk, f"{count2(row.count)} khen thưởng của {row.name}", (STAY,))
        for row in rows
    ]


def find_nominations(succession: AgencySuccession) -> list[Touched]:
    """Return the open nominations of the old agencies that end, and of their people and units; one query.

    A person is not named: what is written here is kept for ever and read on other pages.
    """
    plan = plan_of(succession)
    if plan.kind not in ENDS:
        return []
    rows = (
        Nomination.objects.open()
        .filter(Q(owner__in=plan.touched) | Q(agency__in=plan.touched))
        .select_related("award", "owner", "year")
        .order_by("pk")
    )
    found = [_touched(row, row.owner_id if row.owner_id in plan.touched else row.agency_id or 0) for row in rows]
    return sorted(found, key=lambda touched: plan.order(touched.agency_id))


def _touched(row: Nomination, agency_id: int) -> Touched:
    subject = f"một cá nhân của {row.owner.name}" if row.is_person else row.subject_name
    title = f"Đề nghị số {row.pk} năm {row.year.label}: {row.award} cho {subject}"
    may_withdraw = not row.is_held and row.state in row.workflow.step(WITHDRAW).sources
    choices = (STAYS, (WITHDRAW, "Rút đề nghị")) if may_withdraw else (STAYS,)
    return Touched("nominations", label_of(Nomination), row.pk, agency_id, title[:500], choices)


def apply_grants(_act: Act, _succession: AgencySuccession, _touched: Touched, _choice: str) -> str:
    """Leave every award with the legal person of its date."""
    return "Giữ nguyên với đơn vị của ngày được tặng."


def apply_nominations(act: Act, succession: AgencySuccession, touched: Touched, choice: str) -> str:
    """Withdraw a nomination where that was chosen; raises Refused when it has moved on meanwhile."""
    if choice == KEEP:
        return "Giữ nguyên, tiếp tục xét."
    row = locked_one(touched.pk)
    move(act, row, row.workflow, WITHDRAW, note=f"Sắp xếp đơn vị: {succession}")
    return "Rút đề nghị."


PARTS = (
    SuccessionPart("nominations", "Đề nghị khen thưởng chưa có kết quả", 75, find_nominations, apply_nominations),
    SuccessionPart("grants", "Khen thưởng đã tặng", 85, find_grants, apply_grants),
)
