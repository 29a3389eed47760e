"""The catalogue in the admin site: what may be given, to whom, with which papers, on which legal bases.

Nominations, persons, dossiers, decisions and grants have no page here and leave no trace on the pages of events,
papers and jobs: administrators are not the board (DESIGN 8), and who may not see a person's nomination sees it nowhere.
"""

from typing import Any

from django.apps import apps
from django.contrib import admin, messages
from django.http import HttpRequest

from awards.models import AwardKind, CommendationKind, LegalBasis, LegalDocument, RequiredPaper, SubjectKind
from awards.services import catalogue
from emulation.core import admin_words
from emulation.core.admin import ActingAdmin, RowAct, withhold
from emulation.core.admin_exchange import ExchangeAdmin
from emulation.core.admin_site import Section, yes_no
from emulation.core.audit import Act

CATALOGUE = frozenset({AwardKind, CommendationKind, LegalBasis, LegalDocument, RequiredPaper, SubjectKind})
DATES = "Ngày kết thúc đứng trước ngày bắt đầu; ghi lại ngày kết thúc."

withhold(*(model for model in apps.get_app_config("awards").get_models() if model not in CATALOGUE))
admin_words.know(
    {
        "legal_text_verified": "Ghi đã đối chiếu văn bản gốc",
        "legal_text_unverified": "Bỏ ghi đã đối chiếu văn bản gốc",
    }
)


class CatalogueAdmin(ExchangeAdmin):
    """A list of the catalogue."""

    section = Section.CATALOGUE


@admin.register(AwardKind)
class AwardKindAdmin(CatalogueAdmin):
    """Titles and commendations: the province names them its own way, and puts away what it does not use."""

    list_display = ["name", "local_name", "nature", "level", yes_no(AwardKind, "is_active")]
    list_filter = ["nature", "level", "is_active"]
    search_fields = ["name", "local_name", "slug"]
    ordering = ["position"]
    fields = [
        "slug", "name", "local_name", "nature", "level", "subjects", "conferrer", "rhythm", "law", "lower", "is_active",
        "position",
    ]  # fmt: skip
    fixed = ["slug"]
    sentences = {"awards_awardkind_not_own_lower": "Không chọn chính mục này làm mục xét thay."}


@admin.register(SubjectKind)
class SubjectKindAdmin(CatalogueAdmin):
    """Whom awards are given to."""

    list_display = ["name", yes_no(SubjectKind, "is_person"), "position"]
    ordering = ["position"]
    fields = ["slug", "name", "is_person", "position"]
    fixed = ["slug"]


@admin.register(CommendationKind)
class CommendationKindAdmin(CatalogueAdmin):
    """Why awards are given."""

    list_display = ["name", "source", "position"]
    ordering = ["position"]
    fields = ["slug", "name", "source", "position"]
    fixed = ["slug"]


@admin.register(RequiredPaper)
class RequiredPaperAdmin(CatalogueAdmin):
    """The checklist of a dossier."""

    list_display = [
        "title", "award", yes_no(RequiredPaper, "for_person"), yes_no(RequiredPaper, "for_collective"), "position",
    ]  # fmt: skip
    list_filter = ["award"]
    list_select_related = ["award"]
    search_fields = ["title", "award__name"]
    ordering = ["award__position", "position"]
    fields = ["award", "title", "for_person", "for_collective", "source", "position"]
    fixed = ["award"]
    sentences = {"awards_requiredpaper_one": "Danh hiệu, hình thức này đã có giấy tờ đó; sửa dòng đã có."}
    sheet_key = ["award", "title"]


@admin.register(LegalDocument)
class LegalDocumentAdmin(CatalogueAdmin, ActingAdmin):
    """Laws, decrees, circulars, the province's own decisions; a whole text is verified in one act.

    Who changes what a verified text says has to verify it again.
    """

    list_display = ["number", "title", "valid_from", "valid_to", "verified_at"]
    search_fields = ["number", "title"]
    ordering = ["-issued_on"]
    fields = [
        "slug", "number", "title", "issued_on", "valid_from", "valid_to", "source", "verified_at", "verified_by",
    ]  # fmt: skip
    readonly_fields = ["verified_at", "verified_by"]
    fixed = ["slug"]
    sentences = {"awards_legaldocument_dates": DATES}
    sheet_columns = ["slug", "number", "title", "issued_on", "valid_from", "valid_to", "source"]
    acts = (
        RowAct(
            "verify",
            "Ghi đã đối chiếu văn bản gốc",
            "Ghi rằng số, ngày, tên, hiệu lực của văn bản này đã được đối chiếu với văn bản gốc. "
            "Sửa nội dung sau đó thì phải đối chiếu lại.",
            "Đã ghi đối chiếu văn bản gốc.",
            lambda document: document.verified_at is None,
            catalogue.verify,
        ),
        RowAct(
            "unverify",
            "Bỏ ghi đã đối chiếu",
            "Văn bản này trở lại thành chưa đối chiếu văn bản gốc.",
            "Đã bỏ ghi đối chiếu.",
            lambda document: document.verified_at is not None,
            catalogue.unverify,
        ),
    )

    def update(self, act: Act, obj: LegalDocument, values: dict[str, Any]) -> None:
        """Write the columns; what was verified is so no longer."""
        super().update(act, obj, {**values, "verified_at": None, "verified_by": None})

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        """Say that a text has to be verified again."""
        was_verified = obj.verified_at is not None
        super().save_model(request, obj, form, change)
        if was_verified and obj.verified_at is None:
            self.message_user(request, "Nội dung đã đổi nên văn bản này cần đối chiếu lại.", messages.WARNING)


@admin.register(LegalBasis)
class LegalBasisAdmin(CatalogueAdmin):
    """Lines "Căn cứ" of papers, with the days between which they are printed."""

    list_display = ["text", "use", "valid_from", "valid_to", "position"]
    list_filter = ["use"]
    ordering = ["use", "position"]
    fields = ["use", "text", "document", "valid_from", "valid_to", "position"]
    sentences = {"awards_legalbasis_dates": DATES}
    sheet_key = ["use", "text"]
