"""The reports application."""

from django.apps import AppConfig

from emulation.core.registry import JobKind, register_documents, register_job


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

        for kind in DocumentKind:
            register_job(JobKind(str(kind.value), "reports.build", str(kind.label)))
        register_job(JobKind("province_reports", "reports.collect", "Báo cáo tổng kết toàn tỉnh"))
        register_documents(queries.document_line)
