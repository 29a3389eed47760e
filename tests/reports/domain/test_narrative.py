import dataclasses
import datetime as dt

from emulation.reports.domain import narrative
from emulation.reports.domain.narrative import Chunk
from emulation.reports.domain.summary import YearSummary
from emulation.reports.enums import NarrativeSection

BLOC = YearSummary("Cụm thi đua số 1", "cum", "2026", "2027")


def test_lines_are_paragraphs_and_dashes_are_points_of_a_list():
    lines = narrative.lines_of("Mở đầu.\n\n - thứ nhất;\n+ thứ hai.\nKết.\n\n")
    assert list(narrative.chunks(lines)) == [
        Chunk(("Mở đầu.",), ("thứ nhất;", "thứ hai.")),
        Chunk(("Kết.",)),
    ]
    assert list(narrative.chunks(narrative.lines_of(" \n"))) == []


def test_minus_before_a_number_is_no_point():
    assert list(narrative.chunks(("-5% so với năm trước.",))) == [Chunk(("-5% so với năm trước.",))]


def test_hint_says_what_the_paper_asks_for_in_every_section():
    assert narrative.hint("causes", BLOC) == "Nguyên nhân khách quan, chủ quan"
    assert narrative.hint("plans", BLOC) == "04 - 06 nhóm nhiệm vụ trọng tâm của Cụm trong năm 2027"
    assert narrative.shared_hint().startswith("Kết quả chung, nếu có. Ở các ô dưới, mỗi đơn vị 02 - 03 kết quả")
    assert [section for section in NarrativeSection if "[" in narrative.hint(section, BLOC)] == []


def test_report_is_a_draft_until_its_sections_are_passed_whatever_its_number():
    header = dataclasses.replace(BLOC.header, number="05", dated_on=dt.date(2026, 12, 20))
    numbered = dataclasses.replace(BLOC, header=header)
    states = ("", "draft", "circulated", "passed")
    assert [dataclasses.replace(numbered, draft_state=state).is_draft for state in states] == [
        False,
        True,
        True,
        False,
    ]
