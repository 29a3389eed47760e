import dataclasses
import datetime as dt
import json
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulation.reports.domain.summary import (
    AgencyFact,
    AwardFact,
    FigureFact,
    HeaderFact,
    MemberFact,
    MilestoneFact,
    PlaceFact,
    TargetFact,
    TermFact,
    YearSummary,
)
from tests.documents import samples

NAMES = st.text(max_size=30)
AGENCIES = st.builds(AgencyFact, st.integers(1, 99), NAMES)
DAYS = st.none() | st.dates()
DECIMALS = st.none() | st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9)
SUMMARIES = st.builds(
    YearSummary,
    bloc_name=NAMES,
    bloc_kind=st.sampled_from(["khoi", "cum"]),
    year_label=st.just("2026"),
    next_year_label=st.just("2027"),
    header=st.builds(HeaderFact, st.none() | NAMES, st.none() | NAMES, NAMES, st.none() | NAMES, DAYS),
    stated_member_count=st.none() | st.integers(0, 99),
    members=st.lists(st.builds(MemberFact, AGENCIES, NAMES, joined_on=DAYS, left_on=DAYS), max_size=3).map(tuple),
    leadership=st.lists(st.builds(TermFact, AGENCIES, st.sampled_from(["leader", "deputy"])), max_size=3).map(tuple),
    milestones=st.lists(st.builds(MilestoneFact, NAMES, DAYS, DAYS), max_size=2).map(tuple),
    targets=st.lists(st.builds(TargetFact, NAMES, planned=DECIMALS), max_size=2).map(tuple),
    figures=st.lists(st.builds(FigureFact, NAMES, st.none() | st.integers(0, 9)), max_size=2).map(tuple),
    places=st.lists(st.builds(PlaceFact, AGENCIES, st.integers(1, 9)), max_size=2).map(tuple),
    awards=st.lists(
        st.builds(AwardFact, st.just("proposed"), NAMES, st.just("title"), agency=st.none() | AGENCIES), max_size=2
    ).map(tuple),
)


def minimal(**changes: object) -> YearSummary:
    return dataclasses.replace(YearSummary("Khối thi đua số 1", "khoi", "2026", "2027"), **changes)


@given(SUMMARIES)
def test_summary_comes_back_equal_when_read_from_its_json(summary: YearSummary):
    assert YearSummary.from_json(summary.to_json()) == summary


@given(SUMMARIES)
def test_json_is_the_same_text_when_read_and_written_again(summary: YearSummary):
    assert YearSummary.from_json(summary.to_json()).to_json() == summary.to_json()


@pytest.mark.parametrize("name", [*samples.SEEDS])
def test_seed_comes_back_equal_when_read_from_its_json(name: str):
    seed = samples.SEEDS[name]()
    assert YearSummary.from_json(seed.to_json()) == seed


def test_json_keeps_every_digit_of_a_decimal_and_forgets_its_zeros():
    written = [minimal(targets=(TargetFact("a", planned=Decimal(text)),)).to_json() for text in ("93.5", "93.5000")]
    assert written[0] == written[1]
    assert json.loads(written[0])["targets"][0]["planned"] == "93.5"


def test_json_writes_dates_in_iso_form_and_letters_as_they_are():
    data = json.loads(minimal(header=HeaderFact(place="Sông Lam", dated_on=dt.date(2027, 1, 5))).to_json())
    assert data["header"]["dated_on"] == "2027-01-05"
    assert "Sông Lam" in minimal(header=HeaderFact(place="Sông Lam")).to_json()


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "{}",
        '{"schema": 2}',
        '{"schema": 1}',
        minimal().to_json().replace('"members":[]', '"members":[{"agency":7}]'),
        minimal().to_json().replace('"2026"', "2026"),
        minimal().to_json().replace('"source":""', '"source":"","more":1'),
        "not json",
    ],
)
def test_reading_refuses_what_is_no_summary(text: str):
    with pytest.raises(ValueError, match=r"."):
        YearSummary.from_json(text)


def test_normalised_composes_letters_and_drops_what_cannot_be_printed():
    loose = minimal(
        bloc_name=unicodedata.normalize("NFD", "  Khối \t thi\u200b đua\x00 số 1 "),
        members=(MemberFact(AgencyFact(1, "Sở\nNội vụ")),),
    )
    assert loose.normalised().bloc_name == "Khối thi đua số 1"
    assert loose.normalised().members[0].agency.name == "Sở Nội vụ"


@given(SUMMARIES)
def test_normalised_changes_nothing_the_second_time(summary: YearSummary):
    once = summary.normalised()
    assert once.normalised() == once


def test_member_total_is_the_stated_number_when_there_is_one():
    listed = samples.members(samples.agencies("A", "B"))
    assert minimal(stated_member_count=10, members=listed).member_total == 10
    assert minimal(members=listed).member_total == 2
    assert minimal().member_total is None


def test_member_total_leaves_out_those_who_left():
    here, gone = samples.agencies("A", "B")
    members = (MemberFact(here), MemberFact(gone, left_on=dt.date(2026, 6, 1)))
    assert minimal(members=members).member_total == 1


def test_leader_is_who_led_to_the_end_when_leadership_changed():
    first, second = samples.agencies("A", "B")
    terms = (TermFact(first, "leader", ends_on=dt.date(2026, 6, 30)), TermFact(second, "leader"))
    assert minimal(leadership=terms).leader == terms[1]
    assert minimal(leadership=terms).deputies == ()


@pytest.mark.parametrize(
    ("due", "done", "days"),
    [
        (dt.date(2026, 3, 15), dt.date(2026, 3, 27), 12),
        (dt.date(2026, 3, 15), dt.date(2026, 3, 15), 0),
        (dt.date(2026, 3, 15), dt.date(2026, 3, 10), -5),
        (None, dt.date(2026, 3, 15), None),
        (dt.date(2026, 3, 15), None, None),
    ],
)
def test_lateness_is_the_days_from_due_to_done(due: dt.date | None, done: dt.date | None, days: int | None):
    assert MilestoneFact("plan", due, done).days_late == days


def test_summary_is_a_draft_until_it_has_number_and_date():
    assert minimal().is_draft
    assert minimal(header=HeaderFact(number="05")).is_draft
    assert not minimal(header=HeaderFact(number="05", dated_on=dt.date(2027, 1, 5))).is_draft
