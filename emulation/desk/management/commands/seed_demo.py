"""Bring the demo in."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from emulation.desk.services import demo


class Command(BaseCommand):
    help = "Nạp dữ liệu minh họa: tỉnh Sông Lam, năm khối từ tin báo, tài khoản từng vai trò. Chạy lại không đổi gì."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--cases", action="store_true", help="Nạp thêm mười một khối của các tỉnh khác.")

    def handle(self, *_: Any, cases: bool, **__: Any) -> None:
        if settings.MODE == "production":
            raise CommandError("Lệnh này chỉ chạy ở MODE=demo: dữ liệu minh họa có mật khẩu ai cũng biết.")
        for line in demo.seed(with_cases=cases):
            self.stdout.write(line)
