"""The awards application."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _load_catalogue(using: str, **_: Any) -> None:
    from awards.services import catalogue  # noqa: PLC0415 - services need the apps ready

    catalogue.load(using=using)


class AwardsConfig(AppConfig):
    """Nominations, dossiers, decisions, the awards that were given, and their catalogue."""

    name = "awards"
    verbose_name = "Khen thưởng"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the permissions of the app; load what the catalogue lacks after each migration."""
        # Registered by being loaded, once the apps are.
        from awards import rules  # noqa: F401, PLC0415
        from awards.queries import decisions, grants, todos  # noqa: PLC0415
        from awards.queries.nominations_from import stage_of_nominations  # noqa: PLC0415
        from awards.services import succession_parts  # noqa: PLC0415
        from blocs.enums import MilestoneKind  # noqa: PLC0415
        from emulation.core import registry  # noqa: PLC0415

        for kind in (grants.SEARCH, decisions.SEARCH):
            registry.register_search(kind)
        for part in succession_parts.PARTS:
            registry.register_succession(part)
        registry.register_todos(todos.todos_of)
        registry.register_stage(MilestoneKind.SUBMISSION, stage_of_nominations)
        post_migrate.connect(_load_catalogue, sender=self, dispatch_uid="awards.catalogue")
