"""BLOCS 5, situation 5: members merge, vanish or arrive in mid-year, and nothing of the old ones is lost."""

import datetime as dt
import threading
import uuid
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from blocs.domain import succession as rules
from blocs.domain.succession import SUCCESSION
from blocs.enums import BlocYearState, LeadershipRole, PaperState, SeatCapacity, SuccessionState
from blocs.models import (
    Agency,
    AgencySuccession,
    BlocYear,
    LeadershipTerm,
    Membership,
    NextLeader,
    Place,
    Seat,
    Signature,
    SuccessionLine,
    TargetValue,
)
from blocs.queries.lists import agency_profile
from blocs.queries.succession import find_agencies, lineage, plan_of, survey
from blocs.services import agencies, successions, years
from blocs.services.successions import NewAgency
from emulation.accounts.queries import actor_for
from emulation.core import audit
from emulation.core import clock as house_clock
from emulation.core.audit import act
from emulation.core.errors import Refused, Stale
from emulation.core.models import Event, SignedPaper
from emulation.core.papers import OnPaper
from emulation.reports.queries.year import year_summary
from emulation.reports.renderers import pdf
from tests import factories as make
from tests.world import ROLES, build

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

JUNE = dt.date(2026, 6, 1)
LAST = dt.date(2026, 5, 31)
DECISION = OnPaper("12/QĐ-UBND", dt.date(2026, 5, 20), "UBND tỉnh Sông Lam")


class Province:
    """Two years of one bloc: A leads, B is its deputy, D is the other deputy; A and B merge in June."""

    def __init__(self) -> None:
        make.ProvinceFactory()
        self.a, self.b, self.d = (make.AgencyFactory(name=name) for name in ("Sở A", "Sở B", "Sở D"))
        bloc = make.BlocFactory()
        self.year = self.opened(bloc, "2026", BlocYearState.RUNNING)
        self.last = self.opened(bloc, "2025", BlocYearState.CLOSED)
        self.group = make.SubgroupFactory(bloc_year=self.year)
        self.members = {
            agency: make.MembershipFactory(bloc_year=self.year, agency=agency, subgroup=self.group, is_voting=False)
            for agency in (self.a, self.b, self.d)
        }
        self.leads = make.LeadershipTermFactory(bloc_year=self.year, agency=self.a)
        self.deputies = [
            make.LeadershipTermFactory(bloc_year=self.year, agency=agency, role=LeadershipRole.DEPUTY)
            for agency in (self.b, self.d)
        ]
        self.seats = {
            "officer": make.SeatFactory(agency=self.a),
            "signer": make.SeatFactory(agency=self.a, capacity=SeatCapacity.SIGNER, title="Giám đốc"),
            "of_b": make.SeatFactory(agency=self.b),
        }
        for agency in (self.a, self.b):
            make.MembershipFactory(bloc_year=self.last, agency=agency)
        make.LeadershipTermFactory(bloc_year=self.last, agency=self.a)
        make.ReportedPlaceFactory(bloc_year=self.last, agency=self.a)
        make.ReportedResultFactory(bloc_year=self.last, agency=self.a)
        self.board = actor_for(user := make.UserFactory(), make.SeatFactory(user=user, capacity="board_specialist"))

    def opened(self, bloc: Any, label: str, state: str) -> BlocYear:
        year = make.EmulationYearFactory(label=label)
        return make.BlocYearFactory(bloc=bloc, year=year, name="Khối 1", state=state)

    def everything(self) -> None:
        """Lay a signed covenant with values, a next leader, a provisional standing, a handover, a unit."""
        covenant = make.CovenantFactory(bloc_year=self.year, state=PaperState.SIGNED)
        for number in range(3):
            target = make.TargetFactory(bloc_year=self.year, covenant=covenant)
            for agency in (self.a, self.b)[: 1 + number % 2]:
                make.TargetValueFactory(target=target, membership=self.members[agency], planned=Decimal(90 + number))
        self.signature = make.SignatureFactory(paper=covenant.paper, membership=self.members[self.a])
        self.next = make.NextLeaderFactory(bloc_year=self.year, agency=self.b)
        standing = make.StandingFactory(bloc_year=self.year)
        self.place = make.PlaceFactory(standing=standing, membership=self.members[self.a], place=2)
        self.handover = make.HandoverFactory(bloc_year=self.year, giver=self.d, receiver=self.a)
        self.unit = make.AgencyFactory(name="Chi cục", parent=self.a)

    def draft(self, kind: str, old: list[Agency], new: list[Agency] = [], titles: tuple[str, ...] = (), **more: Any):  # noqa: B006
        said = {
            "kind": kind,
            "happened_on": JUNE,
            "old": [agency.pk for agency in old],
            "new": [agency.pk for agency in new],
            "made": [NewAgency(title) for title in titles],
            "to_bloc_year": None,
            "note": "",
            "on_paper": None,
            "creation_key": uuid.uuid4(),
        }
        return successions.draft(**(said | more), actor=self.board, at=house_clock.now())

    def complete(self, row: AgencySuccession, on_paper: OnPaper | None = DECISION, **other: str) -> AgencySuccession:
        choices = proposals(row) | other
        return successions.complete(
            succession=row,
            choices=choices,
            on_paper=on_paper,
            revision=row.revision,
            actor=self.board,
            at=house_clock.now(),
        )

    def cancel(self, row: AgencySuccession, note: str = "") -> None:
        successions.cancel(succession=row, actor=self.board, at=house_clock.now(), note=note)

    def done(self, *args: Any, **more: Any) -> AgencySuccession:
        return self.complete(self.draft(*args, **more))


def fresh(row: AgencySuccession) -> AgencySuccession:
    return AgencySuccession.objects.get(pk=row.pk)


def objects(row: AgencySuccession) -> list[Any]:
    return [touched for group in survey(fresh(row)) for touched in group.objects]


def proposals(row: AgencySuccession) -> dict[str, str]:
    return {touched.key: touched.choices[0][0] for touched in objects(row)}


def offered(row: AgencySuccession, part: str) -> list[list[str]]:
    """Return the sentences of every choice of a part."""
    return [[words for _, words in touched.choices] for touched in objects(row) if touched.part == part]


def outcomes(row: AgencySuccession, part: str) -> list[str]:
    return [line.outcome for line in SuccessionLine.objects.filter(succession=row, part=part).order_by("number")]


@pytest.fixture
def here() -> Province:
    return Province()


@pytest.fixture
def full(here: Province) -> Province:
    here.everything()
    return here


def wrong(here: Province, *args: Any, **more: Any) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as refused:
        here.draft(*args, **more)
    assert AgencySuccession.objects.count() == 0
    return refused.value.message_dict


# --- Situation 5: a merger in June of the agency that leads -----------------------------------------------------------


def test_situation_5_merger_in_june_of_the_agency_that_leads(full: Province) -> None:
    summary = year_summary(full.last).to_json()
    row = full.done("merge", [full.a, full.b], titles=("Sở C",))
    new = Agency.objects.get(name="Sở C")

    # Nothing of A or B is open any more, and every old row stands as it was.
    rows = Membership.objects.filter(bloc_year=full.year).order_by("agency")
    assert list(rows.values_list("agency", "left_on", "joined_on")) == [
        (full.a.pk, LAST, None),
        (full.b.pk, LAST, None),
        (full.d.pk, None, None),
        (new.pk, None, JUNE),
    ]
    gone = [full.a.pk, full.b.pk]
    assert Seat.objects.filter(agency__in=gone, ends_on=None).count() == 0
    assert LeadershipTerm.objects.filter(bloc_year=full.year, agency__in=gone, ends_on=None).count() == 0
    assert NextLeader.objects.filter(agency__in=gone).count() == 0
    assert Agency.objects.filter(parent__in=gone).count() == 0
    assert set(Agency.objects.filter(pk__in=gone).values_list("ended_on", flat=True)) == {LAST}
    joined = Membership.objects.get(agency=new)
    assert (joined.subgroup, joined.position, joined.is_voting) == (
        full.group,
        full.members[full.a].position,
        False,
    )

    # C leads from June on and its people can act; D stays deputy.
    term = LeadershipTerm.objects.get(agency=new)
    assert (term.role, term.elected_on, term.name.full) == ("leader", JUNE, "Sở C")
    user = full.seats["officer"].user
    seat = user.seats.get(ends_on=None)
    scope = actor_for(user, seat).scope
    assert (seat.agency, scope.leads, scope.member_of) == (new, frozenset({full.year.pk}), frozenset({full.year.pk}))
    years.take(bloc_year=full.year, action="score", actor=actor_for(user, seat), at=house_clock.now())

    # The covenant: C has the planned values, A's stay beside them, and so does A's signature, of a member that left.
    assert list(TargetValue.objects.filter(membership=joined).order_by("target").values_list("planned", flat=True)) == [
        90,
        91,
        92,
    ]
    assert TargetValue.objects.filter(membership=full.members[full.a]).count() == 3
    signature = Signature.objects.get()
    assert (signature.pk, signature.membership.left_on, signature.voided_at) == (full.signature.pk, LAST, None)

    # The provisional place, next year's leader, the handover, the unit.
    assert list(Place.objects.order_by("pk").values_list("membership__agency", "place", "remark")) == [
        (full.a.pk, None, "Chuyển sang Sở C"),
        (new.pk, 2, ""),
    ]
    assert NextLeader.objects.get().name.full == "Sở C"
    full.handover.refresh_from_db()
    assert (full.handover.receiver, full.handover.receiver_name.full) == (new, "Sở C")
    full.unit.refresh_from_db()
    assert full.unit.parent == new

    # The trail: one event on the change, one on the bloc year, two for each seat; the chain is whole.
    assert dict(Event.objects.exclude(verb="scoring_opened").values_list("verb", "subject_label")) == {
        "succession_drafted": "blocs.agencysuccession",
        "succession_done": "blocs.agencysuccession",
        "succession_applied": "blocs.blocyear",
        "seat_ended": "blocs.seat",
        "seat_given": "blocs.seat",
    }
    assert Event.objects.filter(verb="seat_given").count() == 3
    assert Event.objects.get(verb="succession_applied").subject_id == full.year.pk
    assert Event.objects.get(verb="succession_done").paper_id == fresh(row).paper_id
    assert list(audit.faults()) == []
    assert outcomes(row, "terms") == [
        "Kết thúc ngày 31/05/2026; Sở C làm Trưởng khối từ ngày 01/06/2026.",
        "Kết thúc ngày 31/05/2026; Sở C đang là Trưởng khối.",
    ]
    assert outcomes(row, "memberships") == [
        "Kết thúc ngày 31/05/2026; Sở C thay từ ngày 01/06/2026.",
        "Kết thúc ngày 31/05/2026; Sở C đã là thành viên.",
    ]
    assert outcomes(row, "signatures") == ["Giữ nguyên như đã ký."]
    assert [touched.part for touched in objects(row)] == ["agencies", "agencies", "results"]

    # Last year's summary is the same to the byte.
    assert year_summary(BlocYear.objects.get(pk=full.last.pk)).to_json() == summary


def test_situation_5_last_years_pdf_is_the_same_to_the_byte(full: Province) -> None:
    before = pdf.render(year_summary(full.last))
    full.done("merge", [full.a, full.b], titles=("Sở C",))
    assert pdf.render(year_summary(BlocYear.objects.get(pk=full.last.pk))) == before


def test_objects_are_listed_with_a_proposal_and_alternatives(full: Province) -> None:
    row = full.draft("merge", [full.a, full.b], titles=("Sở C",))
    assert [group.part.name for group in survey(fresh(row))] == [
        "agencies", "memberships", "terms", "next_leaders", "handovers", "target_values", "signatures", "places",
        "results", "seats", "units",
    ]  # fmt: skip
    assert offered(row, "memberships")[0] == [
        "Thay bằng Sở C từ 01/06/2026, giữ thứ tự và nhóm",
        "Kết thúc ngày 31/05/2026",
        "Giữ nguyên",
    ]
    assert offered(row, "terms")[0] == [
        "Sở C tiếp tục làm Trưởng khối",
        "Kết thúc ngày 31/05/2026, Phó Trưởng khối Sở D điều hành thay",
        "Kết thúc ngày 31/05/2026",
        "Giữ nguyên",
    ]
    assert offered(row, "target_values")[0] == [
        "Chuyển mức kế hoạch sang Sở C",
        "Giữ của đơn vị cũ, đơn vị mới nhập lại",
    ]
    assert offered(row, "results") == [["Giữ tên đơn vị cũ; trang của đơn vị mới ghi “kế thừa”"]]
    assert offered(row, "seats")[0] == ["Chuyển sang Sở C", "Kết thúc ngày 31/05/2026", "Giữ nguyên"]


def test_other_choices_are_carried_out_as_said(full: Province) -> None:
    row = full.draft("merge", [full.a, full.b], titles=("Sở C",))
    of_leader = next(touched for touched in objects(row) if touched.key == f"terms-{full.leads.pk}")
    deputy = of_leader.choices[1][0]
    other = {f"terms-{full.leads.pk}": deputy, f"seats-{full.seats['officer'].pk}": "end"}
    other |= {f"places-{full.place.pk}": "drop", f"next_leaders-{full.next.pk}": "drop"}
    other |= {f"handovers-{full.handover.pk}": "drop", f"units-{full.unit.pk}": "end"}
    other |= {f"target_values-{full.members[full.a].pk}": "keep", f"seats-{full.seats['of_b'].pk}": "keep"}
    full.complete(row, **other)
    stands_in = full.deputies[1]
    stands_in.refresh_from_db()
    assert stands_in.stands_in_from == JUNE
    assert full.seats["officer"].user.seats.filter(ends_on=None).count() == 0
    assert full.seats["of_b"].user.seats.get().ends_on is None
    assert (Place.objects.get().place, NextLeader.objects.count()) == (None, 0)
    full.handover.refresh_from_db()
    full.unit.refresh_from_db()
    assert (full.handover.state, full.unit.parent) == ("none", None)
    assert TargetValue.objects.filter(membership__agency__name="Sở C").count() == 1  # B's, which was passed on
    assert outcomes(row, "terms")[0] == (
        "Kết thúc ngày 31/05/2026; Sở D điều hành thay Trưởng khối từ ngày 01/06/2026."
    )


def test_keeping_everything_changes_nothing_but_the_agencies(full: Province) -> None:
    row = full.draft("merge", [full.a, full.b], titles=("Sở C",))
    full.complete(row, **{touched.key: "keep" for touched in objects(row) if not touched.is_fixed})
    assert Membership.objects.filter(bloc_year=full.year, left_on=None).count() == 3
    assert Event.objects.filter(verb="succession_applied").count() == 0
    assert set(outcomes(row, "memberships")) == {"Giữ nguyên."}


def test_year_that_is_over_and_not_closed_keeps_its_leader_unless_chosen(here: Province) -> None:
    BlocYear.objects.filter(pk=here.last.pk).update(state=BlocYearState.CONCLUDED)
    row = here.draft("merge", [here.a, here.b], titles=("Sở C",))
    terms = {(touched.bloc_year_id, touched.agency_id): touched for touched in objects(row) if touched.part == "terms"}
    assert [words for _, words in terms[here.last.pk, here.a.pk].choices] == [
        "Giữ nguyên",
        "Sở C tiếp tục làm Trưởng khối",
        "Kết thúc ngày 31/05/2026",
    ]
    assert [touched.bloc_year_id for touched in objects(row) if touched.part == "memberships"] == [here.year.pk] * 2


def test_next_year_that_is_open_already_is_touched_too(here: Province) -> None:
    coming = here.opened(here.year.bloc, "2027", BlocYearState.PREPARING)
    make.MembershipFactory(bloc_year=coming, agency=here.a)
    here.done("merge", [here.a, here.b], titles=("Sở C",))
    assert coming.memberships.get(left_on=None).name.full == "Sở C"
    assert Event.objects.filter(verb="succession_applied").count() == 2


def test_seat_and_membership_that_began_after_the_day_end_as_they_began(here: Province) -> None:
    late = make.SeatFactory(agency=here.a, starts_on=dt.date(2026, 7, 10))
    Membership.objects.filter(pk=here.members[here.a].pk).update(joined_on=dt.date(2026, 7, 1))
    here.done("merge", [here.a, here.b], titles=("Sở C",))
    late.refresh_from_db()
    assert late.ends_on == late.user.seats.get(ends_on=None).starts_on == dt.date(2026, 7, 10)
    assert here.year.memberships.get(agency=here.a).left_on == dt.date(2026, 7, 1)


# --- Merging into an agency that goes on ------------------------------------------------------------------------------


def test_merge_into_one_of_them_leaves_what_it_has(full: Province) -> None:
    full.done("merge", [full.a, full.b], new=[full.a])
    full.a.refresh_from_db()
    full.b.refresh_from_db()
    assert (full.a.ended_on, full.b.ended_on) == (None, LAST)
    assert set(full.year.memberships.filter(left_on=None).values_list("agency", flat=True)) == {full.a.pk, full.d.pk}
    assert LeadershipTerm.objects.get(agency=full.a, bloc_year=full.year).ends_on is None
    assert set(full.a.seats.filter(ends_on=None).values_list("user", flat=True)) == {
        seat.user_id for seat in full.seats.values()
    }
    assert [change.text for change in lineage(full.a).changes] == [
        "Nhận sáp nhập Sở B từ ngày 01/06/2026 (văn bản số 12/QĐ-UBND ngày 20/05/2026)"
    ]


def test_successor_that_sits_in_another_bloc_is_not_proposed_for_a_second_one(here: Province) -> None:
    elsewhere = make.BlocYearFactory(year=here.year.year)
    other = make.MembershipFactory(bloc_year=elsewhere).agency
    row = here.draft("merge", [here.a], new=[other])
    assert offered(row, "memberships")[0][0] == "Kết thúc ngày 31/05/2026"
    assert offered(row, "terms")[0][0].endswith("điều hành thay")
    with pytest.raises(Refused) as refused:
        here.complete(row, **{f"terms-{here.leads.pk}": f"to:{plan_of(fresh(row)).new[0].pk}"})
    assert str(refused.value) == (
        f"{other.name} không là thành viên {here.year} nên không làm Trưởng khối được; "
        "chọn cách khác ở mục Trưởng khối hoặc mục Thành viên khối."
    )
    assert fresh(row).state == SuccessionState.DRAFT
    here.complete(row)
    assert here.year.memberships.filter(agency=other).count() == 0


def test_two_blocs_that_both_lose_a_member_give_the_new_agency_one_place(here: Province) -> None:
    elsewhere = make.BlocYearFactory(year=here.year.year)
    other = make.MembershipFactory(bloc_year=elsewhere).agency
    here.done("merge", [other, here.a], titles=("Sở C",))
    new = Agency.objects.get(name="Sở C")
    assert list(new.memberships.values_list("bloc_year", flat=True)) == [here.year.pk]  # where one of them led


def test_successor_that_had_left_the_bloc_is_refused(here: Province) -> None:
    gone = make.MembershipFactory(bloc_year=here.year, left_on=dt.date(2026, 2, 1)).agency
    row = here.draft("merge", [here.a], new=[gone])
    with pytest.raises(Refused) as refused:
        here.complete(row)
    assert "đã rời Khối 1 ngày 01/02/2026 nên không thay được" in str(refused.value)
    assert Agency.objects.get(pk=here.a.pk).ended_on is None


# --- Split, rename, dissolve, transfer --------------------------------------------------------------------------------


def test_split_names_each_new_agency_in_the_choices(full: Province) -> None:
    row = full.draft("split", [full.a], titles=("Sở E", "Sở G"))
    assert offered(row, "memberships")[0] == [
        "Thay bằng các đơn vị mới từ 01/06/2026, giữ thứ tự và nhóm",
        "Thay bằng Sở E từ 01/06/2026, giữ thứ tự và nhóm",
        "Thay bằng Sở G từ 01/06/2026, giữ thứ tự và nhóm",
        "Kết thúc ngày 31/05/2026",
        "Giữ nguyên",
    ]
    assert offered(row, "seats")[0][:2] == ["Chuyển sang Sở E", "Chuyển sang Sở G"]
    second = plan_of(fresh(row)).new[1]
    full.complete(row, **{f"seats-{full.seats['signer'].pk}": f"to:{second.pk}"})
    first, other = (Agency.objects.get(name=name) for name in ("Sở E", "Sở G"))
    assert {member.agency for member in full.year.memberships.filter(joined_on=JUNE)} == {first, other}
    assert (first.seats.get().user, other.seats.get().user) == (full.seats["officer"].user, full.seats["signer"].user)
    assert LeadershipTerm.objects.get(bloc_year=full.year, role="leader", ends_on=None).agency == first
    assert Agency.objects.get(pk=full.a.pk).ended_on == LAST


def test_split_that_leaves_the_old_agency_proposes_to_keep(full: Province) -> None:
    row = full.draft("split", [full.a], new=[full.a], titles=("Sở E",))
    assert {sentences[0] for part in ("memberships", "terms", "seats") for sentences in offered(row, part)} == {
        "Giữ nguyên"
    }
    full.complete(row, **{f"seats-{full.seats['signer'].pk}": f"to:{plan_of(fresh(row)).new[1].pk}"})
    new = Agency.objects.get(name="Sở E")
    assert (new.seats.get().user, Agency.objects.get(pk=full.a.pk).ended_on) == (full.seats["signer"].user, None)
    assert lineage(new).ancestors == {}  # the history stays with who goes on
    assert [change.text[:17] for change in lineage(full.a).changes] == ["Tách ra Sở E từ n"]


def test_rename_keeps_what_is_frozen_and_gives_the_new_name(full: Province) -> None:
    summary = year_summary(full.last).to_json()
    row = full.done("rename", [full.a], titles=("Sở Á",))
    full.a.refresh_from_db()
    assert (full.a.name, full.a.ended_on) == ("Sở Á", None)
    assert [str(name) for name in full.a.names.order_by("pk")] == ["Sở A", "Sở Á"]
    assert full.year.memberships.get(agency=full.a).name.full == "Sở A"
    assert full.a.seats.filter(ends_on=None).count() == 2
    full.handover.refresh_from_db()
    assert full.handover.receiver_name.full == "Sở Á"
    assert [group.part.name for group in survey(fresh(row))] == ["agencies", "memberships", "terms", "handovers"]
    assert [change.text[:30] for change in lineage(full.a).changes] == ["Đổi tên từ Sở A thành Sở Á từ "]
    assert year_summary(full.last).to_json() == summary


def test_rename_writes_the_new_name_where_it_is_chosen(here: Province) -> None:
    row = here.draft("rename", [here.a], titles=("Sở Á",))
    here.complete(row, **{f"memberships-{here.members[here.a].pk}": "rename", f"terms-{here.leads.pk}": "rename"})
    assert here.year.memberships.get(agency=here.a).name.full == "Sở Á"
    assert here.year.terms.get(agency=here.a).name.full == "Sở Á"


def test_dissolve_ends_everything_and_lets_a_deputy_stand_in(full: Province) -> None:
    row = full.done("dissolve", [full.a])
    assert offered(row, "memberships") == []
    assert Agency.objects.get(pk=full.a.pk).ended_on == LAST
    assert full.a.seats.filter(ends_on=None).count() == 0
    stands_in = LeadershipTerm.objects.get(stands_in_from=JUNE)
    assert stands_in in full.deputies
    full.unit.refresh_from_db()
    full.handover.refresh_from_db()
    assert (full.unit.parent, full.handover.state) == (None, "none")
    assert outcomes(row, "target_values") == ["Giữ nguyên mức của đơn vị cũ."]
    assert [change.text for change in lineage(full.a).changes] == [
        "Đã giải thể từ ngày 01/06/2026 (văn bản số 12/QĐ-UBND ngày 20/05/2026)"
    ]


def test_transfer_moves_the_member_and_ends_its_office(full: Province) -> None:
    target = make.BlocYearFactory(year=full.year.year, name="Khối 2", state=BlocYearState.RUNNING)
    make.MembershipFactory(bloc_year=target, position=7)
    row = full.done("transfer", [full.a], to_bloc_year=target)
    joined = target.memberships.get(agency=full.a)
    assert (joined.position, joined.joined_on, joined.is_voting) == (8, JUNE, False)
    assert full.year.memberships.get(agency=full.a).left_on == LAST
    assert LeadershipTerm.objects.get(bloc_year=full.year, agency=full.a).ends_on == LAST
    assert full.a.seats.filter(ends_on=None).count() == 2
    assert {event.subject_id for event in Event.objects.filter(verb="succession_applied")} == {full.year.pk, target.pk}
    assert outcomes(row, "memberships") == ["Kết thúc ngày 31/05/2026; tham gia Khối 2, năm 2026 từ ngày 01/06/2026."]


# --- What is refused before anything is prepared ----------------------------------------------------------------------


def test_draft_says_what_is_wrong_field_by_field(here: Province) -> None:
    a, b, d = here.a, here.b, here.d
    one = "Sáp nhập, hợp nhất chỉ có một đơn vị mới: chọn một đơn vị đang có hoặc ghi một tên mới."
    assert wrong(here, "merge", [])["old"] == ["Chọn ít nhất một đơn vị cũ."]
    assert wrong(here, "merge", [a, b]) == {"new": [one]}
    assert wrong(here, "merge", [a, b], new=[d], titles=("Sở C",)) == {"new": [one]}
    assert wrong(here, "merge", [a], titles=("Sở C",)) == {
        "old": ["Hợp nhất thành đơn vị mới cần từ 02 đơn vị cũ; nếu chỉ có một, chọn “Đổi tên”."]
    }
    assert wrong(here, "merge", [a], new=[a]) == {
        "old": ["Đơn vị không sáp nhập vào chính nó; chọn thêm đơn vị cũ khác."]
    }
    assert wrong(here, "split", [a, b], titles=("Sở C", "Sở E")) == {"old": ["Mỗi lần chỉ chia, tách một đơn vị."]}
    assert wrong(here, "split", [a], titles=("Sở C",)) == {
        "title_1": ["Chia, tách cần từ 02 đơn vị mới; nếu đơn vị cũ vẫn hoạt động, chọn cả đơn vị cũ ở bên mới."]
    }
    assert wrong(here, "split", [a], titles=("Sở C", "SỞ C"))["title_1"] == [
        "Hai đơn vị mới có cùng tên; sửa lại một tên."
    ]
    assert wrong(here, "rename", [a, b], titles=("Sở C",)) == {"old": ["Mỗi lần chỉ đổi tên một đơn vị."]}
    assert wrong(here, "rename", [a], new=[b]) == {"title_1": ["Đổi tên: ghi một tên mới, không chọn đơn vị đang có."]}
    assert wrong(here, "rename", [a], titles=("Sở A",)) == {"title_1": ["Tên mới trùng với tên đang dùng."]}
    assert wrong(here, "merge", [a, b], titles=("Sở D",)) == {
        "title_1": ["Đã có đơn vị tên “Sở D”; chọn ở mục đơn vị đang có, hoặc ghi tên khác."]
    }
    assert wrong(here, "dissolve", [a], new=[b]) == {
        "new": ["Giải thể thì không có đơn vị mới; nếu có đơn vị tiếp nhận, chọn “Sáp nhập, hợp nhất”."]
    }
    assert wrong(here, "dissolve", [a], to_bloc_year=here.year) == {
        "to_bloc_year": ["Chỉ “Chuyển sang khối khác” mới chọn khối đến."]
    }
    assert wrong(here, "transfer", [a]) == {"to_bloc_year": ["Chọn khối mà đơn vị chuyển đến."]}
    assert wrong(here, "transfer", [a], new=[b], to_bloc_year=here.year)["new"] == [
        "Chuyển khối không làm thay đổi đơn vị; bỏ phần đơn vị mới."
    ]
    assert wrong(here, "transfer", [a], to_bloc_year=here.year) == {
        "to_bloc_year": ["“Sở A” đang là thành viên của khối này; chọn khối khác."]
    }
    assert wrong(here, "transfer", [a], to_bloc_year=here.last)["to_bloc_year"][0] == (
        "Khối này của năm đã khóa nên không nhận thêm đơn vị; chọn khối của năm đang mở."
    )
    stranger = make.AgencyFactory(name="Sở H")
    elsewhere = make.BlocYearFactory(year=here.year.year)
    assert wrong(here, "transfer", [stranger], to_bloc_year=elsewhere) == {
        "old": ["“Sở H” chưa thuộc khối nào trong năm 2026 nên không có gì để chuyển."]
    }
    Agency.objects.filter(pk=b.pk).update(ended_on=LAST)
    assert wrong(here, "merge", [a, b], titles=("Sở C",)) == {
        "old": ["“Sở B” đã chấm dứt hoạt động, đến hết ngày 31/05/2026."]
    }


def test_agency_is_in_one_change_in_preparation_only(here: Province) -> None:
    here.draft("dissolve", [here.a])
    with pytest.raises(ValidationError) as refused:
        here.draft("merge", [here.a, here.b], titles=("Sở C",))
    assert refused.value.message_dict == {
        "old": ["“Sở A” đang có trong một việc sắp xếp khác chưa thực hiện; thực hiện hoặc hủy việc đó trước."]
    }


def test_second_click_on_the_form_finds_the_first_row(here: Province) -> None:
    key = uuid.uuid4()
    first = here.draft("dissolve", [here.a], creation_key=key)
    assert here.draft("dissolve", [here.a], creation_key=key) == first
    assert Event.objects.filter(verb="succession_drafted").count() == 1


# --- Changing what is prepared ----------------------------------------------------------------------------------------


def typed(**changes: Any) -> dict[str, Any]:
    values = {
        "kind": "dissolve", "happened_on": LAST, "old": [], "new": [], "made": [], "to_bloc_year": None, "note": "",
        "on_paper": None,
    }  # fmt: skip
    return values | changes


def edit(here: Province, row: AgencySuccession, *, revision: int = 0, **changes: Any) -> AgencySuccession:
    return successions.edit(
        succession=row, revision=revision, actor=here.board, at=house_clock.now(), **typed(**changes)
    )


def test_what_is_prepared_is_written_anew_and_its_paper_stays(here: Province) -> None:
    row = here.draft("merge", [here.a, here.b], titles=("Sở C",), on_paper=DECISION)
    edit(here, row, kind="split", old=[here.a.pk], made=[NewAgency("Sở E"), NewAgency("Sở G")], note="Sửa")
    found = fresh(row)
    assert (found.kind, found.happened_on, found.note, found.revision) == ("split", LAST, "Sửa", 1)
    assert found.paper is not None
    assert found.paper.number == "12/QĐ-UBND"
    plan = plan_of(found)
    assert ([str(party) for party in plan.old], [str(party) for party in plan.new]) == (["Sở A"], ["Sở E", "Sở G"])
    edit(here, row, revision=1, old=[here.b.pk], on_paper=OnPaper("13/QĐ-UBND", LAST, "UBND tỉnh"))
    assert fresh(row).paper.number == "13/QĐ-UBND"
    assert [event.verb for event in audit.timeline("blocs.agencysuccession", row.pk)] == [
        "succession_edited", "succession_edited", "succession_drafted",
    ]  # fmt: skip


def test_edit_is_checked_like_the_first_draft_and_does_not_meet_itself(here: Province) -> None:
    row, other = here.draft("dissolve", [here.a]), here.draft("dissolve", [here.b])
    edit(here, row, old=[here.a.pk])
    with pytest.raises(ValidationError) as wrong:
        edit(here, row, revision=1, old=[here.b.pk])
    assert wrong.value.message_dict["old"] == [
        "“Sở B” đang có trong một việc sắp xếp khác chưa thực hiện; thực hiện hoặc hủy việc đó trước."
    ]
    with pytest.raises(Stale):
        edit(here, row, old=[here.a.pk])
    here.cancel(other)
    with pytest.raises(Refused) as refused:
        edit(here, other, revision=1, old=[here.b.pk])
    assert str(refused.value) == successions.NOT_DRAFT
    assert [str(party) for party in plan_of(fresh(row)).old] == ["Sở A"]


def test_page_of_choices_shown_before_an_edit_does_nothing(here: Province) -> None:
    row = here.draft("dissolve", [here.a])
    seen = proposals(row)
    edit(here, row, old=[here.a.pk])
    with pytest.raises(Refused) as refused:
        successions.complete(
            succession=fresh(row), choices=seen, on_paper=DECISION, revision=0, actor=here.board, at=house_clock.now()
        )
    assert (str(refused.value), fresh(row).state) == (successions.EDITED, SuccessionState.DRAFT)


# --- Who, when, twice -------------------------------------------------------------------------------------------------


def test_it_is_the_boards_alone() -> None:
    world = build()
    row = make.AgencySuccessionFactory(kind="dissolve")
    make.SuccessionPartyFactory(succession=row, agency=world.agencies["member"])
    may = set()
    for role in ROLES:
        said: dict[str, Any] = {"actor": world.actor(role), "at": house_clock.now()}
        for call in (
            lambda said=said: successions.complete(succession=row, choices={}, on_paper=None, revision=0, **said),
            lambda said=said: successions.cancel(succession=replace_state(row), **said),
            lambda said=said: successions.edit(succession=row, revision=9, **typed(), **said),
        ):
            try:
                call()
            except PermissionError:
                continue
            except (Refused, ValidationError):
                pass
            may.add(role)
    assert may == {"board_head", "board_specialist"}


def replace_state(row: AgencySuccession) -> AgencySuccession:
    AgencySuccession.objects.filter(pk=row.pk).update(state=SuccessionState.DRAFT)
    return fresh(row)


@pytest.mark.parametrize("step", SUCCESSION.steps, ids=lambda step: step.action)
def test_step_starts_from_a_draft_only(here: Province, step: Any) -> None:
    row = here.draft("dissolve", [here.a])
    paper = make.SignedPaperFactory()
    for state in (SuccessionState.DONE, SuccessionState.CANCELLED):
        AgencySuccession.objects.filter(pk=row.pk).update(state=state, paper=paper)
        take = {"cancel": here.cancel, "complete": here.complete}[step.action]
        with pytest.raises(Refused) as refused:
            take(fresh(row))
        assert str(refused.value) == step.refusal


def test_cancel_changes_no_agency(here: Province) -> None:
    row = here.draft("dissolve", [here.a])
    here.cancel(row, note="Tỉnh chưa quyết định")
    assert (fresh(row).state, Agency.objects.get(pk=here.a.pk).ended_on) == (SuccessionState.CANCELLED, None)
    assert Event.objects.get(verb="succession_cancelled").note == "Tỉnh chưa quyết định"


def test_second_click_reads_that_it_is_done(here: Province) -> None:
    row = here.draft("merge", [here.a, here.b], titles=("Sở C",))
    here.complete(row)
    with pytest.raises(Refused) as refused:
        here.complete(row)
    assert str(refused.value) == "Việc sắp xếp này đã thực hiện hoặc đã hủy."
    assert (Agency.objects.filter(name="Sở C").count(), Event.objects.filter(verb="succession_done").count()) == (1, 1)


def test_stale_row_of_a_second_officer_loses(here: Province) -> None:
    row = here.draft("merge", [here.a, here.b], titles=("Sở C",))
    seen, choices = fresh(row), proposals(row)
    here.complete(row)
    with pytest.raises(Refused) as refused:
        successions.complete(
            succession=seen, choices=choices, on_paper=DECISION, revision=0, actor=here.board, at=house_clock.now()
        )
    assert str(refused.value) == "Việc sắp xếp này đã thực hiện hoặc đã hủy."


def test_decision_is_needed_and_one_given_before_is_enough(here: Province) -> None:
    row = here.draft("dissolve", [here.a])
    with pytest.raises(Refused) as refused:
        here.complete(row, on_paper=None)
    assert str(refused.value) == successions.NO_PAPER
    other = here.draft("dissolve", [here.b], on_paper=DECISION)
    here.complete(other, on_paper=None)
    paper = SignedPaper.objects.get()
    assert (fresh(other).paper, paper.number, paper.subject_label) == (paper, "12/QĐ-UBND", "")


def test_day_that_has_not_come_is_refused(here: Province) -> None:
    row = here.draft("dissolve", [here.a], happened_on=dt.date(2026, 11, 3))
    with pytest.raises(Refused) as refused:
        here.complete(row)
    assert str(refused.value) == "Chưa đến ngày 03/11/2026; thực hiện từ ngày đó."


def test_object_that_came_in_between_stops_the_act(here: Province) -> None:
    row = here.draft("dissolve", [here.a])
    choices = proposals(row)
    seat = make.SeatFactory(agency=here.a)
    with pytest.raises(Refused) as refused:
        successions.complete(
            succession=row, choices=choices, on_paper=DECISION, revision=0, actor=here.board, at=house_clock.now()
        )
    assert str(refused.value).startswith(f"Danh mục đối tượng vừa thay đổi ({seat.user}, Chuyên viên")
    assert (Agency.objects.get(pk=here.a.pk).ended_on, SignedPaper.objects.count()) == (None, 0)


@pytest.mark.postgres_only
@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_do_it_once(here: Province) -> None:
    row = here.draft("merge", [here.a, here.b], titles=("Sở C",))
    choices, start, told = proposals(row), threading.Barrier(2), []

    def complete() -> None:
        start.wait()
        try:
            successions.complete(
                succession=fresh(row), choices=choices, on_paper=DECISION, revision=0, actor=here.board,
                at=house_clock.now(),
            )  # fmt: skip
            told.append("")
        except Refused as refusal:
            told.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=complete) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(told) == ["", "Việc sắp xếp này đã thực hiện hoặc đã hủy."]
    assert Agency.objects.filter(name="Sở C").count() == 1


# --- Whose history came to whom ---------------------------------------------------------------------------------------


def test_history_comes_down_over_a_chain(here: Province) -> None:
    here.done("merge", [here.a, here.b], titles=("Sở C",))
    middle = Agency.objects.get(name="Sở C")
    here.done("merge", [middle, here.d], titles=("Sở E",), happened_on=dt.date(2026, 9, 1))
    last = Agency.objects.get(name="Sở E")
    line = lineage(last)
    assert line.ancestors == {
        here.a.pk: "Sở A", here.b.pk: "Sở B", middle.pk: "Sở C", here.d.pk: "Sở D"
    }  # fmt: skip
    profile = agency_profile(last)
    assert [(known.row.place, known.origin) for known in profile.places] == [(1, "Sở A")]
    assert {known.origin for known in profile.terms} == {"", "Sở A", "Sở B", "Sở C", "Sở D"}
    assert [(known.row.award_text, known.origin) for known in profile.results] == [("Cờ thi đua của UBND tỉnh", "Sở A")]
    assert [known.origin for known in profile.memberships if known.row.agency_id == last.pk] == [""]
    assert [change.text for change in lineage(middle).changes] == [
        "Đã sáp nhập vào Sở E từ ngày 01/09/2026 (văn bản số 12/QĐ-UBND ngày 20/05/2026)",
        "Hợp nhất từ Sở A và Sở B từ ngày 01/06/2026 (văn bản số 12/QĐ-UBND ngày 20/05/2026)",
    ]


def test_links_that_meet_again_are_walked_once() -> None:
    links = [rules.Heir(1, 2), rules.Heir(2, 3), rules.Heir(1, 3), rules.Heir(3, 1)]
    assert rules.ancestors(1, links) == {2, 3}


def test_agency_ends_once(here: Province) -> None:
    with act(actor=here.board, at=house_clock.now()) as current:
        agencies.end(act=current, agency=here.a, last_day=LAST)
        with pytest.raises(Refused) as refused:
            agencies.end(act=current, agency=here.a, last_day=LAST)
    assert str(refused.value) == "“Sở A” đã chấm dứt hoạt động từ trước (31/05/2026)."


@pytest.mark.parametrize(
    ("label", "kind", "day", "over"),
    [
        ("2025", "calendar", dt.date(2025, 12, 31), False),
        ("2025", "calendar", dt.date(2026, 1, 1), True),
        ("2025-2026", "school", dt.date(2026, 8, 31), False),
        ("2025-2026", "school", dt.date(2026, 9, 1), True),
        ("thí điểm", "calendar", dt.date(2030, 1, 1), False),
    ],
)
def test_year_is_over_after_its_last_day(label: str, kind: str, day: dt.date, over: bool) -> None:
    assert rules.is_over(label, kind, day) == over


def test_agency_of_another_place_is_found_last_and_named_with_its_place(here: Province) -> None:
    elsewhere = make.AgencyFactory(name=here.a.name, locality="Nam Định")
    assert [row.pk for row in find_agencies(here.a.name, chosen=[])] == [here.a.pk, elsewhere.pk]
    row = here.draft("dissolve", [elsewhere])
    touched = survey(row)[0].objects[0]
    assert touched.title == f"{here.a.name} (Nam Định)"
