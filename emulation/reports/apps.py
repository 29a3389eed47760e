"""The reports application."""

from django.apps import AppConfig

from emulation.core.registry import JobKind, register_job


class ReportsConfig(AppConfig):
    """Papers made by a worker."""

    name = "emulation.reports"
    label = "reports"
    verbose_name = "Văn bản, báo cáo"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the kinds of job known and register the permissions of the app."""
        from emulation.reports import rules  # noqa: F401, PLC0415 - registered by being loaded, once the apps are

        register_job(JobKind("year_report", "reports.build", "Báo cáo tổng kết năm"))
        register_job(JobKind("province_reports", "reports.collect", "Báo cáo tổng kết toàn tỉnh"))
