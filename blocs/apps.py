"""The blocs application."""

from django.apps import AppConfig


class BlocsConfig(AppConfig):
    """Blocs, their years, agencies, seats, leadership, what sources state."""

    name = "blocs"
    verbose_name = "Khối thi đua"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the permissions of the app, what a change of agencies touches in it, its to-dos, what is found."""
        # Registered by being loaded, once the apps are.
        from blocs import rules  # noqa: F401, PLC0415
        from blocs.queries import search, todos  # noqa: PLC0415
        from blocs.services import succession_parts  # noqa: PLC0415
        from emulation.core.registry import register_search, register_succession, register_todos  # noqa: PLC0415

        for part in succession_parts.PARTS:
            register_succession(part)
        register_todos(todos.todos_of)
        for kind in search.KINDS:
            register_search(kind)
