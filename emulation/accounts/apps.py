"""The accounts application."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users and what their seats stand for."""

    name = "emulation.accounts"
    label = "accounts"
    verbose_name = "Tài khoản"
    default_auto_field = "django.db.models.BigAutoField"
