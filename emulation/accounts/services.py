"""Accounts are given, locked, reopened and reset here; their owners change only their own password and factors.

A password somebody else chose is shown once, must be changed at the first login, and opens nothing after two weeks.
"""

import datetime as dt
import secrets
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import PBKDF2PasswordHasher, get_hasher, make_password
from django.contrib.auth.models import Group
from django.db import IntegrityError

from emulation.accounts.models import User
from emulation.accounts.queries import account_of, revision_of
from emulation.core.access import Actor, can
from emulation.core.admin_site import ADMINISTRATORS
from emulation.core.audit import Act, act
from emulation.core.errors import Refused, Stale
from emulation.core.vietnamese import nfc

GIVEN_PASSWORD_DAYS = 14
# Without letters and digits that look alike on paper: 0 o, 1 l i.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
# Slow hashing guards what people think up. Ours are drawn from 31**12, about 59 bits, so a twentieth of the rounds is
# plenty, and 200 accounts in one act take seconds; the first login hashes anew with all rounds.
_GIVEN_ROUNDS = 50_000


@dataclass(frozen=True)
class Given:
    """An account with the password to hand over; the password is stored nowhere and cannot be shown again."""

    user: User
    password: str


def invite(
    *,
    username: str,
    full_name: str,
    actor: Actor,
    at: dt.datetime,
    phone: str = "",
    is_administrator: bool = False,
    note: str = "",
) -> Given:
    """Create an account with a random first password.

    Raises PermissionError when the actor may not, Refused when the name is taken, ValidationError when a value is
    refused.
    """
    with act(actor=actor, at=at) as current:
        given = add(act=current, username=username, full_name=full_name, phone=phone, is_administrator=is_administrator)
        current.record("user_invited", given.user, note=note, data={"is_administrator": is_administrator})
    return given


def add(*, act: Act, username: str, full_name: str, phone: str = "", is_administrator: bool = False) -> Given:
    """Create an account within an open act, which records it. Raises what `invite` raises."""
    if not can(act.actor, "accounts.invite_administrator" if is_administrator else "accounts.invite_user"):
        raise PermissionError("accounts.invite_user")
    username = User.normalize_username(username.strip()).lower()
    taken = f"Tên đăng nhập “{username}” đã có người dùng; chọn tên khác."
    if User.objects.filter(username__iexact=username).exists():
        raise Refused(taken)
    user = User(username=username, full_name=full_name, phone=phone, is_staff=is_administrator)
    user.full_clean(exclude={"password"}, validate_unique=False)
    password = _give_password(user, act.at)
    try:
        user.save(force_insert=True)
    except IntegrityError:
        raise Refused(taken) from None
    if is_administrator:
        user.groups.add(administrators())
    return Given(user, password)


def reset_password(*, user: User, actor: Actor, at: dt.datetime, note: str = "") -> Given:
    """Give a new first password, end every session and take away every second factor of the account.

    Raises PermissionError when the actor may not.
    """
    with act(actor=actor, at=at) as current:
        return reset(act=current, user=user, note=note)


def reset(*, act: Act, user: User, note: str = "") -> Given:
    """Give a new first password within an open act; each is an event of its own, for the person is told who did it."""
    hold(user, act.actor)
    password = _give_password(user, act.at)
    user.save(update_fields=["password", "must_change_password", "given_password_until"])
    factor_count = Authenticator.objects.filter(user_id=user.pk).delete()[0]
    act.record("password_reset", user, note=note, data={"factors_removed": factor_count})
    return Given(user, password)


def edit(*, user: User, full_name: str, phone: str, revision: int, actor: Actor, at: dt.datetime) -> None:
    """Correct how a person is called and reached. Papers and events keep the name of their day.

    `revision`: `revision_of` what the page showed. Raises PermissionError, Stale, ValidationError.
    """
    with act(actor=actor, at=at) as current:
        hold(user, actor)
        if revision_of(user) != revision:
            raise Stale("Người khác vừa sửa tài khoản này. Đối chiếu nội dung mới với nội dung bạn nhập rồi lưu lại.")
        said = {"full_name": nfc(full_name), "phone": nfc(phone)}
        changed = [name for name, value in said.items() if getattr(user, name) != value]
        if not changed:
            return
        for name in changed:
            setattr(user, name, said[name])
        user.clean_fields(exclude={field.name for field in User._meta.fields} - said.keys())
        user.save(update_fields=changed)
        # A phone number is private and an event is for ever, so it says only what was corrected.
        current.record("user_edited", user, data={"fields": changed})


def deactivate(*, user: User, actor: Actor, at: dt.datetime, note: str) -> None:
    """Lock the account; running sessions end with their next request. Raises PermissionError, Refused."""
    with act(actor=actor, at=at) as current:
        hold(user, actor)
        if not User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
            raise Refused("Tài khoản này đã khóa.")
        current.record("user_deactivated", user, note=note)


def reactivate(*, user: User, actor: Actor, at: dt.datetime, note: str) -> None:
    """Open a locked account again. Raises PermissionError, Refused."""
    with act(actor=actor, at=at) as current:
        hold(user, actor)
        if not User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
            raise Refused("Tài khoản này đang mở.")
        current.record("user_reactivated", user, note=note)


def set_administrator(*, user: User, is_administrator: bool, actor: Actor, at: dt.datetime, note: str) -> None:
    """Let the person into the admin site, or take that away. Raises PermissionError, Refused when nothing changes."""
    if not can(actor, "accounts.invite_administrator"):
        raise PermissionError("accounts.invite_administrator")
    with act(actor=actor, at=at) as current:
        hold(user, actor)
        if not User.objects.filter(pk=user.pk, is_staff=not is_administrator).update(is_staff=is_administrator):
            raise Refused("Tài khoản này đã là quản trị." if is_administrator else "Tài khoản này không là quản trị.")
        if is_administrator:
            user.groups.add(administrators())
        else:
            user.groups.remove(administrators())
        verb = "administrator_given" if is_administrator else "administrator_withdrawn"
        current.record(verb, user, note=note)


def change_own_password(*, user: User, password: str, actor: Actor, at: dt.datetime) -> None:
    """Set a password its owner chose; the duty to change the one somebody else gave is done."""
    with act(actor=actor, at=at) as current:
        user.set_password(password)
        user.must_change_password, user.given_password_until = False, None
        user.save(update_fields=["password", "must_change_password", "given_password_until"])
        current.record("password_changed", user)


def record_factor(*, verb: str, kind: str, user: User, actor: Actor, at: dt.datetime) -> None:
    """Record that the owner added, removed or renewed a second factor; the login library has written it."""
    with act(actor=actor, at=at) as current:
        current.record(verb, user, data={"kind": kind})


def administrators() -> Group:
    """Return the group of those who may use the admin site."""
    return Group.objects.get_or_create(name=ADMINISTRATORS)[0]


def hold(user: User, actor: Actor) -> None:
    """Lock the account until the act ends, read it anew, and ask whether the actor may manage it as it is now.

    A seat that somebody gives meanwhile waits for the lock (its foreign key wants it), or stands already: a person who
    has just been seated elsewhere is no longer the local manager's. Raises PermissionError.
    """
    user.refresh_from_db(from_queryset=User.objects.select_for_update())
    if not can(actor, "accounts.manage_user", account_of(user)):
        raise PermissionError("accounts.manage_user")


def _give_password(user: User, at: dt.datetime) -> str:
    password = "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(3))
    user.password = _hash(password)
    user.must_change_password = True
    user.given_password_until = at + dt.timedelta(days=GIVEN_PASSWORD_DAYS)
    return password


def _hash(password: str) -> str:
    hasher = get_hasher()
    if isinstance(hasher, PBKDF2PasswordHasher):
        return str(hasher.encode(password, hasher.salt(), iterations=_GIVEN_ROUNDS))
    return make_password(password)
