"""The covenant: what it begins with, what it says, when it is frozen, what an amendment carries on."""

import datetime as dt
import json
import uuid
from decimal import Decimal

import pytest

from blocs.domain.covenant import Plan, read_figure, read_plan, signed_when, usual_basis
from blocs.models import BlocYear, Clause, Covenant, Signature, Target, TargetValue
from blocs.queries.covenant import current_targets, previous_covenant
from blocs.services import covenants, papers
from blocs.services.covenants import TargetSaid
from emulation.core import clock as house_clock
from emulation.core.errors import Refused, Stale
from emulation.core.models import Event
from tests import factories as make
from tests.blocs.covenants import (
    draft,
    emptied,
    fresh,
    member,
    record,
    record_all,
    signature,
    signed,
    signing,
    step,
    targets,
    write,
    year,
)
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

HIGH = TargetSaid("Hồ sơ đúng hạn", unit="%", planned=Decimal("98.5"))
WORDS = TargetSaid("Cơ quan văn hóa", planned_text="Giữ vững danh hiệu")


@pytest.fixture
def world(world_as_built: World) -> World:
    return emptied(world_as_built)


def last_year(world: World, state: str = "signed") -> Covenant:
    """Return what the bloc promised the year before: a clause, a target, the value of one member."""
    covenant = make.CovenantFactory(bloc_year=world.bloc_years["closed"], state=state, theme="Năm trước")
    make.ClauseFactory(covenant=covenant, number=1, text="Thi đua từ năm trước.")
    target = make.TargetFactory(
        bloc_year=world.bloc_years["closed"], covenant=covenant, number=1, indicator="Hồ sơ đúng hạn",
        planned=Decimal(97),
    )  # fmt: skip
    make.TargetValueFactory(target=target, membership=member(world, "member", "closed"), planned=Decimal(96))
    return covenant


def plan(world, paper, said, role="leader", keys=("member",), revision=None):
    """Write plans by (number of the target, key of the member)."""
    row = fresh(paper)
    members = [member(world, key) for key in keys]
    known = list(TargetValue.objects.filter(target__covenant__paper=row, membership__in=members))
    ids = dict(Target.objects.filter(covenant__paper=row).values_list("number", "pk"))
    return covenants.set_values(
        paper=row,
        members=members,
        plans={(ids[number], member(world, key).pk): value for (number, key), value in said.items()},
        revision=covenants.values_revision(row, known) if revision is None else revision,
        actor=world.actor(role),
        at=house_clock.now(),
    )


def values(paper):
    rows = TargetValue.objects.filter(target__covenant__paper=paper).order_by("target__number", "membership__position")
    return [(row.target.number, row.membership.name.full, str(covenants.plan_of(row))) for row in rows]


# --- Pure rules -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "unit", "said"),
    [
        ("", "", Plan()),
        ("98,5", "", Plan(Decimal("98.5"))),
        ("98,5%", "%", Plan(Decimal("98.5"))),
        ("98,5 %", "%", Plan(Decimal("98.5"))),
        ("0", "", Plan(Decimal(0))),
        ("-1,5", "", Plan(Decimal("-1.5"))),
        ("2 công trình", "công trình", Plan(Decimal(2))),
        ("2 công trình", "", Plan(words="2 công trình")),
        ("Giữ vững", "", Plan(words="Giữ vững")),
        ("x", "", Plan(is_assigned=False)),
        ("Không giao", "", Plan(is_assigned=False)),
    ],
)
def test_one_box_takes_a_number_words_or_not_assigned(text, unit, said):
    assert read_plan(text, unit) == said


@pytest.mark.parametrize("text", ["98%", "1/2", "1.234", "≥"])
def test_figures_that_are_no_number_are_said_so(text):
    with pytest.raises(ValueError, match=r"^(“|Không rõ)"):
        read_plan(text)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1" * 15, "Số quá lớn; chọn đơn vị tính lớn hơn, ví dụ triệu đồng."),
        ("0,12345", "Ghi tối đa 4 chữ số thập phân."),
    ],
)
def test_number_the_columns_cannot_hold_is_refused(text, sentence):
    with pytest.raises(ValueError, match=sentence.replace(".", r"\.")):
        read_figure(text)


def test_words_too_long_are_refused():
    with pytest.raises(ValueError, match="300"):
        read_plan("a" * 301)


@pytest.mark.parametrize(
    ("said", "shown"), [(Plan(Decimal("98.5000")), "98,5"), (Plan(is_assigned=False), "không giao")]
)
def test_box_shows_what_is_stored(said, shown):
    assert str(said) == shown


def test_basis_names_the_law_only_where_it_holds():
    assert usual_basis("Khối A", "2014") == "Căn cứ kết quả hội nghị tổng kết phong trào thi đua năm 2013 của Khối A;"
    assert usual_basis("Khối A", "2026").startswith("Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;\n")
    assert usual_basis("Khối A", "năm nay") == (
        "Căn cứ kết quả hội nghị tổng kết phong trào thi đua năm trước của Khối A;"
    )


@pytest.mark.parametrize(
    ("label", "day", "said"),
    [
        ("2014", dt.date(2013, 11, 6), "Ký trước khi năm thi đua bắt đầu (06/11/2013)."),
        ("2024", dt.date(2024, 8, 7), "Ký khi đã quá nửa năm thi đua (07/08/2024)."),
        ("2024", dt.date(2024, 3, 15), ""),
        ("2026-2027", dt.date(2026, 10, 1), ""),
        ("2026-2027", dt.date(2026, 8, 31), "Ký trước khi năm thi đua bắt đầu (31/08/2026)."),
        ("năm nay", dt.date(2026, 8, 31), ""),
        ("2026", None, ""),
    ],
)
def test_situation_3_signed_before_the_year_or_after_half_of_it_is_said(label, day, said):
    assert signed_when(label, day) == said


# --- What it begins with ----------------------------------------------------------------------------------------------


def test_stated_targets_are_taken_in_with_theme_and_usual_words(world):
    BlocYear.objects.filter(pk=year(world).pk).update(theme="Kỷ cương")
    paper = draft(world)
    covenant = Covenant.objects.get(paper=paper)
    assert (covenant.theme, covenant.clauses.count()) == ("Kỷ cương", 0)
    assert covenant.organisation.startswith("Các đơn vị thành viên cụ thể hóa")
    assert [row.covenant_id for row in current_targets(year(world))] == [covenant.pk]
    assert not Target.objects.filter(bloc_year=year(world), covenant=None).exists()


def test_last_years_plans_become_the_base_and_its_clauses_are_copied(world):
    last = last_year(world)
    Target.objects.filter(bloc_year=year(world)).delete()
    paper = draft(world)
    target = Target.objects.get(covenant__paper=paper)
    assert (target.indicator, target.base, target.planned) == ("Hồ sơ đúng hạn", Decimal(97), None)
    value = target.values.get()
    assert (value.membership, value.base, value.planned) == (member(world, "member"), Decimal(96), None)
    assert list(Clause.objects.filter(covenant__paper=paper).values_list("text", flat=True)) == [
        "Thi đua từ năm trước."
    ]
    event = Event.objects.get(verb="paper_drafted")
    assert json.loads(event.data) == {"clauses": 1, "kind": "covenant", "last": last.pk, "targets": 1, "version": 1}


def test_stated_targets_take_their_base_from_last_year(world):
    last_year(world)
    Target.objects.filter(bloc_year=year(world)).update(indicator="Hồ sơ đúng hạn")
    paper = draft(world)
    assert [row.base for row in Target.objects.filter(covenant__paper=paper)] == [Decimal(97)]


def test_last_year_is_left_out_when_asked(world):
    last_year(world)
    paper = draft(world, copies_last=False)
    assert not Clause.objects.filter(covenant__paper=paper).exists()


def test_year_it_was_opened_from_goes_before_the_nearest_earlier_one(world):
    nearest = last_year(world)
    bloc_year = year(world)
    assert previous_covenant(bloc_year) == nearest
    older = make.BlocYearFactory(year=make.EmulationYearFactory(label="2020"), bloc=bloc_year.bloc)
    opened_from = make.CovenantFactory(bloc_year=older, state="signed")
    bloc_year.copied_from = older
    assert previous_covenant(bloc_year) == opened_from


@pytest.mark.parametrize("state", ["draft", "none"])
def test_covenant_that_was_never_signed_is_nobodys_model(world, state):
    last_year(world, state)
    assert previous_covenant(year(world)) is None


def test_covenant_that_shall_not_be_gives_the_stated_targets_back(world):
    before = current_targets(year(world))
    paper = draft(world)
    step(world, paper, "skip", note="Khối không ký giao ước.")
    assert current_targets(year(world)) == before
    assert {row.covenant_id for row in current_targets(year(world))} == {None}
    step(world, paper, "redraft")
    assert {row.covenant.paper for row in current_targets(year(world))} == {paper}


# --- Content ----------------------------------------------------------------------------------------------------------


def test_clauses_are_numbered_in_the_order_of_the_lines(world):
    paper = draft(world)
    write(world, paper, clauses=("A", "B", "C"), theme="Đoàn kết")
    write(world, paper, clauses=("A", "C"))
    rows = Clause.objects.filter(covenant__paper=paper).order_by("number")
    assert list(rows.values_list("number", "text")) == [(1, "A"), (2, "C")]


def test_targets_are_added_changed_reordered_and_removed_in_one_act(world):
    paper = draft(world)
    first, second = targets(world, paper, HIGH, WORDS)
    plan(world, paper, {(1, "member"): Plan(Decimal(99))})
    again = targets(
        world,
        paper,
        TargetSaid("Sáng kiến", planned=Decimal(3)),
        TargetSaid("Cơ quan văn hóa", pk=second.pk, planned_text="Giữ vững danh hiệu"),
    )
    assert [(row.number, row.indicator) for row in Target.objects.filter(covenant__paper=paper).order_by("number")] == [
        (1, "Sáng kiến"),
        (2, "Cơ quan văn hóa"),
    ]
    assert (again[1].pk, values(paper)) == (second.pk, [])
    event = Event.objects.filter(verb="targets_set").order_by("-seq")[0]
    assert json.loads(event.data) == {"added": 1, "removed": 1, "targets": 2}
    assert not Target.objects.filter(pk=first.pk).exists()


def test_two_people_at_the_targets_and_the_second_is_stale(world):
    paper = draft(world)
    row = fresh(paper)
    said = {"paper": row, "targets": [HIGH], "revision": row.revision, "at": house_clock.now()}
    covenants.set_targets(**said, actor=world.actor("leader"))
    with pytest.raises(Stale):
        covenants.set_targets(**said | {"paper": fresh(paper)}, actor=world.actor("deputy"))


def test_values_are_written_changed_and_emptied(world):
    paper = draft(world)
    targets(world, paper, HIGH, WORDS)
    said = {(1, "member"): Plan(Decimal(99)), (2, "member"): Plan(is_assigned=False), (1, "deputy"): Plan(words="Đạt")}
    assert plan(world, paper, said, keys=("member", "deputy")) == 3
    assert plan(world, paper, said, keys=("member", "deputy")) == 0
    assert plan(world, paper, {(1, "member"): Plan()}) == 1
    assert values(paper) == [(1, "Sở Nội vụ", "Đạt"), (1, "Sở Tài chính", ""), (2, "Sở Tài chính", "không giao")]


def test_officers_write_their_own_column_once_the_draft_is_out(world):
    paper = draft(world)
    targets(world, paper, HIGH)
    with pytest.raises(PermissionError):
        plan(world, paper, {(1, "member"): Plan(Decimal(99))}, role="member")
    step(world, paper, "circulate")
    assert plan(world, paper, {(1, "member"): Plan(Decimal(99))}, role="member") == 1
    with pytest.raises(PermissionError):
        plan(world, paper, {(1, "deputy"): Plan(Decimal(99))}, role="member", keys=("deputy",))
    with pytest.raises(PermissionError):
        plan(world, paper, {(1, "member"): Plan(Decimal(99))}, role="stranger")


def test_two_officers_at_their_own_columns_do_not_meet_but_at_one_column_they_do(world):
    paper = draft(world)
    targets(world, paper, HIGH)
    step(world, paper, "circulate")
    shown = covenants.values_revision(fresh(paper), [])
    plan(world, paper, {(1, "member"): Plan(Decimal(99))}, role="member", revision=shown)
    plan(world, paper, {(1, "outgoing"): Plan(Decimal(98))}, role="outgoing", keys=("outgoing",), revision=shown)
    with pytest.raises(Stale):
        plan(world, paper, {(1, "member"): Plan(Decimal(97))}, revision=shown)


FROZEN = "Giao ước đang ký nên nội dung không sửa được; muốn sửa thì rút về dự thảo và hủy các chữ ký."
SIGNED = "Giao ước đã ký nên nội dung không sửa được; muốn sửa thì lập bản sửa đổi hoặc phụ lục."


@pytest.mark.parametrize(("made", "sentence"), [(signing, FROZEN), (signed, SIGNED)])
def test_content_is_frozen_from_the_opening_of_the_signing(world, made, sentence):
    paper = made(world)
    for act in (
        lambda: write(world, paper, clauses=("Khác",)),
        lambda: targets(world, paper, HIGH),
        lambda: plan(world, paper, {}),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert str(refusal.value) == sentence


@pytest.mark.parametrize("role", ["member", "signer", "council", "stranger", "account_manager", "outgoing"])
def test_only_who_runs_the_bloc_writes_and_opens(world, role):
    paper = draft(world)
    for act in (
        lambda: write(world, paper, role=role),
        lambda: targets(world, paper, HIGH, role=role),
        lambda: step(world, paper, "open_signing", role=role),
        lambda: step(world, paper, "finish", role=role),
        lambda: step(world, paper, "reopen", role=role, note="Sai."),
    ):
        with pytest.raises(PermissionError):
            act()


# --- Signing as a step ------------------------------------------------------------------------------------------------


def test_nothing_to_sign_is_refused(world):
    Target.objects.all().delete()
    with pytest.raises(Refused) as refusal:
        step(world, draft(world), "open_signing")
    assert str(refusal.value) == covenants.NOTHING_TO_SIGN


def test_targets_alone_or_clauses_alone_are_enough(world):
    step(world, draft(world), "open_signing")
    assert fresh(Covenant.objects.get().paper).state == "signing"


def test_finished_by_all_takes_the_day_of_the_latest_signature_and_the_calendar(world):
    paper = signing(world)
    record_all(world, paper, ("leader", "deputy", "member"))
    record(world, paper, "outgoing", said=signature(day=dt.date(2026, 4, 2)))
    step(world, paper, "finish")
    assert (fresh(paper).state, fresh(paper).passed_on) == ("signed", dt.date(2026, 4, 2))
    assert year(world).milestones.get(kind="covenant").done_on == dt.date(2026, 4, 2)


def test_finished_with_some_missing_needs_the_reason(world):
    paper = signing(world)
    record_all(world, paper, ("leader", "deputy", "member"))
    with pytest.raises(Refused) as refusal:
        step(world, paper, "finish")
    assert str(refusal.value) == ("Mới có 3/4 đơn vị ký; ghi lý do để ghi nhận xong khi còn thiếu chữ ký.")
    step(world, paper, "finish", note="Sở Xây dựng ký sau.", signed_on=dt.date(2026, 3, 20))
    event = Event.objects.get(verb="covenant_finished")
    assert (event.note, json.loads(event.data)["signed"], json.loads(event.data)["members"]) == (
        "Sở Xây dựng ký sau.", 3, 4,
    )  # fmt: skip
    assert fresh(paper).passed_on == dt.date(2026, 3, 20)


def test_without_a_signature_the_day_must_be_typed_and_lie_behind(world):
    paper = signing(world)
    with pytest.raises(Refused, match=r"^Ghi ngày ký giao ước"):
        step(world, paper, "finish", note="Chỉ có biên bản.")
    with pytest.raises(Refused, match=r"^Ngày này ở tương lai"):
        step(world, paper, "finish", note="Chỉ có biên bản.", signed_on=dt.date(2026, 11, 3))


def test_member_that_left_is_not_waited_for_and_one_that_joined_is(world):
    paper = signing(world)
    gone = member(world, "outgoing")
    gone.left_on = dt.date(2026, 6, 1)
    gone.save()
    record_all(world, paper, ("leader", "deputy", "member"))
    make.MembershipFactory(bloc_year=year(world))
    with pytest.raises(Refused, match=r"^Mới có 3/4 đơn vị ký"):
        step(world, paper, "finish")


def test_reopened_voids_every_signature_with_the_reason(world):
    paper = signing(world)
    record_all(world, paper)
    with pytest.raises(Refused, match=r"^Cần ghi lý do"):
        step(world, paper, "reopen", note=" ")
    step(world, paper, "reopen", note="Sửa chỉ tiêu.")
    assert fresh(paper).state == "draft"
    assert set(Signature.objects.values_list("void_reason", flat=True)) == {"Sửa chỉ tiêu."}
    assert not Signature.objects.filter(voided_at=None).exists()
    write(world, paper, clauses=("Khác",))
    step(world, paper, "open_signing")
    assert len(record_all(world, paper)) == 4


def test_signed_covenant_is_not_reopened(world):
    with pytest.raises(Refused, match=r"giao ước đã ký thì lập bản sửa đổi\.$"):
        step(world, signed(world), "reopen", note="Sai.")


# --- Amendment --------------------------------------------------------------------------------------------------------


def test_amendment_copies_clauses_targets_and_values_but_no_signature(world):
    paper = draft(world)
    write(world, paper, theme="Đoàn kết")
    targets(world, paper, HIGH)
    plan(world, paper, {(1, "member"): Plan(Decimal(99))})
    step(world, paper, "open_signing")
    record_all(world, paper)
    step(world, paper, "finish")
    new = papers.revise(
        paper=fresh(paper), change="amendment", reason="Giao thêm chỉ tiêu.", creation_key=uuid.uuid4(),
        actor=world.actor("leader"), at=house_clock.now(),
    )  # fmt: skip
    assert Covenant.objects.get(paper=new).theme == "Đoàn kết"
    assert values(new) == [(1, "Sở Tài chính", "99")]
    assert not new.signatures.exists()
    assert {row.covenant.paper for row in current_targets(year(world))} == {paper}
    step(world, new, "open_signing")
    record_all(world, new)
    step(world, new, "finish")
    assert (fresh(paper).state, fresh(new).state) == ("superseded", "signed")
    assert {row.covenant.paper for row in current_targets(year(world))} == {new}
    assert paper.signatures.filter(voided_at=None).count() == 4


def test_current_targets_of_a_draft_are_kept_from_who_may_not_read_it(world):
    paper = draft(world)
    bloc_year = year(world)
    assert current_targets(bloc_year, world.actor("member")) == ()
    assert len(current_targets(bloc_year, world.actor("leader"))) == 1
    step(world, paper, "circulate")
    assert len(current_targets(bloc_year, world.actor("member"))) == 1
    assert current_targets(bloc_year, world.actor("stranger")) == ()
    step(world, paper, "open_signing")
    record_all(world, paper)
    step(world, paper, "finish")
    assert len(current_targets(bloc_year, world.actor("stranger"))) == 1
