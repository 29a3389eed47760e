"""Print the demo's logins."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from emulation.desk.services.demo import LOGINS, PASSWORD


class Command(BaseCommand):
    help = "In danh sách tài khoản của dữ liệu minh họa."

    def handle(self, *_: Any, **__: Any) -> None:
        if settings.MODE == "production":
            raise CommandError("Lệnh này chỉ chạy ở MODE=demo: bản chính thức không có tài khoản minh họa.")
        self.stdout.write(f"Mật khẩu của mọi tài khoản: {PASSWORD}\n\n")
        self.stdout.write(f"{'Tài khoản':<14}{'Họ và tên':<18}Vai trò\n")
        for login in LOGINS:
            self.stdout.write(f"{login.username:<14}{login.full_name:<18}{login.role}\n")
