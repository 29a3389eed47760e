"""The awards application."""

from django.apps import AppConfig


class AwardsConfig(AppConfig):
    """The catalogue of titles and commendations."""

    name = "awards"
    verbose_name = "Khen thưởng"
    default_auto_field = "django.db.models.BigAutoField"
