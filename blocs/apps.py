"""The blocs application."""

from django.apps import AppConfig


class BlocsConfig(AppConfig):
    """Blocs, their years, agencies, seats, leadership, what sources state."""

    name = "blocs"
    verbose_name = "Khối thi đua"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the permissions of the app."""
        from blocs import rules  # noqa: F401, PLC0415 - registered by being loaded, once the apps are
