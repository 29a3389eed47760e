"""The desk application."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Pages that span the apps below."""

    name = "emulation.desk"
    label = "desk"
    verbose_name = "Bàn làm việc"
    default_auto_field = "django.db.models.BigAutoField"
