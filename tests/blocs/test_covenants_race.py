"""Two officers at one covenant at once, on PostgreSQL: one signature, one text; the other reads a sentence."""

import uuid

import pytest

from blocs.models import Signature
from blocs.services import covenants
from emulation.core.models import Event
from tests.blocs.covenants import emptied, fresh, record, sign, signing, step
from tests.together import together
from tests.world import World, build

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres_only]


@pytest.fixture
def world() -> World:
    return emptied(build())


def test_two_officers_record_one_signature_at_once_and_one_is_told(world: World) -> None:
    paper = signing(world)
    told = together(*(lambda role=role: record(world, paper, "member", role) for role in ("leader", "deputy")))
    first, second = sorted(told)
    assert (first, Signature.objects.count()) == ("", 1)
    assert second.startswith("“Sở Tài chính” đã có chữ ký (Nguyễn Văn Ký, Giám đốc, ngày 15/03/2026)")


def test_one_form_posted_twice_at_once_records_one_signature(world: World) -> None:
    paper, key = signing(world), uuid.uuid4()
    told = together(*(lambda: record(world, paper, "member", creation_key=key) for _ in range(2)))
    assert (told, Signature.objects.count()) == (["", ""], 1)
    assert Event.objects.filter(verb="signature_recorded").count() == 1


def test_signer_clicks_twice_at_once_and_signs_once(world: World) -> None:
    paper = signing(world)
    told = together(*(lambda: sign(world, paper) for _ in range(2)))
    assert (told, Signature.objects.count()) == (["", ""], 1)


def test_signing_and_taking_back_at_once_leave_no_signature_under_a_draft(world: World) -> None:
    paper = signing(world)
    together(lambda: sign(world, paper), lambda: step(world, paper, "reopen", note="Sót một chỉ tiêu"))
    assert Signature.objects.filter(paper__state="draft", voided_at=None).count() == 0


def test_two_people_finish_at_once_and_one_wins(world: World) -> None:
    paper = signing(world)
    for key in ("leader", "deputy", "member", "outgoing"):
        record(world, paper, key)
    told = together(*(lambda role=role: step(world, paper, "finish", role) for role in ("leader", "deputy")))
    assert sorted(told) == ["", covenants.COVENANT.step("finish").refusal] or sorted(told) == [
        "", "Người khác vừa cập nhật mục này. Tải lại trang để xem trạng thái mới.",
    ]  # fmt: skip
    assert (fresh(paper).state, Event.objects.filter(verb="covenant_finished").count()) == ("signed", 1)
