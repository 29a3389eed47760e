"""The desk application."""

from django.apps import AppConfig
from django.core.checks import Tags, register


class DeskConfig(AppConfig):
    """Pages that span the apps below."""

    name = "emulation.desk"
    label = "desk"
    verbose_name = "Bàn làm việc"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register permissions, to-dos, words of the timeline, and that no login of the demo lives in production."""
        from emulation.core import admin_words  # noqa: PLC0415 - as below
        from emulation.core.registry import register_todos  # noqa: PLC0415 - as below
        from emulation.desk import rules  # noqa: F401, PLC0415 - registered by being loaded, once the apps are
        from emulation.desk.queries import history, todos  # noqa: PLC0415 - as above
        from emulation.desk.services.demo import check_demo_logins, check_deployed  # noqa: PLC0415 - as above

        register_todos(todos.todos_of)
        admin_words.know(history.WORDS)
        register(check_demo_logins, Tags.database)
        register(check_deployed, Tags.security, deploy=True)
