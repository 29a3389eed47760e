"""Core's application, which installs the append-only triggers after every migration; and the admin's."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate


class AdminConfig(admin_apps.AdminConfig):
    """Django's admin with a site of our own."""

    default = False  # or "emulation.core" would mean this one
    default_site = "emulation.core.admin_site.HouseAdminSite"


class CoreConfig(AppConfig):
    """The floor: events, jobs, files, documents, the province."""

    name = "emulation.core"
    label = "core"
    verbose_name = "Hệ thống"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect what must hold after each migration."""
        from emulation.core import triggers  # noqa: PLC0415 - models are loaded only now

        post_migrate.connect(triggers.install_after_migrate, sender=self)
        register(triggers.check_triggers, Tags.database)
