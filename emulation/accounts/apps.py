"""The accounts application."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users and what their seats stand for."""

    name = "emulation.accounts"
    label = "accounts"
    verbose_name = "Tài khoản"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to what the login library does with second factors."""
        from allauth.mfa import signals  # noqa: PLC0415 - models are loaded only now

        from emulation.accounts import middleware  # noqa: PLC0415 - as above

        signals.authenticator_used.connect(middleware.factor_used, dispatch_uid="accounts")
        signals.authenticator_added.connect(middleware.factor_added, dispatch_uid="accounts")
        signals.authenticator_removed.connect(middleware.factor_removed, dispatch_uid="accounts")
        signals.authenticator_reset.connect(middleware.factor_renewed, dispatch_uid="accounts")
