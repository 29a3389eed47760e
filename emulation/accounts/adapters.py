"""How the login library behaves here: nobody signs up; second-factor secrets are stored encrypted."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse

from emulation.accounts import services
from emulation.accounts.models import User
from emulation.core import clock
from emulation.core.access import Actor


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are given by the board or an agency's account manager, never taken."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody may register themself."""
        return False

    def set_password(self, user: User, password: str) -> None:
        """Set a password its owner chose."""
        actor: Actor = self.request.actor
        services.change_own_password(user=user, password=password, actor=actor, at=clock.now())

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Lead to work, not back to the form."""
        return reverse("home")

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict[str, Any]]:
        """Who has a second factor confirms with it: a stolen password alone must not take the factor away."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [method for method in methods if method["id"] != "reauthenticate"] or methods


class MFAAdapter(DefaultMFAAdapter):
    """Second-factor seeds are encrypted with a key drawn from SECRET_KEY, for the library stores them in clear."""

    def encrypt(self, text: str) -> str:
        """Return the text as stored."""
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the text as used."""
        return _fernet().decrypt(encrypted_text.encode()).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, Any]:
        """Name this installation in passkey dialogs."""
        return {**super().get_public_key_credential_rp_entity(), "name": settings.MFA_TOTP_ISSUER}


def _fernet() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"mfa:{settings.SECRET_KEY}".encode()).digest()))
