"""create_administrator: give the first administrator an account; the admin site gives all others."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from emulation.accounts import services
from emulation.accounts.domain.scope import Scope
from emulation.core import clock
from emulation.core.access import Actor
from emulation.core.errors import Refused


class Command(BaseCommand):
    """`create_administrator NAME "HỌ VÀ TÊN"`: prints the first password once. There are no superusers here."""

    help = "Tạo tài khoản quản trị và in mật khẩu ban đầu, dùng trong 14 ngày."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="Tên đăng nhập")
        parser.add_argument("full_name", help="Họ và tên")

    def handle(self, *_: Any, username: str, full_name: str, **__: Any) -> None:
        actor = Actor(
            user_id=None, name="Lệnh create_administrator", title="", seat_id=None, scope=Scope(is_staff=True)
        )
        try:
            given = services.invite(
                username=username, full_name=full_name, is_administrator=True, actor=actor, at=clock.now()
            )
        except Refused as refused:
            raise CommandError(str(refused)) from None
        except ValidationError as wrong:
            raise CommandError(" ".join(wrong.messages)) from None
        self.stdout.write(f"Tài khoản: {given.user.username}\nMật khẩu ban đầu: {given.password}")
