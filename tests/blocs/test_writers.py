"""The writers of the app: names with dates, one leader at a time, seats that fit."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from blocs.models import Agency, BlocYear
from blocs.services import agencies, blocs, members, seats
from emulation.accounts.domain.scope import Scope
from emulation.core import clock
from emulation.core.access import Actor
from emulation.core.audit import act
from emulation.core.errors import Refused, Stale
from emulation.core.models import Event
from tests import factories as make

pytestmark = pytest.mark.django_db
SYSTEM = Actor(None, "Lệnh trên máy chủ", "", None, Scope(is_staff=True))
DAY = dt.date(2026, 3, 1)


@pytest.fixture
def current():
    with act(actor=SYSTEM, at=clock.now()) as opened:
        yield opened


def test_agency_is_created_with_its_open_name_and_keys(current):
    row = agencies.create(act=current, name="  Sở  Kế hoạch và Đầu tư ", code="KH01", short="SKHĐT", kind="department")
    name = agencies.open_name(row)
    assert (row.name, name.full, name.short, name.header_style) == (row.name, "Sở Kế hoạch và Đầu tư", "SKHĐT", "state")
    assert row.search_key == "so ke hoach va dau tu skhdt kh01"


def test_party_body_gets_the_partys_header(current):
    row = agencies.create(act=current, name="Ban Tổ chức Tỉnh ủy", kind="party")
    assert agencies.open_name(row).header_style == "party"


def test_code_is_one_agencys_only(current):
    agencies.create(act=current, name="Sở A", code="A01")
    with pytest.raises(ValidationError):
        agencies.create(act=current, name="Sở B", code="A01")


def test_rename_closes_the_old_name_and_keeps_what_was_frozen_under_it(current):
    row = agencies.create(act=current, name="Cục Thuế tỉnh", superior="Tổng cục Thuế")
    old = agencies.open_name(row)
    membership = make.MembershipFactory(agency=row, name=old)
    new = agencies.rename(act=current, agency=row, full="Thuế tỉnh", valid_from=DAY)
    old.refresh_from_db()
    membership.refresh_from_db()
    assert (old.valid_to, new.valid_from, new.superior) == (dt.date(2026, 2, 28), DAY, "Tổng cục Thuế")
    assert (membership.name.full, Agency.objects.get(pk=row.pk).name) == ("Cục Thuế tỉnh", "Thuế tỉnh")
    assert "cuc thue tinh" in Agency.objects.get(pk=row.pk).search_key


def test_rename_is_refused_before_the_open_name_began(current):
    row = agencies.create(act=current, name="Thuế tỉnh", valid_from=DAY)
    with pytest.raises(Refused, match=r"^Tên “Thuế tỉnh” có từ ngày 01/03/2026; tên mới phải bắt đầu sau ngày đó.$"):
        agencies.rename(act=current, agency=row, full="Chi cục", valid_from=DAY)


def test_agency_that_was_saved_in_between_is_stale(current):
    row = agencies.create(act=current, name="Sở A")
    agencies.update(act=current, agency=Agency.objects.get(pk=row.pk), phone="1")
    with pytest.raises(Stale):
        agencies.update(act=current, agency=row, phone="2")


def test_state_of_a_bloc_year_is_no_column_to_write(current):
    with pytest.raises(ValueError, match="workflow"):
        blocs.update(act=current, bloc_year=make.BlocYearFactory(), state="closed")


def test_bloc_has_one_row_a_year(current):
    row = make.BlocYearFactory()
    with pytest.raises(ValidationError):
        blocs.create(act=current, year=row.year, name="Khối khác", bloc=row.bloc)
    assert BlocYear.objects.count() == 1


def test_unit_of_an_agency_cannot_join(current):
    unit = make.AgencyFactory(parent=make.AgencyFactory(), name="Văn phòng Sở")
    with pytest.raises(Refused, match=r"^“Văn phòng Sở” là bộ phận của đơn vị khác"):
        members.join(act=current, bloc_year=make.BlocYearFactory(), agency=unit, position=1)


@pytest.mark.parametrize(
    ("label", "options", "is_refused"),
    [
        ("2026", {}, True),
        ("2026", {"left_on": dt.date(2026, 5, 31)}, False),
        ("2026", {"left_on": dt.date(2026, 6, 1)}, True),
        ("2025", {}, False),  # the lists of years that were over are still read in
        ("năm đầu", {}, False),
        ("năm đầu", {"joined_on": dt.date(2026, 6, 1)}, True),
    ],
)
def test_agency_that_is_no_more_is_no_member_beyond_its_last_day(current, label, options, is_refused):
    row = make.BlocYearFactory(year=make.EmulationYearFactory(label=label))
    ended = make.AgencyFactory(name="Sở A", ended_on=dt.date(2026, 5, 31))
    if is_refused:
        with pytest.raises(Refused, match=r"^“Sở A” đã chấm dứt hoạt động, đến hết ngày 31/05/2026; chọn đơn vị"):
            members.join(act=current, bloc_year=row, agency=ended, position=1, **options)
    else:
        members.join(act=current, bloc_year=row, agency=ended, position=1, **options)
    assert row.memberships.count() == int(not is_refused)


def test_year_has_one_open_leader_and_an_agency_one_open_term(current):
    row, first, second = make.BlocYearFactory(), make.AgencyFactory(name="Sở A"), make.AgencyFactory(name="Sở B")
    members.elect(act=current, bloc_year=row, agency=first, role="leader")
    with pytest.raises(Refused, match=r"^Khối đang có Trưởng khối là “Sở A”"):
        members.elect(act=current, bloc_year=row, agency=second, role="leader")
    with pytest.raises(Refused, match=r"^“Sở A” đang là Trưởng khối; ghi ngày kết thúc trước.$"):
        members.elect(act=current, bloc_year=row, agency=first, role="deputy")
    members.elect(act=current, bloc_year=row, agency=second, role="deputy")
    members.elect(act=current, bloc_year=row, agency=second, role="leader", ends_on=DAY)
    assert row.terms.count() == 3


def give(**options):
    values = {"user": make.UserFactory(), "capacity": "officer", "title": "Chuyên viên", "starts_on": DAY}
    return seats.give(**{**values, "actor": SYSTEM, "at": clock.now(), **options})


def test_seat_is_given_and_ended_each_with_its_event():
    seat = give(agency=make.AgencyFactory())
    seats.end(seat=seat, ends_on=DAY, actor=SYSTEM, at=clock.now(), note="Nghỉ hưu")
    assert list(Event.objects.order_by("seq").values_list("verb", "note")) == [
        ("seat_given", ""),
        ("seat_ended", "Nghỉ hưu"),
    ]
    with pytest.raises(Refused, match=r"^Vị trí này đã kết thúc.$"):
        seats.end(seat=seat, ends_on=DAY, actor=SYSTEM, at=clock.now())


def test_seat_cannot_end_before_it_began():
    with pytest.raises(Refused, match=r"^Ngày kết thúc đứng trước ngày bắt đầu"):
        seats.end(seat=give(agency=make.AgencyFactory()), ends_on=dt.date(2025, 1, 1), actor=SYSTEM, at=clock.now())


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({}, "Tư cách này phải gắn với đơn vị."),
        ({"capacity": "council", "agency": True}, "Tư cách này không gắn với đơn vị."),
        ({"capacity": "signer", "agency": True}, "Chỉ người ký có cách ghi khi ký; chọn lại tư cách hoặc cách ghi."),
        ({"signs_as": "head", "agency": True}, "Chỉ người ký có cách ghi khi ký; chọn lại tư cách hoặc cách ghi."),
    ],
)
def test_seat_that_does_not_fit_is_refused(options, sentence):
    agency = {"agency": make.AgencyFactory()} if options.pop("agency", False) else {}
    with pytest.raises(Refused) as refused:
        give(**options, **agency)
    assert str(refused.value) == sentence
    assert Event.objects.count() == 0


def test_seat_does_not_outlast_its_agency():
    ended = make.AgencyFactory(name="Sở A", ended_on=dt.date(2026, 5, 31))
    for last in (None, dt.date(2026, 6, 1)):
        with pytest.raises(Refused, match=r"^“Sở A” đã chấm dứt hoạt động, đến hết ngày 31/05/2026; chọn đơn vị đang"):
            give(agency=ended, ends_on=last)
    assert give(agency=ended, ends_on=dt.date(2026, 5, 31)).ends_on == dt.date(2026, 5, 31)


def test_person_sits_in_a_seat_once():
    agency, user = make.AgencyFactory(), make.UserFactory(full_name="Trần Văn B")
    give(user=user, agency=agency)
    with pytest.raises(Refused, match=r"^Trần Văn B đã có vị trí này; không cần thêm.$"):
        give(user=user, agency=agency)
