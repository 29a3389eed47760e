"""Which agency a row means: known by code or by name and locality, never guessed."""

import pytest

from blocs.enums import UNSTATED_LOCALITY
from emulation.core.vietnamese import fold
from emulation.desk.domain.matching import AgencyFact, Doubt, Found, Home, Register, Wanted


def agency(pk, name, *, locality="", code="", parent=None, old=()):
    names = frozenset(fold(text) for text in (name, *old))
    return AgencyFact(pk, name, names, code, locality, "department", parent)


HERE = agency(1, "Sở Nội vụ")
THERE = agency(2, "Sở Nội vụ", locality="Kon Tum")
TAX = agency(3, "Thuế tỉnh", code="T01", old=("Cục Thuế tỉnh",))
UNKNOWN = agency(4, "Thanh tra tỉnh", locality=UNSTATED_LOCALITY)
OFFICE = agency(5, "Văn phòng", parent=3)
ALL = (HERE, THERE, TAX, UNKNOWN, OFFICE)


def register(*facts, locality="", linked=(), members=(), choices=None):
    home = Home(frozenset({"tinh song lam", "song lam"}), locality, frozenset(linked))
    return Register(facts or ALL, home=home, members=members, choices=choices or {})


def member(name, code="", locality="", **options):
    return register(**options).member(Wanted(name, code, locality))


def test_code_names_the_agency():
    found = member("Thuế tỉnh", code="T01")
    assert (found.id, found.note) == (3, "")


def test_any_name_it_ever_bore_fits_its_code():
    found = member("CỤC THUẾ TỈNH", code="T01")
    assert (found.id, found.note) == (3, "khớp với “Thuế tỉnh”")


def test_code_with_another_name_is_in_doubt():
    doubt = member("Sở Nội vụ", code="T01")
    assert doubt == Doubt("Mã T01 là của “Thuế tỉnh”, tên trong tệp khác; chọn đơn vị.", (3, 1, 2))


def test_code_with_another_locality_is_in_doubt():
    doubt = member("Thuế tỉnh", code="T01", locality="Kon Tum")
    assert doubt.sentence == "Mã T01 là của “Thuế tỉnh”, địa phương trong tệp khác; chọn đơn vị."


def test_new_code_for_an_agency_that_has_another_is_in_doubt():
    doubt = member("Thuế tỉnh", code="T02", locality="trong tỉnh")
    assert doubt == Doubt("“Thuế tỉnh” đã có mã T01, tệp ghi mã T02; chọn đơn vị.", (3,))


@pytest.mark.parametrize(
    ("locality", "pk"), [("trong tỉnh", 1), ("Sông Lam", 1), ("tỉnh Sông Lam", 1), ("kon tum", 2), ("KON TUM", 2)]
)
def test_name_and_locality_name_the_agency(locality, pk):
    assert member("sở nội vụ", locality=locality).id == pk


def test_empty_locality_means_the_blocs_own():
    assert member("Sở Nội vụ", locality="", members=()).id == 1
    assert register(locality="Kon Tum").member(Wanted("Sở Nội vụ")).id == 2


def test_name_known_elsewhere_only_is_in_doubt_when_no_locality_is_given():
    doubt = register(THERE).member(Wanted("Sở Nội vụ"))
    assert doubt.candidates == (2,)
    assert doubt.sentence == "Đã có “Sở Nội vụ” ở địa phương khác; chọn đơn vị, hoặc ghi cột Địa phương rồi tải lại."
    assert register(THERE).member(Wanted("Sở Nội vụ", locality="trong tỉnh")).id is None
    assert register(THERE, locality="trong tỉnh").member(Wanted("Sở Nội vụ")).id is None


def test_two_of_one_name_and_locality_are_in_doubt():
    twins = (HERE, agency(9, "Sở Nội Vụ"))
    doubt = register(*twins).member(Wanted("Sở Nội vụ"))
    assert doubt == Doubt("Có 2 đơn vị cùng tên “Sở Nội vụ”; chọn một đơn vị.", (1, 9))


def test_agency_of_unstated_locality_is_the_same_only_within_its_own_bloc():
    assert member("Thanh tra tỉnh", locality="không nêu", linked=(4,)).id == 4
    assert member("Thanh tra tỉnh", locality="Không nêu").id is None
    assert member("Thanh tra tỉnh").id is None


def test_unknown_name_is_a_new_agency_of_the_blocs_locality():
    found = register(locality="Kon Tum").member(Wanted("Sở Mới"))
    assert (found.id, found.name, found.locality) == (None, "Sở Mới", "Kon Tum")
    assert member("Sở Mới", locality="trong tỉnh").locality == ""


def test_new_name_a_letter_off_is_remarked_not_changed():
    found = register(agency(1, "Sở Khoa học và Công nghệ")).member(Wanted("Sở Khoa học và Công nghê5"))
    assert (found.id, found.note) == (None, "gần giống “Sở Khoa học và Công nghệ”; nếu là một thì sửa tên")


def test_name_fits_a_unit_only_when_no_whole_agency_bears_it():
    assert member("Văn phòng").id == 5
    assert register(*ALL, agency(8, "Văn phòng")).member(Wanted("Văn phòng")).id == 8


def test_other_sheets_speak_of_members():
    of_bloc = register()
    first = of_bloc.member(Wanted("Sở Nội vụ", locality="Kon Tum"))
    new = of_bloc.member(Wanted("Sở Mới"))
    assert of_bloc.mention(Wanted("SỞ NỘI VỤ")) == first
    assert of_bloc.mention(Wanted("Sở Mới")) == new
    doubt = of_bloc.mention(Wanted("Sở Nôi vụ 2"))
    assert doubt.candidates == (2,)
    assert doubt.sentence.startswith("“Sở Nôi vụ 2” không có trong danh sách thành viên")


def test_other_sheets_are_in_doubt_between_two_members_of_one_name():
    of_bloc = register(members=(1, 2))
    assert of_bloc.mention(Wanted("Sở Nội vụ")).candidates == (1, 2)
    assert of_bloc.mention(Wanted("Sở Nội vụ", locality="Kon Tum")).id == 2


def test_known_agency_outside_the_member_list_is_offered_first():
    assert register(members=(1,)).mention(Wanted("Thuế tỉnh")).candidates == (3, 1)


def test_agency_the_bloc_has_dealt_with_needs_no_membership():
    assert register(members=(1,), linked=(1, 3)).mention(Wanted("Thuế tỉnh")).id == 3


def test_without_a_member_list_any_agency_may_be_meant():
    assert register().mention(Wanted("Thuế tỉnh")).id == 3
    assert register().mention(Wanted("Sở Mới")).id is None


def test_unit_is_found_below_its_agency_or_is_new_there():
    of_bloc = register(members=(3,))
    assert of_bloc.mention(Wanted("Văn phòng", parent="Thuế tỉnh")).id == 5
    new = of_bloc.mention(Wanted("Phòng Tổng hợp", parent="Thuế tỉnh"))
    assert (new.id, new.parent.id) == (None, 3)
    assert isinstance(of_bloc.mention(Wanted("Phòng A", parent="Sở Lạ")), Doubt)


def test_what_a_human_named_settles_the_doubt():
    wanted = Wanted("Thanh tra", locality="")
    assert register(choices={wanted.key: 4}).member(wanted).id == 4
    assert register(choices={wanted.key: 4}, members=(1,)).mention(wanted).id == 4
    new = register(choices={wanted.key: None}, members=(1,)).mention(wanted)
    assert (new.id, new.name) == (None, "Thanh tra")
    unit = Wanted("Phòng A", parent="Sở Nội vụ")
    assert register(choices={unit.key: None}, members=(1,)).mention(unit).parent.id == 1
    lost = Wanted("Phòng A", parent="Sở Lạ")
    assert register(choices={lost.key: None}, members=(1,)).mention(lost).parent is None


def test_member_in_doubt_leaves_those_who_speak_of_it_in_doubt_too():
    of_bloc = register(THERE)
    doubt = of_bloc.member(Wanted("Sở Nội vụ"))
    assert of_bloc.mention(Wanted("Sở Nội vụ")) == doubt
    assert isinstance(doubt, Doubt)
    assert not isinstance(doubt, Found)
