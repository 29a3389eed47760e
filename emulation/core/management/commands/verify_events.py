"""verify_events: walk the chain of events and name what was changed, deleted or inserted, or a missing trigger."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from emulation.core import audit, triggers
from emulation.core.models import EventHead


class Command(BaseCommand):
    """Exit 0 and the head of the chain when all is well; exit 1 and every fault otherwise."""

    help = "Kiểm tra chuỗi sự việc: dòng bị sửa, bị xóa, bị chèn, trigger bị mất."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Walk the chain."""
        wrong = [f"Thiếu trigger {name}." for name in triggers.missing()]
        wrong += [fault.sentence for fault in audit.faults()]
        for sentence in wrong:
            self.stderr.write(sentence)
        if wrong:
            raise CommandError(f"Chuỗi sự việc có {len(wrong)} chỗ sai.", returncode=1)
        head = EventHead.objects.filter(pk=1).first()
        count, digest = (head.seq, head.digest) if head else (0, audit.START)
        self.stdout.write(f"Chuỗi sự việc đúng: {count} sự việc, mã băm cuối {digest}.")
