"""How the login library behaves here: nobody signs up; second-factor secrets are stored encrypted."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are given by the board or an agency's account manager, never taken."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - the library's signature
        """Nobody may register themself."""
        return False

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Set a password its owner chose: the duty to change the one somebody else gave is done."""
        user.must_change_password = False  # type: ignore[attr-defined] # our user model
        super().set_password(user, password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Lead to work, not back to the form."""
        return reverse("home")


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
