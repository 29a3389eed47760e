"""The account: a person's name and login. Rights come from seats, never from here."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models

from emulation.core.fields import CharField
from emulation.core.vietnamese import fold, sort_key


class User(AbstractUser):
    """A person who logs in.

    `must_change_password` is set with every password somebody else chose; after `given_password_until` such a password
    opens nothing any more. Being superuser gives nothing: rights come from seats, the admin site from its group.
    """

    first_name = None  # type: ignore[assignment] # Vietnamese names are one text
    last_name = None  # type: ignore[assignment] # as above
    full_name = CharField("họ và tên", max_length=150)
    phone = CharField("điện thoại", max_length=40, blank=True)
    must_change_password = models.BooleanField("phải đổi mật khẩu", default=False)
    given_password_until = models.DateTimeField("mật khẩu được cấp dùng đến", null=True, blank=True)
    search_key = models.CharField("khóa tìm", max_length=400, editable=False, default="")
    sort_key = models.CharField("khóa xếp", max_length=400, editable=False, default="")

    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = "tài khoản"
        verbose_name_plural = "tài khoản"
        indexes = [models.Index(fields=["sort_key"], name="accounts_user_sort")]

    def save(self, *args: Any, **options: Any) -> None:
        """Write the row; the columns that search and order read follow the name."""
        self.search_key, self.sort_key = keys_of(self.full_name, self.username)
        fields = options.get("update_fields")
        if fields is not None and {"full_name", "username"}.intersection(fields):
            options["update_fields"] = {*fields, "search_key", "sort_key"}
        super().save(*args, **options)

    def __str__(self) -> str:
        return self.full_name or self.username

    def is_given_password_expired(self, at: dt.datetime) -> bool:
        """Whether the password is one somebody else chose and its owner did not change it in time."""
        return self.must_change_password and self.given_password_until is not None and self.given_password_until < at

    def get_full_name(self) -> str:
        """Return the name as written on papers."""
        return self.full_name

    def get_short_name(self) -> str:
        """Return the given name, the last word of a Vietnamese name."""
        return self.full_name.split()[-1] if self.full_name else self.username


def keys_of(full_name: str, username: str) -> tuple[str, str]:
    """Return what search and order read of a person: order goes by the given name, the last word of a name."""
    words = full_name.split()
    return fold(f"{full_name} {username}")[:400], sort_key(" ".join([*words[-1:], *words[:-1]]))
