"""The catalogue of the law: loaded after migrations, identity only, never over what a province changed."""

import pytest

from awards.domain.catalogue import identify
from awards.domain.identity import AWARDS
from awards.models import AwardKind, LegalBasis
from awards.services import catalogue

pytestmark = pytest.mark.django_db


def test_catalogue_is_there_after_migrating() -> None:
    kinds = AwardKind.objects.in_order().prefetch_related("subjects")
    assert [(kind.slug, kind.nature, kind.level) for kind in kinds] == [
        (row.slug, row.nature, row.level) for row in AWARDS
    ]
    assert {kind.slug: {subject.slug for subject in kind.subjects.all()} for kind in kinds} == {
        row.slug: set(row.subjects) for row in AWARDS
    }


def test_what_a_name_says_agrees_with_the_catalogue() -> None:
    flags = [kind for kind in AwardKind.objects.in_order() if kind.slug in {"co_cp", "co_tinh", "bk_ttg", "bk_tinh"}]
    assert {(kind.nature, kind.level) for kind in flags} == {
        (identify(kind.name).nature, identify(kind.name).level) for kind in flags
    }


def test_loading_again_leaves_what_the_province_changed() -> None:
    AwardKind.objects.filter(slug="bk_tinh").update(local_name="Bằng khen của tỉnh", is_active=False)
    LegalBasis.objects.all().delete()
    catalogue.load()
    changed = AwardKind.objects.get(slug="bk_tinh")
    assert (str(changed), changed.is_active, LegalBasis.objects.count()) == ("Bằng khen của tỉnh", False, 0)


def test_failed_flag_of_the_government_has_a_lower_one() -> None:
    assert AwardKind.objects.get(slug="co_cp").lower == AwardKind.objects.get(slug="co_tinh")
