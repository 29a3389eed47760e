"""The account of an import: what was written between two looks, and two accounts as one."""

from emulation.desk.domain.written import Write, joined, packed, unpacked, writes

ROW = ("blocs.membership", 7)


def test_account_holds_what_differs_with_what_was_before():
    before = {ROW: {"note": ""}, ("blocs.agency", 1): {"name": "A"}}
    after = {ROW: {"note": "x"}, ("blocs.agency", 1): {"name": "A"}, ("blocs.agency", 2): {"name": "B"}}
    account = writes(before, after)
    assert account == (Write(*ROW, {"note": ""}, {"note": "x"}), Write("blocs.agency", 2, None, {"name": "B"}))
    assert unpacked(packed(account)) == account
    assert (packed(()), unpacked("[]"), unpacked("")) == ("[]", (), ())


def test_row_written_twice_goes_back_to_what_it_was_at_first():
    first, then = Write(*ROW, None, {"note": "x"}), Write(*ROW, {"note": "x"}, {"note": "y"})
    assert joined([first], [then]) == (Write(*ROW, None, {"note": "y"}),)


def test_row_somebody_wrote_in_between_keeps_the_first_account():
    first, then = Write(*ROW, None, {"note": "x"}), Write(*ROW, {"note": "theirs"}, {"note": "y"})
    assert joined([first], [then]) == (first,)
