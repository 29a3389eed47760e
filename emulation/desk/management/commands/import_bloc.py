"""Bring one bloc workbook in from the server's own shell."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from emulation.accounts.domain.scope import Capacity, Scope
from emulation.core import clock
from emulation.core.access import Actor
from emulation.core.errors import Refused
from emulation.desk.domain.sheets import sheet_by
from emulation.desk.domain.verdicts import Plan, Verdict
from emulation.desk.services import workbook

LABELS = {
    Verdict.NEW: "mới",
    Verdict.CHANGED: "thay đổi",
    Verdict.UNCHANGED: "không đổi",
    Verdict.PARKED: "chờ xử lý",
    Verdict.ERROR: "sai",
}
#: Who may run a command on the server is the operator's own question; events say that it was this command.
OPERATOR = Actor(None, "Lệnh import_bloc", "Người vận hành máy chủ", None, Scope(capacity=Capacity.BOARD_SPECIALIST))


class Command(BaseCommand):
    help = "Nhập một tệp số liệu của khối (.xlsx): xem trước từng dòng rồi ghi. Dòng sai, chưa rõ thì để chờ."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--check", action="store_true", help="Chỉ xem trước, không ghi.")

    def handle(self, *_: Any, file: Path, check: bool, **__: Any) -> None:
        try:
            content = file.read_bytes()
        except OSError:
            raise CommandError(f"Không đọc được tệp {file}; kiểm tra đường dẫn.") from None
        try:
            self._bring_in(file.name, content, is_check=check)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None

    def _bring_in(self, name: str, content: bytes, *, is_check: bool) -> None:
        if is_check:
            self._print(workbook.check(name=name, content=content))
            return
        batch, plan = workbook.upload(name=name, content=content, actor=OPERATOR)
        self._print(plan)
        if plan.is_without_change:
            workbook.discard(batch=batch, actor=OPERATOR)
            self.stdout.write("Không có thay đổi.")
            return
        done = workbook.confirm(batch=batch, digest=plan.digest, actor=OPERATOR, at=clock.now())
        self.stdout.write(f"Đã nhập vào “{done.bloc_year}”; {done.parked_count} dòng chờ xử lý.")

    def _print(self, plan: Plan) -> None:
        for row in plan.rows:
            if row.verdict != Verdict.UNCHANGED:
                where = f"{sheet_by(row.sheet).title}, dòng {row.number}"
                self.stdout.write(f"{where}: {LABELS[row.verdict]}: {row.title}. {row.sentence}".strip())
                for cell in row.cells:
                    if cell.verdict == Verdict.CHANGED:
                        self.stdout.write(f"    {cell.heading}: {cell.old or '–'} → {cell.text or '–'}")
        counts = ", ".join(f"{plan.count(verdict)} {label}" for verdict, label in LABELS.items())
        self.stdout.write(f"Tổng số dòng: {counts}.")
        for sheet, title in plan.kept:
            self.stdout.write(f"Có trong hệ thống, không có trong tệp, giữ nguyên: {sheet}: {title}")
