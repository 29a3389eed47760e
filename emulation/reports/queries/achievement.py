"""Rows → the facts of the achievement report of a nomination."""

from decimal import Decimal

from awards.enums import NominationState
from awards.models import Grant, Nomination
from awards.queries.nominations import past_awards
from blocs.enums import AgencyKind, StandingState
from blocs.models import AgencyName, BlocYear, Membership, Place, TargetValue
from blocs.queries.covenant import current_targets
from emulation.core.errors import Refused
from emulation.core.models import Province
from emulation.reports.domain.achievement import AchievementSummary, GrantFact, PlaceFact, TargetFact
from emulation.reports.domain.facts import HeaderFact, SignerFact
from emulation.reports.queries import parts

WITHDRAWN = "Đề nghị đã rút nên không lập báo cáo thành tích; lập lại đề nghị rồi lập báo cáo."
_OF_PROVINCE = {AgencyKind.DEPARTMENT, AgencyKind.COMMUNE}  # kinds whose superior is the province's committee


def achievement_refusal(row: Nomination) -> str:
    """Return why a nomination has no report, "" when it has; what the board thinks of it must not show here."""
    return WITHDRAWN if row.state == NominationState.WITHDRAWN else ""


def achievement(row: Nomination) -> AchievementSummary:
    """Return what is known for the report of a nomination. Raises Refused."""
    if refusal := achievement_refusal(row):
        raise Refused(refusal)
    person, subject = row.person, row.agency or row.owner
    is_unit = row.agency_id is not None and row.agency_id != row.owner_id
    member = _membership(row)
    return AchievementSummary(
        nomination=row.pk,
        year_label=row.year.label,
        year_kind=row.year.kind,
        award=str(row.asked_award or row.award),
        name=row.subject_name,
        issuer=subject.name if person else row.subject_name,
        is_person=row.is_person,
        header=_header(row),
        proposer=row.owner.name if is_unit else "",
        head=_head(row.owner_id),
        title=row.subject_title,
        position=person.position if person else "",
        birth_year=person.birth_year if person else None,
        sex=person.sex if person else "",
        phone="" if person else subject.phone,
        achievement=tuple(line.strip() for line in row.achievement.splitlines() if line.strip()),
        targets=_targets(member) if member else (),
        places=_places(row),
        grants=_grants(row),
        is_draft=row.state == NominationState.DRAFT,
    ).normalised()


def _header(row: Nomination) -> HeaderFact:
    """Return the names above the issuer's and the place: as the agency heads its papers, else what follows of it."""
    subject, province = row.agency or row.owner, Province.objects.get(pk=1)
    name = row.name or AgencyName.objects.filter(agency=subject, valid_to=None).first()
    superior = name.superior if name else ""
    if not superior and subject.pk != row.owner_id:
        superior = row.owner.name
    if not superior and subject.parent:
        superior = subject.parent.name
    if not superior and subject.kind in _OF_PROVINCE and not subject.locality:
        superior = province.authority
    return HeaderFact(superior or None, (name.place if name else "") or province.place, "")


def _head(agency_id: int) -> SignerFact:
    seats = parts.heads([agency_id]).get(agency_id, [])
    return SignerFact((seats[0].title,), seats[0].user.full_name) if len(seats) == 1 else SignerFact()


def _membership(row: Nomination) -> Membership | None:
    """Return the place of a collective in a bloc of that year: of the bloc it goes through, else of its only one."""
    if row.agency_id is None:
        return None
    rows = Membership.objects.filter(agency=row.agency_id, bloc_year__year=row.year_id)
    if row.bloc_year_id:
        return rows.filter(bloc_year=row.bloc_year_id).select_related("bloc_year").first()
    found = list(rows.filter(left_on=None).select_related("bloc_year")[:2])
    return found[0] if len(found) == 1 else None


def _targets(member: Membership) -> tuple[TargetFact, ...]:
    """Return the targets of the year's covenant with what the member planned, else what the bloc did."""
    targets = current_targets(member.bloc_year, has_drafts=False)
    own = {row.target_id: row for row in TargetValue.objects.filter(membership=member, target__in=targets)}
    found = []
    for target in targets:
        value = own.get(target.pk)
        if value and not value.is_assigned:
            continue
        said = value if value and (value.planned is not None or value.planned_text) else target
        found.append(TargetFact(target.indicator, target.unit, said.planned, said.planned_text))
    return tuple(found)


def _places(row: Nomination) -> tuple[PlaceFact, ...]:
    """Return the published places up to the nomination's year, the oldest first; its own year says what it says."""
    if row.agency_id is None:
        return ()
    rows = Place.objects.filter(
        membership__agency=row.agency_id,
        standing__state=StandingState.PUBLISHED,
        place__isnull=False,
        membership__bloc_year__year__label__lte=row.year.label,
    ).select_related("membership__bloc_year__year")
    found = {
        place.membership.bloc_year_id: _place(place.membership.bloc_year, place.place, place.points) for place in rows
    }
    if row.bloc_year and row.place is not None:
        found[row.bloc_year.pk] = _place(row.bloc_year, row.place, row.points)
    return tuple(sorted(found.values(), key=lambda fact: (fact.year_label, fact.bloc_name)))


def _place(bloc_year: BlocYear, place: int | None, points: Decimal | None) -> PlaceFact:
    return PlaceFact(bloc_year.year.label, bloc_year.name, place or 0, points)


def _grants(row: Nomination) -> tuple[GrantFact, ...]:
    """Return what was given before and still stands, the oldest first; not what this nomination itself came to."""
    own = set(Grant.objects.filter(line__nomination=row).values_list("pk", flat=True))
    return tuple(
        GrantFact(
            award=str(past.grant.award),
            nature=past.grant.award.nature,
            year_label=past.grant.year.label if past.grant.year else str(past.grant.granted_on.year),
            number=past.grant.decision.number,
            granted_on=past.grant.granted_on,
            issuer=past.grant.decision.issuer,
            origin=past.origin,
        )
        for past in reversed(past_awards(row))
        if not past.grant.is_revoked and past.grant.pk not in own
    )
