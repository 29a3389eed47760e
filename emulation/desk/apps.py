"""The desk application."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Pages that span the apps below."""

    name = "emulation.desk"
    label = "desk"
    verbose_name = "Bàn làm việc"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the permissions of the app."""
        from emulation.desk import rules  # noqa: F401, PLC0415 - registered by being loaded, once the apps are
