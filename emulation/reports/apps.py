"""The reports application."""

from django.apps import AppConfig

from emulation.core.registry import (
    JobKind,
    PaperBody,
    register_documents,
    register_job,
    register_packs,
    register_paper_body,
    register_search,
)


class ReportsConfig(AppConfig):
    """Papers made by a worker."""

    name = "emulation.reports"
    label = "reports"
    verbose_name = "Văn bản, báo cáo"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the kinds of job known and register the permissions of the app."""
        from emulation.core.models import DocumentKind  # noqa: PLC0415 - models are loaded only now
        from emulation.reports import queries, rules  # noqa: F401, PLC0415 - rules register by being loaded
        from emulation.reports.queries import narratives as drafts  # noqa: PLC0415
        from emulation.reports.queries import search  # noqa: PLC0415 - as above
        from emulation.reports.services import narratives  # noqa: PLC0415

        for kind in DocumentKind:
            register_job(JobKind(str(kind.value), "reports.build", str(kind.label)))
        register_job(JobKind("province_reports", "reports.collect", "Báo cáo tổng kết toàn tỉnh"))
        register_job(JobKind("template_trial", "reports.try_template", "Chạy thử mẫu văn bản"))
        register_documents(queries.document_line)
        register_packs(queries.document_pack)
        register_search(search.KIND)
        register_paper_body(
            PaperBody(
                kind=str(DocumentKind.YEAR_REPORT.value),
                edit_url="narrative_edit",
                has_text=drafts.has_text,
                copy=narratives.copy,
                sections=drafts.titles_of,
            )
        )
